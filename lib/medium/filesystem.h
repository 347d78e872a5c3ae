/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target: a fresh file system, mounted, of which it is proved whether its
 * files are DAX or go through the page cache.
 *
 * The proof matters because a request is none: ext2 mounts happily without
 * DAX when it cannot have it.
 */
#ifndef DAXMARK_MEDIUM_FILESYSTEM_H
#define DAXMARK_MEDIUM_FILESYSTEM_H

#include <stdbool.h>
#include <stdint.h>

#include "medium/source.h"
#include "record/kinds.h"

#define TARGET_REASON_MAX 512

struct target {
	const char *fs;	       /* one of target_filesystems */
	const char *access;    /* one of target_accesses */
	struct source *source; /* where; NULL for one that lives in memory */
	uint64_t size;	       /* of the device, or free in the folder, bytes */
	char dir[192];	       /* where its files are, "" while there is none */
	int folder;	       /* keeps dir locked (base/leftover.h), while there is one */
	char mkfs[512];	       /* the command that made it, "" if it was there */
	char mount[512];       /* options, as /proc/self/mountinfo has them */
	enum dax_state dax;
	char proof[256]; /* how dax is known, in words */
};

/* What can be asked for; NULL-terminated. */
extern const char *const target_filesystems[];
extern const char *const target_accesses[];

bool target_wants_dax(const struct target *target);

/*
 * Whether the file system belongs to others as well, and is thus never frozen:
 * the target is a folder in it.
 */
bool target_is_borrowed(const struct target *target);

/* Whether the target lives in memory and takes no source. */
bool target_needs_no_source(const char *fs);

/*
 * Whether a file of the target, open as fd, is DAX; proof (size bytes) gets in
 * words how that is known.
 */
enum dax_state target_file_dax(const struct target *target, int fd, char *proof, size_t size);

/*
 * Makes the file system on target->source, mounts it in a new folder under base
 * and proves its access; or, when the source is a folder, makes a new one in it
 * and proves that it has the file system and the access asked for. fs, access
 * and source are set by the caller. The source is open; what its
 * device holds is looked at once more, and then lost.
 *
 * Returns 0; or a negative errno and one line in reason, with nothing left
 * mounted: -ENOTSUP when what was asked for cannot be had here, else what the
 * failing step gave.
 */
int target_make(struct target *target, const char *base, char reason[TARGET_REASON_MAX]);

/*
 * Unmounts, or empties a folder in one that stays, and removes the folder. 0 or
 * the negative errno of the step that failed.
 */
int target_unmake(struct target *target);

#endif
