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
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest/child.h"

extern char **environ;

static sigset_t held;
static int held_fd = -1, came;

int child_hold_signals(void)
{
	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &held, NULL))
		return -errno;
	held_fd = signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
	/* a QEMU that is gone is seen by its status */
	signal(SIGPIPE, SIG_IGN);
	return held_fd < 0 ? -errno : 0;
}

int child_signal(void)
{
	struct signalfd_siginfo info;

	if (!came && held_fd >= 0 && read(held_fd, &info, sizeof(info)) == sizeof(info))
		came = (int)info.ssi_signo;
	return came;
}

/* Nothing else of the caller's environment may reach QEMU and change what it does. */
static void clean_environment(char *kept[], size_t room)
{
	static const char *const names[] = { "PATH=",		"HOME=",
					     "TMPDIR=",		"LD_LIBRARY_PATH=",
					     "XDG_CACHE_HOME=", "XDG_CONFIG_HOME=" };
	size_t n = 0;

	for (char **e = environ; *e; e++)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (!strncmp(*e, names[i], strlen(names[i])) && n + 2 < room)
				kept[n++] = *e;
	kept[n++] = "LC_ALL=C";
	kept[n] = NULL;
}

/* Beyond most the kernel sends a signal of its own, beyond end SIGKILL. */
static void limit(int resource, uint64_t most, uint64_t end)
{
	struct rlimit rlimit = { .rlim_cur = most, .rlim_max = end };

	setrlimit((__rlimit_resource_t)resource, &rlimit);
}

/* In the child: what it inherits, and then the program itself. */
static _Noreturn void become(const char *const argv[], char *const environment[], const int fds[3],
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
	sigprocmask(SIG_UNBLOCK, &held, NULL);
	execve(argv[0], (char *const *)(uintptr_t)argv, environment);
	dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void close_all(const int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

/* The child's standard input, output and errors, and then our ends of the first two. 0 or -errno.
 */
static int open_ends(int fds[5], const char *errors, bool speak)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };

	if (speak && (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)))
		return -errno;
	fds[0] = speak ? in[0] : open("/dev/null", O_RDONLY | O_CLOEXEC);
	fds[1] = speak ? out[1] : open("/dev/null", O_WRONLY | O_CLOEXEC);
	fds[2] = open(errors, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
	fds[3] = in[1];
	fds[4] = out[0];
	return fds[0] < 0 || fds[1] < 0 || fds[2] < 0 ? -errno : 0;
}

int child_start(struct child *child, const char *const argv[], const char *errors, bool speak,
		const struct child_limits *limits)
{
	int fds[5] = { -1, -1, -1, -1, -1 };
	int error = open_ends(fds, errors, speak);
	char *environment[16];
	pid_t parent = getpid();

	*child = (struct child){ .pid = -1, .in = fds[3], .out = fds[4], .pidfd = -1 };
	if (!error) {
		clean_environment(environment, sizeof(environment) / sizeof(environment[0]));
		child->pid = fork();
		if (!child->pid)
			become(argv, environment, fds, limits, parent);
		if (child->pid > 0)
			child->pidfd = pidfd_open(child->pid, 0);
		if (child->pidfd < 0)
			error = -errno;
	}
	close_all(fds, error ? 5 : 3);
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
	close_all((int[]){ child->pidfd, child->in, child->out }, 3);
	child->pidfd = child->in = child->out = -1;
}

bool child_wait(struct child *child, int fd, int ms)
{
	struct pollfd wanted[] = { { .fd = held_fd, .events = POLLIN },
				   { .fd = child->pidfd, .events = POLLIN },
				   { .fd = fd, .events = POLLIN } };

	if (child->pidfd < 0)
		return true;
	if (poll(wanted, 3, ms) < 0 && errno != EINTR)
		return false;
	/* first: a Ctrl-C reaches QEMU too, which then ends by itself */
	if (child_signal()) {
		child_kill(child);
		return true;
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
