// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark-run: a plan in, records out. The only program of ours in a guest.
 */
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/leftover.h"
#include "bench/emit.h"
#include "bench/fill.h"
#include "bench/interrupt.h"
#include "bench/runner.h"
#include "bench/selection.h"
#include "measure/hypervisor.h"
#include "medium/fsfreeze.h"
#include "medium/mend.h"
#include "medium/privileges.h"

/* Exit statuses, the same for every program of the suite. */
enum { EXIT_DONE = 0, EXIT_BAD_INPUT = 2, EXIT_LACKS = 4, EXIT_BROKEN = 5 };

#define DEVICES_MAX 8
#define SOURCES_MAX PLACES_MAX

struct options {
	const char *plan;
	const char *output;
	const char *topology;
	const char *device[DEVICES_MAX];
	size_t devices;
	uint64_t seed;
	bool erase, check, list;
};

enum { OPTION_CHECK = 256, OPTION_ERASE, OPTION_LIST, OPTION_TOPOLOGY };

static const struct argp_option option_table[] = {
	{ "plan", 'p', "FILE", 0, "the plan to run", 0 },
	{ "output", 'o', "FILE", 0, "write the records there; default: standard output", 0 },
	{ "device", 'd', "DEVICE", 0,
	  "make the targets on this block device; given more than once, on the first that exists",
	  0 },
	{ "erase", OPTION_ERASE, NULL, 0, "what the device holds may be lost", 0 },
	{ "seed", 's', "N", 0, "the seed this run was started with, to be recorded", 0 },
	{ "topology", OPTION_TOPOLOGY, "FILE", 0,
	  "write the machine's topology there, as hwloc's XML", 0 },
	{ "check", OPTION_CHECK, NULL, 0, "only check the plan", 0 },
	{ "list", OPTION_LIST, NULL, 0, "list benchmarks, arms and checks", 0 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;
	char *end;

	switch (key) {
	case 'p':
		options->plan = arg;
		return 0;
	case 'o':
		options->output = arg;
		return 0;
	case 'd':
		if (options->devices == DEVICES_MAX)
			argp_error(state, "at most %d devices", DEVICES_MAX);
		options->device[options->devices++] = arg;
		return 0;
	case 's':
		options->seed = strtoull(arg, &end, 10);
		if (end == arg || *end || *arg == '-')
			argp_error(state, "--seed %s: not a whole number", arg);
		return 0;
	case OPTION_TOPOLOGY:
		options->topology = arg;
		return 0;
	case OPTION_CHECK:
		options->check = true;
		return 0;
	case OPTION_ERASE:
		options->erase = true;
		return 0;
	case OPTION_LIST:
		options->list = true;
		return 0;
	case ARGP_KEY_END:
		if (!options->list && !options->plan)
			argp_error(state, "--plan FILE is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void list(void)
{
	for (size_t b = 0; bench_table[b]; b++) {
		const struct bench *bench = bench_table[b];

		printf("%s: %s\n", bench->name, bench->brief);
		for (const struct arm *arm = bench->arms; arm->name; arm++)
			printf("  %-24s %s\n", arm->name, arm->brief);
		if (bench->filled)
			printf("  with fill: %s\n", FILL_CHOICES);
	}
	printf("checks:\n");
	for (size_t i = 0; check_table[i]; i++)
		printf("  %-24s %s\n", check_table[i]->name, check_table[i]->brief);
}

static int complain(int status, const char *text)
{
	fprintf(stderr, "daxmark-run: %s\n", text);
	return status;
}

/*
 * The plan's targets, or the first of the devices that exists: a missing one
 * makes skips there, for a guest takes what it has. Sources are open even after an
 * error, to be closed.
 */
static int open_sources(const struct options *options, struct runner *runner, char *text,
			size_t size)
{
	const struct plan *plan = runner->plan;
	size_t used = 0;
	struct stat st;
	int error = 0;

	text[0] = '\0';
	for (size_t i = 0; i < plan->targets && !error; i++) {
		const struct plan_target *target = &plan->target[i];
		struct source *source = &runner->source[runner->sources++];

		*source = (struct source){ .device = target->device,
					   .file = target->file,
					   .directory = target->directory,
					   .erase = target->erase,
					   .stop = interrupt_wanted,
					   .claimed = plan->mode != PLAN_COUNT,
					   .size = target->size_mib << 20 };
		error = source_open(source, text);
	}
	for (size_t i = 0; i < options->devices && !runner->sources; i++) {
		const char *path = options->device[i];

		if (!stat(path, &st)) {
			*runner->source = (struct source){ .device = path,
							   .erase = options->erase,
							   .stop = interrupt_wanted,
							   .claimed = plan->mode != PLAN_COUNT };
			runner->sources = 1;
			return source_open(runner->source, text);
		}
		if (used < size)
			used += (size_t)snprintf(text + used, size - used, "%sno %s",
						 used ? ", " : "", path);
	}
	if (!runner->sources && !options->devices)
		snprintf(text, size, "no device was named");
	runner->no_source = text;
	return error;
}

/* The results are whole by then, so that what cannot be cleared is only said. */
static void close_sources(struct runner *runner)
{
	char reason[SOURCE_REASON_MAX];

	for (size_t i = 0; i < runner->sources; i++)
		if (source_close(&runner->source[i], reason))
			complain(EXIT_DONE, reason);
}

/* With the output open and the clock set up: from the first record to the last. */
static int write_records(const struct options *options, struct runner *runner)
{
	const char *block = runner->sources ? runner->source->block : "";
	struct writer *writer = runner->writer;
	int error = emit_machine(writer, runner->plan, options->seed, block, runner->places,
				 runner->clock);

	if (!error)
		error = runner_run(runner);
	if (!error)
		error = writer_end(writer);
	return error;
}

/* What a refused source is to the user: a lack of this machine, or a wrong plan. */
static int status_of_refusal(int error)
{
	if (error == -EINTR)
		return EXIT_BROKEN;
	return error == -ENOTSUP || error == -ENOSPC || error == -EPERM || error == -EACCES
		       ? EXIT_LACKS
		       : EXIT_BAD_INPUT;
}

static int write_topology(const struct options *options, const struct runner *runner)
{
	int error = options->topology
			    ? topology_export(&runner->places->topology, options->topology)
			    : 0;

	if (error)
		fprintf(stderr, "daxmark-run: %s: %s\n", options->topology, strerror(-error));
	return error ? EXIT_LACKS : EXIT_DONE;
}

/* What is needed to measure, to write down what came out and to clear up. */
static void protect(const struct options *options, const struct runner *runner)
{
	const char *const needed[] = {
		"/",	      "/proc/self/exe", ".", "/proc/self/fd/1", "/proc/self/fd/2",
		runner->base, claim_folder
	};

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		freeze_protect(needed[i]);
	if (options->output)
		freeze_protect(options->output);
}

static int measure_open(const struct options *options, struct runner *runner)
{
	struct writer *writer = runner->writer;
	int error, status = write_topology(options, runner);

	if (status)
		return status;
	writer->out = options->output ? fopen(options->output, "we") : stdout;
	if (!writer->out) {
		fprintf(stderr, "daxmark-run: %s: %s\n", options->output, strerror(errno));
		return EXIT_LACKS;
	}
	protect(options, runner);
	error = write_records(options, runner);
	if (fclose(writer->out) && !error)
		error = -errno;
	if (!error)
		return EXIT_DONE;
	return complain(error == -EPERM || error == -EACCES ? EXIT_LACKS : EXIT_BROKEN,
			runner->error[0] ? runner->error : strerror(-error));
}

/* text (size bytes) has to live as long as the runner. */
static int measure_sources(const struct options *options, struct runner *runner, char *text,
			   size_t size)
{
	int status, error = open_sources(options, runner, text, size);

	if (error)
		status = complain(status_of_refusal(error), text);
	else if (places_choose(runner->places, runner->plan, runner->source, runner->sources))
		status = complain(EXIT_LACKS, "no processor for the targets can be found");
	else
		status = measure_open(options, runner);
	close_sources(runner);
	return status;
}

/* Its processor takes for an operation what emulating it takes. */
static bool is_emulated(void)
{
	char name[HYPERVISOR_MAX];

	hypervisor_name(name);
	return !strcmp(name, HYPERVISOR_TCG);
}

/* A guest that counts is thrown away, and what is done in it is counted. */
static int give_up_privileges(const struct plan *plan)
{
	int error = plan->mode == PLAN_COUNT ? 0 : privileges_of_run();

	if (error)
		fprintf(stderr,
			"daxmark-run: capabilities that a run does not need cannot be given up: "
			"%s\n",
			strerror(-error));
	return error;
}

static void say_mended(bool mended, const char *line)
{
	(void)mended;
	fprintf(stderr, "daxmark-run: %s\n", line);
}

static int measure(const struct options *options, const struct plan *plan)
{
	char text[SOURCE_REASON_MAX], reason[PLACE_REASON_MAX], wrong[PLAN_ERROR_MAX];
	struct source sources[SOURCES_MAX];
	struct writer writer = { .out = NULL };
	struct clock_facts clock;
	struct places places;
	struct runner runner = { .plan = plan,
				 .writer = &writer,
				 .clock = &clock,
				 .source = sources,
				 .places = &places,
				 .seed = options->seed };
	int status;

	if (plan->mode == PLAN_TIME && is_emulated())
		return complain(EXIT_LACKS,
				"mode time: this machine is emulated (TCG), and its times are no "
				"results; use a guest under KVM, a machine of its own, or mode = "
				"count (mode = emulated gives checks alone)");
	if (plan->targets > SOURCES_MAX)
		return complain(EXIT_BAD_INPUT, "a plan names at most 8 targets");
	/* what is left frozen cannot be used; to see who else has it mounted takes root's rights */
	if (plan->mode != PLAN_COUNT)
		mend_all(say_mended);
	if (give_up_privileges(plan))
		return EXIT_LACKS;
	interrupt_setup();
	runner.base = getenv("TMPDIR");
	if (!runner.base)
		runner.base = "/tmp";
	if (access(runner.base, W_OK | X_OK)) {
		fprintf(stderr, "daxmark-run: %s: %s; name another folder with TMPDIR\n",
			runner.base, strerror(errno));
		return EXIT_LACKS;
	}
	/* of earlier runs that were killed; what cannot be removed is in nobody's way */
	leftover_remove(runner.base, NULL);
	if (places_open(&places, plan->mode == PLAN_COUNT, reason))
		return complain(EXIT_LACKS, reason);
	runner_choose_cpus(&runner, &places.start);
	if (places_check(&places, plan, wrong))
		status = complain(EXIT_BAD_INPUT, wrong);
	else if (selection_check_threads(plan, runner.cpus, wrong))
		status = complain(EXIT_LACKS, wrong);
	else if (clock_setup(plan->mode == PLAN_COUNT, &clock))
		status =
			complain(EXIT_LACKS, "counting instructions takes a processor with rdtscp");
	else if (plan->mode == PLAN_TIME && clock.step_ns > CLOCK_STEP_MAX_NS)
		status = complain(EXIT_LACKS,
				  "there is no steady time stamp counter, and the kernel's clock "
				  "moves by more than a microsecond at a time (see "
				  "/sys/devices/system/clocksource); no operation can be timed");
	else
		status = measure_sources(options, &runner, text, sizeof(text));
	places_close(&places);
	return status;
}

/* A standard output that is full ends in a status of its own, whatever was written there. */
static void check_standard_output(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return;
	fprintf(stderr, "daxmark-run: standard output: cannot be written: %s\n", strerror(errno));
	_exit(EXIT_LACKS);
}

int main(int argc, char **argv)
{
	static const struct argp argp = {
		option_table, parse, NULL, "Runs a plan on this kernel and writes records.",
		NULL,	      NULL,  NULL
	};
	struct options options = { .plan = NULL };
	char error[PLAN_ERROR_MAX];
	struct plan plan;
	int status;

	/* a parent that ignores it would leave no status of mkfs to ask for */
	signal(SIGCHLD, SIG_DFL);
	argp_err_exit_status = EXIT_BAD_INPUT;
	atexit(check_standard_output);
	argp_parse(&argp, argc, argv, 0, NULL, &options);
	if (options.list) {
		list();
		return EXIT_DONE;
	}
	if (plan_read(options.plan, &plan, error))
		return complain(EXIT_BAD_INPUT, error);
	status = selection_check(&plan, error) ? complain(EXIT_BAD_INPUT, error) : EXIT_DONE;
	if (!status && !options.check)
		status = measure(&options, &plan);
	plan_free(&plan);
	return status;
}
