// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/beside.h"
#include "base/output.h"
#include "figure/gnuplot.h"

#define WORDS_MAX 7

/* Many figures are shared out: at least so many to a gnuplot, at most so many of these. */
#define SHARE_LEAST 8
#define SHARES_MAX  16

extern char **environ;

static enum status out_of_reach(const char *path, int err)
{
	complain("%s: %s", path, strerror(err));
	return STATUS_ENVIRONMENT;
}

/*
 * What stands in front of a name, as the first character of one may mean more
 * to gnuplot: "<" and "|" run a command, "~" is a home.
 */
static const char *here(const char *path)
{
	return *path == '/' ? "" : "./";
}

enum status gnuplot_find(struct gnuplot *g)
{
	const char *data = getenv("DAXMARK_DATADIR");

	/* as installed, then as in a checkout */
	static const char *const beside[] = { "../share/daxmark/plots", "../plots", NULL };

	if (data && *data)
		snprintf(g->scripts, sizeof(g->scripts), "%s%s/plots", here(data), data);
	for (size_t i = 0; beside[i] && !(data && *data); i++)
		if (!beside_program(beside[i], g->scripts, sizeof(g->scripts)) &&
		    !access(g->scripts, R_OK))
			return STATUS_DONE;
	if (!access(g->scripts, R_OK))
		return STATUS_DONE;
	complain("%s: the gnuplot scripts are not there: %s (DAXMARK_DATADIR names the folder "
		 "that holds plots/)",
		 g->scripts, strerror(errno));
	return STATUS_ENVIRONMENT;
}

enum status gnuplot_begin(struct gnuplot *g, const char *output)
{
	enum status status = gnuplot_find(g);
	int length;

	if (status != STATUS_DONE)
		return status;
	g->output = output;
	if (mkdir(output, 0777) && errno != EEXIST)
		return out_of_reach(output, errno);
	length = snprintf(g->drawing, sizeof(g->drawing), "%s%s/.drawing-XXXXXX", here(output),
			  output);
	/* some room, so that the names of the files inside fit too */
	if (length < 0 || (size_t)length > sizeof(g->drawing) - 128)
		return out_of_reach(output, ENAMETOOLONG);
	if (!mkdtemp(g->drawing))
		return out_of_reach(output, errno);
	return STATUS_DONE;
}

static enum status start(char **argv, pid_t *pid)
{
	int err = posix_spawnp(pid, argv[0], NULL, NULL, argv, environ);

	if (!err)
		return STATUS_DONE;
	complain("gnuplot: %s; the figures need it", strerror(err));
	return STATUS_ENVIRONMENT;
}

static enum status await(pid_t pid, const char *script)
{
	int wait_status = 0;

	while (waitpid(pid, &wait_status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(wait_status) && !WEXITSTATUS(wait_status))
		return STATUS_DONE;
	complain("gnuplot failed on %s", script);
	return STATUS_ENVIRONMENT;
}

static enum status run(char **argv)
{
	pid_t pid;
	enum status status = start(argv, &pid);

	return status == STATUS_DONE ? await(pid, argv[3]) : status;
}

/* The path of a figure without its ending; one that has the name already has a number then. */
static int path_of(const struct gnuplot *g, const char *name, char *base, char *data)
{
	for (unsigned int number = 1;; number++) {
		char suffix[16] = "";
		int length;

		if (number > 1)
			snprintf(suffix, sizeof(suffix), "-%u", number);
		length = snprintf(base, PATH_MAX, "%s/%s%s", g->drawing, name, suffix);
		if (length < 0 || length >= PATH_MAX - 4)
			return -ENAMETOOLONG;
		memcpy(stpcpy(data, base), ".tsv", 5);
		if (access(data, F_OK))
			return 0;
	}
}

enum status gnuplot_draw(const struct gnuplot *g, const char *script, const char *name,
			 const struct text *data, const char *const *words)
{
	char script_path[PATH_MAX], base[PATH_MAX], data_path[PATH_MAX];
	/*
	 * -d leaves a user's own settings alone; -c hands the words over as
	 * strings: nothing in them is run
	 */
	char *argv[7 + WORDS_MAX] = { (char *)"gnuplot", (char *)"-d", (char *)"-c",
				      script_path,	 data_path,    base };
	int length = snprintf(script_path, sizeof(script_path), "%s/%s", g->scripts, script);
	enum status status;

	if (length < 0 || length >= PATH_MAX || path_of(g, name, base, data_path))
		return out_of_reach(name, ENAMETOOLONG);
	for (size_t i = 0; i < WORDS_MAX && words[i]; i++)
		argv[6 + i] = (char *)words[i];
	status = output_write(data_path, data);
	return status == STATUS_DONE ? run(argv) : status;
}

void gnuplot_drop_data(const struct gnuplot *g)
{
	DIR *folder = opendir(g->drawing);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		size_t length = strlen(entry->d_name);

		if (length > 4 && !strcmp(entry->d_name + length - 4, ".tsv"))
			unlinkat(dirfd(folder), entry->d_name, 0);
	}
	if (folder)
		closedir(folder);
}

