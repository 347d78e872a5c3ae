// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/child.h"
#include "guest/outcome.h"
#include "guest/probe.h"
#include "guest/said.h"

#define HOW_MAX 768

/* The files that a boot is judged by. */
struct evidence {
	const struct guest *guest;
	struct boot *boot;
	struct said console, records, qemu;
};

static int read_file(const struct guest *guest, const char *name, struct said *said)
{
	char path[PATH_MAX];

	guest_path(guest, name, path);
	return said_read(path, said);
}

static void evidence_free(struct evidence *e)
{
	said_free(&e->console);
	said_free(&e->records);
	said_free(&e->qemu);
}

static int evidence_read(struct evidence *e)
{
	int error = read_file(e->guest, "console", &e->console);

	if (!error)
		error = read_file(e->guest, "records", &e->records);
	if (!error)
		error = read_file(e->guest, "qemu", &e->qemu);
	return error;
}

enum status outcome_lacks(const struct guest *guest, const char *format, ...)
{
	char reason[GUEST_REASON_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	complain("%s (seed %" PRIu64 "): %s", guest->label, guest->seed, reason);
	return STATUS_ENVIRONMENT;
}

static enum status cannot_be_written(const char *path)
{
	complain("%s: cannot be written; is the disk full?", path);
	return STATUS_ENVIRONMENT;
}

/* Copies a file of the work folder to path; a console without its carriage returns. */
static enum status keep(const struct guest *guest, const char *name, const char *path,
			int (*copy)(const char *from, const char *to))
{
	char from[PATH_MAX];

	if (!path)
		return STATUS_DONE;
	guest_path(guest, name, from);
	return copy(from, path) ? cannot_be_written(path) : STATUS_DONE;
}

/* Whether there is room in the folder that the guest's words went to. */
static bool has_room(const struct guest *guest)
{
	static const char zeros[65536];
	char path[PATH_MAX];
	FILE *file;
	bool has;

	guest_path(guest, "room", path);
	file = fopen(path, "we");
	has = file && fwrite(zeros, sizeof(zeros), 1, file) == 1;
	if (file && fclose(file))
		has = false;
	unlink(path);
	return has;
}

/*
 * STATUS_DONE where this machine is not to blame. QEMU is ended by no SIGKILL but that of
 * boot_run(), which leaves its reason; a QEMU that ended before the guest said a word may
 * not have started at all.
 */
static enum status blame_machine(struct evidence *e)
{
	static const char *const no_memory[] = { "Cannot allocate memory", "cannot allocate memory",
						 "Failed to allocate", "failed to allocate", NULL };
	static const char *const ended[] = { "terminating on signal", NULL };
	const struct guest *guest = e->guest;
	char line[SAID_LINE_MAX], reason[GUEST_REASON_MAX], parent[PATH_MAX];
	enum status status;

	if (e->boot->status == 128 + SIGKILL && !e->boot->killed[0])
		return outcome_lacks(guest,
				     "QEMU was killed from outside (SIGKILL); has this machine "
				     "run out of memory?");
	if (said_line_with(&e->qemu, no_memory, line))
		return outcome_lacks(guest, "QEMU gets no memory: %s", line);
	if (said_line_with(&e->qemu, ended, line))
		return outcome_lacks(guest, "QEMU was ended from outside: %s", line);
	snprintf(parent, sizeof(parent), "%s", guest->work);
	if (strrchr(parent, '/'))
		*strrchr(parent, '/') = '\0';
	if (!has_room(guest))
		return outcome_lacks(
			guest, "no room for what the guest says in %s; is the disk full?", parent);
	if (!e->boot->status || e->boot->killed[0] || e->console.size || e->records.size)
		return STATUS_DONE;
	status = probe_start(guest, reason);
	if (status)
		complain("%s", reason);
	return status;
}

/* Puts a line in front of the console of the second boot that says what it is. */
static int head_console(const char *path, const struct said *console)
{
	FILE *file = fopen(path, "we");

	if (!file)
		return -1;
	fprintf(file,
		"daxmark: it said nothing at all; booted once more with "
		"earlyprintk=serial,ttyS0,115200:\n%s",
		console->text);
	return fclose(file);
}

/* On a busy machine a guest has a share of a processor. */
static uint64_t share_of_processor(void)
{
	double load = 0;

	if (getloadavg(&load, 1) != 1)
		return 1;
	return (uint64_t)load / (uint64_t)sysconf(_SC_NPROCESSORS_ONLN) + 1;
}

/* The last words of a guest that has died before its console, from a boot of a few seconds. */
static enum status boot_for_words(struct evidence *e, char how[HOW_MAX])
{
	uint64_t share = share_of_processor();
	struct boot early = { .early = true,
			      .silence_limit_s = 10 * share,
			      .time_limit_s = 30 * share };
	char path[PATH_MAX], words[SAID_LINE_MAX];
	bool spoke;

