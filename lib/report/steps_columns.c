// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/steps_parts.h"

/* More labels than this leave no room for figures in a mail, and none is longer. */
#define LABELLED_MAX 5
#define LABEL_MAX    10

/* Beside the name and the change in all. */
#define COLUMNS_MAX (GRID_COLUMNS - 2)

bool steps_numbered(const struct steps *steps)
{
	if (steps->n_sides > LABELLED_MAX)
		return true;
	for (size_t i = 0; i < steps->n_sides; i++) {
		const char *label = steps_side(steps, i)->label;

		if (strlen(label) > LABEL_MAX)
			return true;
		for (size_t k = 0; k < i; k++)
			if (!strcmp(steps_side(steps, k)->label, label))
				return true;
	}
	return false;
}

const char *steps_heading(const struct steps *steps, size_t i, char *buffer)
{
	if (!steps_numbered(steps))
		return steps_side(steps, i)->label;
	snprintf(buffer, LABEL_SIZE, "%zu", steps_place(steps, i));
	return buffer;
}

const char *steps_quoted(const struct steps *steps, size_t i, char *buffer)
{
	const char *label = steps_side(steps, i)->label;
	bool alone = true;

	for (size_t k = 0; k < steps->n_sides; k++)
		alone = alone && (k == i || strcmp(steps_side(steps, k)->label, label) != 0);
	if (alone)
		snprintf(buffer, 2 * LABEL_SIZE, "\"%.200s\"", label);
	else
		snprintf(buffer, 2 * LABEL_SIZE, "number %zu \"%.200s\"", steps_place(steps, i),
			 label);
	return buffer;
}

void steps_blocks(struct text *text, size_t width, const struct steps_columns *all,
		  void (*fill)(struct grid *grid, const struct steps_columns *columns,
			       const void *user),
		  const void *user)
{
	for (size_t at = 0; at < all->n;) {
		struct steps_columns part = { all->steps, all->cols + at, all->n - at, false };
		struct grid grid = { 0 };

		if (part.n > COLUMNS_MAX)
			part.n = COLUMNS_MAX;
		for (;; part.n--) {
			part.is_last = at + part.n == all->n;
			grid = (struct grid){ .align = "lrrrrrrr", .fold = true };
			fill(&grid, &part, user);
			if (part.n == 1 || grid_width(&grid) <= width)
				break;
			grid_free(&grid);
		}
		grid_print(&grid, text, width);
		at += part.n;
	}
}
