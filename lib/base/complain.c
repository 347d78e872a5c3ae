// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/complain.h"

const char *complain_as = "daxmark";

void complain(const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s: ", complain_as);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

enum status complain_memory(void)
{
	complain("out of memory");
	return STATUS_ENVIRONMENT;
}

enum status status_of(int err)
{
	switch (-err) {
	case 0:
		return STATUS_DONE;
	case EINVAL:
	case EISDIR:
	case ENODATA:
	case ENOENT:
	case ENOTDIR:
		return STATUS_USAGE;
	default:
		return STATUS_ENVIRONMENT;
	}
}