	guest_path(e->guest, "console", path);
	evidence_free(e);
	if (boot_run(e->guest, &early) || evidence_read(e) || head_console(path, &e->console))
		return cannot_be_written(e->guest->work);
	spoke = said_last(&e->console, 0, words);
	said_free(&e->console);
	if (said_read(path, &e->console) || keep(e->guest, "console", e->guest->console, said_copy))
		return STATUS_ENVIRONMENT;
	snprintf(how + strlen(how), HOW_MAX - strlen(how), "%s%s%s",
		 strstr(how, "nothing at all") ? "" : ", and it said nothing at all",
		 spoke ? "; its last words with earlyprintk: " : "; nor does it with earlyprintk",
		 spoke ? words : "");
	return STATUS_DONE;
}

static enum status write_why(const struct guest *guest, const char *how)
{
	FILE *file = fopen(guest->why, "we");

	if (file)
		fprintf(file, "its guest (seed %" PRIu64 ") %s\n", guest->seed, how);
	return file && !fclose(file) ? STATUS_DIED : cannot_be_written(guest->why);
}

/* Reports a guest that gave no result, with the end of its console. */
__attribute__((format(printf, 2, 3))) static enum status fail(struct evidence *e,
							      const char *format, ...)
{
	enum status status = blame_machine(e);
	char how[HOW_MAX];
	va_list arguments;

	if (status)
		return status;
	va_start(arguments, format);
	vsnprintf(how, sizeof(how), format, arguments);
	va_end(arguments);
	if (!e->console.size && !e->records.size) {
		status = boot_for_words(e, how);
		if (status)
			return status;
	}
	complain("%s (seed %" PRIu64 ") %s", e->guest->label, e->guest->seed, how);
	said_print_end(&e->qemu, 3, "  qemu: ", stderr);
	fputs("  the end of its console:\n", stderr);
	said_print_end(&e->console, 12, "    ", stderr);
	return e->guest->why ? write_why(e->guest, how) : STATUS_DIED;
}

/* Whether they close with an end that counts them; in *lines how many there are. */
static bool is_whole(const struct said *records, size_t *lines)
{
	char end[64];
	size_t length;

	*lines = 0;
	for (size_t i = 0; i < records->size; i++)
		*lines += records->text[i] == '\n';
	length = (size_t)snprintf(end, sizeof(end), "\n{\"kind\":\"end\",\"lines\":%zu}\n",
				  *lines - 1);
	if (*lines == 1)
		return !strcmp(records->text, end + 1);
	return records->size >= length && !strcmp(records->text + records->size - length, end);
}

/* How a boot that was counted by function has ended: "end CALLS ASTRAY" is the last line. */
static enum status judge_counts(struct evidence *e)
{
	static const char *const plugin[] = { "explain-plugin: ", NULL };
	static const char another[] = "of another build";
	unsigned long long calls = 0, astray = 0;
	char line[SAID_LINE_MAX], tail[128] = "";
	const struct guest *guest = e->guest;
	const char *last;
	bool ended;

