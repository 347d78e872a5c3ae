// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crosscheck/fio.h"

#define JOBS_MAX 10000

struct file {
	const char *path;
	char *error;
	size_t error_size;
};

__attribute__((format(printf, 3, 4))) static int refuse_file(const struct file *f, int status,
							     const char *format, ...)
{
	char reason[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	snprintf(f->error, f->error_size, "%s: %s", f->path, reason);
	/* the reason may quote the file, which must not speak to the terminal */
	for (char *c = f->error; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return status;
}

static int take_name(const struct file *f, const json_t *object, const char *key, char *out)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text || !*text || strlen(text) >= FIO_NAME_MAX)
		return refuse_file(f, -EINVAL, "a job has no \"%s\" of 1 to %d bytes", key,
				   FIO_NAME_MAX - 1);
	snprintf(out, FIO_NAME_MAX, "%s", text);
	return 0;
}

static int by_ns(const void *a, const void *b)
{
	const struct fio_bin *x = a, *y = b;

	return (x->ns > y->ns) - (x->ns < y->ns);
}

static int take_bins(const struct file *f, const json_t *bins, struct fio_job *job)
{
	const char *key;
	json_t *value;

	job->bins = calloc(json_object_size(bins) + 1, sizeof(*job->bins));
	if (!job->bins)
		return refuse_file(f, -ENOMEM, "out of memory");
	/* jansson has no iteration over what is const */
	json_object_foreach ((json_t *)bins, key, value) {
		struct fio_bin *bin = &job->bins[job->n_bins];
		char *end;

		bin->ns = strtod(key, &end);
		if (end == key || *end || !(bin->ns >= 0 && bin->ns < 1e18) ||
		    !json_is_integer(value) || json_integer_value(value) < 0)
			return refuse_file(f, -EINVAL,
					   "job %s: the bin \"%.20s\" is not a time and a count",
					   job->name, key);
		bin->count = (uint64_t)json_integer_value(value);
		job->n_bins += bin->count > 0;
	}
	qsort(job->bins, job->n_bins, sizeof(*job->bins), by_ns);
	return 0;
}

/* A job reads or writes; the other direction has no bins. */
static int take_job(const struct file *f, const json_t *object, struct fio_job *job)
{
	static const char *const directions[] = { "read", "write" };
	int error = take_name(f, object, "jobname", job->name);

	if (!error)
		error = take_name(f, object, "desc", job->target);
	if (error)
		return error;
	job->error = json_integer_value(json_object_get(object, "error"));
	if (job->error)
		return 0;
	for (size_t i = 0; i < 2 && !job->n_bins && !error; i++) {
		const json_t *side = json_object_get(object, directions[i]);
		const json_t *bins = json_object_get(json_object_get(side, "clat_ns"), "bins");

		if (json_object_size(bins)) {
			free(job->bins);
			job->bins = NULL;
			error = take_bins(f, bins, job);
		}
	}
	if (!error && !job->n_bins)
		return refuse_file(f, -EINVAL,
				   "job %s has no latencies of single operations; fio writes them "
				   "with --output-format=json+",
				   job->name);
	return error;
}

static int take_jobs(const struct file *f, const json_t *root, struct fio_jobs *jobs)
{
	const json_t *array = json_object_get(root, "jobs");
	size_t more = json_array_size(array);
	struct fio_job *job;
	int error = 0;

	if (!json_object_get(root, "fio version") || !more)
		return refuse_file(f, -EINVAL, "is not fio's: no \"fio version\" or no \"jobs\"");
	if (more > JOBS_MAX - jobs->n)
		return refuse_file(f, -EINVAL, "more than %d jobs", JOBS_MAX);
	job = realloc(jobs->job, (jobs->n + more) * sizeof(*job));
	if (!job)
		return refuse_file(f, -ENOMEM, "out of memory");
	jobs->job = job;
	memset(job + jobs->n, 0, more * sizeof(*job));
	for (size_t i = 0; i < more && !error; i++)
		error = take_job(f, json_array_get(array, i), &jobs->job[jobs->n++]);
	return error;
}

/* fio writes its warnings into the same file, in lines before the JSON. */
static void skip_warnings(FILE *file)
{
	long at = 0;
	int c;

	while ((c = getc(file)) != EOF && c != '{') {
		while (c != EOF && c != '\n')
			c = getc(file);
		at = ftell(file);
	}
	/* without any JSON the first line is the one to complain about */
	fseek(file, c == '{' ? at : 0, SEEK_SET);
}

int fio_read(const char *path, struct fio_jobs *jobs, char *error, size_t error_size)
{
	struct file f = { path, error, error_size };
	FILE *file = fopen(path, "re");
	json_error_t why;
	json_t *root;
	int status;

	if (!file) {
		status = -errno;
		return refuse_file(&f, status, "%s", strerror(errno));
	}
	skip_warnings(file);
	root = json_loadf(file, 0, &why);
	fclose(file);
	if (!root)
		return refuse_file(&f, -EINVAL, "line %d: not JSON: %s", why.line, why.text);
	status = take_jobs(&f, root, jobs);
	json_decref(root);
	return status;
}

void fio_free(struct fio_jobs *jobs)
{
	for (size_t i = 0; i < jobs->n; i++)
		free(jobs->job[i].bins);
	free(jobs->job);
	*jobs = (struct fio_jobs){ 0 };
}
