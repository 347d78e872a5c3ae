// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "base/run.h"
#include "plan/commits.h"
#include "plan/plan_kernels.h"
#include "plan/series.h"

/* Of git's answer; a line of PLAN_STEPS_MAX of them holds hashes and a subject. */
#define ANSWER_MAX 65536

/* Digits of a hash in a source, and in a label. */
#define HASH_DIGITS  "--abbrev=12"
#define LABEL_DIGITS 8

extern char **environ;

struct range {
	struct plan *plan;
	char repository[PATH_MAX];
	char base[PATH_MAX];
	char tip[PATH_MAX];
	char answer[ANSWER_MAX];
};

/* What is wrong with the series, at its source. */
static enum status refuse(const struct range *range, const char *what)
{
	const struct plan *plan = range->plan;

	complain("%s:%d: %s: %s", plan->path, plan->series.source.line, plan->series.source.text,
		 what);
	return STATUS_USAGE;
}

/*
 * Whether git may have a variable: how it is configured, as safe.directory, and no
 * other repository, as in a hook. scripts/lib.sh has the same list.
 */
static bool for_git(const char *variable)
{
	return strncmp(variable, "GIT_", 4) != 0 || !strncmp(variable, "GIT_CONFIG_", 11);
}

/* Ours without what leads git elsewhere; NULL when out of memory. */
static char **own_environment(void)
{
	size_t n = 0, kept = 0;
	char **list;

	while (environ[n])
		n++;
	list = calloc(n + 1, sizeof(*list));
	for (size_t i = 0; list && i < n; i++)
		if (for_git(environ[i]))
			list[kept++] = environ[i];
	return list;
}

/* git's exit status, or a negative errno; what it said is in range->answer. */
static int git(struct range *range, const char *const *words)
{
	const char *argv[16] = { "git", "--no-pager", "-C", range->repository };
	char **environment = own_environment();
	int status;

	for (size_t i = 0; words[i]; i++)
		argv[4 + i] = words[i];
	status = environment ? command_run(argv, environment, range->answer, ANSWER_MAX) : -ENOMEM;
	free(environment);
	return status;
}

/* The hash of a commit into range->answer. */
static enum status find_commit(struct range *range, const char *revision)
{
	char commit[PATH_MAX + 16], what[2 * PATH_MAX];
	int status;

	snprintf(commit, sizeof(commit), "%s^{commit}", revision);
	status = git(range, (const char *const[]){ "rev-parse", "--verify", "--quiet",
						   "--end-of-options", commit, NULL });
	if (status < 0) {
		complain("git: %s; a series of commits needs it", strerror(-status));
		return STATUS_ENVIRONMENT;
	}
	if (!status)
		return STATUS_DONE;
	range->answer[strcspn(range->answer, "\n")] = '\0';
	if (*range->answer)
		snprintf(what, sizeof(what), "%.400s", range->answer);
	else
		snprintf(what, sizeof(what), "unknown revision '%.400s' in %s", revision,
			 range->repository);
	return refuse(range, what);
}

static enum status parse_range(struct range *range)
{
	const char *source = range->plan->series.source.text + strlen("git:");
	const char *revisions = plan_series_range(range->plan);
	const char *dots = strstr(revisions, "..");

	if (strlen(source) >= PATH_MAX)
		return refuse(range, "the name is too long");
	snprintf(range->repository, PATH_MAX, "%.*s", (int)(revisions - 1 - source), source);
	snprintf(range->base, PATH_MAX, "%.*s", (int)(dots - revisions), revisions);
	snprintf(range->tip, PATH_MAX, "%s", dots + 2);
	return STATUS_DONE;
}

