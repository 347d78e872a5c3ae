/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program daxmark-guest: one guest, from the command line to its records.
 *
 * A function that finds something wrong prints one line and ends the program, so none returns an
 * error. Memory lasts until the program ends, as it boots one guest.
 */
#ifndef DAXMARK_GUEST_GUEST_H
#define DAXMARK_GUEST_GUEST_H

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/complain.h"
#include "guest/child.h"
#include "plan/plan.h"
#include "record/kinds.h"

/* The processors that a guest has. */
#define GUEST_PROCESSORS 1

/* A guest that writes more than this to a serial line, or counts more, is ended: it could fill
 * the disk. */
#define BOOT_SAID_MIB	 32
#define BOOT_COUNTED_MIB 1024

/* A kernel: the files of its folder, and the manifest, whose strings are "" where it has no such
 * line. */
struct image {
	const char *folder, *bzimage, *config;
	char *manifest;
	const char *source, *release, *compiler, *lacking;
	struct side_patch *patches;
	size_t n_patches;
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
	const char *image_folder, *initramfs, *records, *console, *extra, *why, *plan_path;
	const char *label, *source, *subject, *session, *cpu, *pin;
	const char **patch; /* names, as the plan has them */
	size_t patches;
	enum plan_mode mode;
	bool mode_given, probe, print_command;
	uint64_t seed, position, pair, order_seed;
	uint64_t memory_mib, pmem_mib, time_limit_s, silence_limit_s;
	const char *plugin, *counts, *symbols; /* all or none */
	const char *name;		       /* in messages: "LABEL (seed N)" */
	/* found on this machine */
	struct plan plan;
	const char *qemu; /* the path of the program */
	struct image image;
	struct pinning pinning;
	char work[PATH_MAX - 16];
};

/* One boot, from QEMU's start to its end. */
struct boot {
	bool early;				/* with a console that needs no driver */
	uint64_t time_limit_s;			/* after which it is ended */
	uint64_t silence_limit_s;		/* the same, since its last output */
	int status;				/* of QEMU */
	const char *killed;			/* why it was ended here; "": it was not */
	const char *console, *records, *errors; /* its output, and QEMU's errors */
};

/* Ends the program with that status, or with 128 + the signal that told it to end. */
_Noreturn void guest_end(enum status status);
/* The same behind a line that says why. */
__attribute__((format(printf, 2, 3))) _Noreturn void guest_die(enum status status,
							       const char *format, ...);
_Noreturn void guest_die_unwritten(const char *path);

void *guest_alloc(size_t size);
__attribute__((format(printf, 1, 2))) char *guest_text(const char *format, ...);

/* A file of the work folder. */
const char *guest_path(const struct guest *guest, const char *name);

/* Copies a file; without its carriage returns, where they are to be dropped. 0 or -errno. */
int guest_copy(const char *from, FILE *to, bool drop_returns);

/* The SHA-256 of a file; NULL when it cannot be read. */
const char *guest_digest(const char *path);

/* options.c: reads the command line and the plan that it names. */
void options_read(int argc, char **argv, struct guest *guest);
/* How long a guest may write nothing: a longer time limit allows longer passes between two
 * records. */
uint64_t options_silence_limit(uint64_t time_limit_s);

/* image.c: reads the manifest of the image in a folder. */
void image_read(const char *folder, struct image *image);
/* Whether a kernel of that release knows memmap=nn!ss: of 4.1 and later, and of none. */
bool image_knows_pmem(const char *release);

/*
 * pinning.c: chooses by a list as --pin takes it; NULL: the last processor that this process may
 * use, in mode time, else none.
 */
void pin_choose(const char *list, enum plan_mode mode, struct pinning *pinning);
/*
 * Binds a QEMU that was started with -S -qmp stdio, and lets the guest go: not one of its
 * instructions runs elsewhere. NULL, or why it is not bound; a QEMU that is gone by then is no
 * reason, and child->status says how it ended.
 */
const char *pin_guest(struct child *child, const struct pinning *pinning);

/* qemu.c: QEMU's command line. */
#define QEMU_WORDS_MAX 64
struct qemu {
	const char *word[QEMU_WORDS_MAX]; /* NULL behind the last */
	size_t n;
};

/* Adds words that blanks part. */
__attribute__((format(printf, 2, 3))) void qemu_add(struct qemu *qemu, const char *format, ...);
/* Adds an option and its value, which may hold blanks. */
void qemu_add_option(struct qemu *qemu, const char *option, const char *value);
/* The machine that is booted: the same whatever kernel it gets. */
void qemu_machine(const struct guest *guest, struct qemu *qemu);
/* All of a boot. early: also with what makes the kernel speak before it has a driver for its
 * console. */
void qemu_boot(const struct guest *guest, bool early, struct qemu *qemu);
/*
 * The command of a boot as it is shown and recorded. The same run has the same record on every
 * machine, so this machine's folders are left out, and so are the plugin and the words that hold
 * the guest until it is pinned. serial: with the serial lines.
 */
const char *qemu_shown(const struct guest *guest, const char *program, bool serial);
/* Its version: the first line that it prints. */
const char *qemu_version(const struct guest *guest);

/* probe.c: whether QEMU starts with the guest's processor and memory. */
void probe_start(const struct guest *guest);
/* Whether a guest under KVM executes an instruction. */
void probe_kvm(const struct guest *guest);

/* boot.c: boots the guest, waits for its end and reads its output. */
void boot_run(const struct guest *guest, struct boot *boot);

/*
 * outcome.c: judges a boot that has ended. Ends the program where the guest gave no whole records.
 * A guest that has written nothing at all is booted once more for its last words. Writes the files
 * of --console, --extra, --counts and --why.
 */
void outcome_judge(const struct guest *guest, struct boot *boot);

/*
 * run_record.c: writes guest->records: the record `run` (docs/records.md), and the records in the
 * work folder. The file appears whole or not at all.
 */
void run_record_write(const struct guest *guest);

#endif
