// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/guest.h"
#include "guest/said.h"

/* Copies a file of the work folder to path, where one is asked for. */
static void keep(const struct guest *guest, const char *name, const char *path)
{
	FILE *file = path ? fopen(path, "we") : NULL;
	int error;

	if (!path)
		return;
	error = file ? guest_copy(guest_path(guest, name), file, !strcmp(name, "console")) : -EIO;
	if (!file || fclose(file) || error)
		guest_die_unwritten(path);
}

/* Whether there is room in the folder that the guest's output went to. */
static bool has_room(const struct guest *guest)
{
	static const char zeros[65536];
	const char *path = guest_path(guest, "room");
	FILE *file = fopen(path, "we");
	bool has = file && fwrite(zeros, sizeof(zeros), 1, file) == 1;

	if (file && fclose(file))
		has = false;
	unlink(path);
	return has;
}

/*
 * Ends the program where this machine is to blame. QEMU is ended by no SIGKILL but that of
 * boot_run(), which leaves its reason; a QEMU that ended before the guest wrote anything may not
 * have started at all.
 */
static void blame_machine(const struct guest *guest, const struct boot *boot)
{
	const char *line;

	if (boot->status == 128 + SIGKILL && !*boot->killed)
		guest_die(STATUS_ENVIRONMENT,
			  "%s: QEMU was killed from outside (SIGKILL); has this machine run out of "
			  "memory?",
			  guest->name);
	line = said_find(boot->errors, "^.*([Cc]annot allocate memory|[Ff]ailed to allocate)");
	if (*line)
		guest_die(STATUS_ENVIRONMENT, "%s: QEMU gets no memory: %s", guest->name, line);
	line = said_find(boot->errors, "^.*terminating on signal");
	if (*line)
		guest_die(STATUS_ENVIRONMENT, "%s: QEMU was ended from outside: %s", guest->name,
			  line);
	if (!has_room(guest))
		guest_die(STATUS_ENVIRONMENT,
			  "%s: no room for what the guest says in %.*s; is the disk full?",
			  guest->name, (int)(strrchr(guest->work, '/') - guest->work), guest->work);
	if (boot->status && !*boot->killed && !*boot->console && !*boot->records)
		probe_start(guest);
}

/* On a busy machine a guest has a share of a processor. */
static uint64_t share_of_processor(void)
{
	double load = 0;

	if (getloadavg(&load, 1) != 1)
		return 1;
	return (uint64_t)load / (uint64_t)sysconf(_SC_NPROCESSORS_ONLN) + 1;
}

/*
 * The last words of a guest that has died before its console, from a boot of a few seconds, as part
 * of a sentence. A line in front of its console says which boot that is of.
 */
static const char *boot_for_words(const struct guest *guest, struct boot *boot)
{
	uint64_t share = share_of_processor();
	struct boot early = { .early = true,
			      .silence_limit_s = 10 * share,
			      .time_limit_s = 30 * share };
	const char *words, *path = guest_path(guest, "console");
	FILE *file;

	boot_run(guest, &early);
	words = said_last(early.console, 0);
	boot->errors = early.errors;
	boot->console = guest_text("daxmark: it said nothing at all; booted once more with "
				   "earlyprintk=serial,ttyS0,115200:\n%s",
				   early.console);
	file = fopen(path, "we");
	if (!file || fputs(boot->console, file) < 0 || fclose(file))
		guest_die_unwritten(guest->work);
	keep(guest, "console", guest->console);
	return *words ? guest_text("; its last words with earlyprintk: %s", words)
		      : "; nor does it with earlyprintk";
}

/* Ends the program: reports a guest that gave no result, with the end of its console. */
__attribute__((format(printf, 3, 4))) static _Noreturn void fail(const struct guest *guest,
								 struct boot *boot,
								 const char *format, ...)
{
	char how[768];
	va_list arguments;
	size_t used;
	FILE *file;

	blame_machine(guest, boot);
	va_start(arguments, format);
	vsnprintf(how, sizeof(how), format, arguments);
	va_end(arguments);
	used = strlen(how);
	if (!*boot->console && !*boot->records)
		snprintf(how + used, sizeof(how) - used, "%s%s",
			 strstr(how, "nothing at all") ? "" : ", and it said nothing at all",
			 boot_for_words(guest, boot));
	complain("%s %s", guest->name, how);
	said_print_end(boot->errors, 3, "  qemu: ", stderr);
	fputs("  the end of its console:\n", stderr);
	said_print_end(boot->console, 12, "    ", stderr);
	if (guest->why) {
		file = fopen(guest->why, "we");
		if (!file ||
		    fprintf(file, "its guest (seed %" PRIu64 ") %s\n", guest->seed, how) < 0 ||
		    fclose(file))
			guest_die_unwritten(guest->why);
	}
	guest_end(STATUS_DIED);
}

