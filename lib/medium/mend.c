// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "medium/claim.h"
#include "medium/claimed.h"
#include "medium/mend.h"
#include "medium/mounted.h"

/* How long a killed guard may take to go, and the kernel to give up a loop device. */
#define GUARD_MS 5000
#define LOOP_MS	 5000
#define STEP_MS	 50

/* Exit status of the process that thaws: an errno, or one of these. */
enum { THAWED = 0, WAS_NOT_FROZEN = 255 };

struct mending {
	mend_told *told;
	int folder;
	int error; /* the first */
};

static int say(const struct mending *mending, const struct claim *claim, int error,
	       const char *what)
{
	char line[640];

	snprintf(line, sizeof(line), "%s: left by run %d, which was killed: %s%s%s", claim->path,
		 claim->run.pid, what, error ? ": " : "", error ? strerror(-error) : "");
	if (mending->told)
		mending->told(!error, line);
	return error;
}

/* It thaws when its run is gone; one that was stopped does not. */
static int end_guard(const struct process *guard)
{
	struct pollfd event = { .events = POLLIN };
	int error = 0;
	pid_t pid;

	if (!guard->pid || process_find(guard, &pid) != PROCESS_LIVES)
		return 0;
	event.fd = pidfd_open(pid, 0);
	/* with the descriptor in hand the number means one process for certain */
	if (event.fd < 0 || process_state(guard) != PROCESS_LIVES)
		goto close;
	if (pidfd_send_signal(event.fd, SIGKILL, NULL, 0) && errno != ESRCH)
		error = -errno;
	else if (poll(&event, 1, GUARD_MS) <= 0)
		error = -ETIME;
close:
	if (event.fd >= 0)
		close(event.fd);
	return error;
}

static void wait_a_little(void)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };

	nanosleep(&step, NULL);
}

/* It goes with its last user; one of a kernel before 5.8 may have to be told. */
static int give_up_loop(const struct claim *claim)
{
	int ours = claimed_loop(claim), error = 0, fd;

	for (int ms = 0; ours == 1 && ms < LOOP_MS; ms += STEP_MS) {
		wait_a_little();
		ours = claimed_loop(claim);
	}
	if (ours <= 0)
		return ours;
	fd = open(claim->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, LOOP_CLR_FD, 0))
		error = -errno;
	if (fd >= 0)
		close(fd);
	return error;
}

/* To mount the device again leads to the file system that is still active. */
static int thaw_mounted(const struct claim *claim, const char *dir)
{
	int status, fd;

	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return errno;
	if (mount(claim->path, dir, claim->fs, 0, NULL))
		return errno;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	status = !ioctl(fd, FITHAW, 0) ? THAWED : errno == EINVAL ? WAS_NOT_FROZEN : errno;
	close(fd);
	return umount2(dir, UMOUNT_NOFOLLOW) && status == THAWED ? errno : status;
}

/* In a process of its own, with whose mount namespace the mount goes. */
static int thaw(const struct claim *claim, bool *was_frozen)
{
	char dir[160];
	int status = 0, error = 0;
	pid_t pid;

	snprintf(dir, sizeof(dir), "%s/mount", claim_folder);
	if (mkdir(dir, 0700) && errno != EEXIST)
		return -errno;
	pid = fork();
	if (!pid)
		_exit(thaw_mounted(claim, dir));
	while (pid > 0 && waitpid(pid, &status, 0) < 0) {
		error = errno == EINTR ? 0 : -errno;
		if (error)
			break;
	}
	rmdir(dir);
	if (pid < 0 || error)
		return error ? error : -EAGAIN;
	if (!WIFEXITED(status))
		return -EINTR;
	*was_frozen = WEXITSTATUS(status) == THAWED;
	return WEXITSTATUS(status) == WAS_NOT_FROZEN ? 0 : -WEXITSTATUS(status);
}

/* Whoever has it mounted may have frozen it, too. */
static int refuse_mounted(const struct mending *mending, const struct claim *claim)
{
	char where[128], text[384];
	int mounted;

	if (!process_sees_all())
		return say(mending, claim, -EPERM,
			   "not thawed, because from this PID namespace it is not seen who else "
			   "has it mounted");
	/* the namespace of a run that has ended is gone, and its inode number given again */
	mounted = mounted_elsewhere(claim->major, claim->minor, claim->locked ? claim->mounts : 0,
				    where, sizeof(where));
	if (mounted < 0)
		return say(mending, claim, mounted,
			   "not thawed, because it is not seen who else has it mounted");
	if (!mounted)
		return 0;
	snprintf(text, sizeof(text),
		 "not thawed, because it is mounted on %s; if it is frozen, fsfreeze -u %s", where,
		 where);
	return say(mending, claim, -EBUSY, text);
}

