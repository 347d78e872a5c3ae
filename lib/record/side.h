/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A side of a comparison in memory: what its result files said, boot by boot.
 *
 * docs/records.md says what each field means; the names are the same here.
 * Every string and array belongs to the side and lives until side_free().
 * A string that a record did not carry is "", never NULL, and no string holds
 * a control character. A number that it did not carry is NAN where NAN is said
 * below, else 0.
 */
#ifndef DAXMARK_RECORD_SIDE_H
#define DAXMARK_RECORD_SIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

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
	const char *session; /* of one run of a plan in time mode; "" when not said */
	int64_t position;    /* of the boot in its session, from 1; 0 when not said */
	int64_t pair;	     /* of boots, one a side, from 1; 0 when not said */
	int64_t order_seed;  /* what the order of the boots was drawn from; 0 when not said */
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
	const char *kernel;
	const char *kernel_version;
	const char *kernel_build_id;
	const char *cmdline;
	const char *cpu;
	int64_t bound_to; /* the CPU of the measuring thread; -1 when not said */
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
};

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

struct side_bucket {
	uint64_t lowest;
	uint64_t count;
};

struct side_sample {
	size_t line;
	struct cost_name name;
	const char *unit;
	bool higher_is_better;
	int64_t n;
	double min, median, mean, p90, p99, max; /* of one operation, in unit */
	double median_low, median_high;		 /* the median when not said */
	double faults;				 /* of all n operations; NAN when not said */
	int64_t bytes;				 /* an operation moves, of "parameters" */
	int64_t between_kib;			 /* of other code that ran before each operation */
	int64_t threads_beside; /* that worked beside each operation; 0: none */
	int64_t folio_bytes; /* of the folios in the page cache; 0 when not said */
	double batch_mean;   /* a mean of which the clock is no part; NAN when not said */
	int64_t moved;	     /* operations that changed CPU; -1 when not said */
	int64_t interrupted; /* operations in which others ran; -1 when not said */
	struct side_bucket *buckets;
	size_t n_buckets;
};

struct side_check {
	size_t line;
	const char *name;
	const char *fs;
	const char *access;
	enum check_verdict verdict;
	const char *evidence;
};

struct side_skip {
	size_t line;
	struct cost_name name; /* but for the metric */
	const char *reason;
};

/* One stream of a file. */
struct side_boot {
	const char *path; /* of its file */
	size_t line;	  /* of its run record, from 1 */
	struct side_run run;
	struct side_machine machine;
	struct side_target *targets;
	size_t n_targets;
	struct side_sample *samples;
	size_t n_samples;
	struct side_check *checks;
	size_t n_checks;
	struct side_skip *skips;
	size_t n_skips;
};

struct side_file {
	const char *path;
	dev_t dev;
	ino_t ino;
};

/* What there is to say of a kernel that gave no results. */
struct side_failure {
	const char *reason; /* NULL of a side that has results */
	const char *subject;
};

struct side_block; /* memory the strings and arrays live in */

struct side {
	const char *label; /* of its boots, which all have the same */
	enum side_mode mode;
	struct side_file *files; /* in the order in which they were read */
	size_t n_files;
	struct side_boot *boots; /* in the order of the files */
	size_t n_boots;
	struct side_failure failure; /* then it has no boots */
	struct side_block *blocks;
};

/* "count", "time" or "emulated". */
const char *side_mode_name(enum side_mode mode);

/* "pass", "fail" or "skip". */
const char *check_verdict_name(enum check_verdict verdict);

/* Zeroed memory that lives as long as the side; NULL when there is none. */
void *side_alloc(struct side *side, size_t size);

/* A copy of text that lives as long as the side; NULL when out of memory. */
const char *side_string(struct side *side, const char *text);

/* A boot's target by its names, or NULL. */
const struct side_target *side_find_target(const struct side_boot *boot, const char *fs,
					   const char *access);

/* The first boot with that seed, or NULL. */
const struct side_boot *side_find_seed(const struct side *side, int64_t seed);

/*
 * The boot that this run record is of, or NULL. Timed boots are told apart by
 * session and position, all others by their seed: that decides what they give.
 */
const struct side_boot *side_find_run(const struct side *side, const struct side_run *run);

/* The file that has this inode, or NULL. */
const struct side_file *side_find_file(const struct side *side, dev_t dev, ino_t ino);

/* A boot's sample of that cost, or NULL. */
const struct side_sample *side_find_sample(const struct side_boot *boot,
					   const struct cost_name *name);

/* Frees all that the side owns and leaves it empty. */
void side_free(struct side *side);

#endif