static void judge_end(const struct guest *guest, struct boot *boot)
{
	/* an oops panics by its own words too; other bugs go on, with a kernel not to be trusted */
	const char *bug = said_find(boot->console, "BUG: |kernel BUG at |Oops: |general protection "
						   "fault|divide error: |invalid opcode: ");
	const char *panic = said_find(boot->console, "Kernel panic");

	if (*boot->killed)
		fail(guest, boot, "%s%s%s", boot->killed, *bug ? ", after its kernel said: " : "",
		     bug);
	if (boot->status == 128 + SIGXFSZ)
		fail(guest, boot, "said more than %d MiB",
		     guest->plugin ? BOOT_COUNTED_MIB : BOOT_SAID_MIB);
	if (boot->status)
		fail(guest, boot, "is gone: QEMU ended with status %d", boot->status);
	if (*bug)
		fail(guest, boot, "has a kernel with a bug: %s", bug);
	if (*panic)
		fail(guest, boot, "panicked: %s", panic);
}

static void judge_extra(const struct guest *guest, struct boot *boot)
{
	int said = said_number(boot->console, "daxmark: the workload ended with status ");

	if (!guest->extra)
		return;
	if (said)
		fail(guest, boot, "did not finish its workload: it ended with status %s",
		     said < 0 ? "(none)" : guest_text("%d", said));
	keep(guest, "extra", guest->extra);
}

/* The records close with an end that counts them. */
static void judge_records(const struct guest *guest, struct boot *boot)
{
	int said = said_number(boot->console, "daxmark: the runner ended with status ");
	size_t lines = 0, length = strlen(boot->records);
	const char *end;

	if (said > 0)
		fail(guest, boot, "did not finish its plan: the runner ended with status %d", said);
	if (!length)
		fail(guest, boot, "sent no records");
	for (size_t i = 0; i < length; i++)
		lines += boot->records[i] == '\n';
	end = guest_text("%s{\"kind\":\"end\",\"lines\":%zu}\n", lines == 1 ? "" : "\n", lines - 1);
	if (length < strlen(end) || strcmp(boot->records + length - strlen(end), end) != 0 ||
	    (lines == 1 && length > strlen(end)))
		fail(guest, boot,
		     "was cut off: its %zu records do not close with an end that counts them",
		     lines);
}

/* A boot that was counted by function: "end CALLS ASTRAY" is the last line of the counts. */
static void judge_counts(const struct guest *guest, struct boot *boot)
{
	unsigned long long calls = 0, astray = 0;
	const char *plugin = said_find(boot->errors, "explain-plugin: ");
	char last[128] = "";
	FILE *file;
	bool ended;

	if (!guest->plugin)
		return;
	file = fopen(guest_path(guest, "counts"), "re");
	if (file) {
		/* of a smaller file this fails, and all of it is read */
		fseek(file, -(long)(sizeof(last) - 1), SEEK_END);
		last[fread(last, 1, sizeof(last) - 1, file)] = '\0';
		fclose(file);
	}
	ended = sscanf(said_last(last, 0), "end %llu %llu", &calls, &astray) == 2;
	/* whether the names are those of this image shows in where its calls go */
	if (*said_find(plugin, "of another build$") || (ended && 100 * astray > calls))
		guest_die(STATUS_USAGE,
			  "%s: is the map of another build than %s; take the System.map that was "
			  "made with it",
			  guest->symbols, guest->image.bzimage);
	if (!ended)
		fail(guest, boot, "ran without being counted: %s",
		     *plugin ? plugin : "the counts have no end");
	keep(guest, "counts", guest->counts);
}

void outcome_judge(const struct guest *guest, struct boot *boot)
{
	const char *warning = said_find(boot->console, "WARNING: ");

	keep(guest, "console", guest->console);
	judge_end(guest, boot);
	judge_extra(guest, boot);
	judge_records(guest, boot);
	judge_counts(guest, boot);
	/* a warning makes no result wrong, but its reader should know of it */
	if (*warning)
		complain("%s: its kernel warned: %s", guest->name, warning);
}
