// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/figure.h"

/* Faults an operation: fewer are strays, and more are one each. */
#define FAULTS_LEAST (1.0 / 512)
#define FAULTS_MOST  0.99

/* Rank 60% over rank 40%. */
#define MODES_APART 1.5

const char *figure_name(enum figure figure)
{
	return figure == FIGURE_MEAN ? "mean" : "median";
}

static bool shares_faults(const struct side_sample *sample)
{
	double each = sample->faults / (double)sample->n;

	return each >= FAULTS_LEAST && each < FAULTS_MOST;
}

static bool between_modes(const struct side_sample *sample)
{
	return sample->median_low > 0 && sample->median_high >= MODES_APART * sample->median_low;
}

/* Why the mean represents the operations better than the median; NULL where it does not. */
static const char *reason(const struct side_sample *sample)
{
	/* a value is then of a pass, which is a mean already */
	if (sample->name.threads)
		return NULL;
	if (shares_faults(sample))
		return "one page fault brings in the pages of several operations";
	return between_modes(sample) ? "operations are of two kinds" : NULL;
}

/* The same of most boots of a side. */
static const char *reason_on(const struct side *side, const struct side_sample *like)
{
	const char *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], &like->name);
		const char *why = sample ? reason(sample) : NULL;

		first = first ? first : why;
		n += why != NULL;
	}
	return 2 * n > side->n_boots ? first : NULL;
}

static int add(struct figures *figures, const struct side_sample *like, const char *why)
{
	struct figure_led *list;

	list = realloc(figures->list, (figures->n + 1) * sizeof(*list));
	if (!list)
		return -ENOMEM;
	figures->list = list;
	list[figures->n++] = (struct figure_led){ like, why };
	return 0;
}

int figures_find(const struct side *const *sides, size_t n, struct figures *figures)
{
	const char *known;
	int err = 0;

	*figures = (struct figures){ 0 };
	for (size_t s = 0; s < n; s++) {
		/* a cost that the first boot lacks is not judged */
		const struct side_boot *boot = &sides[s]->boots[0];

		for (size_t i = 0; i < boot->n_samples && !err; i++) {
			const struct side_sample *sample = &boot->samples[i];
			const char *why = reason_on(sides[s], sample);

			if (why && figures_of(figures, &sample->name, &known) == FIGURE_MEDIAN)
				err = add(figures, sample, why);
		}
	}
	return err;
}

void figures_free(struct figures *figures)
{
	free(figures->list);
	*figures = (struct figures){ 0 };
}

enum figure figures_of(const struct figures *figures, const struct cost_name *name,
		       const char **why)
{
	for (size_t i = 0; i < figures->n; i++)
		if (cost_same(&figures->list[i].like->name, name)) {
			*why = figures->list[i].why;
			return FIGURE_MEAN;
		}
	*why = "";
	return FIGURE_MEDIAN;
}
