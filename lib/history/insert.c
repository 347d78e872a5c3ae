// SPDX-License-Identifier: GPL-2.0-or-later
/* The rows of a night. */
#include <errno.h>
#include <math.h>
#include <stdio.h>

#include "history/add.h"
#include "history/read.h"

void night_image(const struct side *new, char image[NIGHT_NAME_MAX])
{
	const struct side_boot *boot = &new->boots[0];

	if (*boot->run.image_sha256)
		snprintf(image, NIGHT_NAME_MAX, "sha256:%s", boot->run.image_sha256);
	else if (*boot->machine.kernel_build_id)
		snprintf(image, NIGHT_NAME_MAX, "build-id:%s", boot->machine.kernel_build_id);
	else
		snprintf(image, NIGHT_NAME_MAX, "version:%s %s", boot->machine.kernel,
			 boot->machine.kernel_version);
}

/* The id of a row that is made unless it is there; names are its unique columns. */
static int branch_id(struct history *h, const struct night *night, int64_t *id)
{
	int err =
		history_run(h, "INSERT OR IGNORE INTO branch(name) VALUES(?)", "t", night->branch);

	return err ? err
		   : history_number(h, id, "SELECT id FROM branch WHERE name = ?", "t",
				    night->branch);
}

/*
 * All of the base side: that kernel is the same every night, so that a Kconfig
 * symbol which the other gained is no reason, and a fragment or a compiler is.
 */
static int environment_id(struct history *h, const struct side *base, int64_t *id)
{
	const struct side_run *run = &base->boots[0].run;
	const struct side_machine *machine = &base->boots[0].machine;
	char baseline[NIGHT_NAME_MAX], text[512];
	int err;

	night_image(base, baseline);
	snprintf(text, sizeof(text), "%s, %lld CPUs, %lld MiB", machine->cpu,
		 (long long)machine->cpus, (long long)(machine->memory_bytes >> 20));
	err = history_run(h,
			  "INSERT OR IGNORE INTO environment(runner, config, baseline, qemu, "
			  "machine) VALUES(?, ?, ?, ?, ?)",
			  "ttttt", machine->runner, run->config_sha256, baseline, run->qemu, text);
	return err ? err
		   : history_number(
			     h, id,
			     "SELECT id FROM environment WHERE runner = ? AND config = ? AND "
			     "baseline = ? AND qemu = ? AND machine = ?",
			     "ttttt", machine->runner, run->config_sha256, baseline, run->qemu,
			     text);
}

/* The least time that the clock tells, in its unit. */
static double tick_of(const struct side *side)
{
	double ticks = side->boots[0].machine.clock_ticks;

	return ticks > 0 ? 1 / ticks : NAN;
}

static int insert_night(struct history *h, const struct night *night,
			const struct night_results *results, int64_t branch, int64_t environment)
{
	char image[NIGHT_NAME_MAX];

	night_image(&results->new, image);
	return history_run(h,
			   "INSERT INTO night(branch, mode, environment, date, kernel, revision, "
			   "image, folder, content, none_pct, tick) "
			   "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			   "itittttttdd", branch, side_mode_name(results->new.mode), environment,
			   night->date, night->kernel, night->revision, image, night->folder,
			   results->content, comparison_none_pct(&results->comparison),
			   tick_of(&results->new));
}

#define SERIES_KEY                                                                                \
	"branch = ? AND mode = ? AND bench = ? AND arm = ? AND metric = ? AND fs = ? AND access " \
	"= ? AND figure = ?"

/* A figure of a cost: what a series is of. */
struct figure_of {
	const struct cost *metric;
	const char *name;
	const struct judgement *judgement;
};

/* A row for the series unless there is one, with the newest words for it. */
static int make_series(struct history *h, sqlite3_stmt *make, int64_t branch, const char *mode,
		       const struct figure_of *figure)
{
	const struct cost *m = figure->metric;
	const struct cost_words *words = m->name.words;
	int err = history_bind(h, make, "itttttttttttti", branch, mode, m->name.bench, m->name.arm,
			       m->name.metric, m->name.fs, m->name.access, m->unit,
			       m->higher_is_better ? "higher" : "lower", figure->name,
			       words ? words->title : "", words ? words->operation : "",
			       m->name.fill, (int64_t)m->name.further);

	return err ? err : history_step(h, make);
}

/* log(1 + change), NAN where there is no such number. */
static double ratio(double change_pct)
{
	return isfinite(change_pct) && change_pct > -100 ? log1p(change_pct / 100) : NAN;
}

