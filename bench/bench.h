/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contract of a benchmark and of a check.
 *
 * A new one is one new file. The runner owns
 * the clock, loops, warm-up, pinning, fault counting and output; a benchmark
 * brings a file into a known state and does one measured pass over it.
 */
#ifndef DAXMARK_BENCH_H
#define DAXMARK_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "measure/samples.h"
#include "medium/filesystem.h"
#include "record/kinds.h"

#define BENCH_REASON_MAX 256
#define PAGE_BYTES	 4096u
#define HUGE_PAGE_BYTES	 (2u << 20)

/* One way to do the operation. The numbers are the arm's own, 0 where unused. */
struct arm {
	const char *name;
	const char *brief;
	const char *group; /* heads the costs that compare with each other; NULL: the title */
	const char *words; /* what an operation is, in a sentence; NULL: its names say it */
	bool leads;	   /* this cost stands for the benchmark, and that before the others */
	int how;	   /* what the benchmark's own enum says */
	size_t bytes;	   /* one operation moves this many */
	size_t pages;	   /* that are dirty before it */
	size_t operations; /* a pass; 0: as many as the benchmark says */
};

/* What the hooks of a benchmark work on. */
struct ctx {
	const struct target *target; /* NULL for a benchmark without a target */
	const struct arm *arm;
	const struct fill *fill;  /* how its file comes into the page cache; NULL: as ever */
	size_t operations;	  /* of this pass */
	bool counts_instructions; /* waiting cannot be measured */
	size_t pass;		  /* 0 is the warm-up */

	/* one of so many threads that do the same at once, 0 of 1 when alone */
	size_t part, parts;
	bool one_file;	/* the threads share a file, each in a part of its own */
	const int *cpu; /* a processor for each; NULL: where this thread is */
	off_t at;	/* where that part begins, set by file_make() */

	/* for the hooks, cleared before setup */
	int fd; /* -1 when there is none */
	int out;
	int pipe[2];
	char *map;
	size_t map_bytes;
	char *buffer;
	size_t buffer_bytes;
	const char *file[2]; /* names made in the target, to be removed */
	void *own;	     /* free()d by the runner after teardown */

	size_t bytes;	    /* that one operation moves, when setup knows better than the arm */
	size_t fault_bytes; /* that one fault brings in, when that was proved; else 0 */
	size_t folio_bytes; /* of the folios the file is in, when fill is set and they are known */
	uint64_t faults;    /* taken by the pass, for teardown */
	char reason[BENCH_REASON_MAX]; /* why a hook did not return 0 */
	/*
	 * A thread waits in the kernel and does not come back. Nothing of the
	 * target can be released and the run must end; a check has filled its
	 * finding, which is still written.
	 */
	bool stuck;
};

/*
 * The hooks return 0 or a negative errno; -EOPNOTSUPP means that this target
 * cannot do it: a skip with ctx->reason, not a failure. teardown runs after
 * every setup, also after one that failed. A missing hook does nothing. What
 * the functions of bench/file.h put into ctx is released by the runner.
 */
struct bench {
	const char *name;
	const char *title;			 /* heads its costs in reports */
	const char *brief;			 /* what one operation is, in one line */
	const char *metric[SAMPLES_METRICS + 1]; /* NULL-terminated */
	const struct arm *arms;			 /* ends with a NULL name */
	size_t on_request; /* so many of the last arms run only where a plan names them */
	size_t operations; /* a pass, unless the plan says otherwise */
	int no_target;	   /* needs no file system */
	bool rate;	   /* the bytes of an operation over its time are a rate */
	int (*setup)(struct ctx *ctx);
	int (*pass)(struct ctx *ctx, struct samples *samples);
	int (*teardown)(struct ctx *ctx);
	/*
	 * The operations of a pass with no reading of the clock between them, for
	 * a mean without it; -EOPNOTSUPP where an operation needs something done
	 * before it each time.
	 */
	int (*batch)(struct ctx *ctx);
	/* Whether a batch finds all as the one before it did, and may follow it. */
	bool (*again)(const struct arm *arm);
	/*
	 * Why several threads cannot do an operation at once, NULL where they can;
	 * and whether an arm measures beside threads of its own, ctx->parts of them.
	 */
	const char *alone;
	bool (*threads)(const struct arm *arm);
	/* Whether an arm's file is written beforehand, and a plan may say how: bench/fill.h. */
	bool (*filled)(const struct arm *arm);
};

struct finding {
	enum check_verdict verdict;
	char evidence[BENCH_REASON_MAX];
};

/* run fills finding and returns 0, or a negative errno and ctx->reason. */
struct check {
	const char *name;
	const char *label;   /* "c/mtime updated", in a table */
	const char *promise; /* the same in a list of what is kept */
	const char *brief;
	int (*run)(struct ctx *ctx, struct finding *finding);
};

/*
 * BENCH(read_fault) = { ... }; makes a benchmark known, and CHECK() a check, in
 * whatever file of bench/ it stands: the linker gathers them.
 */
#define BENCH(id) REGISTER(bench, benches, id)
#define CHECK(id) REGISTER(check, checks, id)
#define REGISTER(type, in, id)                                                                  \
	static const struct type type##_##id;                                                   \
	static const struct type *const type##_entry_##id __attribute__((section(#in), used)) = \
		&type##_##id;                                                                   \
	static const struct type type##_##id

/* All of them, by name; both end with NULL. */
extern const struct bench *const *bench_table;
extern const struct check *const *check_table;

#endif
