// SPDX-License-Identifier: GPL-2.0-or-later
#include <float.h>
#include <math.h>

#include "compare/beta.h"

/* log(2 pi) / 2 */
#define HALF_LOG_2PI 0.91893853320467274178

/* log(n!) less Stirling's formula for it: DLMF 5.11.1 where n is large. */
static double stirling_error(double n)
{
	double square = n * n;

	if (n <= 15)
		return lgamma(n + 1) - (n + 0.5) * log(n) + n - HALF_LOG_2PI;
	return (1.0 / 12 -
		(1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
			square) /
	       n;
}

/* k log(k / m) + m - k: Loader's deviance, as a series where k is close to m. */
static double deviance(double k, double m)
{
	double ratio = (k - m) / (k + m), sum = (k - m) * ratio, term = 2 * k * ratio;

	if (fabs(k - m) >= 0.1 * (k + m))
		return k * log(k / m) + m - k;
	for (int i = 1; i < 1000; i++) {
		double before = sum;

		term *= ratio * ratio;
		sum += term / (2 * i + 1);
		if (sum == before)
			break;
	}
	return sum;
}

double beta_binomial_term(double k, double n, double p, double q)
{
	if (p <= 0 || q <= 0)
		return k == (p <= 0 ? 0 : n) ? 1 : 0;
	if (k <= 0)
		return exp(n * (p < 0.5 ? log1p(-p) : log(q)));
	if (k >= n)
		return exp(n * (q < 0.5 ? log1p(-q) : log(p)));
	return exp(stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
		   deviance(k, n * p) - deviance(n - k, n * q)) *
	       sqrt(n / (2 * M_PI * k * (n - k)));
}

/* Lentz's method divides by what may be zero, but not by this. */
static double not_zero(double value)
{
	return fabs(value) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : value;
}

/* DLMF 8.17.22, which converges fast for x < (a + 1) / (a + b + 2). */
static double fraction(double a, double b, double x)
{
	double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), value = d;

	/* some sqrt(max(a, b)) steps: enough for 1e9 */
	for (int m = 1; m < 1000000; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double factor;

		d = 1 / not_zero(1 + even * d);
		c = not_zero(1 + even / c);
		value *= d * c;
		d = 1 / not_zero(1 + odd * d);
		c = not_zero(1 + odd / c);
		factor = d * c;
		value *= factor;
		if (fabs(factor - 1) < 4 * DBL_EPSILON)
			break;
	}
	return value;
}

/* I_x(a, b) where the fraction converges fast. */
static double lower_part(double a, double b, double x, double y)
{
	return beta_binomial_term(a, a + b, x, y) * b / (a + b) * fraction(a, b, x);
}

double beta_incomplete(double a, double b, double x, double y)
{
	if (x <= 0)
		return 0;
	if (y <= 0)
		return 1;
	if (x <= (a + 1) / (a + b + 2))
		return lower_part(a, b, x, y);
	return 1 - lower_part(b, a, y, x);
}
