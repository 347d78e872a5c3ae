// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What first-write would cost without the harness: a file, a mapping, a loop of stores, and the
 * counter read before and behind it. Nothing of the suite is linked.
 *
 *   bare_loop FILE ARM PAGES
 *
 * ARM is cold, read-then-write or rewrite; FILE has PAGES pages of 4 KiB.
 *
 * Prints the ticks of the counter a page.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bare_loop.h"

#define PAGE BARE_PAGE
#define HUGE ((size_t)2 << 20)

int main(int argc, char **argv)
{
	volatile char *map;
	size_t pages, bytes;
	uintptr_t room;
	int fd;

	if (argc != 4 || (fd = open(argv[1], O_RDWR)) < 0)
		return 2;
	pages = strtoul(argv[3], NULL, 10);
	bytes = pages * PAGE;
	/* one page behind a multiple of 2 MiB: a fault is one of 4 KiB */
	room = (uintptr_t)mmap(NULL, bytes + 2 * HUGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			       0);
	room = (room + HUGE - 1) / HUGE * HUGE + PAGE;
	map = mmap((void *)room, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
	if (map == MAP_FAILED)
		return 4;
	for (size_t i = 0; i < pages; i++) {
		if (!strcmp(argv[2], "read-then-write"))
			(void)map[i * PAGE];
		else if (!strcmp(argv[2], "rewrite"))
			map[i * PAGE] = 1;
	}

	printf("%s %.2f\n", argv[2], (double)bare_loop(map, pages) / (double)pages);
	return 0;
}
