// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/leftover.h"
#include "medium/loop.h"
#include "medium/source.h"

static int open_directory(struct source *source, char *reason)
{
	struct statvfs space;
	struct stat st;
	int error = 0;

	if (stat(source->directory, &st) || access(source->directory, W_OK | X_OK) ||
	    statvfs(source->directory, &space))
		error = -errno;
	else if (!S_ISDIR(st.st_mode))
		error = -ENOTDIR;
	else
		source->size = (uint64_t)space.f_bavail * space.f_frsize;
	if (error)
		snprintf(reason, SOURCE_REASON_MAX, "%s: %s", source->directory, strerror(-error));
	else
		leftover_remove(source->directory, NULL);
	return error;
}

static int open_device(struct source *source, char *reason)
{
	const char *name = source->device;
	int error;

	source->held = (struct device){ .path = source->device,
					.erase = source->erase,
					.limit_ns = DEVICE_LIMIT_NS,
					.stop = source->stop };
	error = device_take(&source->held, reason);
	source->size = source->held.size;
	/* mkfs and mount look the name up again, and a link may lead elsewhere by then */
	if (source->held.node[0])
		name = source->held.node;
	snprintf(source->block, sizeof(source->block), "%s", name);
	if (!error && strlen(name) >= sizeof(source->block)) {
		error = -ENAMETOOLONG;
		snprintf(reason, SOURCE_REASON_MAX, "%s: %s", source->device, strerror(-error));
	}
	if (!error && source->claimed)
		error = claim_begin(&source->claim, source->block, source->held.number, NULL,
				    reason);
	return error;
}

static int open_any(struct source *source, char *reason)
{
	int loop;

	if (source->directory)
		return open_directory(source, reason);
	if (source->file) {
		loop = loop_make(source->file, source->size, source->block, sizeof(source->block),
				 source->claimed ? &source->claim : NULL, reason);
		source->loop = loop < 0 ? -1 : loop;
		return loop < 0 ? loop : 0;
	}
	return open_device(source, reason);
}

int source_open(struct source *source, char reason[SOURCE_REASON_MAX])
{
	int error;

	source->block[0] = '\0';
	source->loop = -1;
	memset(&source->held, 0, sizeof(source->held));
	memset(&source->claim, 0, sizeof(source->claim));
	error = open_any(source, reason);
	if (error || source->size >= SOURCE_BYTES_MIN)
		return error;
	snprintf(reason, SOURCE_REASON_MAX, "%s: there are %.1f MiB where %u MiB are needed",
		 source->directory ? source->directory : source->block,
		 (double)source->size / (1 << 20), SOURCE_BYTES_MIN >> 20);
	return -ENOSPC;
}

int source_close(struct source *source, char reason[SOURCE_REASON_MAX])
{
	int error;

	if (source->loop >= 0)
		close(source->loop);
	source->loop = -1;
	error = source->device ? device_release(&source->held, reason) : 0;
	claim_end(&source->claim);
	return error;
}

/* A file that we made and a folder that is only written in are nobody else's. */
int source_check(struct source *source, char *reason, size_t size)
{
	char text[DEVICE_REASON_MAX];
	int error = source->device ? device_check(&source->held, text) : 0;

	if (error)
		snprintf(reason, size, "%s", text);
	return error;
}

void source_made(struct source *source)
{
	if (source->device)
		device_made(&source->held);
}

void source_half_made(struct source *source, const char *fs)
{
	if (source->device)
		device_half_made(&source->held, fs);
}
