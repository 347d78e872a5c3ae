// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A history.db that is damaged, or whole with rows that no daxmark has written: an
 * input that does not begin like a database is SQL that changes the rows of an
 * empty one.
 */
#include <string.h>

#include "history/detect.h"
#include "history/rebuild.h"
#include "tests/fuzz/support/history.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

static const char magic[] = "SQLite format 3";

/* Rows, and nothing that could reach another file or run on for ever. */
static int only_rows(void *context, int action, const char *a, const char *b, const char *c,
		     const char *d)
{
	(void)context, (void)a, (void)b, (void)c, (void)d;
	switch (action) {
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_SELECT:
	case SQLITE_READ:
		return SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

static int too_long(void *context)
{
	(void)context;
	return 1;
}

static void change_rows(const char *dir, const struct part *sql)
{
	struct history h;
	char text[65536];

	if (sql->size >= sizeof(text) || history_open(&h, dir, HISTORY_CREATE))
		return;
	memcpy(text, sql->data, sql->size);
	text[sql->size] = '\0';
	sqlite3_exec(h.db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
	sqlite3_limit(h.db, SQLITE_LIMIT_LENGTH, 100000);
	sqlite3_set_authorizer(h.db, only_rows, NULL);
	sqlite3_progress_handler(h.db, 100000, too_long, NULL);
	sqlite3_exec(h.db, text, NULL, NULL, NULL);
	history_close(&h);
}

static void use(const char *dir)
{
	struct rebuilt rebuilt;
	struct history h;

	if (history_open(&h, dir, HISTORY_EXISTING)) {
		look_reason(h.error);
	} else {
		if (history_verify(&h))
			look_reason(h.error);
		history_look(&h);
		if (history_compare(&h, history_told, &rebuilt))
			look_reason(h.error);
		if (history_begin(&h) || history_end(&h, detect_all(&h)))
			look_reason(h.error);
		history_look(&h);
		history_close(&h);
	}
	if (history_rebuild(&h, dir, history_told, &rebuilt))
		look_reason(h.error);
	else
		history_close(&h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *dir = input_folder();
	const struct part all = { data, size };

	if (size >= sizeof(magic) && !memcmp(data, magic, sizeof(magic)))
		input_place("history.db", &all);
	else
		change_rows(dir, &all);
	use(dir);
	return 0;
}
