/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of a history that is open, and what its graphs are drawn from, looked at. */
#ifndef DAXMARK_TESTS_FUZZ_PAGE_H
#define DAXMARK_TESTS_FUZZ_PAGE_H

#include "history/read.h"

/* Of up to n_series of the view's series. A failure must have its line. */
void page_look(struct history *h, const struct view *view, size_t n_series);

#endif
