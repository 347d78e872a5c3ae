/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a result file, `<label>.jsonl`, into memory (docs/records.md).
 *
 * A file is used whole or not at all: a stream without its `end`, a count
 * that disagrees, or one impossible number refuses it. The file is treated as
 * hostile; nothing in it can make the reader crash or take memory without
 * bound.
 */
#ifndef DAXMARK_RECORD_READER_H
#define DAXMARK_RECORD_READER_H

#include "record/side.h"

/* No line of a result file may be longer, in bytes. */
#define READER_LINE_MAX 1048576

/* No side may have more streams. */
#define READER_BOOTS_MAX 1000

/*
 * Fills *side from the file at path; side_free() it after a success. On
 * failure *side is empty and error holds one line, "path:line: reason":
 * -EINVAL when the file is not a whole result, -ENOMEM, or the errno of
 * opening or reading it. -ENODATA, with an error too, is the file of a kernel
 * that gave no results: *side then holds its label and failure and no boots,
 * and is to be freed.
 */
int side_read(const char *path, struct side *side, char *error, size_t error_size);

/*
 * Adds the boots of another file to a side that side_read() filled. Refused as
 * there, and also a file or a boot that the side already has, and one of
 * another label, mode, plan, image, kernel, processor or runner build than the
 * first; on any failure the whole side is freed and left empty.
 */
int side_read_more(const char *path, struct side *side, char *error, size_t error_size);

/*
 * Whether two sides may be compared: no file or timed boot that is on both,
 * and the same mode, runner build and plan, in time mode also the same
 * processor. 0, or -EINVAL with both values in error.
 */
int side_match(const struct side *base, const struct side *other, char *error, size_t error_size);

#endif