static int insert_value(struct history *h, sqlite3_stmt *insert, int64_t night, int64_t branch,
			const char *mode, const struct figure_of *figure)
{
	const struct cost *m = figure->metric;
	const struct judgement *j = figure->judgement;
	int err = history_bind(h, insert, "iddddddddittttttt", night, j->base, j->other,
			       ratio(j->change_pct), ratio(j->low_pct), ratio(j->high_pct),
			       j->other_low, j->other_high,
			       isfinite(j->other_spread_pct) ? j->other_spread_pct : NAN, branch,
			       mode, m->name.bench, m->name.arm, m->name.metric, m->name.fs,
			       m->name.access, figure->name);

	return err ? err : history_step(h, insert);
}

/*
 * The figures of a cost that a history follows, in figures: from night to night the same,
 * whichever leads in a report on two of them. A time has a tail, too.
 */
static size_t figures_followed(const struct comparison *c, const struct cost *m,
			       struct figure_of figures[2])
{
	figures[0] = (struct figure_of){ m, FIGURE_MEDIAN_NAME, &cost_change(m)->median };
	figures[1] = (struct figure_of){ m, FIGURE_P99_NAME, &cost_change(m)->p99 };
	return comparison_mode(c) == SIDE_TIME && cost_change(m)->p99.pairs &&
			       isfinite(cost_change(m)->p99.other)
		       ? 2
		       : 1;
}

static int insert_values(struct history *h, int64_t night, int64_t branch,
			 const struct night_results *results)
{
	const struct comparison *c = &results->comparison;
	const char *mode = side_mode_name(results->new.mode);
	sqlite3_stmt *make, *insert;
	int err = 0;

	make = history_prepare(h,
			       "INSERT INTO series(branch, mode, bench, arm, metric, fs, access, "
			       "unit, better, figure, title, operation, fill, further) "
			       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
			       "ON CONFLICT(branch, mode, bench, arm, metric, fs, access, figure) "
			       "DO UPDATE SET title = excluded.title, operation = "
			       "excluded.operation, fill = excluded.fill, further = "
			       "excluded.further WHERE excluded.title != ''",
			       "");
	insert = history_prepare(
		h,
		"INSERT INTO value(night, series, base, new, ratio, ratio_low, "
		"ratio_high, new_low, new_high, spread_pct) "
		"SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ? FROM series WHERE " SERIES_KEY,
		"");
	if (!make || !insert)
		err = history_failure(h);
	for (size_t i = 0; i < c->n_costs && !err; i++) {
		struct figure_of figures[2];
		size_t n = figures_followed(c, &c->costs[i], figures);

		for (size_t k = 0; k < n && !err; k++) {
			err = make_series(h, make, branch, mode, &figures[k]);
			if (!err)
				err = insert_value(h, insert, night, branch, mode, &figures[k]);
		}
	}
	sqlite3_finalize(make);
	sqlite3_finalize(insert);
	return err;
}

/* Why it failed, where it did; what passed has no story. */
static int insert_promises(struct history *h, int64_t night, const struct comparison *c)
{
	sqlite3_stmt *insert =
		history_prepare(h,
				"INSERT INTO promise(night, name, fs, access, base, "
				"new, evidence, label) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
				"");
	int err = insert ? 0 : history_failure(h);

	for (size_t i = 0; i < c->n_checks && !err; i++) {
		const struct promise *check = &c->checks[i];

		err = history_bind(h, insert, "ittttttt", night, check->name, check->fs,
				   check->access, check_verdict_name(check->on[0].verdict),
				   check_verdict_name(check->on[1].verdict),
				   check->on[1].verdict == CHECK_PASS ? "" : check->on[1].evidence,
				   check->label);
		if (!err)
			err = history_step(h, insert);
	}
	sqlite3_finalize(insert);
	return err;
}

int history_insert(struct history *h, const struct night *night,
		   const struct night_results *results, int64_t *id)
{
	int64_t branch, environment;
	int err = branch_id(h, night, &branch);

	if (!err)
		err = environment_id(h, &results->base, &environment);
	if (!err)
		err = insert_night(h, night, results, branch, environment);
	if (err)
		return err;
	*id = sqlite3_last_insert_rowid(h->db);
	err = insert_values(h, *id, branch, results);
	return err ? err : insert_promises(h, *id, &results->comparison);
}
