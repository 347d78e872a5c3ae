/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_MEND_H
#define DAXMARK_MEDIUM_MEND_H

#include <stdbool.h>

/* One line on a claim: what was mended, or why it could not be. */
typedef void mend_told(bool mended, const char *line);

/*
 * Mends what runs left that are gone, as their claims say (medium/claim.h): ends a guard
 * that does not, thaws the file system, gives up the loop device, removes the claim. Takes root.
 *
 * Thaws nothing but the file system that the run made, known by device and UUID, if the run
 * had frozen it when it ended and nobody has it mounted: whoever mounted it may have
 * frozen it himself.
 * Returns 0, or the negative errno of the first that could not be mended or looked at; its
 * claim stays.
 */
int mend_all(mend_told *told);

#endif
