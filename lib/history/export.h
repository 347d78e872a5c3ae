/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A history for programs. docs/history.md describes the JSON; the CSV is one row
 * a value, with a heading:
 *
 *   date,branch,mode,kernel,revision,folder,series,bench,arm,metric,fs,access,
 *   unit,base,new,change_pct,low_pct,high_pct,segment,change,figure
 *
 * segment counts from 1; change is the id of the change that begins with the row.
 */
#ifndef DAXMARK_HISTORY_EXPORT_H
#define DAXMARK_HISTORY_EXPORT_H

#include "base/text.h"
#include "history/segments.h"

/* In this order: begin, every series, end. */
void export_json_begin(struct text *text, const struct view *view);
void export_json_series(struct text *text, const struct view *view,
			const struct read_series *series, const struct read_value *values, size_t n,
			const struct segment *segments, size_t n_segments);
void export_json_end(struct text *text, const struct view *view);

void export_csv_begin(struct text *text, const struct view *view);
void export_csv_series(struct text *text, const struct view *view, const struct read_series *series,
		       const struct read_value *values, size_t n, const struct segment *segments,
		       size_t n_segments);
void export_csv_end(struct text *text, const struct view *view);

/* Parts of a row, each with the comma behind it: a cell; base to high_pct. */
void export_csv_cell(struct text *text, const char *cell);
void export_csv_value(struct text *text, const struct read_value *value);

#endif