static int mend_filesystem(const struct mending *mending, const struct claim *claim)
{
	char text[64];
	bool was_frozen = false;
	/* what it did not freeze is not the run's */
	int ours = claim->frozen_count % 2 ? claimed_filesystem(claim) : 0;
	int error;

	if (ours < 0)
		return say(mending, claim, ours, "cannot be looked at");
	if (!ours)
		return 0;
	error = refuse_mounted(mending, claim);
	if (error)
		return error;
	error = thaw(claim, &was_frozen);
	if (error)
		return say(mending, claim, error, "cannot be thawed");
	if (was_frozen) {
		snprintf(text, sizeof(text), "thawed %s, which it had frozen", claim->fs);
		say(mending, claim, 0, text);
	}
	return 0;
}

static int mend_here(const struct mending *mending, struct claim *claim)
{
	int error = end_guard(&claim->guard), ours;

	if (error)
		return say(mending, claim, error, "its guard cannot be ended");
	ours = claimed_device(claim);
	if (ours > 0 && claim->file_inode)
		ours = claimed_loop(claim);
	if (ours < 0)
		return say(mending, claim, ours, "cannot be looked at");
	if (!ours)
		return 0;
	error = mend_filesystem(mending, claim);
	if (error || !claim->file_inode)
		return error;
	error = give_up_loop(claim);
	return error ? say(mending, claim, error, "the loop device cannot be given up") : 0;
}

/*
 * The lock tells in every PID namespace. But a thread that waits for the thaw keeps the
 * lock of its process, which has ended.
 */
static bool is_gone(const struct claim *claim)
{
	return !claim->locked || process_state(&claim->run) == PROCESS_GONE;
}

static void say_unread(struct mending *mending, const char *name, int error)
{
	char line[256];

	snprintf(line, sizeof(line), "%s/%.80s: cannot be read: %s", claim_folder, name,
		 strerror(-error));
	if (mending->told)
		mending->told(false, line);
	if (!mending->error)
		mending->error = error;
}

static void mend(struct mending *mending, const char *name)
{
	struct claim claim;
	char boot[40];
	int error = claim_read(mending->folder, name, &claim);

	/* what is no claim, or of nobody that may have written one, is not touched */
	if (error == -EPERM || error == -EBUSY || error == -ENOENT || error == -ELOOP)
		return;
	if (error && error != -EINVAL) {
		say_unread(mending, name, error);
		return;
	}
	if (!claim.run.pid || !is_gone(&claim))
		return;
	claim_boot(boot);
	if (!error && !strcmp(claim.boot, boot)) {
		if (geteuid())
			error = say(mending, &claim, -EPERM, "only root can mend it");
		else
			error = mend_here(mending, &claim);
		if (error && !mending->error)
			mending->error = error;
		if (error)
			return;
	}
	unlinkat(mending->folder, name, 0);
}

static int refuse_folder(const struct mending *mending)
{
	char line[256];

	snprintf(line, sizeof(line), "%s: %s; what it says of earlier runs does not count",
		 claim_folder,
		 mending->folder == -EPERM ? "others than root can write to it"
					   : strerror(-mending->folder));
	if (mending->told)
		mending->told(false, line);
	return mending->folder;
}

int mend_all(mend_told *told)
{
	struct mending mending = { .told = told, .folder = claim_open_folder() };
	struct dirent *entry;
	DIR *dir;

	/* the claims of root's runs are no business of others */
	if (mending.folder == -ENOENT || (mending.folder == -EACCES && geteuid()))
		return 0;
	if (mending.folder < 0)
		return refuse_folder(&mending);
	/* of two at the same time the second waits, and finds nothing to do */
	while (flock(mending.folder, LOCK_EX) && errno == EINTR)
		;
	dir = fdopendir(dup(mending.folder));
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
			mend(&mending, entry->d_name);
	if (dir)
		closedir(dir);
	close(mending.folder);
	rmdir(claim_folder);
	return mending.error;
}
