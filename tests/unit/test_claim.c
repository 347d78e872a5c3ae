// SPDX-License-Identifier: GPL-2.0-or-later
/* What a claim says, and whose counts. */
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "medium/claim.h"
#include "medium/mend.h"

static char base[] = "/tmp/daxmark-test-XXXXXX";
static char folder[64];
static char reason[CLAIM_REASON_MAX];

static int set_up(void **state)
{
	(void)state;
	snprintf(base, sizeof(base), "/tmp/daxmark-test-XXXXXX");
	if (!mkdtemp(base))
		return -1;
	snprintf(folder, sizeof(folder), "%s/claims", base);
	claim_folder = folder;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return rmdir(base);
}

static int read_claim(const char *name, struct claim *claim)
{
	int fd = claim_open_folder();
	int error = fd;

	memset(claim, 0, sizeof(*claim));
	if (fd >= 0)
		error = claim_read(fd, name, claim);
	if (fd >= 0)
		close(fd);
	return error;
}

static int begin(struct claim *claim)
{
	const struct stat file = { .st_dev = 77, .st_ino = 99 };

	return claim_begin(claim, "/dev/loop77", makedev(7, 77), &file, reason);
}

static void what_is_written_is_read(void **state)
{
	struct claim claim, seen;
	char boot[40];

	(void)state;
	claim_boot(boot);
	assert_int_equal(begin(&claim), 0);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	assert_string_equal(seen.name, claim.name);
	assert_string_equal(seen.boot, boot);
	assert_string_equal(seen.path, "/dev/loop77");
	assert_string_equal(seen.fs, "");
	assert_string_equal(seen.uuid, "");
	assert_int_equal(seen.run.pid, getpid());
	assert_int_equal(process_state(&seen.run), PROCESS_LIVES);
	assert_int_equal(seen.guard.pid, 0);
	assert_int_equal(seen.major, 7);
	assert_int_equal(seen.minor, 77);
	assert_int_equal(seen.file_device, 77);
	assert_int_equal(seen.file_inode, 99);
	assert_true(seen.locked);
	assert_int_equal(claim_guard(&claim, getppid()), 0);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	assert_int_equal(seen.guard.pid, getppid());
	claim_end(&claim);
	assert_int_equal(access(folder, F_OK), -1);
}

/* Who can open the folder can lock it, and a run of root would wait for him. */
static void nobody_else_can_open_folder_or_claim(void **state)
{
	struct claim claim;
	char path[256];
	struct stat st;

	(void)state;
	assert_int_equal(begin(&claim), 0);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	snprintf(path, sizeof(path), "%s/%s", folder, claim.name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	claim_end(&claim);
}

static void a_folder_that_others_can_open_is_closed_to_them(void **state)
{
	struct claim claim;
	struct stat st;

	(void)state;
	assert_int_equal(mkdir(folder, 0755), 0);
	assert_int_equal(begin(&claim), 0);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	claim_end(&claim);
}

/* How many calls of flock() find a lock of somebody else first. */
static int locked_by_others;

int flock(int fd, int operation)
{
	if (!locked_by_others)
		return (int)syscall(SYS_flock, fd, operation);
	locked_by_others--;
	errno = EWOULDBLOCK;
	return -1;
}

static void a_new_claim_that_someone_reads_is_written_once_more(void **state)
{
	struct claim claim, seen;

	(void)state;
	locked_by_others = 3;
	assert_int_equal(begin(&claim), 0);
	assert_int_equal(locked_by_others, 0);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	assert_true(seen.locked);
	claim_end(&claim);
	assert_int_equal(access(folder, F_OK), -1);
}

/* mkfs leaves the first KiB, and with it the mark of an encrypted device. */
static void a_signature_that_mkfs_has_left_hides_no_uuid(void **state)
{
	char path[128], command[256], uuid[40] = "";
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/image", base);
	snprintf(command, sizeof(command), "PATH=$PATH:/usr/sbin:/sbin mke2fs -q -F -t ext4 %s 16M",
		 path);
	assert_int_equal(system(command), 0);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, "LUKS\272\276\0\1", 8, 0), 8);
	close(fd);
	assert_int_equal(claim_uuid(path, "ext4", uuid), 0);
	assert_int_equal(strlen(uuid), 36);
	assert_true(claim_uuid(path, "xfs", uuid) < 0);
	unlink(path);
}

static void freezes_are_read_as_they_are_counted(void **state)
{
	struct claim claim, seen;

	(void)state;
	assert_int_equal(begin(&claim), 0);
	atomic_store(claim.freezes, 41);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	assert_int_equal(seen.frozen_count, 41);
	/* what is written later leaves it */
	assert_int_equal(claim_guard(&claim, getpid()), 0);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	assert_int_equal(seen.frozen_count, 41);
	atomic_store(claim.freezes, 42);
	claim_end(&claim);
}

