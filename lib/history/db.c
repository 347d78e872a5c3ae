// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/plain.h"
#include "history/history.h"

int history_refuse(struct history *h, int err, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(h->error, sizeof(h->error), format, arguments);
	va_end(arguments);
	/* one line, whatever SQLite or a file has put into it */
	plain_text(h->error);
	return err;
}

int history_refuse_damaged(struct history *h, const char *what)
{
	return history_refuse(
		h, -EUCLEAN,
		"%s: is damaged (%s); nothing is lost, the results are the truth: run "
		"daxmark history rebuild %s",
		h->path, what, h->dir);
}

/* What SQLite's last answer is to the user. */
static int refuse_sqlite(struct history *h, int code)
{
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return history_refuse_damaged(h, sqlite3_errmsg(h->db));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return history_refuse(
			h, -EBUSY,
			"%s: another program has been writing to it for %d s; wait for "
			"it or end it",
			h->path, HISTORY_WAIT_MS / 1000);
	case SQLITE_NOMEM:
		return history_refuse(h, -ENOMEM, "out of memory");
	case SQLITE_FULL:
		return history_refuse(h, -ENOSPC, "%s: the disk is full", h->path);
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return history_refuse(h, -EACCES, "%s: cannot be written", h->path);
	default:
		return history_refuse(h, -EIO, "%s: %s", h->path, sqlite3_errmsg(h->db));
	}
}

int history_execute(struct history *h, const char *sql)
{
	int code = sqlite3_exec(h->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? 0 : refuse_sqlite(h, code);
}

static int bind_all(struct history *h, sqlite3_stmt *statement, const char *types, va_list values)
{
	int code = SQLITE_OK;

	for (int i = 1; *types && code == SQLITE_OK; i++, types++) {
		if (*types == 't')
			code = sqlite3_bind_text(statement, i, va_arg(values, const char *), -1,
						 SQLITE_TRANSIENT);
		else if (*types == 'i')
			code = sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
		else
			code = sqlite3_bind_double(statement, i, va_arg(values, double));
	}
	return code == SQLITE_OK ? 0 : refuse_sqlite(h, code);
}

static sqlite3_stmt *prepare_list(struct history *h, const char *sql, const char *types,
				  va_list values)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(h->db, sql, -1, &statement, NULL);

	if (code != SQLITE_OK) {
		refuse_sqlite(h, code);
		return NULL;
	}
	if (!bind_all(h, statement, types, values))
		return statement;
	sqlite3_finalize(statement);
	return NULL;
}

sqlite3_stmt *history_prepare(struct history *h, const char *sql, const char *types, ...)
{
	sqlite3_stmt *statement;
	va_list values;

	va_start(values, types);
	statement = prepare_list(h, sql, types, values);
	va_end(values);
	return statement;
}

int history_bind(struct history *h, sqlite3_stmt *statement, const char *types, ...)
{
	va_list values;
	int err;

	sqlite3_reset(statement);
	va_start(values, types);
	err = bind_all(h, statement, types, values);
	va_end(values);
	return err;
}

int history_step(struct history *h, sqlite3_stmt *statement)
{
	int code = sqlite3_step(statement);

	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : refuse_sqlite(h, code);
}

int history_failure(const struct history *h)
{
	int code = sqlite3_errcode(h->db) & 0xff;

	switch (code) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return -EUCLEAN;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_NOMEM:
		return -ENOMEM;
	default:
		return -EIO;
	}
}

/* The first column of the first row, 0 where there is none; the rest is run all the same. */
static int run_list(struct history *h, int64_t *number, const char *sql, const char *types,
		    va_list values)
{
	sqlite3_stmt *statement = prepare_list(h, sql, types, values);
	int more;

	*number = 0;
	if (!statement)
		return history_failure(h);
	more = history_step(h, statement);
	if (more > 0)
		*number = sqlite3_column_int64(statement, 0);
	while (more > 0)
		more = history_step(h, statement);
	sqlite3_finalize(statement);
	return more;
}

int history_run(struct history *h, const char *sql, const char *types, ...)
{
	int64_t number;
	va_list values;
	int err;

	va_start(values, types);
	err = run_list(h, &number, sql, types, values);
	va_end(values);
	return err;
}

int history_number(struct history *h, int64_t *number, const char *sql, const char *types, ...)
{
	va_list values;
	int err;

	va_start(values, types);
	err = run_list(h, number, sql, types, values);
	va_end(values);
	return err;
}

const char *history_text(sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	return text ? text : "";
}

void history_copy(sqlite3_stmt *statement, int column, char *out, size_t size)
{
	snprintf(out, size, "%s", history_text(statement, column));
	plain_text(out);
}

double history_real(sqlite3_stmt *statement, int column)
{
	return sqlite3_column_type(statement, column) == SQLITE_NULL
		       ? NAN
		       : sqlite3_column_double(statement, column);
}

int history_begin(struct history *h)
{
	return history_execute(h, "BEGIN IMMEDIATE");
}

int history_end(struct history *h, int err)
{
	if (!err)
		err = history_execute(h, "COMMIT");
	if (err)
		history_rollback(h);
	return err;
}

void history_rollback(struct history *h)
{
	sqlite3_exec(h->db, "ROLLBACK", NULL, NULL, NULL);
}

int history_connect(struct history *h, bool create)
{
	int code = sqlite3_open_v2(h->path, &h->db,
				   SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), NULL);

	if (code != SQLITE_OK)
		return refuse_sqlite(h, code);
	sqlite3_extended_result_codes(h->db, 1);
	sqlite3_busy_timeout(h->db, HISTORY_WAIT_MS);
	return history_execute(h, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
				  "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
}

void history_close(struct history *h)
{
	sqlite3_close(h->db);
	h->db = NULL;
}

int history_verify(struct history *h)
{
	sqlite3_stmt *statement = history_prepare(h, "PRAGMA integrity_check(1)", "");
	int64_t orphans = 0;
	int more, err = 0;

	if (!statement)
		return history_failure(h);
	more = history_step(h, statement);
	if (more < 0)
		err = more;
	else if (strcmp(history_text(statement, 0), "ok") != 0)
		err = history_refuse_damaged(h, history_text(statement, 0));
	sqlite3_finalize(statement);
	if (!err)
		err = history_number(h, &orphans, "SELECT count(*) FROM pragma_foreign_key_check",
				     "");
	if (!err && orphans)
		err = history_refuse_damaged(h, "a reference points to nothing");
	return err;
}
