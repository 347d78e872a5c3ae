// SPDX-License-Identifier: GPL-2.0-or-later
/* Costs of several sides: all of them, or those that a mail has room for. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/groups.h"
#include "report/range.h"
#include "report/steps_cost_table.h"

/* Less is a few instructions on a path that nobody changed, in percent. */
#define SMALL_PCT 1

/* A group that has more to show than this shows some, the largest. */
#define GROUP_MOST 6
#define GROUP_SOME 4

/* How much the metric changed at the step that changed it most, without a sign. */
static double size_of(const struct cost_part *part, size_t metric)
{
	const struct metric_change *m = cost_largest(part->steps, metric);

	return m ? fabs(m->judgement.change_pct) : 0;
}

static bool is_large(const struct cost_part *part, size_t metric, enum verdict verdict)
{
	const struct metric_change *m = cost_largest(part->steps, metric);

	return m && m->judgement.verdict == verdict && size_of(part, metric) >= SMALL_PCT;
}

/* Whether fewer than half of GROUP_SOME changed more in its direction. */
static bool among_largest(const struct cost_part *part, size_t metric, enum verdict verdict)
{
	double size = size_of(part, metric);
	size_t larger = 0;

	for (size_t i = part->start; i < part->end; i++) {
		double other = size_of(part, i);

		larger += is_large(part, i, verdict) &&
			  (other > size || (other == size && i < metric));
	}
	return larger < GROUP_SOME / 2;
}

/* Chooses what a mail shows of a group; how many these are. */
static size_t select_some(const struct cost_part *part, bool *shown)
{
	static const enum verdict directions[] = { VERDICT_WORSE, VERDICT_BETTER };
	size_t wanted = 0, n = 0;

	for (size_t i = part->start; i < part->end; i++)
		wanted += size_of(part, i) >= SMALL_PCT;
	for (size_t i = part->start; i < part->end; i++)
		for (size_t k = 0; k < 2; k++) {
			if (!is_large(part, i, directions[k]) ||
			    (wanted > GROUP_MOST && !among_largest(part, i, directions[k])))
				continue;
			shown[i] = true;
			n++;
		}
	return n;
}

static void add_item(struct text *line, size_t n, const char *what)
{
	if (n)
		text_add(line, "%s%zu %s", line->length ? ", " : "", n, what);
}

/* "4 better (-28.1% to -31.4%)": large changes that have no row, each at its largest. */
static void add_rest(struct text *line, const struct cost_part *part, enum verdict verdict)
{
	struct range range = { 0 };

	for (size_t i = part->start; i < part->end; i++)
		if (!part->shown[i] && is_large(part, i, verdict))
			range_take(&range, cost_largest(part->steps, i)->judgement.change_pct);
	add_item(line, range.n, verdict_name(verdict));
	if (range.n)
		range_add(line, &range);
}

static void add_not_shown(struct text *text, size_t width, const struct cost_part *part)
{
	size_t small = 0, same = 0, open = 0;
	struct text line = { 0 };

	for (size_t i = part->start; i < part->end; i++) {
		double size = size_of(part, i);

		if (part->shown[i])
			continue;
		small += size > 0 && size < SMALL_PCT;
		same += cost_stayed(part->steps, i);
		open += size == 0 && !cost_stayed(part->steps, i);
	}
	add_rest(&line, part, VERDICT_WORSE);
	add_rest(&line, part, VERDICT_BETTER);
	add_item(&line, small, "changed by less than 1%");
	add_item(&line, same, "the same at every step");
	add_item(&line, open, "inconclusive at some step");
	text_wrap_built(text, width, "  Not shown: ", 4, &line);
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
			bool first = !strcmp(all->metrics[start].name.bench, "first-write");

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
