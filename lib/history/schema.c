// SPDX-License-Identifier: GPL-2.0-or-later
#include <stddef.h>

#include "history/schema.h"

/*
 * The first version: nights and their values. A value lies beside those of its
 * night, as adding a night writes them and looking for changes reads them.
 */
static const char nights[] = "CREATE TABLE branch("
			     "  id INTEGER PRIMARY KEY,"
			     "  name TEXT NOT NULL UNIQUE);"
			     /* What must be the same for two nights to be compared. */
			     "CREATE TABLE environment("
			     "  id INTEGER PRIMARY KEY,"
			     "  runner TEXT NOT NULL,"
			     "  config TEXT NOT NULL,"
			     "  baseline TEXT NOT NULL,"
			     "  qemu TEXT NOT NULL,"
			     "  machine TEXT NOT NULL,"
			     "  UNIQUE(runner, config, baseline, qemu, machine));"
			     "CREATE TABLE night("
			     "  id INTEGER PRIMARY KEY,"
			     "  branch INTEGER NOT NULL REFERENCES branch(id),"
			     "  mode TEXT NOT NULL CHECK(mode IN ('count', 'time')),"
			     "  environment INTEGER NOT NULL REFERENCES environment(id),"
			     "  date TEXT NOT NULL,"
			     "  kernel TEXT NOT NULL,"
			     "  revision TEXT NOT NULL,"
			     "  image TEXT NOT NULL,"
			     "  folder TEXT NOT NULL UNIQUE,"
			     "  content TEXT NOT NULL,"
			     "  none_pct REAL NOT NULL,"
			     "  UNIQUE(branch, mode, image));"
			     "CREATE INDEX night_in_order ON night(branch, mode, date, id);"
			     "CREATE TABLE series("
			     "  id INTEGER PRIMARY KEY,"
			     "  branch INTEGER NOT NULL REFERENCES branch(id),"
			     "  mode TEXT NOT NULL CHECK(mode IN ('count', 'time')),"
			     "  bench TEXT NOT NULL,"
			     "  arm TEXT NOT NULL,"
			     "  metric TEXT NOT NULL,"
			     "  fs TEXT NOT NULL,"
			     "  access TEXT NOT NULL,"
			     "  unit TEXT NOT NULL,"
			     "  better TEXT NOT NULL CHECK(better IN ('lower', 'higher')),"
			     "  UNIQUE(branch, mode, bench, arm, metric, fs, access));"
			     "CREATE TABLE value("
			     "  night INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			     "  series INTEGER NOT NULL REFERENCES series(id),"
			     "  base REAL NOT NULL,"
			     "  new REAL NOT NULL,"
			     "  ratio REAL,"
			     "  ratio_low REAL,"
			     "  ratio_high REAL,"
			     "  new_low REAL,"
			     "  new_high REAL,"
			     "  spread_pct REAL,"
			     "  PRIMARY KEY(night, series)) WITHOUT ROWID;";

/*
 * The second: the changes that were found, by the nights around them, and what
 * the last look at a series saw. first to last are the nights that the step may
 * have come with, split is the likeliest; before is the one measured before
 * first.
 */
static const char changes[] = "CREATE TABLE change("
			      "  id INTEGER PRIMARY KEY,"
			      "  series INTEGER NOT NULL REFERENCES series(id),"
			      "  found INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  before INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  first INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  split INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  last INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  ratio_before REAL NOT NULL,"
			      "  ratio_after REAL NOT NULL,"
			      "  p REAL NOT NULL,"
			      "  UNIQUE(series, split));"
			      "CREATE INDEX change_found ON change(found);"
			      "CREATE TABLE look("
			      "  series INTEGER PRIMARY KEY REFERENCES series(id),"
			      "  night INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			      "  nights INTEGER NOT NULL,"
			      "  held TEXT NOT NULL,"
			      "  outliers INTEGER NOT NULL,"
			      "  autocorrelation REAL,"
			      "  deviation REAL);";

