// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "history/night.h"
#include "history/store.h"
#include "plan/plan.h"
#include "record/reader.h"

#define FORMAT 1

static bool is_day(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

int night_parse_date(const char *text, char date[NIGHT_DATE_MAX])
{
	static const char *const formats[] = { "%4d-%2d-%2dT%2d:%2d:%2dZ%n",
					       "%4d%2d%2dT%2d%2d%2dZ%n", "%4d-%2d-%2d%n" };
	static const int lengths[] = { 20, 16, 10 };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		int year, month, day, hour = 0, minute = 0, second = 0, length = 0;

		/* a sign or a blank would pass for a digit */
		if (text[strspn(text, "0123456789-:TZ")] || strstr(text, "--"))
			return -EINVAL;
		if (i == 2)
			sscanf(text, formats[i], &year, &month, &day, &length);
		else
			sscanf(text, formats[i], &year, &month, &day, &hour, &minute, &second,
			       &length);
		if (length != lengths[i] || text[length])
			continue;
		if (!is_day(year, month, day) || hour < 0 || hour > 23 || minute < 0 ||
		    minute > 59 || second < 0 || second > 59)
			return -EINVAL;
		snprintf(date, NIGHT_DATE_MAX, "%04u-%02u-%02uT%02u:%02u:%02uZ", year % 10000u,
			 month % 100u, day % 100u, hour % 100u, minute % 100u, second % 100u);
		return 0;
	}
	return -EINVAL;
}

static int night_path(struct history *h, const struct night *night, const char *name,
		      char path[HISTORY_PATH_MAX])
{
	if (snprintf(path, HISTORY_PATH_MAX, "%s/%s/%s", h->dir, night->folder, name) <
	    HISTORY_PATH_MAX)
		return 0;
	return history_refuse(h, -EINVAL, "%s/%s: the name is too long", h->dir, night->folder);
}

bool night_is_folder(const struct history *h, const char *name)
{
	char path[HISTORY_PATH_MAX + NIGHT_NAME_MAX + sizeof(NIGHT_FILE) + 2];
	struct stat st;

	if (*name == '.' || strlen(name) >= NIGHT_NAME_MAX)
		return false;
	snprintf(path, sizeof(path), "%s/%s", h->dir, name);
	if (lstat(path, &st) || !S_ISDIR(st.st_mode))
		return false;
	snprintf(path, sizeof(path), "%s/%s/" NIGHT_FILE, h->dir, name);
	return !access(path, F_OK);
}

/* A string of night.json; one that is too long or could leave the folder is refused. */
static bool take_name(const json_t *object, const char *key, bool file, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text || strlen(text) >= size)
		return false;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	if (file && (!*text || *text == '.' || strchr(text, '/')))
		return false;
	snprintf(out, size, "%s", text);
	return true;
}

int night_read(struct history *h, struct night *night)
{
	char path[HISTORY_PATH_MAX], date[NIGHT_NAME_MAX];
	json_error_t why;
	json_t *object;
	bool good;
	int err = night_path(h, night, NIGHT_FILE, path);

	if (err)
		return err;
	if (access(path, R_OK))
		return history_refuse(h, -errno, "%s: %s", path, strerror(errno));
	object = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	if (!object)
		return history_refuse(h, -EINVAL,
				      "%s:%d: %s; repair it, or remove it and add the night again",
				      path, why.line, why.text);
	good = json_integer_value(json_object_get(object, "format")) == FORMAT &&
	       take_name(object, "date", false, date, sizeof(date)) &&
	       !night_parse_date(date, night->date) &&
	       take_name(object, "branch", false, night->branch, sizeof(night->branch)) &&
	       *night->branch &&
	       take_name(object, "kernel", false, night->kernel, sizeof(night->kernel)) &&
	       take_name(object, "revision", false, night->revision, sizeof(night->revision)) &&
	       take_name(object, "base", true, night->base, sizeof(night->base)) &&
	       take_name(object, "new", true, night->new, sizeof(night->new));
	json_decref(object);
	return good ? 0
		    : history_refuse(h, -EINVAL,
				     "%s: is no night of format %d; repair it, or remove it and "
				     "add the night again",
				     path, FORMAT);
}