/* Every so-many-th line of a list, from one on. */
static void take_share(struct text *share, const struct text *list, size_t first, size_t of)
{
	const char *line = list->data;

	for (size_t i = 0; line && *line; i++) {
		size_t length = strcspn(line, "\n");

		if (i % of == first)
			text_add(share, "%.*s\n", (int)length, line);
		line += length + (line[length] == '\n');
	}
}

static enum status start_share(const struct gnuplot *g, char *script, const struct text *list,
			       size_t number, size_t of, pid_t *pid)
{
	char path[PATH_MAX + 32];
	char *argv[] = { (char *)"gnuplot",  (char *)"-d", (char *)"-c", script, path,
			 (char *)g->drawing, NULL };
	struct text share = { 0 };
	enum status status;

	snprintf(path, sizeof(path), "%s/list%zu.tsv", g->drawing, number);
	take_share(&share, list, number, of);
	status = output_write(path, &share);
	text_free(&share);
	return status == STATUS_DONE ? start(argv, pid) : status;
}

/* As many at once as there are processors, when there is enough to do. */
static size_t choose_shares(const struct text *list)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t lines = 0, shares;

	for (size_t i = 0; i < list->length; i++)
		lines += list->data[i] == '\n';
	shares = lines / SHARE_LEAST;
	if (processors > 0 && shares > (size_t)processors)
		shares = (size_t)processors;
	return shares < 1 ? 1 : shares > SHARES_MAX ? SHARES_MAX : shares;
}

enum status gnuplot_draw_all(const struct gnuplot *g, const char *script, const struct text *list)
{
	size_t shares = choose_shares(list), started = 0;
	enum status status = STATUS_DONE;
	char path[PATH_MAX];
	pid_t pids[SHARES_MAX];

	if (snprintf(path, sizeof(path), "%s/%s", g->scripts, script) >= PATH_MAX)
		return out_of_reach(script, ENAMETOOLONG);
	while (started < shares && status == STATUS_DONE) {
		status = start_share(g, path, list, started, shares, &pids[started]);
		started += status == STATUS_DONE;
	}
	for (size_t i = 0; i < started; i++) {
		enum status one = await(pids[i], path);

		status = status == STATUS_DONE ? one : status;
	}
	return status;
}

/* Every file of the folder: to output, or away. */
static enum status clear(struct gnuplot *g, DIR *folder, enum status status)
{
	const struct dirent *entry;

	while ((entry = readdir(folder))) {
		char from[PATH_MAX + 256], to[PATH_MAX + 256];

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(from, sizeof(from), "%s/%s", g->drawing, entry->d_name);
		snprintf(to, sizeof(to), "%s/%s", g->output, entry->d_name);
		if (status == STATUS_DONE && rename(from, to))
			status = out_of_reach(to, errno);
		if (status != STATUS_DONE)
			unlink(from);
	}
	return status;
}

enum status gnuplot_end(struct gnuplot *g, enum status status)
{
	DIR *folder = opendir(g->drawing);

	if (!folder)
		return out_of_reach(g->drawing, errno);
	status = clear(g, folder, status);
	closedir(folder);
	rmdir(g->drawing);
	return status;
}
