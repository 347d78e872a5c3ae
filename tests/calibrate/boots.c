// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdbool.h>

#include "tests/calibrate/boots.h"

/* What boots of a quiet machine were seen to differ by. */
#define DEVIATION 0.015

/* SplitMix64: G. Steele, D. Lea, C. Flood, OOPSLA 2014. */
uint64_t boots_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* In (0, 1). */
static double uniform(uint64_t *random)
{
	return ((double)(boots_random(random) >> 11) + 0.5) / 9007199254740992.0;
}

/* G. Box and M. Muller, Annals of Mathematical Statistics 29, 1958. */
double boots_standard(uint64_t *random)
{
	double radius = sqrt(-2 * log(uniform(random)));

	return radius * cos(2 * M_PI * uniform(random));
}

static double normal(uint64_t *random)
{
	return DEVIATION * boots_standard(random);
}

/* A delay on top, lognormal: the skewness is 1.75 here and 6.2 below. */
static double skewed(uint64_t *random)
{
	return log1p(DEVIATION * exp(0.5 * boots_standard(random)));
}

static double strongly_skewed(uint64_t *random)
{
	return log1p(DEVIATION * exp(boots_standard(random)));
}

/* Every other boot finds memory laid out so that all is 3% slower. */
static double bimodal(uint64_t *random)
{
	return (uniform(random) < 0.5 ? 0 : 2 * DEVIATION) + normal(random) / 2;
}

/* Two times and little between them. */
static double sharply_bimodal(uint64_t *random)
{
	return (uniform(random) < 0.5 ? 0 : 2 * DEVIATION) + normal(random) / 10;
}

/* exp(0.5^2 / 2) times the delay is its mean; the log takes half the mean square off. */
#define SKEWED_MEAN (DEVIATION * 1.1331484530668263 - DEVIATION * DEVIATION * 1.6487212707 / 2)

const struct boots boots_normal = { .name = "normal", .deviation = normal };
const struct boots boots_skewed = { .name = "skewed", .deviation = skewed };
const struct boots boots_bimodal = { .name = "bimodal", .deviation = bimodal };
const struct boots boots_sharply_bimodal = {
	.name = "sharply bimodal",
	.deviation = sharply_bimodal,
};
const struct boots boots_drifting = {
	.name = "drifting",
	.deviation = normal,
	.drift = DEVIATION / 3,
	.walk = DEVIATION / 3,
};
const struct boots boots_strongly_skewed = {
	.name = "strongly skewed",
	.deviation = strongly_skewed,
};
const struct boots boots_skewed_in_new = {
	.name = "skewed on one side",
	.deviation = normal,
	.deviation_new = skewed,
	.shift_new = SKEWED_MEAN,
};

static struct boot_median boot(double log_time)
{
	double time = 1000 * exp(log_time);

	return (struct boot_median){ time, time, time };
}

void boots_draw(const struct boots *boots, double log_change, size_t n, uint64_t *random,
		struct boot_median *base, struct boot_median *other)
{
	double (*of_new)(uint64_t *) =
		boots->deviation_new ? boots->deviation_new : boots->deviation;
	double level = 0;

	for (size_t i = 0; i < n; i++) {
		bool base_first = boots_random(random) >> 63;

		for (int second = 0; second < 2; second++) {
			if (base_first != second)
				base[i] = boot(level + boots->deviation(random));
			else
				other[i] = boot(level + log_change + of_new(random) -
						boots->shift_new);
			level += boots->drift + boots->walk * boots_standard(random);
		}
	}
}
