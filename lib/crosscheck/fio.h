/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fio measured, from the JSON it writes with --output-format=json+ (fio's
 * HOWTO, "Interpreting the output"; only json+ has the "bins" of single
 * operations).
 */
#ifndef DAXMARK_CROSSCHECK_FIO_H
#define DAXMARK_CROSSCHECK_FIO_H

#include <stddef.h>
#include <stdint.h>

#define FIO_NAME_MAX 64

struct fio_bin {
	double ns;
	uint64_t count;
};

/* One job: a kind of operation on one target. */
struct fio_job {
	char name[FIO_NAME_MAX];
	char target[FIO_NAME_MAX]; /* its description: "ext4 page-cache" */
	int64_t error;		   /* the errno it ended with; 0: it measured */
	struct fio_bin *bins;	   /* completion latencies, ascending */
	size_t n_bins;
};

/* The jobs of all files read, in their order. */
struct fio_jobs {
	struct fio_job *job;
	size_t n;
};

/*
 * Adds the jobs of the file at path. 0; or -EINVAL when it is not fio's, or
 * lacks the description or the bins of a job without an error; -ENOMEM, or the
 * errno of opening it, with one line "path: reason" in error. The caller frees
 * with fio_free() in either case.
 */
int fio_read(const char *path, struct fio_jobs *jobs, char *error, size_t error_size);
void fio_free(struct fio_jobs *jobs);

#endif
