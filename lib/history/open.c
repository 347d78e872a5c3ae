// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "history/detect.h"
#include "history/history.h"
#include "history/schema.h"

/* Inside of a transaction: another program may have done it while we waited. */
static int migrate(struct history *h)
{
	int64_t from, version;
	char sql[64];
	int err = history_number(h, &from, "PRAGMA user_version", "");

	for (version = from; !err && version < schema_version(); version++)
		err = history_execute(h, schema_steps[version]);
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", schema_version());
	if (!err)
		err = history_execute(h, sql);
	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d", SCHEMA_APPLICATION);
	if (!err)
		err = history_execute(h, sql);
	/* the first version had nights, but no changes */
	return err || from != 1 ? err : detect_all(h);
}

static int bring_up_to_date(struct history *h, enum history_open how)
{
	int64_t version, application, tables;
	int err = history_number(h, &version, "PRAGMA user_version", "");

	if (!err)
		err = history_number(h, &application, "PRAGMA application_id", "");
	if (!err)
		err = history_number(h, &tables, "SELECT count(*) FROM sqlite_master", "");
	if (err)
		return err;
	if (!tables && how == HISTORY_EXISTING)
		return history_refuse_damaged(h, "it is empty");
	if (tables && application != SCHEMA_APPLICATION)
		return history_refuse(h, -EINVAL,
				      "%s: is a database, but no history of daxmark; move it away",
				      h->path);
	if (version > schema_version())
		return history_refuse(
			h, -EINVAL,
			"%s: is of version %lld, this daxmark knows %d; use the newer "
			"daxmark, or move the file away and run daxmark history "
			"rebuild %s",
			h->path, (long long)version, schema_version(), h->dir);
	if (version == schema_version())
		return 0;
	/* a table that is made anew is dropped in between; SQLite asks for this before BEGIN */
	err = history_execute(h, "PRAGMA foreign_keys = OFF");
	if (!err)
		err = history_begin(h);
	if (!err)
		err = history_end(h, migrate(h));
	return err ? err : history_execute(h, "PRAGMA foreign_keys = ON");
}

/* The folder must be there; the file only where nothing is made. */
static int find_file(struct history *h, enum history_open how)
{
	struct stat st;

	if (stat(h->dir, &st))
		return history_refuse(h, errno == ENOENT ? -EINVAL : -errno, "%s: %s", h->dir,
				      strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return history_refuse(h, -EINVAL, "%s: is no folder of results", h->dir);
	if (how == HISTORY_EXISTING && stat(h->path, &st))
		return history_refuse(h, errno == ENOENT ? -EINVAL : -errno,
				      "%s: %s; daxmark history add begins one, rebuild makes it "
				      "again from results",
				      h->path, strerror(errno));
	return 0;
}

int history_open(struct history *h, const char *dir, enum history_open how)
{
	int err;

	memset(h, 0, sizeof(*h));
	if (snprintf(h->dir, sizeof(h->dir), "%s", dir) >= (int)sizeof(h->dir) ||
	    snprintf(h->path, sizeof(h->path), "%s/" HISTORY_FILE, dir) >= (int)sizeof(h->path))
		return history_refuse(h, -EINVAL, "the name of the folder is too long");
	err = find_file(h, how);
	if (err)
		return err;
	err = history_connect(h, how == HISTORY_CREATE);
	if (!err)
		err = bring_up_to_date(h, how);
	if (err)
		history_close(h);
	return err;
}
