// SPDX-License-Identifier: GPL-2.0-or-later
#include <blkid/blkid.h>
#include <errno.h>
#include <stdio.h>

#include "medium/content.h"

static void name_content(blkid_probe probe, struct content *content)
{
	const char *value, *uuid;

	if (!blkid_probe_lookup_value(probe, "TYPE", &value, NULL))
		snprintf(content->name, sizeof(content->name), "%s", value);
	else if (!blkid_probe_lookup_value(probe, "PTTYPE", &value, NULL))
		snprintf(content->name, sizeof(content->name), "%s partition table", value);
	else
		snprintf(content->name, sizeof(content->name), "something blkid has no name for");
	if (!blkid_probe_lookup_value(probe, "UUID", &uuid, NULL))
		snprintf(content->id, sizeof(content->id), "%s %s", content->name, uuid);
}

/* NULL when the device cannot be read. */
static blkid_probe probe_of(int fd)
{
	blkid_probe probe = blkid_new_probe();

	if (!probe)
		return NULL;
	if (blkid_probe_set_device(probe, fd, 0, 0)) {
		blkid_free_probe(probe);
		return NULL;
	}
	blkid_probe_enable_superblocks(probe, 1);
	blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_TYPE | BLKID_SUBLKS_UUID |
							 BLKID_SUBLKS_MAGIC | BLKID_SUBLKS_BADCSUM);
	blkid_probe_enable_partitions(probe, 1);
	blkid_probe_set_partitions_flags(probe, BLKID_PARTS_FORCE_GPT);
	return probe;
}

int content_find(int fd, struct content *content)
{
	blkid_probe probe = probe_of(fd);
	int error = 0;

	content->name[0] = content->id[0] = '\0';
	if (!probe)
		return -EIO;
	switch (blkid_do_safeprobe(probe)) {
	case 0:
		name_content(probe, content);
		error = -EEXIST;
		break;
	case 1: /* nothing there */
		break;
	case -2:
		snprintf(content->name, sizeof(content->name), "more than one signature");
		error = -EEXIST;
		break;
	default:
		error = -EIO;
	}
	blkid_free_probe(probe);
	return error;
}
