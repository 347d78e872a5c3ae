/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests of results share: result files, written line by line and read back, and asserts on
 * words. */
#ifndef DAXMARK_TESTS_SIDES_H
#define DAXMARK_TESTS_SIDES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "record/reader.h"

#define ERROR_SIZE 1024

static inline void assert_says(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static inline void assert_never_says(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("\"%s\" is in:\n%s", words, text);
}

struct maker {
	FILE *file;
	char path[32];
	size_t lines; /* since the run record */
	long long seed;
	const char *mode;
	const char *kernel;  /* its release; NULL: 6.1.0 */
	const char *machine; /* more fields of its record; NULL: none */
	const char *run;     /* more fields of the next run records, each after a comma; or NULL */
};

static inline void maker_open(struct maker *m)
{
	int fd;

	strcpy(m->path, "/tmp/daxmark-test-XXXXXX");
	fd = mkstemp(m->path);
	assert_true(fd >= 0);
	m->file = fdopen(fd, "w");
	assert_non_null(m->file);
	m->mode = "count";
}

/* A line as it is. */
__attribute__((format(printf, 2, 3))) static inline void maker_line(struct maker *m,
								    const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(m->file, format, arguments);
	va_end(arguments);
	fputc('\n', m->file);
	m->lines++;
}

/* The run and machine records of a boot, and a target to measure on. */
static inline void maker_boot(struct maker *m, const char *label, long long seed)
{
	m->seed = seed;
	maker_line(m,
		   "{\"kind\":\"run\",\"label\":\"%s\",\"source\":\"image:/bzImage\","
		   "\"patches\":[],\"mode\":\"%s\",\"seed\":%lld,\"command\":\"qemu -seed %lld\","
		   "\"plan_sha256\":\"cafe\"%s}",
		   label, m->mode, seed, seed, m->run ? m->run : "");
	m->lines = 0;
	maker_line(m,
		   "{\"kind\":\"machine\",\"format\":1,\"mode\":\"%s\",\"seed\":%lld,"
		   "\"kernel\":\"%s\",\"clock\":{\"source\":\"rdtsc\",\"unit\":\"instructions\","
		   "\"ticks_per_unit\":1,\"overhead\":4},\"runner\":\"beef\"%s}",
		   m->mode, seed, m->kernel ? m->kernel : "6.1.0", m->machine ? m->machine : "");
	maker_line(m, "{\"kind\":\"target\",\"fs\":\"ext4\",\"access\":\"dax\",\"dax\":true}");
}

static inline void maker_target(struct maker *m, const char *fs, const char *access,
				const char *skip)
{
	if (skip)
		maker_line(m,
			   "{\"kind\":\"target\",\"fs\":\"%s\",\"access\":\"%s\",\"skip\":\"%s\"}",
			   fs, access, skip);
	else
		maker_line(m, "{\"kind\":\"target\",\"fs\":\"%s\",\"access\":\"%s\"}", fs, access);
}

/* 100 operations that all cost the same; value must be below 256. */
static inline void maker_sample_on(struct maker *m, const char *fs, const char *access,
				   const char *bench, const char *arm, int value)
{
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"%s\",\"arm\":\"%s\",\"fs\":\"%s\","
		   "\"access\":\"%s\",\"metric\":\"write\",\"unit\":\"%s\",\"better\":\"lower\","
		   "\"n\":100,\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,"
		   "\"max\":%d,\"faults\":100,\"histogram\":[[%d,100]]}",
		   bench, arm, fs, access, strcmp(m->mode, "time") ? "instructions" : "ns", value,
		   value, value, value, value, value, value);
}

static inline void maker_sample(struct maker *m, const char *arm, int value)
{
	maker_sample_on(m, "ext4", "dax", "first-write", arm, value);
}

static inline void maker_check(struct maker *m, const char *name, const char *verdict,
			       const char *evidence)
{
	maker_line(m,
		   "{\"kind\":\"check\",\"name\":\"%s\",\"fs\":\"ext4\",\"access\":\"dax\","
		   "\"verdict\":\"%s\",\"evidence\":\"%s\"%s}",
		   name, verdict, evidence,
		   strcmp(name, "ctime-mtime") ? "" : ",\"label\":\"c/mtime updated\"");
}

static inline void maker_end(struct maker *m)
{
	fprintf(m->file, "{\"kind\":\"end\",\"lines\":%zu}\n", m->lines);
}

/* Closes the file, reads it and removes it: side_read()'s answer. */
static inline int maker_read(struct maker *m, struct side *side, char *error)
{
	int err;

	assert_int_equal(fclose(m->file), 0);
	error[0] = '\0';
	err = side_read(m->path, side, error, ERROR_SIZE);
	unlink(m->path);
	return err;
}

/* For files that must be good. */
static inline void maker_read_good(struct maker *m, struct side *side)
{
	char error[ERROR_SIZE];

	if (maker_read(m, side, error))
		fail_msg("%s", error);
}

/* The words for first writes, before the first of them. */
static inline void maker_words(struct maker *m)
{
	maker_line(
		m,
		"{\"kind\":\"bench\",\"bench\":\"first-write\",\"title\":\"First write to a page\","
		"\"arms\":[{\"arm\":\"cold\",\"operation\":\"a first write to an unmapped page\"},"
		"{\"arm\":\"read-then-write\",\"leads\":true,"
		"\"operation\":\"a first write to a page already read\"}]}");
}

/* A side of one metric: a boot for each value, with the seeds 1, 2, 3... */
static inline void make_side(struct side *side, const char *label, const char *mode,
			     const int *values, size_t n)
{
	struct maker m = { 0 };

	maker_open(&m);
	m.mode = mode;
	for (size_t i = 0; i < n; i++) {
		maker_boot(&m, label, (long long)i + 1);
		maker_sample(&m, "read-then-write", values[i]);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

#endif
