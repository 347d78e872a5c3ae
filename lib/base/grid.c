// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/grid.h"

/* Names are cut to this much before other words are. */
#define FIRST_LEAST 12

void grid_row(struct grid *grid)
{
	if (!grid->err && !array_add(&grid->rows, &grid->n_rows, sizeof(*grid->rows)))
		grid->err = -ENOMEM;
}

void grid_cell(struct grid *grid, size_t column, const char *format, ...)
{
	va_list arguments;

	if (grid->err)
		return;
	va_start(arguments, format);
	vsnprintf(grid->rows[grid->n_rows - 1].cell[column], GRID_CELL, format, arguments);
	va_end(arguments);
}

void grid_note(struct grid *grid, const char *format, ...)
{
	va_list arguments;

	grid_row(grid);
	if (grid->err)
		return;
	va_start(arguments, format);
	if (vasprintf(&grid->rows[grid->n_rows - 1].note, format, arguments) < 0) {
		grid->rows[grid->n_rows - 1].note = NULL;
		grid->err = -ENOMEM;
	}
	va_end(arguments);
}

void grid_head(struct grid *grid, const char *words)
{
	if (strlen(words) + 2 < GRID_CELL) {
		grid_row(grid);
		grid_cell(grid, 0, "  %s", words);
		return;
	}
	grid_note(grid, "%s", words);
	if (!grid->err)
		grid->rows[grid->n_rows - 1].is_head = true;
}

static size_t max(size_t a, size_t b)
{
	return a > b ? a : b;
}

static bool is_used(const struct grid *grid, size_t column)
{
	for (size_t i = 1; i < grid->n_rows; i++)
		if (*grid->rows[i].cell[column])
			return true;
	return false;
}

/* Takes up to excess from a width, down to least; returns what is left of the excess. */
static size_t cut(size_t *width, size_t least, size_t excess)
{
	size_t spare = *width > least ? *width - least : 0;
	size_t taken = spare < excess ? spare : excess;

	*width -= taken;
	return excess - taken;
}

static void cut_columns(const struct grid *grid, size_t excess, size_t *width)
{
	/* what is folded is not lost */
	excess = cut(&width[0], grid->fold ? 2 : FIRST_LEAST, excess);
	for (size_t c = 1; grid->align[c]; c++)
		if (grid->align[c] == 'l')
			excess = cut(&width[c], 1, excess);
	cut(&width[0], 0, excess);
}

/* A width of 0 is a column that is left away. */
static void measure(const struct grid *grid, size_t limit, size_t *width, size_t *gap)
{
	size_t columns = strlen(grid->align);
	size_t total = 0, gaps = 0;

	for (size_t c = 0; c < columns; c++) {
		for (size_t i = 0; i < grid->n_rows && is_used(grid, c); i++)
			width[c] = max(width[c], strlen(grid->rows[i].cell[c]));
		total += width[c];
		gaps += c && width[c];
	}
	*gap = total + 2 * gaps <= limit ? 2 : 1;
	total += *gap * gaps;
	if (total > limit)
		cut_columns(grid, total - limit, width);
}

static size_t last_cell(const struct grid *grid, const struct grid_row *row)
{
	size_t last = 0;

	for (size_t c = 0; grid->align[c]; c++)
		if (*row->cell[c])
			last = c;
	return last;
}

size_t grid_width(const struct grid *grid)
{
	size_t width[GRID_COLUMNS] = { 0 };
	size_t gap, total = 0;

	measure(grid, SIZE_MAX, width, &gap);
	for (size_t c = 0; c < GRID_COLUMNS; c++)
		total += width[c] + (c && width[c]);
	return total;
}

static void print_row(const struct grid *grid, struct text *text, const struct grid_row *row,
		      const size_t *width, size_t gap)
{
	bool folded = grid->fold && strlen(row->cell[0]) > width[0];
	size_t last = last_cell(grid, row);

	if (folded)
		text_add(text, "%s\n", row->cell[0]);
	if (folded && !last)
		return;
	for (size_t c = 0; c <= last; c++) {
		const char *cell = !c && folded ? "" : row->cell[c];
		int wide = (int)width[c];

		if (c && !wide)
			continue;
		if (c)
			text_add(text, "%*s", (int)gap, "");
		if (grid->align[c] == 'r')
			text_add(text, "%*.*s", wide, wide, cell);
		else if (c < last)
			text_add(text, "%-*.*s", wide, wide, cell);
		else
			text_add(text, "%.*s", wide, cell);
	}
	text_add(text, "\n");
}

void grid_print(struct grid *grid, struct text *text, size_t limit)
{
	size_t width[GRID_COLUMNS] = { 0 };
	size_t gap;

	measure(grid, limit, width, &gap);
	for (size_t i = 0; i < grid->n_rows && !grid->err; i++) {
		if (grid->rows[i].note)
			text_wrap(text, limit, grid->rows[i].is_head ? "  " : "      ",
				  grid->rows[i].is_head ? 4 : 8, grid->rows[i].note);
		else
			print_row(grid, text, &grid->rows[i], width, gap);
	}
	if (grid->err)
		text->err = grid->err;
	grid_free(grid);
}

void grid_free(struct grid *grid)
{
	for (size_t i = 0; i < grid->n_rows; i++)
		free(grid->rows[i].note);
	free(grid->rows);
	*grid = (struct grid){ 0 };
}
