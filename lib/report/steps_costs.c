// SPDX-License-Identifier: GPL-2.0-or-later
/* Costs of several sides: all of them, or those that a mail has room for. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/groups.h"
#include "report/steps_cost_table.h"

/* Less is a few instructions on a path that nobody changed, in percent. */
#define SMALL_PCT 1

/* A group that has more to show than this shows some, the largest. */
#define GROUP_MOST 6
#define GROUP_SOME 4

/* Whether fewer than so many of the group changed more. */
static bool among_largest(const struct cost_part *part, size_t metric, size_t most)
{
	double size = cost_largest(part->steps, metric);
	size_t larger = 0;

	for (size_t i = part->start; i < part->end; i++) {
		double other = cost_largest(part->steps, i);

		larger += other > size || (other == size && i < metric);
	}
	return larger < most;
}

/* Chooses what a mail shows of a group; how many these are. */
static size_t select_some(const struct cost_part *part, bool *shown)
{
	size_t wanted = 0, n = 0;

	for (size_t i = part->start; i < part->end; i++)
		wanted += cost_largest(part->steps, i) >= SMALL_PCT;
	for (size_t i = part->start; i < part->end; i++) {
		shown[i] = cost_largest(part->steps, i) >= SMALL_PCT &&
			   (wanted <= GROUP_MOST || among_largest(part, i, GROUP_SOME));
		n += shown[i];
	}
	return n;
}

/* "  Not shown: 6 more changed (up to 31.4%), 4 the same at every step" */
static void add_not_shown(struct text *text, size_t width, const struct cost_part *part)
{
	size_t large = 0, small = 0, same = 0, open = 0;
	struct text line = { 0 };
	double most = 0;

	for (size_t i = part->start; i < part->end; i++) {
		double size = cost_largest(part->steps, i);

		if (part->shown[i])
			continue;
		large += size >= SMALL_PCT;
		small += size > 0 && size < SMALL_PCT;
		same += cost_stayed(part->steps, i);
		open += size == 0 && !cost_stayed(part->steps, i);
		most = fmax(most, size);
	}
	if (large)
		text_add(&line, "%zu more changed (by up to %.1f%%)", large, most);
	if (small)
		text_add(&line, "%s%zu changed by less than 1%%", line.length ? ", " : "", small);
	if (same)
		text_add(&line, "%s%zu the same at every step", line.length ? ", " : "", same);
	if (open)
		text_add(&line, "%s%zu without a change that is proved", line.length ? ", " : "",
			 open);
	if (line.length)
		text_wrap(text, width, "  Not shown: ", 4, line.data);
	if (text_error(&line))
		text->err = text_error(&line);
	text_free(&line);
}

static void add_group(struct text *text, size_t width, struct cost_part part, bool *shown)
{
	if (part.full)
		memset(shown + part.start, true, part.end - part.start);
	else if (!select_some(&part, shown))
		return;
	cost_table(text, width, &part);
	if (!part.full)
		add_not_shown(text, width, &part);
	text_add(text, "\n");
}

/* In the order of the records, in a mail the first write before all else. */
static void add_costs(struct text *text, size_t width, const struct steps *steps, bool full)
{
	const struct comparison *all = &steps->all;
	bool *shown = calloc(all->n_metrics + 1, sizeof(*shown));
	size_t end;

	if (!shown) {
		text->err = -ENOMEM;
		return;
	}
	for (int turn = full ? 1 : 0; turn < 2; turn++)
		for (size_t start = 0; start < all->n_metrics; start = end) {
			bool first = !strcmp(all->metrics[start].bench, "first-write");

			end = group_end(all, start);
			if (full || first == (turn == 0))
				add_group(text, width,
					  (struct cost_part){ steps, start, end, shown, full },
					  shown);
		}
	free(shown);
}

void steps_all_costs(struct text *text, size_t width, const struct steps *steps)
{
	add_costs(text, width, steps, true);
}

void steps_changed_costs(struct text *text, size_t width, const struct steps *steps)
{
	size_t before = text->length;

	add_costs(text, width, steps, false);
	if (text->length == before)
		return;
	if (steps->n_sides > STEPS_SHOWN_WHOLE)
		text_add(text, "A side without a column changed nothing in its table.\n");
	if (memchr(text->data + before, '?', text->length - before))
		text_add(text, "? is a difference to the one before that is inconclusive.\n");
	if (text->data[text->length - 2] != '\n')
		text_add(text, "\n");
}
