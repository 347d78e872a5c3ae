// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/complain.h"

void complain(const char *format, ...)
{
	va_list arguments;

	fputs("daxmark: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
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