/* One more kernel, of a line "HASH\tPARENT...\tSUBJECT". */
static int add_commit(struct plan_parser *p, const struct range *range, size_t number, char *hash,
		      const char *subject)
{
	char name[SERIES_SUBJECT_MAX + 16], label[PLAN_LABEL_MAX + 1], source[2 * PATH_MAX];
	char plain[SERIES_SUBJECT_MAX + 1];
	struct plan_kernel *kernel;

	snprintf(plain, sizeof(plain), "%s", subject);
	plain_ascii(plain);
	snprintf(name, sizeof(name), "%.*s %s", LABEL_DIGITS, hash, plain);
	plan_step_label(number, name, label);
	snprintf(source, sizeof(source), "git:%s#%s", range->repository, hash);
	if (!strcmp(label, p->plan->series.label.text))
		return plan_refuse(p, -EINVAL,
				   "\"%s\" labels a step too; name the series otherwise", label);
	kernel = plan_add_kernel(p, label);
	return kernel && plan_take_text(p, &kernel->source.text, source) &&
	       (!*plain || plan_take_text(p, &kernel->subject, plain));
}

/* The steps must be one after the other from the base on, or they are no series. */
static enum status add_commits(struct range *range, const char *base)
{
	char error[PLAN_ERROR_MAX] = "";
	struct plan_parser p = {
		.plan = range->plan,
		.line = range->plan->series.source.line,
		.error = error,
	};
	char *save = NULL;
	size_t n = 0;

	for (char *line = strtok_r(range->answer, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *parent = strchr(line, '\t'),
		     *subject = parent ? strchr(parent + 1, '\t') : NULL;

		/* git may warn between its lines */
		if (!subject)
			continue;
		*parent++ = *subject++ = '\0';
		if (!n && strncmp(parent, base, strlen(base)) != 0)
			return refuse(range, "the commits do not follow from its begin: that is "
					     "not among the first parents of its end");
		if (++n > PLAN_STEPS_MAX)
			break;
		if (!add_commit(&p, range, n, line, subject)) {
			complain("%s", error);
			return STATUS_USAGE;
		}
	}
	if (!n)
		return refuse(range, "there is no commit in it");
	if (n <= PLAN_STEPS_MAX)
		return STATUS_DONE;
	snprintf(error, sizeof(error), "there are more than %d commits in it; choose fewer",
		 PLAN_STEPS_MAX);
	return refuse(range, error);
}

/* A branch moves and a tag may: the base is recorded by its hash, as its steps are. */
static enum status name_base(struct range *range)
{
	struct plan_kernel *base = &range->plan->kernel[0];
	char *source;

	if (git(range,
		(const char *const[]){ "log", "-1", "--no-show-signature", HASH_DIGITS,
				       "--format=%h", "--end-of-options", range->base, NULL }))
		return refuse(range, "git cannot show its begin");
	if (asprintf(&source, "git:%s#%s", range->repository, range->answer) < 0)
		return complain_memory();
	free(base->source.text);
	base->source.text = source;
	return STATUS_DONE;
}

static enum status expand_range(struct range *range)
{
	char words[2 * PATH_MAX + 4], base[128];
	enum status status = parse_range(range);

	if (status == STATUS_DONE)
		status = find_commit(range, range->tip);
	if (status == STATUS_DONE)
		status = find_commit(range, range->base);
	if (status != STATUS_DONE)
		return status;
	snprintf(base, sizeof(base), "%.100s", range->answer);
	status = name_base(range);
	if (status != STATUS_DONE)
		return status;
	snprintf(words, sizeof(words), "%s..%s", range->base, range->tip);
	/* one more than there may be: then there are too many */
	if (git(range,
		(const char *const[]){ "log", "--first-parent", "--reverse", "--no-show-signature",
				       HASH_DIGITS, "--format=%h%x09%P%x09%s", "--end-of-options",
				       words, NULL }))
		return refuse(range, "git cannot list the commits");
	return add_commits(range, base);
}

enum status commits_expand(struct plan *plan)
{
	struct range *range = calloc(1, sizeof(*range));
	enum status status;

	if (!range)
		return complain_memory();
	range->plan = plan;
	status = expand_range(range);
	free(range);
	return status;
}
