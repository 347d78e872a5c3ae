// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "compare/precision.h"
#include "compare/rmath.h"

double spread_between(const struct pair_spread *spread)
{
	double variance = spread->total * spread->total - spread->within * spread->within;

	/* fmax() would make 0 of what is not known */
	return variance < 0 ? 0 : sqrt(variance);
}

double spread_with(const struct pair_spread *spread, double factor)
{
	double within = spread->within > spread->total ? spread->total : spread->within;

	return hypot(spread_between(spread), within / sqrt(factor));
}

double interval_half(double deviation, size_t n)
{
	if (n < 2)
		return NAN;
	return qt(0.975, (double)n - 1, LOWER_TAIL, NOT_LOG) * deviation / sqrt((double)n);
}

size_t pairs_needed(double deviation, double half)
{
	size_t low = PAIRS_MIN - 1, high = PAIRS_MAX;

	if (interval_half(deviation, high) > half)
		return 0;
	/* the interval becomes narrower with every pair */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (interval_half(deviation, middle) <= half)
			high = middle;
		else
			low = middle;
	}
	return high;
}

double operations_worth(const struct pair_spread *spread)
{
	double between = spread_between(spread);

	if (between <= 0)
		return spread->within > 0 ? INFINITY : 1;
	/* fmax() would make 1 of what is not known */
	return 10 * spread->within * spread->within < between * between
		       ? 1
		       : 10 * pow(spread->within / between, 2);
}