static void a_claim_of_what_may_be_frozen_outlives_its_run(void **state)
{
	struct claim claim, seen;
	char name[sizeof(claim.name)];

	(void)state;
	assert_int_equal(begin(&claim), 0);
	memcpy(name, claim.name, sizeof(name));
	atomic_store(claim.freezes, 41);
	claim_end(&claim);
	assert_int_equal(read_claim(name, &seen), 0);
	assert_int_equal(seen.frozen_count, 41);
	assert_false(seen.locked);
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(access(folder, F_OK), -1);
}

static void the_folder_stays_as_long_as_another_claim_is_there(void **state)
{
	struct claim one, other, seen;

	(void)state;
	assert_int_equal(begin(&one), 0);
	assert_int_equal(claim_begin(&other, "/dev/loop78", makedev(7, 78), NULL, reason), 0);
	claim_end(&one);
	assert_int_equal(read_claim(other.name, &seen), 0);
	assert_int_equal(seen.file_inode, 0);
	claim_end(&other);
	assert_int_equal(access(folder, F_OK), -1);
}

static void a_folder_that_others_can_write_to_is_refused(void **state)
{
	struct claim claim;

	(void)state;
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(chmod(folder, 0777), 0);
	assert_int_equal(claim_open_folder(), -EPERM);
	assert_int_equal(begin(&claim), -ENOTSUP);
	assert_non_null(strstr(reason, folder));
	assert_string_equal(claim.name, "");
	claim_end(&claim);
	assert_int_equal(mend_all(NULL), -EPERM);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void a_folder_reached_by_a_link_is_refused(void **state)
{
	(void)state;
	assert_int_equal(symlink(base, folder), 0);
	assert_true(claim_open_folder() < 0);
	assert_int_equal(unlink(folder), 0);
}

static void a_claim_that_others_can_write_to_does_not_count(void **state)
{
	struct claim claim, seen;
	char path[256];

	(void)state;
	assert_int_equal(begin(&claim), 0);
	snprintf(path, sizeof(path), "%s/%s", folder, claim.name);
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(read_claim(claim.name, &seen), -EPERM);
	claim_end(&claim);
}

static void a_claim_under_another_name_is_none(void **state)
{
	struct claim claim, seen;
	char from[256], to[256];

	(void)state;
	assert_int_equal(begin(&claim), 0);
	snprintf(from, sizeof(from), "%s/%s", folder, claim.name);
	snprintf(to, sizeof(to), "%s/1-1-1-7-77", folder);
	assert_int_equal(link(from, to), 0);
	assert_int_equal(read_claim("1-1-1-7-77", &seen), -EINVAL);
	unlink(to);
	snprintf(to, sizeof(to), "%s/mine", folder);
	assert_int_equal(link(from, to), 0);
	assert_int_equal(read_claim("mine", &seen), -EINVAL);
	assert_int_equal(seen.run.pid, 0);
	unlink(to);
	claim_end(&claim);
}

/* Of a process that is gone. */
static void leave_claim_of(const char *device, dev_t number, const struct stat *file, char *name,
			   size_t size)
{
	char path[256];
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid) {
		struct claim claim;

		_exit(claim_begin(&claim, device, number, file, reason) != 0);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	snprintf(path, sizeof(path), "ls %s", folder);
	FILE *list = popen(path, "r");

	assert_non_null(list);
	assert_non_null(fgets(name, (int)size, list));
	name[strcspn(name, "\n")] = '\0';
	pclose(list);
}

/* With so many bytes of it. */
static void leave(char *name, size_t size, off_t bytes)
{
	const struct stat file = { .st_dev = 77, .st_ino = 99 };
	char path[256];

	leave_claim_of("/dev/loop77", makedev(7, 77), &file, name, size);
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(truncate(path, bytes), 0);
}

static void what_a_killed_run_left_is_removed(void **state)
{
	struct claim seen;
	char name[128];

	(void)state;
	leave(name, sizeof(name), 8192);
	assert_int_equal(read_claim(name, &seen), 0);
	assert_false(seen.locked);
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(access(folder, F_OK), -1);
}

static void half_a_claim_is_removed_when_its_run_is_gone(void **state)
{
	static const off_t sizes[] = { 0, 10, 100, 768, 4096, 4099 };
	char name[128];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct claim seen;

		leave(name, sizeof(name), sizes[i]);
		assert_int_equal(read_claim(name, &seen), -EINVAL);
		assert_int_equal(mend_all(NULL), 0);
		assert_int_equal(access(folder, F_OK), -1);
	}
}

