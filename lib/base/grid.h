/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of cells, as wide as what is in them. The first row holds the headings;
 * a column with nothing below its heading is left away.
 */
#ifndef DAXMARK_BASE_GRID_H
#define DAXMARK_BASE_GRID_H

#include <stdbool.h>

#include "base/text.h"

#define GRID_COLUMNS 8
#define GRID_CELL    64

struct grid_row {
	/* a note runs across all columns, below the row before it, indented */
	char *note;
	bool is_head; /* of that */
	char cell[GRID_COLUMNS][GRID_CELL];
};

struct grid {
	const char *align; /* one of "lr" a column: left or right */
	bool fold;	   /* a first cell that would be cut has a line of its own */
	struct grid_row *rows;
	size_t n_rows;
	int err;
};

/* A new row; its cells are filled in order by grid_cell(). */
void grid_row(struct grid *grid);

/* Fills cell column (from 0) of the last row; longer text is cut. */
__attribute__((format(printf, 3, 4))) void grid_cell(struct grid *grid, size_t column,
						     const char *format, ...);

__attribute__((format(printf, 2, 3))) void grid_note(struct grid *grid, const char *format, ...);

/* The same for what heads the rows below it, which stands further to the left. */
void grid_head(struct grid *grid, const char *words);

/* How wide the rows are at least, with one space between columns. */
size_t grid_width(const struct grid *grid);

/*
 * Adds the rows to text, no line wider than width: where the cells need more,
 * the first column is cut, or its rows are folded; then what is aligned left in
 * others. Frees the grid.
 */
void grid_print(struct grid *grid, struct text *text, size_t width);

/* Frees a grid that is not printed. */
void grid_free(struct grid *grid);

#endif
