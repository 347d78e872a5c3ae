// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "compare/holm.h"

struct entry {
	double p;
	size_t place;
};

static int by_p(const void *a, const void *b)
{
	double x = ((const struct entry *)a)->p, y = ((const struct entry *)b)->p;

	return (x > y) - (x < y);
}

int holm_adjust(const double *p, size_t n, double *adjusted)
{
	struct entry *list = malloc((n + 1) * sizeof(*list));
	size_t tests = 0;
	double before = 0;

	if (!list)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		adjusted[i] = NAN;
		if (!isnan(p[i]))
			list[tests++] = (struct entry){ p[i], i };
	}
	qsort(list, tests, sizeof(*list), by_p);
	for (size_t i = 0; i < tests; i++) {
		before = fmax(before, fmin(1, (double)(tests - i) * list[i].p));
		adjusted[list[i].place] = before;
	}
	free(list);
	return 0;
}