static void the_claim_of_a_run_that_lasts_is_left_alone(void **state)
{
	struct claim claim, seen;

	(void)state;
	assert_int_equal(begin(&claim), 0);
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(read_claim(claim.name, &seen), 0);
	claim_end(&claim);
}

/* Its run will want the lock that reading it would take. */
static void a_claim_that_is_being_written_is_not_opened(void **state)
{
	char from[256], to[256], name[128];
	struct claim claim, seen;

	(void)state;
	assert_int_equal(begin(&claim), 0);
	snprintf(name, sizeof(name), "%s.new", claim.name);
	snprintf(from, sizeof(from), "%s/%s", folder, claim.name);
	snprintf(to, sizeof(to), "%s/%s", folder, name);
	assert_int_equal(link(from, to), 0);
	assert_int_equal(read_claim(name, &seen), -EBUSY);
	assert_int_equal(seen.run.pid, getpid());
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(unlink(to), 0);
	claim_end(&claim);
}

static void a_claim_that_was_never_whole_is_removed_when_its_run_is_gone(void **state)
{
	char from[256], to[256], name[128];

	(void)state;
	leave(name, sizeof(name), 8192);
	snprintf(from, sizeof(from), "%s/%s", folder, name);
	snprintf(to, sizeof(to), "%s/%s.new", folder, name);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(access(folder, F_OK), -1);
}

/* A loop device on a new file: its descriptor, or -1 where there are none. */
static int attach_loop(struct stat *device, struct stat *file)
{
	char path[128];
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), loop, backing;

	if (control < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/image", base);
	backing = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(ftruncate(backing, 1 << 20), 0);
	assert_int_equal(fstat(backing, file), 0);
	do {
		snprintf(path, sizeof(path), "/dev/loop%d", ioctl(control, LOOP_CTL_GET_FREE));
		loop = open(path, O_RDWR | O_CLOEXEC);
		if (loop < 0)
			break;
		assert_int_equal(fstat(loop, device), 0);
	} while (ioctl(loop, LOOP_SET_FD, backing) && errno == EBUSY && !close(loop));
	close(backing);
	close(control);
	return loop;
}

static bool is_attached(int loop)
{
	struct loop_info64 info;

	return !ioctl(loop, LOOP_GET_STATUS64, &info);
}

/* Its number and the inode of its file, those of the run, were given again. */
static void a_loop_device_without_the_name_of_the_claim_is_left_attached(void **state)
{
	struct stat device, file;
	char path[32], name[128];
	int loop = geteuid() ? -1 : attach_loop(&device, &file);

	(void)state;
	if (loop < 0)
		skip();
	snprintf(path, sizeof(path), "/dev/loop%u", minor(device.st_rdev));
	leave_claim_of(path, device.st_rdev, &file, name, sizeof(name));
	/* nobody has it open, and still it stays */
	close(loop);
	assert_int_equal(mend_all(NULL), 0);
	assert_int_equal(access(folder, F_OK), -1);
	loop = open(path, O_RDWR | O_CLOEXEC);
	assert_true(is_attached(loop));
	assert_int_equal(ioctl(loop, LOOP_CLR_FD, 0), 0);
	close(loop);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_written_is_read),
		IN_FOLDER(nobody_else_can_open_folder_or_claim),
		IN_FOLDER(a_folder_that_others_can_open_is_closed_to_them),
		IN_FOLDER(a_new_claim_that_someone_reads_is_written_once_more),
		IN_FOLDER(a_signature_that_mkfs_has_left_hides_no_uuid),
		IN_FOLDER(freezes_are_read_as_they_are_counted),
		IN_FOLDER(a_claim_of_what_may_be_frozen_outlives_its_run),
		IN_FOLDER(the_folder_stays_as_long_as_another_claim_is_there),
		IN_FOLDER(a_folder_that_others_can_write_to_is_refused),
		IN_FOLDER(a_folder_reached_by_a_link_is_refused),
		IN_FOLDER(a_claim_that_others_can_write_to_does_not_count),
		IN_FOLDER(a_claim_under_another_name_is_none),
		IN_FOLDER(what_a_killed_run_left_is_removed),
		IN_FOLDER(half_a_claim_is_removed_when_its_run_is_gone),
		IN_FOLDER(the_claim_of_a_run_that_lasts_is_left_alone),
		IN_FOLDER(a_loop_device_without_the_name_of_the_claim_is_left_attached),
		IN_FOLDER(a_claim_that_is_being_written_is_not_opened),
		IN_FOLDER(a_claim_that_was_never_whole_is_removed_when_its_run_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
