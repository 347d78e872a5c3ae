// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "guest/guest.h"

void guest_path(const struct guest *guest, const char *name, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s", guest->work, name);
}

void guest_tail(const struct guest *guest, const char *name, char *text, size_t size)
{
	char path[PATH_MAX];
	size_t got = 0;
	FILE *file;

	guest_path(guest, name, path);
	file = fopen(path, "re");
	if (file) {
		/* of a smaller file this fails, and all of it is read */
		fseek(file, -(long)(size - 1), SEEK_END);
		got = fread(text, 1, size - 1, file);
		fclose(file);
	}
	if (got && text[got - 1] == '\n')
		got--;
	text[got] = '\0';
}

int guest_copy_into(const char *from, FILE *out)
{
	FILE *in = fopen(from, "re");
	int error = in ? 0 : -errno;
	char buffer[65536];
	size_t got;

	while (!error && (got = fread(buffer, 1, sizeof(buffer), in)))
		if (fwrite(buffer, 1, got, out) != got)
			error = -EIO;
	if (in && ferror(in) && !error)
		error = -EIO;
	if (in)
		fclose(in);
	return error;
}

int guest_copy(const char *from, const char *to)
{
	FILE *out = fopen(to, "we");
	int error = out ? guest_copy_into(from, out) : -errno;

	if (out && fclose(out) && !error)
		error = -errno;
	return error;
}

uint64_t guest_silence_limit(uint64_t time_limit_s)
{
	return time_limit_s / 2 < 120 ? 120 : time_limit_s / 2;
}
