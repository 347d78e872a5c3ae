// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "report/columns.h"

/* More labels than this leave no room for figures in a mail, and none is longer. */
#define LABELLED_MAX 5
#define LABEL_MAX    10

/* Beside the name and the change in all. */
#define COLUMNS_MAX (GRID_COLUMNS - 2)

size_t side_place(const struct comparison *c, size_t i)
{
	size_t place = i;

	for (size_t k = 0; k < c->n_failed; k++)
		place += c->failed[k].before <= i;
	return place;
}

size_t failed_place(const struct comparison *c, size_t k)
{
	return c->failed[k].before + k;
}

static bool has_twin(const struct comparison *c, size_t side)
{
	for (size_t i = 0; i < c->n_sides; i++)
		if (i != side && !strcmp(c->side[i]->label, c->side[side]->label))
			return true;
	return false;
}

bool sides_numbered(const struct comparison *c)
{
	if (c->n_sides > LABELLED_MAX)
		return true;
	for (size_t i = 0; i < c->n_sides; i++)
		if (strlen(c->side[i]->label) > LABEL_MAX || has_twin(c, i))
			return true;
	return false;
}

const char *side_heading(const struct comparison *c, size_t i, char *buffer)
{
	if (!comparison_is_series(c))
		return i ? label_sides(c).new : label_sides(c).base;
	if (!sides_numbered(c))
		return c->side[i]->label;
	snprintf(buffer, LABEL_SIZE, "%zu", side_place(c, i));
	return buffer;
}

const char *side_quoted(const struct comparison *c, size_t i, char *buffer)
{
	if (has_twin(c, i))
		snprintf(buffer, QUOTED_SIZE, "number %zu \"%.200s\"", side_place(c, i),
			 c->side[i]->label);
	else
		snprintf(buffer, QUOTED_SIZE, "\"%.200s\"", c->side[i]->label);
	return buffer;
}

struct columns columns_all(const struct comparison *c)
{
	struct columns columns = { .of = c, .n = c->n_sides, .is_last = true };

	for (size_t i = 0; i < c->n_sides; i++)
		columns.cols[i] = i;
	return columns;
}

void columns_headings(struct grid *grid, const struct columns *c)
{
	char buffer[LABEL_SIZE];

	for (size_t k = 0; k < c->n; k++)
		grid_cell(grid, k + 1, "%s", side_heading(c->of, c->cols[k], buffer));
}

void columns_print(struct text *text, size_t width, const struct columns *all,
		   void (*fill)(struct grid *grid, const struct columns *columns, const void *user),
		   const void *user)
{
	struct columns part = { .of = all->of };

	for (size_t at = 0; at < all->n; at += part.n) {
		struct grid grid = { 0 };

		part.n = all->n - at < COLUMNS_MAX ? all->n - at : COLUMNS_MAX;
		memcpy(part.cols, all->cols + at, part.n * sizeof(part.cols[0]));
		for (;; part.n--) {
			part.is_last = at + part.n == all->n;
			grid = (struct grid){ .align = "lrrrrrrr", .fold = true };
			fill(&grid, &part, user);
			/* beside two the first column is folded */
			if (part.n == 1 || all->n <= 2 || grid_width(&grid) <= width)
				break;
			grid_free(&grid);
		}
		grid_print(&grid, text, width);
	}
}
