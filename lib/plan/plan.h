/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan: what is compared, where, and with which benchmarks.
 *
 * An INI file. This knows the file's shape and the values whose choices are
 * its own; the names of benchmarks, arms, checks and file systems belong to
 * those who know them, so every word keeps the line it stood on for them to
 * point at.
 */
#ifndef DAXMARK_PLAN_PLAN_H
#define DAXMARK_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_ERROR_MAX	 768
#define PLAN_THREADS_MAX 1024
#define PLAN_LABEL_MAX	 40
/* Steps of a series, beside its base: what a report has room for. */
#define PLAN_STEPS_MAX 63

struct plan_word {
	char *text;
	int line;
};

struct plan_list {
	struct plan_word *word;
	size_t n;
};

struct plan_kernel {
	struct plan_word label;
	struct plan_word source;  /* debian:, git: or image: */
	struct plan_list patches; /* as written: relative to the plan's folder */
	char *subject;		  /* what it is, in words; NULL when not said */
	bool is_step;		  /* of a series of patches: it adds the last of patches */
};

/* Kernels that are made one from the other; the label is that of the base. */
struct plan_series {
	struct plan_word label; /* no text: there is no series */
	struct plan_word source;
	struct plan_list patches;
};

/* A place of this machine to make targets in; one of device, file, directory. */
struct plan_target {
	struct plan_word name;
	char *device;
	char *file;
	char *directory;
	int line;	   /* of that one */
	bool erase;	   /* what the device holds may be lost */
	uint64_t size_mib; /* of the file to make */
	uint64_t node;	   /* the NUMA node it is attached to */
	int node_line;	   /* of that key, 0: not set */
};

struct plan_bench {
	struct plan_word name;
	struct plan_list arms; /* empty: all */
	uint64_t operations;   /* a pass; 0: the benchmark's own number */
	uint64_t passes;       /* 0: the benchmark's own number */
	uint64_t between_kib;  /* of other code before each operation */
	struct plan_list fill; /* ways to fill the file; empty: as ever */
	bool batch;	       /* a batch mean also where instructions are counted */
};

enum plan_mode { PLAN_COUNT, PLAN_TIME, PLAN_EMULATED };

struct plan {
	char *path;
	enum plan_mode mode;
	struct plan_list seeds;	      /* whole numbers, at least one */
	uint64_t pairs;		      /* of timed guests; these draw their own seeds */
	uint64_t order_seed;	      /* of their order; 0: to be drawn at random */
	int pairs_line;		      /* of either, 0 when neither was set */
	struct plan_list filesystems; /* empty: all */
	struct plan_list access;      /* empty: all */
	struct plan_list benchmarks;  /* empty: all */
	struct plan_list checks;      /* empty: all; "none": none */
	struct plan_list threads;     /* how many at once; empty: not measured; "all": to N */
	struct plan_list files;	      /* "one" for all threads, one "each"; empty: both */
	double floor_pct;	      /* in count mode a change below this is none, percent */
	double margin_pct;	      /* in time mode the same of a change's interval */
	uint64_t freeze_limit_s;      /* after which the guard thaws */
	char *guest_cpu;	      /* QEMU's name for the processor */
	uint64_t guest_memory_mib;
	uint64_t guest_pmem_mib;     /* at most 2048: it lies below the PCI hole at 3 GiB */
	uint64_t guest_time_limit_s; /* of one guest, on the host's clock */
	struct plan_target *target;  /* in the order in which they are tried */
	size_t targets;
	struct plan_series series;
	struct plan_kernel *kernel; /* also those that the series stands for */
	size_t kernels;
	struct plan_bench *bench; /* what the plan sets for single ones */
	size_t benches;
};

const char *plan_mode_name(enum plan_mode mode);

/*
 * Reads the plan at path. On success the caller owns what plan holds and
 * gives it back with plan_free(). On error nothing is held, error has one
 * line "file:line: what is wrong and what the choices are" and the result is
 * -EINVAL (the plan is wrong), -ENOMEM, or what opening the file gave.
 */
int plan_read(const char *path, struct plan *plan, char error[PLAN_ERROR_MAX]);
void plan_free(struct plan *plan);

/*
 * "base..tip" where the plan's series is a range of commits, else NULL. Of such
 * a series only the base is among the kernels: git knows the others.
 */
const char *plan_series_range(const struct plan *plan);

/* "1-do-this" for the first step, of a name that may hold anything. */
void plan_step_label(size_t number, const char *name, char label[PLAN_LABEL_MAX + 1]);

#endif
