// SPDX-License-Identifier: GPL-2.0-or-later
#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "compare/beta.h"
#include "compare/distribution.h"

double normal_cdf(double x)
{
	return erfc(-x * M_SQRT1_2) / 2;
}

double normal_quantile(double p)
{
	double tail = fmin(p, 1 - p), t, x;

	if (!(p > 0 && p < 1))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	if (p == 0.5)
		return 0;
	t = sqrt(-2 * log(tail));
	x = (2.515517 + t * (0.802853 + t * 0.010328)) /
		    (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) -
	    t;
	/* 4.5e-4 off, and each step cubes the error */
	for (int i = 0; i < 3; i++) {
		double density = exp(-x * x / 2) / sqrt(2 * M_PI);
		double step = (normal_cdf(x) - tail) / density;

		x -= step / (1 + x * step / 2);
	}
	return p < 0.5 ? x : -x;
}

double student_upper(double t, double df)
{
	double x, y, tail;

	if (isinf(t))
		return t > 0 ? 0 : 1;
	/* divided first: the square of a large t would overflow */
	x = 1 / (1 + t / df * t);
	y = fabs(t) / (fabs(t) + df / fabs(t));
	if (t == 0)
		return 0.5;
	tail = beta_incomplete(df / 2, 0.5, x, y) / 2;
	return t > 0 ? tail : 1 - tail;
}

double student_cdf(double t, double df)
{
	return student_upper(-t, df);
}

static double student_density(double t, double df)
{
	return exp(lgamma((df + 1) / 2) - lgamma(df / 2) - (df + 1) / 2 * log1p(t * t / df)) /
	       sqrt(df * M_PI);
}

/* The t > 0 with student_upper(t, df) = tail < 1/2. */
static double student_from_tail(double tail, double df)
{
	double low = 0, high = fmax(1, -normal_quantile(tail)), t = high;

	while (student_upper(high, df) > tail && high < DBL_MAX / 4) {
		low = high;
		high *= 2;
		t = high;
	}
	for (int i = 0; i < 200; i++) {
		double is = student_upper(t, df), density = student_density(t, df), next;

		if (is > tail)
			low = t;
		else
			high = t;
		/* in logarithms of the tail, which is nearly straight far out */
		next = density > 0 ? t + is / density * log(is / tail) : NAN;
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
		if (fabs(next - t) <= 2 * DBL_EPSILON * t)
			return next;
		t = next;
	}
	return t;
}

double student_quantile(double p, double df)
{
	if (!(p > 0 && p < 1))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	if (p == 0.5)
		return 0;
	return p < 0.5 ? -student_from_tail(p, df) : student_from_tail(1 - p, df);
}

double binomial_cdf(int64_t k, int64_t n, double p)
{
	if (k < 0)
		return 0;
	if (k >= n)
		return 1;
	return beta_incomplete((double)(n - k), (double)k + 1, 1 - p, p);
}
