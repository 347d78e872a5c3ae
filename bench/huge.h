/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of which one fault brings in 2 MiB (a PMD fault).
 *
 * That takes DAX, a file system that maps so, blocks that lie at a multiple of
 * 2 MiB on the device, and a mapping at a multiple of 2 MiB (FILE_HUGE). Where one
 * is missing the kernel falls back to 4 KiB and says nothing, so nothing counts
 * as huge before it is proved.
 */
#ifndef DAXMARK_BENCH_HUGE_H
#define DAXMARK_BENCH_HUGE_H

#include "bench/file.h"

/*
 * As file_make(), for ctx->fd and a multiple of 2 MiB: the blocks lie as huge
 * faults take them where the file system does so. -EOPNOTSUPP without DAX and
 * where the target is too small.
 */
int huge_file_make(struct ctx *ctx, const char *name, enum file_state state, size_t bytes);

/*
 * Proves that the map, in which one byte of each 2 MiB has been stored to, was
 * brought in by 2 MiB: a store to each 4 KiB page of it must take no fault. Then
 * sets ctx->fault_bytes, else returns -EOPNOTSUPP.
 */
int huge_prove(struct ctx *ctx);

#endif
