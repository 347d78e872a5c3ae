// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "record/writer.h"

int writer_put(struct writer *writer, json_t *record)
{
	int error = 0;

	if (!record)
		return -ENOMEM;
	errno = 0;
	if (json_dumpf(record, writer->out, JSON_COMPACT | JSON_REAL_PRECISION(12)) ||
	    fputc('\n', writer->out) == EOF || fflush(writer->out))
		error = errno ? -errno : -EIO;
	json_decref(record);
	writer->lines++;
	return error;
}

int writer_end(struct writer *writer)
{
	return writer_put(
		writer, json_pack("{s:s, s:I}", "kind", "end", "lines", (json_int_t)writer->lines));
}
