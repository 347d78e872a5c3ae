// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A device from the moment it is taken until it is given back: what may have come to it
 * in between, and what is written on it then. On a loop device, which takes root; all that
 * a whole run does with devices is in tests/host.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/run.h"
#include "medium/blank.h"
#include "medium/device.h"
#include "medium/loop.h"

#define BYTES (9u << 20)

static char path[32], reason[DEVICE_REASON_MAX];
static struct device device;
static int loop;

static int attach(void **state)
{
	char file[64], why[LOOP_REASON_MAX];

	(void)state;
	snprintf(file, sizeof(file), "/tmp/daxmark-test-device-%d", (int)getpid());
	loop = loop_make(file, BYTES, path, sizeof(path), NULL, why);
	device = (struct device){ .path = path, .limit_ns = DEVICE_LIMIT_NS };
	return 0;
}

static int detach(void **state)
{
	(void)state;
	if (device.lock > 0)
		close(device.lock);
	if (loop >= 0)
		close(loop);
	return 0;
}

/* What is there without loop devices cannot be tried. */
static void need_loop(void)
{
	if (loop < 0)
		skip();
}

static void put(uint64_t offset, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, text, strlen(text), (off_t)offset), strlen(text));
	assert_int_equal(fsync(fd), 0);
	close(fd);
}

/* 0, or -EEXIST with the first byte that is not zero. */
static int look(struct blank *blank)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), result;

	assert_true(fd >= 0);
	result = blank_find(fd, BYTES, BLANK_NO_LIMIT, NULL, blank);
	close(fd);
	return result;
}

static void make(const char *program)
{
	const char *const argv[] = { program, "-q", path, NULL };
	char output[256];

	assert_int_equal(command_run(argv, NULL, output, sizeof(output)), 0);
}

static void expect_reason(const char *words)
{
	if (!strstr(reason, words))
		fail_msg("\"%s\" lacks \"%s\"", reason, words);
}

static void one_that_cannot_be_read_in_time_takes_erase(void **state)
{
	(void)state;
	need_loop();
	device.limit_ns = 0;
	assert_int_equal(device_take(&device, reason), -ETIME);
	expect_reason("cannot be read to its end within 0 s (0 of 9 MiB are blank); to use it, "
		      "its target says erase = yes");
	assert_int_equal(device_release(&device, reason), 0);
	device.erase = true;
	assert_int_equal(device_take(&device, reason), 0);
	assert_int_equal(device_release(&device, reason), 0);
}

static bool stop_at_once(void)
{
	return true;
}

static void one_who_asks_for_an_end_is_heard_while_it_is_read(void **state)
{
	(void)state;
	need_loop();
	device.stop = stop_at_once;
	assert_int_equal(device_take(&device, reason), -EINTR);
	expect_reason("interrupted");
}

static void one_that_was_made_is_blank_again(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	assert_int_equal(device_check(&device, reason), 0);
	make("mke2fs");
	device_made(&device);
	/* what an own run left does not make it refuse itself */
	put(5u << 20, "a file's block");
	assert_int_equal(device_check(&device, reason), 0);
	assert_int_equal(device_release(&device, reason), 0);
	assert_int_equal(look(&blank), 0);
}

static void one_on_which_making_failed_is_blank_again(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	assert_int_equal(device_check(&device, reason), 0);
	put(70000, "the half of a file system");
	device_half_made(&device, "ext4");
	assert_int_equal(device_release(&device, reason), 0);
	assert_int_equal(look(&blank), 0);
}

static void half_of_a_file_system_of_the_kind_asked_for_is_made_blank_again(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	make("mke2fs"); /* an ext2, as an ext4 looks before it has its journal */
	device_half_made(&device, "ext4");
	assert_int_equal(device_check(&device, reason), 0);
	assert_int_equal(device_release(&device, reason), 0);
	assert_int_equal(look(&blank), 0);
}

static void what_others_make_before_making_fails_stays(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	assert_int_equal(device_check(&device, reason), 0);
	make("mkswap");
	device_half_made(&device, "ext4");
	assert_int_equal(device_check(&device, reason), -EEXIST);
	expect_reason("holds swap; to overwrite it");
	assert_int_equal(device_release(&device, reason), -EEXIST);
	expect_reason("what this run wrote to it stays there");
	assert_int_equal(look(&blank), -EEXIST);
}

static void what_others_use_when_making_fails_stays(void **state)
{
	struct blank blank;
	int fd;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	make("mke2fs");
	fd = open(path, O_RDWR | O_EXCL | O_CLOEXEC); /* as the kernel holds what is mounted */
	assert_true(fd >= 0);
	device_half_made(&device, "ext4");
	close(fd);
	assert_int_equal(device_check(&device, reason), -EEXIST);
	assert_int_equal(device_release(&device, reason), -EEXIST);
	expect_reason("what this run wrote to it stays there");
	assert_int_equal(look(&blank), -EEXIST);
}

static void one_on_which_nothing_was_made_is_not_written(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	put(70000, "of someone else");
	assert_int_equal(device_check(&device, reason), -EEXIST);
	expect_reason("holds data from byte 70000 on; to overwrite it");
	assert_int_equal(device_release(&device, reason), 0);
	assert_int_equal(look(&blank), -EEXIST);
	assert_int_equal(blank.offset, 70000);
}

static void what_others_make_in_place_of_ours_stays(void **state)
{
	struct blank blank;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	make("mke2fs");
	device_made(&device);
	make("mkswap");
	assert_int_equal(device_check(&device, reason), -EEXIST);
	expect_reason("holds swap; to overwrite it");
	assert_int_equal(device_release(&device, reason), -EEXIST);
	expect_reason("holds no longer what this run made on it; what this run wrote to it stays "
		      "there");
	assert_int_equal(look(&blank), -EEXIST);
}

static void a_file_system_that_is_another_of_its_kind_is_not_ours(void **state)
{
	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	make("mke2fs");
	device_made(&device);
	make("mke2fs");
	assert_int_equal(device_check(&device, reason), -EEXIST);
	assert_int_equal(device_release(&device, reason), -EEXIST);
}

static void where_ours_is_gone_the_device_is_not_written(void **state)
{
	char zeros[4096] = "";
	int fd;

	(void)state;
	need_loop();
	assert_int_equal(device_take(&device, reason), 0);
	make("mke2fs");
	device_made(&device);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, zeros, sizeof(zeros), 0), sizeof(zeros));
	close(fd);
	assert_int_equal(device_check(&device, reason), -EEXIST);
	expect_reason("holds no longer what this run made on it");
	assert_int_equal(device_release(&device, reason), -EEXIST);
}

#define ON_LOOP(test) cmocka_unit_test_setup_teardown(test, attach, detach)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_LOOP(one_that_cannot_be_read_in_time_takes_erase),
		ON_LOOP(one_who_asks_for_an_end_is_heard_while_it_is_read),
		ON_LOOP(one_that_was_made_is_blank_again),
		ON_LOOP(one_on_which_making_failed_is_blank_again),
		ON_LOOP(half_of_a_file_system_of_the_kind_asked_for_is_made_blank_again),
		ON_LOOP(what_others_make_before_making_fails_stays),
		ON_LOOP(what_others_use_when_making_fails_stays),
		ON_LOOP(one_on_which_nothing_was_made_is_not_written),
		ON_LOOP(what_others_make_in_place_of_ours_stays),
		ON_LOOP(a_file_system_that_is_another_of_its_kind_is_not_ours),
		ON_LOOP(where_ours_is_gone_the_device_is_not_written),
	};

	/* where mke2fs and mkswap are, for those whose PATH lacks it */
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