int night_write(struct history *h, const struct night *night)
{
	char path[HISTORY_PATH_MAX];
	json_t *object;
	char *dump;
	int err = night_path(h, night, NIGHT_FILE, path);

	if (err)
		return err;
	object = json_pack("{s:i, s:s, s:s, s:s, s:s, s:s, s:s}", "format", FORMAT, "date",
			   night->date, "branch", night->branch, "kernel", night->kernel,
			   "revision", night->revision, "base", night->base, "new", night->new);
	dump = object ? json_dumps(object, JSON_INDENT(1)) : NULL;
	json_decref(object);
	if (!dump)
		return history_refuse(h, -ENOMEM, "out of memory, or a name is not UTF-8");
	err = store_text(path, dump);
	free(dump);
	return err ? history_refuse(h, err, "%s: cannot be written: %s", path, strerror(-err)) : 0;
}

int night_find_sides(struct history *h, struct night *night)
{
	char path[HISTORY_PATH_MAX], why[PLAN_ERROR_MAX];
	struct plan plan;
	int err = night_path(h, night, "plan.ini", path);

	if (err)
		return err;
	err = plan_read(path, &plan, why);
	if (err)
		return history_refuse(h, err == -ENOENT ? -EINVAL : err, "%s", why);
	if (plan.kernels != 2)
		err = history_refuse(h, -EINVAL,
				     "%s: has %zu kernels; a night is a baseline and a kernel "
				     "beside it, in this order",
				     path, plan.kernels);
	else if (snprintf(night->base, sizeof(night->base), "%s.jsonl",
			  plan.kernel[0].label.text) >= (int)sizeof(night->base) ||
		 snprintf(night->new, sizeof(night->new), "%s.jsonl", plan.kernel[1].label.text) >=
			 (int)sizeof(night->new))
		err = history_refuse(h, -EINVAL, "%s: a label is too long", path);
	plan_free(&plan);
	return err;
}

/* Two files of results alone have no plan; the limits are then those of compare. */
static int find_limits(struct history *h, const struct night *night, struct limits *limits)
{
	char path[HISTORY_PATH_MAX], why[PLAN_ERROR_MAX];
	struct plan plan;
	int err = night_path(h, night, "plan.ini", path);

	*limits = compare_limits;
	if (err || access(path, F_OK))
		return err;
	err = plan_read(path, &plan, why);
	if (err)
		return history_refuse(h, err, "%s", why);
	limits->floor_pct = plan.floor_pct;
	limits->margin_pct = plan.margin_pct;
	plan_free(&plan);
	return 0;
}

int night_digest(struct history *h, const char *base, const char *new, char content[SHA256_HEX_MAX])
{
	const char *const paths[] = { base, new };
	struct sha256_ctx sha;

	sha256_init(&sha);
	for (size_t i = 0; i < 2; i++) {
		int err = sha256_file(&sha, paths[i]);

		if (err)
			return history_refuse(h, err, "%s: %s", paths[i], strerror(-err));
	}
	sha256_hex(&sha, content);
	return 0;
}

int night_compare(struct history *h, const char *base, const char *new, const struct limits *limits,
		  struct night_results *results)
{
	const struct side *const sides[] = { &results->base, &results->new };
	int err;

	memset(results, 0, sizeof(*results));
	err = side_read(base, &results->base, h->error, sizeof(h->error));
	if (!err)
		err = side_read(new, &results->new, h->error, sizeof(h->error));
	if (!err)
		err = side_match(&results->base, &results->new, h->error, sizeof(h->error));
	if (!err)
		err = compare(sides, 2, limits, &results->comparison, h->error, sizeof(h->error));
	if (!err)
		err = night_digest(h, base, new, results->content);
	if (err)
		night_release(results);
	return err == -ENOENT ? -EINVAL : err;
}

static int find_file(struct history *h, const struct night *night, const char *name,
		     char path[HISTORY_PATH_MAX])
{
	int err = night_path(h, night, name, path);

	if (!err && access(path, F_OK))
		return history_refuse(h, -EINVAL,
				      "%s: %s; put the results back, or remove %s/%s and rebuild",
				      path, strerror(errno), h->dir, night->folder);
	return err;
}

int night_load(struct history *h, const struct night *night, struct night_results *results)
{
	char base[HISTORY_PATH_MAX], new[HISTORY_PATH_MAX];
	struct limits limits;
	int err = find_limits(h, night, &limits);

	if (!err)
		err = find_file(h, night, night->base, base);
	if (!err)
		err = find_file(h, night, night->new, new);
	return err ? err : night_compare(h, base, new, &limits, results);
}

void night_release(struct night_results *results)
{
	comparison_free(&results->comparison);
	side_free(&results->base);
	side_free(&results->new);
}
