// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <obstack.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "guest/guest.h"
#include "guest/signals.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

static struct obstack memory;

void guest_end(enum status status)
{
	int signal = signals_came();

	exit(signal ? 128 + signal : (int)status);
}

void guest_die(enum status status, const char *format, ...)
{
	char line[2 * PATH_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	complain("%s", line);
	guest_end(status);
}

void guest_die_unwritten(const char *path)
{
	guest_die(STATUS_ENVIRONMENT, "%s: cannot be written; is the disk full?", path);
}

static void out_of_memory(void)
{
	guest_die(STATUS_ENVIRONMENT, "out of memory");
}

static struct obstack *the_memory(void)
{
	if (!memory.chunk) {
		obstack_alloc_failed_handler = out_of_memory;
		obstack_init(&memory);
	}
	return &memory;
}

void *guest_alloc(size_t size)
{
	return memset(obstack_alloc(the_memory(), size), 0, size);
}

char *guest_text(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	obstack_vprintf(the_memory(), format, arguments);
	va_end(arguments);
	obstack_1grow(&memory, '\0');
	return obstack_finish(&memory);
}

const char *guest_path(const struct guest *guest, const char *name)
{
	return guest_text("%s/%s", guest->work, name);
}

int guest_copy(const char *from, FILE *to, bool drop_returns)
{
	FILE *in = fopen(from, "re");
	int c, error;

	if (!in)
		return -errno;
	while ((c = getc_unlocked(in)) != EOF)
		if (c != '\r' || !drop_returns)
			putc_unlocked(c, to);
	error = ferror(in) || ferror(to) ? -EIO : 0;
	fclose(in);
	return error;
}

const char *guest_digest(const char *path)
{
	char hex[SHA256_HEX_MAX];
	struct sha256_ctx sha;

	sha256_init(&sha);
	if (sha256_file(&sha, path))
		return NULL;
	sha256_hex(&sha, hex);
	return guest_text("%s", hex);
}
