// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which devices have bytes in common, by a sysfs of files: md, dm, multipath and many
 * disks are not on every machine. Real loop devices: tests/host/device_shared.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <cmocka.h>

#include "medium/overlap.h"

static char sys[64];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static void make_folder(const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", sys, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int begin(void **state)
{
	(void)state;
	snprintf(sys, sizeof(sys), "/tmp/daxmark-test-overlap-XXXXXX");
	if (!mkdtemp(sys))
		return -1;
	make_folder("dev");
	make_folder("dev/block");
	make_folder("devices");
	return 0;
}

static int end(void **state)
{
	(void)state;
	return nftw(sys, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* An attribute of a device, "sda/sda1", with its folder where it has one. */
static void attribute(const char *device, const char *name, const char *value)
{
	char path[PATH_MAX], folder[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/devices/%s/%s", sys, device, name);
	if (strchr(name, '/')) {
		snprintf(folder, sizeof(folder), "%s", path);
		*strrchr(folder, '/') = '\0';
		mkdir(folder, 0700);
	}
	file = fopen(path, "we");
	assert_non_null(file);
	fprintf(file, "%s\n", value);
	assert_int_equal(fclose(file), 0);
}

static void device(const char *name, const char *number, const char *sectors)
{
	char path[PATH_MAX], target[PATH_MAX], folder[64];

	snprintf(folder, sizeof(folder), "devices/%s", name);
	make_folder(folder);
	snprintf(target, sizeof(target), "../../devices/%s", name);
	snprintf(path, sizeof(path), "%s/dev/block/%s", sys, number);
	assert_int_equal(symlink(target, path), 0);
	attribute(name, "dev", number);
	attribute(name, "size", sectors);
}

static void partition(const char *name, const char *number, const char *start, const char *sectors)
{
	device(name, number, sectors);
	attribute(name, "partition", "1");
	attribute(name, "start", start);
}

/* What md or dm make upper of: sysfs has the lower one as a link. */
static void part_of(const char *upper, const char *lower)
{
	const char *last = strrchr(lower, '/');
	char path[PATH_MAX], target[PATH_MAX];

	snprintf(path, sizeof(path), "%s/devices/%s/slaves", sys, upper);
	mkdir(path, 0700);
	snprintf(target, sizeof(target), "%s/devices/%s", sys, lower);
	snprintf(path, sizeof(path), "%s/devices/%s/slaves/%s", sys, upper,
		 last ? last + 1 : lower);
	assert_int_equal(symlink(target, path), 0);
}

static void on_file(const char *name, const char *path, const char *offset, const char *limit)
{
	attribute(name, "loop/backing_file", path);
	attribute(name, "loop/offset", offset);
	attribute(name, "loop/sizelimit", limit);
}

struct seen {
	char names[256]; /* in any order, each with a blank behind it, and + for one above */
};

static int note(const struct overlap *overlap, void *data)
{
	struct seen *seen = data;
	size_t used = strlen(seen->names);

	snprintf(seen->names + used, sizeof(seen->names) - used, "%s%s ", overlap->name,
		 overlap->above ? "+" : "");
	return 0;
}

static void expect(unsigned int high, unsigned int low, size_t n, ...)
{
	struct seen seen = { "" };
	size_t length = 0;
	va_list names;

	assert_int_equal(overlap_each(sys, makedev(high, low), note, &seen), 0);
	va_start(names, n);
	for (size_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "%s ", va_arg(names, const char *));
		length += strlen(name);
		if (!strstr(seen.names, name))
			fail_msg("%sis not among: %s", name, seen.names);
	}
	va_end(names);
	if (strlen(seen.names) != length)
		fail_msg("more than wanted: %s", seen.names);
}

static void a_disk_and_its_partitions(void **state)
{
	(void)state;
	device("sda", "8:0", "1000000");
	partition("sda/sda1", "8:1", "2048", "400000");
	partition("sda/sda2", "8:2", "402048", "400000");
	device("sdb", "8:16", "1000000");
	expect(8, 0, 2, "sda1+", "sda2+");
	/* the kernel itself lets nobody mount the disk beside a partition */
	expect(8, 1, 0);
	expect(8, 16, 0);
}

static void what_a_loop_device_lies_on(void **state)
{
	(void)state;
	device("loop900", "7:900", "100000");
	device("loop901", "7:901", "100000");
	device("loop902", "7:902", "100000");
	device("loop903", "7:903", "50000");
	device("loop904", "7:904", "50000");
	device("loop905", "7:905", "0");
	on_file("loop900", "/images/one", "0", "0");
	on_file("loop901", "/images/one", "0", "0");
	on_file("loop902", "/images/two", "0", "0");
	on_file("loop903", "/images/one", "0", "25600000");
	on_file("loop904", "/images/one", "25600000", "0");
	expect(7, 900, 3, "loop901", "loop903", "loop904");
	expect(7, 902, 0);
	expect(7, 903, 2, "loop900", "loop901");
	expect(7, 905, 0);
}

static void logical_volumes_are_apart_and_their_disk_is_not(void **state)
{
	(void)state;
	device("sda", "8:0", "1000000");
	partition("sda/sda1", "8:1", "2048", "400000");
	device("dm-0", "253:0", "1000");
	device("dm-1", "253:1", "1000");
	device("dm-2", "253:2", "1000");
	part_of("dm-0", "sda/sda1");
	part_of("dm-1", "sda/sda1");
	part_of("dm-2", "dm-1");
	expect(253, 0, 0);
	expect(253, 1, 1, "dm-2+");
	expect(253, 2, 0);
	expect(8, 1, 3, "dm-0+", "dm-1+", "dm-2+");
	expect(8, 0, 4, "sda1+", "dm-0+", "dm-1+", "dm-2+");
}

static void an_array_of_many_disks(void **state)
{
	char name[16], number[16], part[32];

	(void)state;
	device("md0", "9:0", "1000");
	for (int i = 0; i < 60; i++) {
		snprintf(name, sizeof(name), "d%02d", i);
		snprintf(number, sizeof(number), "65:%d", 16 * i);
		device(name, number, "1000000");
		attribute(name, "wwid", name);
		snprintf(part, sizeof(part), "d%02d/d%02dp1", i, i);
		snprintf(number, sizeof(number), "65:%d", 16 * i + 1);
		partition(part, number, "2048", "400000");
		part_of("md0", part);
	}
	expect(9, 0, 0);
	expect(65, 16 * 59, 2, "d59p1+", "md0+");
}

static void two_paths_to_one_disk(void **state)
{
	(void)state;
	device("sda", "8:0", "1000000");
	device("sdb", "8:16", "1000000");
	device("sdc", "8:32", "1000000");
	partition("sdb/sdb1", "8:17", "2048", "400000");
	attribute("sda", "device/wwid", "naa.5000c500a1b2c3d4");
	attribute("sdb", "device/wwid", "naa.5000c500a1b2c3d4");
	attribute("sdc", "device/wwid", "naa.5000c500a1b2c3d5");
	expect(8, 0, 2, "sdb", "sdb1");
	expect(8, 32, 0);
}

static void a_name_with_a_slash_is_the_one_of_its_node(void **state)
{
	char name[32];

	(void)state;
	device("cciss!c0d0", "104:0", "1000");
	assert_int_equal(overlap_name(sys, makedev(104, 0), name, sizeof(name)), 0);
	assert_string_equal(name, "cciss/c0d0");
}

static void a_device_that_sysfs_lacks_is_an_error(void **state)
{
	struct seen seen = { "" };

	(void)state;
	assert_int_equal(overlap_each(sys, makedev(8, 0), note, &seen), -ENOENT);
}

#define IN_SYSFS(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SYSFS(a_disk_and_its_partitions),
		IN_SYSFS(what_a_loop_device_lies_on),
		IN_SYSFS(logical_volumes_are_apart_and_their_disk_is_not),
		IN_SYSFS(an_array_of_many_disks),
		IN_SYSFS(two_paths_to_one_disk),
		IN_SYSFS(a_name_with_a_slash_is_the_one_of_its_node),
		IN_SYSFS(a_device_that_sysfs_lacks_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
