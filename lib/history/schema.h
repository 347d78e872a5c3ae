/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in history.db, version by version. docs/history.md explains it. */
#ifndef DAXMARK_HISTORY_SCHEMA_H
#define DAXMARK_HISTORY_SCHEMA_H

/* "daxm", by which a history.db is known. */
#define SCHEMA_APPLICATION 0x6461786d

/* steps[i] brings version i to version i + 1; NULL-terminated. */
extern const char *const schema_steps[];

/* The version after the last step. */
int schema_version(void);

#endif