/* The third: what the checks of a night found. Rebuilding fills it for nights of before. */
static const char promises[] = "CREATE TABLE promise("
			       "  night INTEGER NOT NULL REFERENCES night(id) ON DELETE CASCADE,"
			       "  name TEXT NOT NULL,"
			       "  fs TEXT NOT NULL,"
			       "  access TEXT NOT NULL,"
			       "  base TEXT NOT NULL CHECK(base IN ('pass', 'fail', 'skip')),"
			       "  new TEXT NOT NULL CHECK(new IN ('pass', 'fail', 'skip')),"
			       "  evidence TEXT NOT NULL,"
			       "  PRIMARY KEY(night, name, fs, access)) WITHOUT ROWID;";

/*
 * The fourth: nights of checks alone, which may be of any mode; the least time that the
 * clock of a night tells; series of a cost's p99 beside those of its median; and changes
 * that bring back the level before an earlier one, returns. Rebuilding fills all of it for
 * nights of before. A constraint is changed by making its table anew.
 */
static const char tails[] =
	"CREATE TABLE night_new("
	"  id INTEGER PRIMARY KEY,"
	"  branch INTEGER NOT NULL REFERENCES branch(id),"
	"  mode TEXT NOT NULL CHECK(mode IN ('count', 'time', 'emulated')),"
	"  environment INTEGER NOT NULL REFERENCES environment(id),"
	"  date TEXT NOT NULL,"
	"  kernel TEXT NOT NULL,"
	"  revision TEXT NOT NULL,"
	"  image TEXT NOT NULL,"
	"  folder TEXT NOT NULL UNIQUE,"
	"  content TEXT NOT NULL,"
	"  none_pct REAL NOT NULL,"
	"  tick REAL,"
	"  UNIQUE(branch, mode, image));"
	"INSERT INTO night_new(id, branch, mode, environment, date, kernel, revision, image, "
	"folder, content, none_pct) SELECT id, branch, mode, environment, date, kernel, revision, "
	"image, folder, content, none_pct FROM night;"
	"DROP TABLE night;"
	"ALTER TABLE night_new RENAME TO night;"
	"CREATE INDEX night_in_order ON night(branch, mode, date, id);"
	"CREATE TABLE series_new("
	"  id INTEGER PRIMARY KEY,"
	"  branch INTEGER NOT NULL REFERENCES branch(id),"
	"  mode TEXT NOT NULL CHECK(mode IN ('count', 'time', 'emulated')),"
	"  bench TEXT NOT NULL,"
	"  arm TEXT NOT NULL,"
	"  metric TEXT NOT NULL,"
	"  fs TEXT NOT NULL,"
	"  access TEXT NOT NULL,"
	"  unit TEXT NOT NULL,"
	"  better TEXT NOT NULL CHECK(better IN ('lower', 'higher')),"
	"  figure TEXT NOT NULL CHECK(figure IN ('median', 'p99')),"
	"  UNIQUE(branch, mode, bench, arm, metric, fs, access, figure));"
	"INSERT INTO series_new(id, branch, mode, bench, arm, metric, fs, access, unit, better, "
	"figure) SELECT id, branch, mode, bench, arm, metric, fs, access, unit, better, 'median' "
	"FROM series;"
	"DROP TABLE series;"
	"ALTER TABLE series_new RENAME TO series;"
	"ALTER TABLE change ADD COLUMN returns INTEGER REFERENCES change(id) ON DELETE CASCADE;";

/*
 * The fifth: the words that reports use for costs and checks, as the results have them. Of
 * nights of before there are none, until a later one brings them; the first metric of an arm is
 * the one that was added first.
 */
static const char words[] =
	"ALTER TABLE series ADD COLUMN title TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE series ADD COLUMN operation TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE series ADD COLUMN fill TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE series ADD COLUMN further INTEGER NOT NULL DEFAULT 0;"
	"UPDATE series SET further = EXISTS(SELECT 1 FROM series AS s WHERE s.id < series.id "
	"AND s.branch = series.branch AND s.mode = series.mode AND s.bench = series.bench "
	"AND s.arm = series.arm AND s.metric != series.metric AND s.fs = series.fs "
	"AND s.access = series.access);"
	"ALTER TABLE promise ADD COLUMN label TEXT NOT NULL DEFAULT '';";

const char *const schema_steps[] = {
	nights, changes, promises, tails, words, NULL, /* EOL */
};

int schema_version(void)
{
	int version = 0;

	while (schema_steps[version])
		version++;
	return version;
}
