// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "record/arm_name.h"
#include "report/groups.h"
#include "report/labels.h"

/* The widest label that leaves a column of figures narrow enough for mail. */
#define SIDE_LABEL_MAX 10

struct words {
	const char *name;
	const char *label;
};

static const char *look_up(const struct words *words, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(words[i].name, name))
			return words[i].label;
	return NULL;
}

#define LOOK_UP(words, name) look_up(words, sizeof(words) / sizeof((words)[0]), name)

struct side_labels label_sides(const struct comparison *c)
{
	if (c->n_sides == 1)
		return (struct side_labels){ "", "" };
	if (!strcmp(c->side[0]->label, comparison_last(c)->label) ||
	    strlen(c->side[0]->label) > SIDE_LABEL_MAX ||
	    strlen(comparison_last(c)->label) > SIDE_LABEL_MAX)
		return (struct side_labels){ "base", "new" };
	return (struct side_labels){ c->side[0]->label, comparison_last(c)->label };
}

const char *label_bench(const struct cost_name *name)
{
	return name->words ? name->words->title : name->bench;
}

const char *label_bench_of(const struct comparison *c, const char *bench)
{
	for (size_t i = 0; i < c->n_costs; i++)
		if (!strcmp(c->costs[i].name.bench, bench))
			return label_bench(&c->costs[i].name);
	return bench;
}

const char *label_group(const struct cost_name *name)
{
	return name->words && *name->words->group ? name->words->group : label_bench(name);
}

const char *label_access(const char *access)
{
	static const struct words words[] = {
		{ "dax", "DAX" },
		{ "page-cache", "page cache" },
	};
	const char *label = LOOK_UP(words, access);

	return label ? label : access;
}

const char *label_target(const char *fs, const char *access, char *buffer)
{
	if (!strcmp(fs, "none"))
		return "";
	snprintf(buffer, LABEL_SIZE, "%.40s %.40s", fs, label_access(access));
	return buffer;
}

const char *label_operation(const struct cost_name *name, char *buffer)
{
	const char *words = name->words ? name->words->operation : "";

	if (!*words || name->threads)
		return label_arm(name, buffer);
	if (!*name->fill)
		return words;
	snprintf(buffer, LABEL_SIZE, "%.80s (fill %.20s)", words, name->fill);
	return buffer;
}

const char *label_arm(const struct cost_name *name, char *buffer)
{
	snprintf(buffer, LABEL_SIZE, "%.40s %.40s%s%.40s", name->bench, name->arm,
		 name->further ? " " : "", name->further ? name->metric : "");
	return buffer;
}

const char *label_unscaled(const struct cost *change, char *buffer)
{
	arm_name(buffer, LABEL_SIZE, change->name.base_arm, change->name.fill, 0, "");
	return buffer;
}

const char *label_mean(const struct cost *change)
{
	return cost_by_mean(change) ? ", mean" : "";
}

const char *label_unit(const char *unit)
{
	return strcmp(unit, "instructions") ? unit : "guest instructions";
}

const char *label_number(double number, char *buffer)
{
	bool whole = number == floor(number) || number >= 1e6;

	if (isnan(number))
		return "-";
	snprintf(buffer, LABEL_SIZE, whole ? "%.0f" : "%.1f", number);
	return buffer;
}

const char *label_figure(double value, const char *unit, char *buffer)
{
	return label_number(!strcmp(unit, "ns") && value >= 1000 ? round(value) : value, buffer);
}

const char *label_spread(double spread_pct, char *buffer)
{
	if (isnan(spread_pct))
		return "";
	if (isinf(spread_pct) || change_is_beyond(spread_pct))
		return "large";
	snprintf(buffer, LABEL_SIZE, "%.1f%%", spread_pct);
	return buffer;
}

/* Three digits in the unit that lets most of them stand before the point. */
static const char *scaled(double value, const char *const *units, char *buffer)
{
	/* 999.5 would be written as 1000 */
	while (value >= 999.5 && units[1]) {
		value /= 1000;
		units++;
	}
	snprintf(buffer, LABEL_SIZE, "%.*f %s",
		 value < 9.995	 ? 2
		 : value < 99.95 ? 1
				 : 0,
		 value, *units);
	return buffer;
}

const char *label_value(double value, const char *unit, char *buffer)
{
	static const char *const times[] = { "ns", "us", "ms", "s", NULL };

	return strcmp(unit, "ns") ? label_number(value, buffer) : scaled(value, times, buffer);
}

const char *label_size(int64_t bytes, char *buffer)
{
	bool whole = bytes % (1 << 20) == 0;

	snprintf(buffer, LABEL_SIZE, "%lld%s", (long long)(bytes >> (whole ? 20 : 10)),
		 whole ? "m" : "k");
	return buffer;
}

const char *label_rate(double bytes_per_second, char *buffer)
{
	static const char *const rates[] = { "MB/s", "GB/s", NULL };

	return scaled(bytes_per_second / 1e6, rates, buffer);
}

const char *label_per_second(double operations, char *buffer)
{
	static const char *const rates[] = { "/s", "k/s", "M/s", "G/s", NULL };

	return scaled(operations, rates, buffer);
}

/* "+335.2", "0.0": a percentage with its sign, for the sign of percent to follow. */
static const char *percentage(double pct, int decimals, char *buffer)
{
	static const double nil[] = { 0.5, 0.05, 0.005 };
	double absolute = fabs(pct);

	if (absolute < nil[decimals])
		return decimals ? "0.0" : "0";
	snprintf(buffer, LABEL_SIZE, "%+.*f", absolute < 1e4 ? decimals : 0, pct);
	return buffer;
}

bool change_is_beyond(double change_pct)
{
	return change_pct >= 99900;
}

const char *label_change(double change_pct, char *buffer)
{
	char number[LABEL_SIZE];

	if (isinf(change_pct))
		return "from 0";
	if (isnan(change_pct))
		return "?";
	if (change_is_beyond(change_pct))
		return ">1000x";
	snprintf(buffer, LABEL_SIZE, "%.100s%%",
		 percentage(change_pct, fabs(change_pct) < 0.1 ? 2 : 1, number));
	return buffer;
}

const char *label_interval(double low_pct, double high_pct, char *buffer)
{
	bool narrow = fabs(low_pct) < 1 && fabs(high_pct) < 1;
	/* a wide one is not known to the decimal */
	int decimals = narrow ? 2 : high_pct - low_pct < 10;
	char low[LABEL_SIZE], high[LABEL_SIZE];

	if (!isfinite(low_pct) || !isfinite(high_pct) || change_is_beyond(high_pct))
		return "";
	snprintf(buffer, LABEL_SIZE, "%.50s..%.50s%%", percentage(low_pct, decimals, low),
		 percentage(high_pct, decimals, high));
	return buffer;
}
