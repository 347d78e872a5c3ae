/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folders that a run makes for itself, and those of runs that were killed.
 *
 * The name holds who made it: daxmark-PID-START-XXXXXX, PID the process and START
 * when it began (field 22 of /proc/PID/stat), so that a folder is known to be left
 * over when there is no such process any more. Results that are not done yet are in
 * such a folder too, a hidden one: .daxmark-PID-START-STAMP, STAMP as 20150401T120000Z.
 *
 * A process of another PID namespace is not seen under its number, so the name alone proves
 * nothing about it. Each process that uses the folder therefore has it open and holds a shared
 * flock(2) on it, which its children inherit; a folder with such a lock stays.
 *
 * Mounts, loop devices and image files need no such mark: they go with the process that made them,
 * unless it left a file system frozen (medium/claim.h).
 */
#ifndef DAXMARK_BASE_LEFTOVER_H
#define DAXMARK_BASE_LEFTOVER_H

#include <stddef.h>

/*
 * Makes such a folder in dir for this process; path gets its name. Returns the descriptor that
 * keeps the folder locked, to be closed when the folder is removed; or a negative errno:
 * -ENAMETOOLONG, or that of the step that failed.
 */
int leftover_make(const char *dir, char *path, size_t size);

/* Removes the folder that leftover_make() made, with what is in it, and closes its descriptor. */
void leftover_end(const char *path, int fd);

/*
 * Removes from dir, with what is in them, the folders of ours whose process is gone and
 * that nobody has locked: those alone that belong to this user, are no mount points and hold none,
 * and no link is followed. told, if not NULL, is called with the path of each. Returns how many
 * were removed, or a negative errno: of dir, or of the first that could not be.
 */
int leftover_remove(const char *dir, void (*told)(const char *path));

#endif
