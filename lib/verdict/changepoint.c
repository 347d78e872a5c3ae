// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verdict/changepoint.h"
#include "verdict/stats.h"

#ifdef TUNE
double tune_p = 5e-4, tune_hampel = 4, tune_line = 5, tune_bias=1;
int tune_b = 1999;
#define CHANGEPOINT_B tune_b
#define HAMPEL tune_hampel
#define LINE tune_line
#else
#define CHANGEPOINT_B 1999
#define HAMPEL 4
#define LINE 5
#endif
#define HELD_ABOVE 0.5

struct kept {
	double *x;
	size_t *index;
	size_t n;
};

static double median_of(const double *values, size_t n)
{
	double copy[3];

	memcpy(copy, values, n * sizeof(*copy));
	return stats_median(copy, n);
}

static double scale_of(const double *x, size_t n, double *work)
{
	double mad;

	for (size_t i = 1; i < n; i++)
		work[i - 1] = fabs(x[i] - x[i - 1]);
	mad = stats_median(work, n - 1);
	if (mad == 0) {
		for (size_t i = 1; i < n; i++)
			mad += fabs(x[i] - x[i - 1]) / (double)(n - 1);
		return mad * 0.886; 
	}
	return mad / 0.6745 / M_SQRT2;
}

static bool outlier(const double *x, size_t n, size_t i, double limit)
{
	size_t before = i < 3 ? i : 3, after = n - 1 - i < 3 ? n - 1 - i : 3;

	if (before && fabs(x[i] - median_of(x + i - before, before)) <= limit)
		return false;
	if (after && fabs(x[i] - median_of(x + i + 1, after)) <= limit)
		return false;
	return true;
}

static double gain(const double *sum, size_t n, size_t k)
{
	double d = sum[k] - sum[n] * (double)k / (double)n;
	return d * d * (double)n / ((double)k * (double)(n - k));
}

/* best between-SS over splits */
static double best_split(const double *x, size_t n, double *sum, size_t *split)
{
	double best = -1;

	sum[0] = 0;
	for (size_t i = 0; i < n; i++)
		sum[i + 1] = sum[i] + x[i];
	for (size_t k = CHANGEPOINT_SIDE_MIN; k + CHANGEPOINT_SIDE_MIN <= n; k++) {
		double g = gain(sum, n, k);
		if (g > best) {
			best = g;
			if (split)
				*split = k;
		}
	}
	return best;
}

static uint64_t next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static void shuffle(double *x, size_t n, uint64_t *random)
{
	for (size_t i = n - 1; i > 0; i--) {
		size_t j = (size_t)(((next(random) >> 32) * (uint64_t)(i + 1)) >> 32);
		double t = x[i];
		x[i] = x[j];
		x[j] = t;
	}
}

int changepoint_find(const double *values, size_t n, uint64_t seed, struct changepoint *cp)
{
	double *x, *res, *sum, sigma, g, ss, rss, l, r, num, den, widen, line;
	size_t *index, m = 0, k = 0, exceed = 0, b;
	uint64_t random = seed;

	memset(cp, 0, sizeof(*cp));
	cp->p = 1;
	if (n < CHANGEPOINT_NIGHTS_MIN)
		return 0;
	x = malloc((3 * n + 1) * sizeof(*x) + n * sizeof(*index));
	if (!x)
		return -ENOMEM;
	res = x + n;
	sum = res + n;
	index = (size_t *)(sum + n + 1);
	sigma = scale_of(values, n, res);
	for (size_t i = 0; i < n; i++)
		if (!outlier(values, n, i, HAMPEL * sigma)) {
			x[m] = values[i];
			index[m++] = i;
		}
	cp->outliers = n - m;
	if (m < CHANGEPOINT_NIGHTS_MIN)
		goto out;
	g = best_split(x, m, sum, &k);
	l = sum[k] / (double)k;
	r = (sum[m] - sum[k]) / (double)(m - k);
	rss = 0;
	for (size_t i = 0; i < m; i++) {
		res[i] = x[i] - (i < k ? l : r);
		rss += res[i] * res[i];
	}
	cp->before = l;
	cp->after = r;
	cp->split = index[k];
	cp->deviation = sqrt(rss / (double)(m - 2));
	if (rss <= 0)
		goto out;
	num = 0;
	den = rss;
	for (size_t i = 1; i < m; i++)
		num += res[i] * res[i - 1];
	cp->autocorrelation = num / den;
#ifdef TUNE
	cp->autocorrelation += tune_bias / (double)m;
#endif
	double rho = fmin(fmax(cp->autocorrelation, 0), .95);
	widen = sqrt((1 + rho) / (1 - rho));
	cp->statistic = sqrt(g / (rss / (double)(m - 2))) / widen;
	/* compare R2-type: t for perms */
	{
		double obs = cp->statistic;
		/* line */
		double sxy = 0, sxx = 0, mx = (double)(m - 1) / 2, my = sum[m] / (double)m;
		ss = 0;
		for (size_t i = 0; i < m; i++) {
			sxy += ((double)i - mx) * (x[i] - my);
			sxx += ((double)i - mx) * ((double)i - mx);
			ss += (x[i] - my) * (x[i] - my);
		}
		line = sxy * sxy / sxx;
		for (b = 0; b < (size_t)CHANGEPOINT_B && !exceed; b++) {
			double pg, t;
			shuffle(res, m, &random);
			pg = best_split(res, m, sum, NULL);
			t = sqrt(pg / ((rss - pg) / (double)(m - 2)));
			if (t >= obs)
				exceed++;
		}
		cp->p = (double)(exceed + 1) / (double)(b + 1);
		if (!exceed) {
			if (rho > HELD_ABOVE)
				cp->held = CHANGEPOINT_AUTOCORRELATED;
			else if (g - line < LINE * rss / (double)(m - 2))
				cp->held = CHANGEPOINT_DRIFTS;
			else
				cp->found = true;
		}
	}
out:
	free(x);
	return 0;
}
