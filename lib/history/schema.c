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

const char *const schema_steps[] = {
	nights, NULL, /* EOL */
};

int schema_version(void)
{
	int version = 0;

	while (schema_steps[version])
		version++;
	return version;
}
