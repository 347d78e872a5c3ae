/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One guest: what is asked of it, and the work folder that it has. */
#ifndef DAXMARK_GUEST_GUEST_H
#define DAXMARK_GUEST_GUEST_H

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/complain.h"
#include "plan/plan.h"

/* One line that says why a step was refused. */
#define GUEST_REASON_MAX 1024

/* The processors that a guest has. */
#define GUEST_PROCESSORS 1

/* The manifest of an image. Strings are "" where it has no such line. */
struct image {
	char *folder, *bzimage, *config, *manifest;
	const char *source, *release, *compiler, *lacking;
	const char **patch, **patch_sha256;
	size_t patches;
};

/* The processors of the host that the threads of QEMU run on. */
struct pinning {
	bool wanted;
	int own;	  /* the processor of the guest's own */
	char others[512]; /* those for QEMU's other threads, as a list of numbers */
	cpu_set_t others_set;
};

struct guest {
	/* from the command line and the plan; NULL or 0 where neither gives a value */
	const char *initramfs, *records, *console, *extra, *why, *plan;
	const char *label, *source, *subject, *session, *cpu;
	const char **patch; /* names, as the plan has them */
	size_t patches;
	enum plan_mode mode;
	uint64_t seed, position, pair, order_seed;
	uint64_t memory_mib, pmem_mib, time_limit_s, silence_limit_s;
	const char *plugin, *counts, *symbols; /* all or none */
	/* found on this machine */
	char *qemu; /* the path of the program */
	struct image image;
	struct pinning pinning;
	char uuid[64];	     /* of a session that was not given */
	char *image_symbols; /* the System.map beside the image */
	char work[PATH_MAX - 16];
};

/* A file of the work folder. */
void guest_path(const struct guest *guest, const char *name, char path[PATH_MAX]);

/* The end of such a file, at most size - 1 bytes, without its last newline; "" when there is none.
 */
void guest_tail(const struct guest *guest, const char *name, char *text, size_t size);

/* Copies the file from to the file to, or into one that is open. 0 or -errno. */
int guest_copy(const char *from, const char *to);
int guest_copy_into(const char *from, FILE *out);

/* How long a guest may say nothing: a longer time limit allows longer passes between two records.
 */
uint64_t guest_silence_limit(uint64_t time_limit_s);

/*
 * Reads the manifest of the image in a folder. STATUS_DONE or, with a reason, another status.
 * image_free() gives back either.
 */
enum status image_read(const char *folder, struct image *image, char reason[GUEST_REASON_MAX]);
void image_free(struct image *image);

/* Whether a kernel of that release knows memmap=nn!ss; of 4.1 and later, and when it does not say.
 */
bool image_knows_pmem(const char *release);

/* The SHA-256 of a file; NULL when it cannot be read. To be freed. */
char *image_digest(const char *path);

#endif
