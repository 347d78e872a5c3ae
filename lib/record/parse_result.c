// SPDX-License-Identifier: GPL-2.0-or-later
/* The records that are results: samples, checks, skips. */
#include <math.h>
#include <string.h>

#include "record/arm_name.h"
#include "record/histogram.h"
#include "record/parse.h"

/* Whatever was measured or seen on a target needs the target's own line. */
static int known_target(struct reading *r, const struct side_boot *boot, const char *fs,
			const char *access, const struct side_target **target)
{
	*target = NULL;
	if (!strcmp(fs, "none") && !strcmp(access, "none"))
		return 0;
	*target = side_find_target(boot, fs, access);
	if (!*target)
		return refuse(r, "no target line of this boot names %.40s/%.40s", fs, access);
	return 0;
}

static int parse_bucket(struct reading *r, const json_t *pair, struct side_bucket *bucket)
{
	const json_t *lowest = json_array_get(pair, 0);
	const json_t *count = json_array_get(pair, 1);

	if (json_array_size(pair) != 2 || !json_is_integer(lowest) || !json_is_integer(count))
		return refuse(r, "a histogram bucket is not [lowest value, count]");
	if (json_integer_value(lowest) < 0 || json_integer_value(count) < 1)
		return refuse(r, "histogram bucket [%lld, %lld] is not possible",
			      (long long)json_integer_value(lowest),
			      (long long)json_integer_value(count));
	bucket->lowest = (uint64_t)json_integer_value(lowest);
	bucket->count = (uint64_t)json_integer_value(count);
	if (histogram_lowest(histogram_bucket(bucket->lowest)) != bucket->lowest)
		return refuse(r, "no histogram bucket begins at %llu",
			      (unsigned long long)bucket->lowest);
	return 0;
}

static int parse_histogram(struct reading *r, const json_t *record, struct side_sample *sample)
{
	const json_t *array = json_object_get(record, "histogram");
	uint64_t sum = 0;

	if (!json_is_array(array))
		return refuse(r, "\"histogram\" is missing or not an array");
	sample->n_buckets = json_array_size(array);
	if (!sample->n_buckets)
		return refuse(r, "the histogram is empty, n is %lld", (long long)sample->n);
	sample->buckets = side_alloc(r->side, sample->n_buckets * sizeof(*sample->buckets));
	if (!sample->buckets)
		return refuse_memory(r);
	for (size_t i = 0; i < sample->n_buckets; i++) {
		struct side_bucket *bucket = &sample->buckets[i];
		int err = parse_bucket(r, json_array_get(array, i), bucket);

		if (err)
			return err;
		if (i && bucket->lowest <= bucket[-1].lowest)
			return refuse(r, "histogram bucket %llu comes after %llu",
				      (unsigned long long)bucket->lowest,
				      (unsigned long long)bucket[-1].lowest);
		/* both are at most INT64_MAX as long as this has held so far */
		sum += bucket->count;
		if (sum > (uint64_t)sample->n)
			break;
	}
	if (sum != (uint64_t)sample->n)
		return refuse(r, "the histogram counts %s%llu operations, n is %lld",
			      sum > (uint64_t)sample->n ? "at least " : "", (unsigned long long)sum,
			      (long long)sample->n);
	return 0;
}

static int parse_quantiles(struct reading *r, const json_t *record, struct side_sample *sample)
{
	const struct {
		const char *key;
		enum need need;
		double *out;
	} order[] = {
		{ "min", REQUIRED, &sample->min },
		{ "median_low", OPTIONAL, &sample->median_low },
		{ "median", REQUIRED, &sample->median },
		{ "median_high", OPTIONAL, &sample->median_high },
		{ "p90", REQUIRED, &sample->p90 },
		{ "p99", REQUIRED, &sample->p99 },
		{ "max", REQUIRED, &sample->max },
	};
	size_t before = 0;
	double slack;
	int err;

	for (size_t i = 0; i < COUNT_OF(order); i++) {
		*order[i].out = NAN;
		err = field_number(r, record, order[i].key, order[i].need, order[i].out);
		if (err)
			return err;
		if (isnan(*order[i].out))
			continue;
		if (*order[i].out < *order[before].out)
			return refuse(r, "%s %.10g is more than %s %.10g", order[before].key,
				      *order[before].out, order[i].key, *order[i].out);
		before = i;
	}
	/* files from before these fields say nothing of an interval */
	if (isnan(sample->median_low))
		sample->median_low = sample->median;
	if (isnan(sample->median_high))
		sample->median_high = sample->median;
	err = field_number(r, record, "mean", REQUIRED, &sample->mean);
	if (err)
		return err;
	/* a mean may have been rounded when it was written */
	slack = 1e-6 * sample->max;
	if (sample->mean < sample->min - slack || sample->mean > sample->max + slack)
		return refuse(r, "mean %.10g is not between min %.10g and max %.10g", sample->mean,
			      sample->min, sample->max);
	return 0;
}

