/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history.db: an index over nights, in the folder that holds their results.
 *
 * The results are the truth: a night is a folder with two result files and a
 * night.json that says which night they are. Whatever is here can be made again
 * from those (rebuild.h). docs/history.md describes both.
 *
 * SQLite keeps it: WAL with synchronous = FULL, so that a night whose
 * history_add() has returned 0 survives a crash of machine or program, and one
 * whose history_add() has not returned is there whole or not at all. Writers
 * wait for each other up to HISTORY_WAIT_MS; readers wait for nobody.
 */
#ifndef DAXMARK_HISTORY_HISTORY_H
#define DAXMARK_HISTORY_HISTORY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HISTORY_FILE	  "history.db"
#define HISTORY_WAIT_MS	  60000
#define HISTORY_ERROR_MAX 1024
#define HISTORY_PATH_MAX  4096

struct history {
	sqlite3 *db;
	char dir[HISTORY_PATH_MAX];
	char path[HISTORY_PATH_MAX]; /* of history.db, for messages */
	char error[HISTORY_ERROR_MAX];
};

enum history_open {
	HISTORY_EXISTING, /* refused when there is none */
	HISTORY_CREATE,	  /* made when there is none */
};

/*
 * Opens the history of a folder of results and brings it to this version's
 * schema; history_close() it after a success. Here and in all functions below
 * that take a history: 0, or a negative errno and one line in history->error:
 *   -EINVAL   it is of a newer daxmark, or no history, or there is none
 *   -EUCLEAN  it is damaged
 *   -EBUSY    another program writes to it and did not end
 *   others    the environment
 */
int history_open(struct history *history, const char *dir, enum history_open how);
void history_close(struct history *history);

/*
 * Connects to the database at history->path, which is made if create says so; it may be of
 * any version. history_open() uses it.
 */
int history_connect(struct history *history, bool create);

/*
 * Whether every page and every reference of the database is as it must be; reads
 * all of it.
 */
int history_verify(struct history *history);

/* Runs statements that have no parameters; their rows are dropped. */
int history_execute(struct history *history, const char *sql);

/*
 * One transaction; begin waits for another writer. end commits it when err is 0,
 * else takes it back; it returns err, or why it could not be committed.
 */
int history_begin(struct history *history);
int history_end(struct history *history, int err);
void history_rollback(struct history *history);

/* Writes one line into history->error and returns err. */
__attribute__((format(printf, 3, 4))) int history_refuse(struct history *history, int err,
							 const char *format, ...);

/* The same for a history that is damaged, and in what way: -EUCLEAN. */
int history_refuse_damaged(struct history *h, const char *what);

/*
 * A statement whose parameters are bound in order: t text, i int64_t, d double
 * (NAN becomes NULL). NULL on failure, which
 * history_failure() then names.
 */
sqlite3_stmt *history_prepare(struct history *history, const char *sql, const char *types, ...);

/* The errno of a prepare that gave NULL. */
int history_failure(const struct history *history);

/* Binds again, after which history_step() begins anew. 0 or an error. */
int history_bind(struct history *history, sqlite3_stmt *statement, const char *types, ...);

/* 1 when there is a row, 0 at the end, or an error. */
int history_step(struct history *history, sqlite3_stmt *statement);

/* Prepares, binds, runs to the end and gives back. */
int history_run(struct history *history, const char *sql, const char *types, ...);

/* The same for a statement with one number as its answer; 0 where there is no row. */
int history_number(struct history *history, int64_t *number, const char *sql, const char *types,
		   ...);

/* Columns: "" for NULL, NAN for NULL. The text lives until the next step. */
const char *history_text(sqlite3_stmt *statement, int column);

/* The same as a string of the caller's, of at most size - 1 bytes, without control characters. */
void history_copy(sqlite3_stmt *statement, int column, char *out, size_t size);
double history_real(sqlite3_stmt *statement, int column);

#endif
