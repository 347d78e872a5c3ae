// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * System V shared memory for fio in a kernel that has none, as a guest's is: to be preloaded.
 *
 * fio keeps its jobs in one such segment and forks them. Memory that is mapped shared and anonymous
 * is shared with what is forked too, which is all that fio needs of it.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/shm.h>

#define SEGMENTS_MAX 64

static struct {
	void *at;
	size_t size;
} segment[SEGMENTS_MAX];

int shmget(key_t key, size_t size, int flags)
{
	(void)key;
	(void)flags;
	for (int id = 0; id < SEGMENTS_MAX; id++) {
		void *at;

		if (segment[id].at)
			continue;
		at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (at == MAP_FAILED)
			return -1;
		segment[id].at = at;
		segment[id].size = size;
		return id;
	}
	errno = ENOSPC;
	return -1;
}

void *shmat(int id, const void *at, int flags)
{
	(void)at;
	(void)flags;
	if (id >= 0 && id < SEGMENTS_MAX && segment[id].at)
		return segment[id].at;
	errno = EINVAL;
	return (void *)-1;
}

/* A segment goes when it is let go of. */
int shmdt(const void *at)
{
	for (int id = 0; id < SEGMENTS_MAX; id++) {
		if (!at || segment[id].at != at)
			continue;
		segment[id].at = NULL;
		return munmap((void *)at, segment[id].size);
	}
	errno = EINVAL;
	return -1;
}

/* Asked for only to remove a segment, which shmdt() does. */
int shmctl(int id, int command, struct shmid_ds *facts)
{
	(void)id;
	(void)command;
	(void)facts;
	return 0;
}