static const char *const units[] = { "instructions", "ns", NULL };
static const char *const directions[] = { "lower", "higher", NULL };

static int parse_names(struct reading *r, const json_t *record, const struct side_boot *boot,
		       struct side_sample *sample)
{
	const struct string_field strings[] = {
		{ "bench", REQUIRED, &sample->name.bench },
		{ "arm", REQUIRED, &sample->name.arm },
		{ "fs", REQUIRED, &sample->name.fs },
		{ "access", REQUIRED, &sample->name.access },
		{ "metric", REQUIRED, &sample->name.metric },
	};
	const struct side_target *target;
	int unit = 0, direction = 0;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = field_choice(r, record, "unit", units, &unit);
	if (!err)
		err = field_choice(r, record, "better", directions, &direction);
	if (!err)
		err = known_target(r, boot, sample->name.fs, sample->name.access, &target);
	if (err)
		return err;
	sample->unit = units[unit];
	sample->higher_is_better = direction == 1;
	if (target && *target->skip)
		return refuse(r, "a sample on %.40s/%.40s, which line %zu says was skipped",
			      sample->name.fs, sample->name.access, target->line);
	return 0;
}

/* The record's "parameters", NULL where there are none. */
static int find_parameters(struct reading *r, const json_t *record, const json_t **parameters)
{
	*parameters = json_object_get(record, "parameters");
	if (*parameters && !json_is_object(*parameters) && !json_is_null(*parameters))
		return refuse(r, "\"parameters\" is not an object");
	if (!json_is_object(*parameters))
		*parameters = NULL;
	return 0;
}

/* How an arm was measured, beside what its own name says. */
struct measured_as {
	const char *fill, *files;
	int64_t threads, threads_beside;
};

static int parse_measured_as(struct reading *r, const json_t *parameters, struct measured_as *as)
{
	const struct string_field strings[] = { { "files", OPTIONAL, &as->files },
						{ "fill", OPTIONAL, &as->fill } };
	int err;

	*as = (struct measured_as){ .fill = "", .files = "" };
	if (!parameters)
		return 0;
	err = field_strings(r, parameters, strings, COUNT_OF(strings));
	if (!err)
		err = field_integer(r, parameters, "threads", OPTIONAL, 1, &as->threads);
	if (!err)
		err = field_integer(r, parameters, "threads_beside", OPTIONAL, 1,
				    &as->threads_beside);
	return err;
}

/*
 * name->arm becomes the name for people, name->base_arm the one without an ending. Older
 * runners wrote the whole name into "arm".
 */
static int name_arm(struct reading *r, const struct measured_as *as, struct cost_name *name)
{
	int64_t threads = as->threads ? as->threads : as->threads_beside;
	size_t recorded = strlen(name->arm);
	size_t ending = arm_name(NULL, 0, "", as->fill, threads, as->files);
	char *whole = side_alloc(r->side, recorded + ending + 1);

	if (!whole)
		return refuse_memory(r);
	name->base_arm = name->arm;
	arm_name(whole, recorded + ending + 1, name->arm, as->fill, threads, as->files);
	if (ending && ending <= recorded &&
	    !strcmp(name->arm + recorded - ending, whole + recorded)) {
		whole[recorded - ending] = '\0';
		name->base_arm = whole;
		return 0;
	}
	name->arm = whole;
	return 0;
}

/* A part of the operations measured. */
static int parse_part(struct reading *r, const json_t *record, const char *key, int64_t n,
		      int64_t *part)
{
	int err;

	*part = -1;
	err = field_integer(r, record, key, OPTIONAL, 0, part);
	if (!err && *part > n)
		return refuse(r, "\"%s\" is %lld of %lld operations", key, (long long)*part,
			      (long long)n);
	return err;
}

static int parse_parameters(struct reading *r, const json_t *parameters, struct side_sample *sample)
{
	struct measured_as as;
	int err = parse_measured_as(r, parameters, &as);

	sample->name.fill = as.fill;
	sample->name.files = as.files;
	sample->name.threads = as.threads;
	sample->threads_beside = as.threads_beside;
	if (!err)
		err = name_arm(r, &as, &sample->name);
	if (err || !parameters)
		return err;
	err = field_integer(r, parameters, "bytes", OPTIONAL, 0, &sample->bytes);
	if (!err)
		err = field_integer(r, parameters, "between_kib", OPTIONAL, 0,
				    &sample->between_kib);
	if (!err)
		err = field_integer(r, parameters, "folio_bytes", OPTIONAL, 1,
				    &sample->folio_bytes);
	return err;
}

