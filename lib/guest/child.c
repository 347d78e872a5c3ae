// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest/child.h"
#include "guest/guest.h"
#include "guest/signals.h"

/* Beyond most the kernel sends a signal of its own, beyond end SIGKILL. */
static void limit(int resource, uint64_t most, uint64_t end)
{
	struct rlimit rlimit = { .rlim_cur = most, .rlim_max = end };

	setrlimit((__rlimit_resource_t)resource, &rlimit);
}

/* Nothing else of the caller's environment may reach QEMU and change the guest. */
static void clean_environment(void)
{
	static const char *const names[] = { "PATH",	       "HOME",
					     "TMPDIR",	       "LD_LIBRARY_PATH",
					     "XDG_CACHE_HOME", "XDG_CONFIG_HOME" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	const char *values[sizeof(names) / sizeof(names[0])];

	for (size_t i = 0; i < n; i++)
		values[i] = getenv(names[i]);
	clearenv();
	for (size_t i = 0; i < n; i++)
		if (values[i])
			setenv(names[i], values[i], 1);
	setenv("LC_ALL", "C", 1);
}

/* In the child: sets what the program inherits, and runs it. */
static _Noreturn void become(const char *const argv[], const int fds[3],
			     const struct child_limits *limits, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* a parent that ended before that sends no signal */
	if (getppid() != parent)
		_exit(127);
	limit(RLIMIT_CORE, 0, 0);
	if (limits->file_bytes)
		limit(RLIMIT_FSIZE, limits->file_bytes, limits->file_bytes);
	if (limits->cpu_s)
		limit(RLIMIT_CPU, limits->cpu_s, limits->cpu_s + 5);
	for (int fd = 0; fd < 3; fd++)
		if (dup2(fds[fd], fd) < 0)
			_exit(127);
	signal(SIGPIPE, SIG_DFL);
	signals_let_go();
	clean_environment();
	execv(argv[0], (char *const *)(uintptr_t)argv);
	dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

int child_start(struct child *child, const char *const argv[], const char *errors, bool talk,
		const struct child_limits *limits)
{
	int ends[2] = { -1, -1 }, error = 0;
	int err = open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
	pid_t parent = getpid();

	*child = (struct child){ .pid = -1, .pidfd = -1, .talk = -1 };
	if (talk ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)
		 : (ends[0] = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
		error = -errno;
	if (err < 0)
		error = -errno;
	if (!error) {
		child->pid = fork();
		if (!child->pid)
			become(argv, (int[]){ ends[0], ends[0], err }, limits, parent);
		if (child->pid > 0)
			child->pidfd = pidfd_open(child->pid, 0);
		if (child->pidfd < 0)
			error = -errno;
	}
	close(err);
	close(ends[0]);
	child->talk = ends[1];
	if (error && child->pid > 0)
		kill(child->pid, SIGKILL);
	return error;
}

/* It has ended. */
static void take_status(struct child *child)
{
	int status = 0;

	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	child->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	close(child->pidfd);
	if (child->talk >= 0)
		close(child->talk);
	child->pidfd = child->talk = -1;
}

bool child_wait(struct child *child, int fd, int ms)
{
	struct pollfd wanted[] = { { .fd = signals_fd(), .events = POLLIN },
				   { .fd = child->pidfd, .events = POLLIN },
				   { .fd = fd, .events = POLLIN } };

	if (child->pidfd < 0)
		return true;
	if (poll(wanted, 3, ms) < 0 && errno != EINTR)
		return false;
	/* first: a Ctrl-C reaches QEMU too, which then ends by itself */
	if (signals_came()) {
		child_kill(child);
		guest_end(STATUS_DONE);
	}
	if (!wanted[1].revents)
		return false;
	take_status(child);
	return true;
}

void child_kill(struct child *child)
{
	if (child->pidfd < 0)
		return;
	kill(child->pid, SIGKILL);
	take_status(child);
}

double child_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
