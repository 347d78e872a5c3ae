// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * tool-notices: a tool that trusts stat data sees a write through a mapping.
 * The tool is git: it reads a file again only when its times or size are not
 * those in the index, so a write that moves neither is lost to it.
 *
 * The file is old when it is added and the index is new, so that git has no
 * reason of its own to look at the content ("racily clean").
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/run.h"
#include "bench/check.h"

#define NAME "tracked"

struct repository {
	char dir[128];
	char git_dir[160], work_tree[224], home[160];
	char output[256];
};

static int git(struct repository *r, const char *const argv[])
{
	char path[256];
	char *environment[] = {
		path, r->git_dir, r->work_tree, r->home, "GIT_CONFIG_NOSYSTEM=1", "LC_ALL=C", NULL
	};

	snprintf(path, sizeof(path), "PATH=%.240s",
		 getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	return command_run(argv, environment, r->output, sizeof(r->output));
}

/* git status prints "A  name" for an added file, "AM name" when it changed since. */
static int add_and_write(struct ctx *ctx, struct repository *r, struct finding *finding)
{
	static const char *const init[] = { "git", "init", "-q", NULL };
	static const char *const add[] = { "git", "add", NAME, NULL };
	static const char *const status[] = { "git", "status", "--porcelain", "--", NAME, NULL };
	const char *const *const before[] = { init, add, status, NULL };
	int error;

	for (size_t i = 0; before[i]; i++) {
		error = git(r, before[i]);
		if (error == -ENOENT) {
			check_found(finding, CHECK_SKIP, "git is not here");
			return 0;
		}
		if (error) {
			snprintf(ctx->reason, sizeof(ctx->reason), "git %s: %.120s", before[i][1],
				 error < 0 ? strerror(-error) : r->output);
			return error < 0 ? error : -EIO;
		}
	}
	if (strncmp(r->output, "A  ", 3) != 0) {
		snprintf(ctx->reason, sizeof(ctx->reason),
			 "git status says \"%.60s\" of a file just added", r->output);
		return -EIO;
	}
	error = check_write_after_read(ctx);
	if (error)
		return error;
	error = git(r, status);
	if (error)
		return file_error(ctx, "git status", error < 0 ? error : -EIO);
	if (!strncmp(r->output, "AM ", 3))
		check_found(finding, CHECK_PASS,
			    "git status reports the write through the mapping");
	else
		check_found(finding, CHECK_FAIL,
			    "git status reports no change after a write through the mapping");
	return 0;
}

static void remove_repository(const char *dir)
{
	const char *const argv[] = { "rm", "-rf", "--", dir, NULL };
	char output[64];

	command_run(argv, NULL, output, sizeof(output));
}

static int run(struct ctx *ctx, struct finding *finding)
{
	struct repository r;
	int error;

	snprintf(r.dir, sizeof(r.dir), "%.96s/daxmark-git-XXXXXX",
		 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!mkdtemp(r.dir))
		return file_error(ctx, r.dir, -errno);
	snprintf(r.git_dir, sizeof(r.git_dir), "GIT_DIR=%s/git", r.dir);
	snprintf(r.home, sizeof(r.home), "HOME=%s", r.dir);
	snprintf(r.work_tree, sizeof(r.work_tree), "GIT_WORK_TREE=%s", ctx->target->dir);

	error = file_make(ctx, NAME, FILE_WRITTEN, PAGE_BYTES, &ctx->fd);
	if (!error)
		error = check_make_old(ctx, ctx->fd);
	if (!error)
		error = add_and_write(ctx, &r, finding);
	remove_repository(r.dir);
	return error;
}

CHECK(tool_notices) = {
	.name = "tool-notices",
	.label = "a tool notices the write",
	.promise = "write noticed by a tool",
	.brief = "git notices a write through a mapping",
	.run = run,
};