	if (!guest->plugin)
		return STATUS_DONE;
	said_find(&e->qemu, plugin, line);
	guest_tail(guest, "counts", tail, sizeof(tail));
	last = strrchr(tail, '\n');
	ended = sscanf(last ? last + 1 : tail, "end %llu %llu", &calls, &astray) == 2;
	/* whether the names are those of this image shows in where its calls go */
	if ((strlen(line) >= strlen(another) &&
	     !strcmp(line + strlen(line) - strlen(another), another)) ||
	    (ended && 100 * astray > calls)) {
		complain("%s: is the map of another build than %s; take the System.map that was "
			 "made with it",
			 guest->symbols, guest->image.bzimage);
		return STATUS_USAGE;
	}
	if (!ended)
		return fail(e, "ran without being counted: %s",
			    line[0] ? line : "the counts have no end");
	return keep(guest, "counts", guest->counts, guest_copy);
}

static enum status judge_end(struct evidence *e)
{
	int xfsz = 128 + SIGXFSZ;
	const struct boot *boot = e->boot;
	static const char *const bugs[] = {
		"BUG: ",	  "kernel BUG at ",   "Oops: ", "general protection fault",
		"divide error: ", "invalid opcode: ", NULL
	};
	static const char *const panics[] = { "Kernel panic", NULL };
	char bug[SAID_LINE_MAX], panic[SAID_LINE_MAX];

	/* an oops panics by its own words too; other bugs go on, with a kernel not to be trusted */
	said_find(&e->console, bugs, bug);
	said_find(&e->console, panics, panic);
	if (boot->killed[0])
		return fail(e, "%s%s%s", boot->killed, bug[0] ? ", after its kernel said: " : "",
			    bug);
	if (boot->status == xfsz)
		return fail(e, "said more than %d MiB",
			    e->guest->plugin ? BOOT_COUNTED_MIB : BOOT_SAID_MIB);
	if (boot->status)
		return fail(e, "is gone: QEMU ended with status %d", boot->status);
	if (bug[0])
		return fail(e, "has a kernel with a bug: %s", bug);
	if (panic[0])
		return fail(e, "panicked: %s", panic);
	return STATUS_DONE;
}

static enum status judge_work(struct evidence *e)
{
	const struct guest *guest = e->guest;
	enum status status;
	size_t lines;
	int said;

	if (guest->extra) {
		said = said_number(&e->console, "daxmark: the workload ended with status ");
		if (said < 0)
			return fail(e, "did not finish its workload: it ended with status (none)");
		if (said)
			return fail(e, "did not finish its workload: it ended with status %d",
				    said);
		status = keep(guest, "extra", guest->extra, guest_copy);
		if (status)
			return status;
	}
	said = said_number(&e->console, "daxmark: the runner ended with status ");
	if (said > 0)
		return fail(e, "did not finish its plan: the runner ended with status %d", said);
	if (!e->records.size)
		return fail(e, "sent no records");
	if (!is_whole(&e->records, &lines))
		return fail(
			e, "was cut off: its %zu records do not close with an end that counts them",
			lines);
	return judge_counts(e);
}

enum status outcome_judge(const struct guest *guest, struct boot *boot)
{
	static const char *const warnings[] = { "WARNING: ", NULL };
	struct evidence e = { .guest = guest, .boot = boot };
	char warning[SAID_LINE_MAX];
	enum status status;

	if (boot->not_pinned)
		return outcome_lacks(guest,
				     "its processor could not be bound to processor %d of this "
				     "machine: %s; choose another with --pin",
				     guest->pinning.own, boot->not_pinned);
	status = keep(guest, "console", guest->console, said_copy);
	if (status)
		return status;
	if (evidence_read(&e)) {
		evidence_free(&e);
		return outcome_lacks(guest, "no memory for what it said");
	}
	status = judge_end(&e);
	if (!status)
		status = judge_work(&e);
	/* a warning makes no result wrong, but its reader should know of it */
	if (!status && said_find(&e.console, warnings, warning))
		complain("%s (seed %" PRIu64 "): its kernel warned: %s", guest->label, guest->seed,
			 warning);
	evidence_free(&e);
	return status;
}
