// SPDX-License-Identifier: GPL-2.0-or-later
/* What there is. Lists end in a NULL of their own, so that an addition is one line. */
#include "bench/bench.h"

extern const struct bench bench_first_write;
extern const struct bench bench_freeze;
extern const struct bench bench_mmap_write;
extern const struct bench bench_noop;
extern const struct bench bench_splice;

/* a line each, so that an addition is one line */
/* clang-format off */
const struct bench *const bench_table[] = {
	&bench_first_write,
	&bench_freeze,
	&bench_mmap_write,
	&bench_noop,
	&bench_splice,
	NULL,
};
/* clang-format on */

extern const struct check check_ctime_mtime;
extern const struct check check_dax_proved;
extern const struct check check_frozen_write_readonly;
extern const struct check check_frozen_write_writable;
extern const struct check check_past_eof;
extern const struct check check_private_write;
extern const struct check check_splice_content;
extern const struct check check_tool_notices;

/* clang-format off */
const struct check *const check_table[] = {
	&check_ctime_mtime,
	&check_dax_proved,
	&check_frozen_write_readonly,
	&check_frozen_write_writable,
	&check_past_eof,
	&check_private_write,
	&check_splice_content,
	&check_tool_notices,
	NULL,
};
/* clang-format on */
