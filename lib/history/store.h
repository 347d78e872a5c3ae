/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that are on the disk when the function returns, and whole or absent
 * whenever a machine or program dies. All return 0 or a negative errno.
 */
#ifndef DAXMARK_HISTORY_STORE_H
#define DAXMARK_HISTORY_STORE_H

/* Text and a newline become the file at path, in the place of an earlier one. */
int store_text(const char *path, const char *text);

/* A copy of the file at from, which must not be there yet. */
int store_copy(const char *from, const char *path);

/* Makes what was created, renamed or removed in a folder last. */
int store_folder(const char *path);

/* Waits for the lock of a folder: a descriptor, whose close() gives it back. */
int store_lock(const char *path);

#endif