/* What older runners did not write, and what is not measured everywhere. */
static int parse_extras(struct reading *r, const json_t *record, struct side_sample *sample)
{
	const json_t *parameters;
	int err = find_parameters(r, record, &parameters);

	sample->faults = sample->batch_mean = NAN;
	if (!err)
		err = parse_parameters(r, parameters, sample);
	if (!err)
		err = field_number(r, record, "faults", OPTIONAL, &sample->faults);
	if (!err)
		err = field_number(r, record, "batch_mean", OPTIONAL, &sample->batch_mean);
	if (!err)
		err = parse_part(r, record, "moved", sample->n, &sample->moved);
	if (!err)
		err = parse_part(r, record, "interrupted", sample->n, &sample->interrupted);
	return err;
}

/* Nothing is measured twice in a boot. */
static int is_new(struct reading *r, const struct side_boot *boot, const struct side_sample *sample)
{
	const struct cost_name *name = &sample->name;
	const struct side_sample *other = side_find_sample(boot, name);

	if (!other)
		return 0;
	return refuse(r, "%.40s %.40s %.40s on %.40s/%.40s is already on line %zu", name->bench,
		      name->arm, name->metric, name->fs, name->access, other->line);
}

int parse_sample(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_sample sample = { .line = r->line };
	void *room;
	int err = parse_names(r, record, boot, &sample);

	if (!err)
		err = field_integer(r, record, "n", REQUIRED, 1, &sample.n);
	if (!err)
		err = parse_extras(r, record, &sample);
	if (!err)
		err = is_new(r, boot, &sample);
	if (!err)
		err = parse_quantiles(r, record, &sample);
	if (!err)
		err = parse_histogram(r, record, &sample);
	if (err)
		return err;
	room = grow_array(r, boot->samples, boot->n_samples, sizeof(sample), &err);
	if (err)
		return err;
	boot->samples = room;
	boot->samples[boot->n_samples++] = sample;
	return 0;
}

int parse_check(struct reading *r, const json_t *record, struct side_boot *boot)
{
	static const char *const verdicts[] = { "pass", "fail", "skip", NULL };
	struct side_check check = { .line = r->line };
	const struct string_field strings[] = {
		{ "name", REQUIRED, &check.name },
		{ "fs", REQUIRED, &check.fs },
		{ "access", REQUIRED, &check.access },
		{ "evidence", REQUIRED, &check.evidence },
	};
	const struct side_target *target;
	int verdict = 0;
	void *room;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = field_choice(r, record, "verdict", verdicts, &verdict);
	if (!err)
		err = known_target(r, boot, check.fs, check.access, &target);
	if (err)
		return err;
	check.verdict = (enum check_verdict)verdict;
	for (size_t i = 0; i < boot->n_checks; i++) {
		const struct side_check *other = &boot->checks[i];

		if (!strcmp(other->name, check.name) && !strcmp(other->fs, check.fs) &&
		    !strcmp(other->access, check.access))
			return refuse(r, "check %.40s on %.40s/%.40s is already on line %zu",
				      check.name, check.fs, check.access, other->line);
	}
	room = grow_array(r, boot->checks, boot->n_checks, sizeof(check), &err);
	if (err)
		return err;
	boot->checks = room;
	boot->checks[boot->n_checks++] = check;
	return 0;
}

int parse_skip(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_skip skip = { .line = r->line,
				  .name = { .metric = "", .files = "", .fill = "" } };
	const struct string_field strings[] = {
		{ "bench", REQUIRED, &skip.name.bench }, { "arm", REQUIRED, &skip.name.arm },
		{ "fs", REQUIRED, &skip.name.fs },	 { "access", REQUIRED, &skip.name.access },
		{ "reason", REQUIRED, &skip.reason },
	};
	const json_t *parameters;
	struct measured_as as;
	void *room;
	int err = field_strings(r, record, strings, COUNT_OF(strings));

	if (!err)
		err = find_parameters(r, record, &parameters);
	if (!err)
		err = parse_measured_as(r, parameters, &as);
	if (!err)
		err = name_arm(r, &as, &skip.name);
	if (err)
		return err;
	room = grow_array(r, boot->skips, boot->n_skips, sizeof(skip), &err);
	if (err)
		return err;
	boot->skips = room;
	boot->skips[boot->n_skips++] = skip;
	return 0;
}
