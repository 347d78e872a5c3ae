/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which boots of two sides are compared with each other. */
#ifndef DAXMARK_COMPARE_PAIRS_H
#define DAXMARK_COMPARE_PAIRS_H

#include "record/side.h"

/*
 * (*others)[i] becomes the boot of new that base's boot i is compared with: in
 * time mode that of the same pair and session, or the i-th where none were made
 * in pairs; else that of the same seed. The caller frees *others. 0, -ENOMEM,
 * or -EINVAL with one line in error when a boot stays alone.
 */
int pair_boots(const struct side *base, const struct side *new, const struct side_boot ***others,
	       char *error, size_t size);

#endif
