// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdbool.h>

#include "tests/calibrate/boots.h"
#include "tests/calibrate/nights.h"

static double normal(uint64_t *random)
{
	return boots_standard(random);
}

/* One night in so many is off by 10 deviations, up or down. */
static double off(uint64_t *random, unsigned int one_in)
{
	double night = normal(random);

	if (boots_random(random) % one_in)
		return night;
	return night + (boots_random(random) >> 63 ? 10 : -10);
}

static double off_50(uint64_t *random)
{
	return off(random, 50);
}

static double off_33(uint64_t *random)
{
	return off(random, 33);
}

/* Student's t, whose variance is df / (df - 2). */
static double student(uint64_t *random, int df)
{
	double squares = 0;

	for (int i = 0; i < df; i++) {
		double z = normal(random);

		squares += z * z;
	}
	return normal(random) / sqrt(squares / (df - 2));
}

static double student_4(uint64_t *random)
{
	return student(random, 4);
}

static double student_3(uint64_t *random)
{
	return student(random, 3);
}

/* The ratio of two times with lognormal delays, as base and new have them. */
static double delayed(uint64_t *random)
{
	double variance = (exp(0.25) - 1) * exp(0.25);

	return (exp(0.5 * normal(random)) - exp(0.5 * normal(random))) / sqrt(2 * variance);
}

/* A clock that knows two thirds of a deviation; rounding adds a 27th to the variance. */
static double coarse(uint64_t *random)
{
	return round(normal(random) * 1.5) / 1.5 / sqrt(1 + 1 / 27.0);
}

/* 24 ns to 23 of the baseline, whose logarithm is no round number, in ticks more or less. */
static double whole(int ticks)
{
	return log(24 / 23.0) + ticks * NIGHTS_TICK;
}

static bool one_in(uint64_t *random, unsigned int nights)
{
	return boots_random(random) % nights == 0;
}

static double equal(uint64_t *random)
{
	(void)random;
	return whole(0);
}

static double tick_50(uint64_t *random)
{
	return whole(one_in(random, 50));
}

static double tick_3(uint64_t *random)
{
	return whole(one_in(random, 3));
}

static double tick_both(uint64_t *random)
{
	int more = one_in(random, 5);

	return whole(more - one_in(random, 5));
}

const struct nights nights_normal = { .name = "normal", .draw = normal };
const struct nights nights_outliers = { .name = "1 in 50 off by 10", .draw = off_50 };
const struct nights nights_more_outliers = { .name = "1 in 33 off by 10", .draw = off_33 };
const struct nights nights_heavy = { .name = "heavy tails (t, 4 df)", .draw = student_4 };
const struct nights nights_heavier = { .name = "heavy tails (t, 3 df)", .draw = student_3 };
const struct nights nights_delayed = { .name = "delays on both sides", .draw = delayed };
const struct nights nights_coarse = { .name = "coarse clock", .draw = coarse };
const struct nights nights_follow_3 = {
	.name = "autocorrelation 0.3",
	.draw = normal,
	.follows = 0.3,
};
const struct nights nights_follow_5 = {
	.name = "autocorrelation 0.5",
	.draw = normal,
	.follows = 0.5,
};
const struct nights nights_follow_8 = {
	.name = "autocorrelation 0.8",
	.draw = normal,
	.follows = 0.8,
};
const struct nights nights_drift = { .name = "drift", .draw = normal, .drift = 4 / 90.0 };

#define WHOLE(words, function)                                                   \
	{                                                                        \
		.name = (words), .draw = (function), .least = NIGHTS_TICK - 1e-9 \
	}

const struct nights nights_equal = WHOLE("24 ns", equal);
const struct nights nights_tick_50 = WHOLE("24 ns, 1 in 50 25", tick_50);
const struct nights nights_tick_3 = WHOLE("24 ns, 1 in 3 25", tick_3);
const struct nights nights_tick_both = WHOLE("24 ns, both sides 25", tick_both);

void nights_draw(const struct nights *nights, size_t n, uint64_t *random, double *values)
{
	double own = sqrt(1 - nights->follows * nights->follows), level = nights->draw(random);

	for (size_t i = 0; i < n; i++) {
		level = nights->follows * level + own * nights->draw(random);
		values[i] = level + nights->drift * (double)i;
	}
}
