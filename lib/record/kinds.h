/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kinds of records, each as a struct and as a table of its fields, which both writes and
 * reads it. docs/records.md says what each field means; the names are the same here.
 *
 * In a record that was read, a text that it did not carry is "", never NULL; a number that it
 * did not carry is NAN where NAN is said below, else 0. In a record to be written, a text that
 * is NULL is left out.
 */
#ifndef DAXMARK_RECORD_KINDS_H
#define DAXMARK_RECORD_KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/cost_name.h"

enum side_mode {
	SIDE_COUNT,
	SIDE_TIME,
	SIDE_EMULATED,
};

enum check_verdict {
	CHECK_PASS,
	CHECK_FAIL,
	CHECK_SKIP,
};

enum dax_state {
	DAX_UNKNOWN,
	DAX_NO,
	DAX_YES,
};

/* "count", "time" or "emulated". */
const char *side_mode_name(enum side_mode mode);

/* "pass", "fail" or "skip". */
const char *check_verdict_name(enum check_verdict verdict);

#define RECORD_FORMAT 1

struct side_patch {
	const char *file;
	const char *sha256;
};

/* The run record: how the boot was made. */
struct side_run {
	const char *label;
	const char *source;
	const char *subject; /* of the commit or patch that this kernel adds; "" when not said */
	struct side_patch *patches;
	size_t n_patches;
	enum side_mode mode;
	int64_t seed;
	const char *session;   /* of one run of a plan in time mode; "" when not said */
	int64_t position;      /* of the boot in its session, from 1; 0 when not said */
	int64_t pair;	       /* of boots, one a side, from 1; 0 when not said */
	int64_t order_seed;    /* what the order of the boots was drawn from; 0 when not said */
	const int64_t *pinned; /* by the guest's processor the host's; not read */
	size_t n_pinned;
	const char *pinned_others; /* not read */
	const char *image_sha256;
	const char *config_sha256;
	const char *initramfs_sha256;
	const char *compiler;
	const char *lacking; /* symbols the kernel was built without, apart by blanks */
	const char *qemu;
	const char *command;
	const char *plan_sha256;
};

/* The machine record: what the runner saw. */
struct side_machine {
	size_t line;
	int64_t format;
	enum side_mode mode;
	int64_t seed;
	const char *kernel;
	const char *kernel_version;
	const char *kernel_build_id;
	const char *cmdline;
	const char *cpu;
	const char *hypervisor; /* not read */
	int64_t bound_to;	/* the CPU of the measuring thread; -1 when not said */
	int64_t cpus;
	int64_t nodes;
	int64_t memory_bytes;
	int64_t page_bytes;
	const char *topology;
	const char *clock_source;
	const char *clock_unit;
	double clock_overhead; /* in clock_unit; NAN when not said */
	double clock_ticks;    /* per clock_unit; NAN when not said */
	const char *runner;
	const char *pmem;
	const char *device;
	int64_t freeze_limit_s; /* not read */
};

/* A node that is not written at all, where -1 is written as null. */
#define NODE_LEFT_OUT INT64_MIN

struct side_target {
	size_t line;
	const char *fs;
	const char *access;
	const char *device;
	int64_t size_bytes;
	const char *mkfs;
	const char *mount;
	enum dax_state dax;
	const char *proof;
	const char *skip;      /* "" when the target was had */
	int64_t node;	       /* it lies on; -1 when not known or not said */
	const char *node_from; /* "" when nothing is said of the place */
	int64_t bound_to;      /* the CPU of the measuring thread there; -1 when not said */
	int64_t bound_node;    /* of that CPU; -1 when not known */
	int64_t memory_node;   /* that memory is bound to; -1 when it is not */
};

/* The words for a benchmark's costs. */
struct side_bench {
	size_t line;
	const char *name;
	const char *title;
	const char *brief; /* not read */
	bool rate;
	struct cost_words *arms;
	size_t n_arms;
	const struct cost_words *other; /* for an arm that is not among them */
};

struct side_bucket {
	uint64_t lowest;
	uint64_t count;
};

struct side_sample {
	size_t line;
	struct cost_name name;
	const char *unit;
	bool higher_is_better; /* what better says */
	const char *better;
	int64_t n;
	double min, median, mean, p90, p99, max; /* of one operation, in unit */
	double median_low, median_high;		 /* the median when not said */
	double faults;				 /* of all n operations; NAN when not said */
	double batch_mean;   /* a mean of which the clock is no part; NAN when not said */
	int64_t batch_n;     /* not read */
	int64_t moved;	     /* operations that changed CPU; -1 when not said */
	int64_t interrupted; /* operations in which others ran; -1 when not said */
	struct side_bucket *buckets;
	size_t n_buckets;
	/* of "parameters" */
	int64_t bytes;		/* an operation moves */
	int64_t folio_bytes;	/* of the folios in the page cache; 0 when not said */
	int64_t between_kib;	/* of other code that ran before each operation */
	int64_t threads_beside; /* that worked beside each operation; 0: none */
	int64_t operations, passes, fault_bytes, pages; /* not read */
	double faults_per_operation;			/* not read */
};

struct side_check {
	size_t line;
	const char *name;
	const char *fs;
	const char *access;
	const char *label;   /* "c/mtime updated"; the name when not said */
	const char *promise; /* the same as part of a sentence */
	enum check_verdict verdict;
	const char *evidence;
};

struct side_skip {
	size_t line;
	struct cost_name name; /* but for the metric */
	int64_t threads_beside;
	const char *reason;
};

/* The end of a stream, whose lines before this one it counts. */
struct side_end {
	int64_t lines;
};

/* Why a kernel gave no results: the only record of its file. */
struct side_failure {
	const char *label;
	const char *subject;
	const char *reason; /* NULL of a side that has results */
};

/* The table of each kind (schema.h); its struct is side_ and its name, of "failed" side_failure. */
struct kind;
extern const struct kind kind_run, kind_machine, kind_target, kind_bench, kind_sample, kind_check,
	kind_skip, kind_end, kind_failed;

#endif
