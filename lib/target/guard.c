// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "target/guard.h"
#include "target/privileges.h"

/* How often within the limit the guard looks. */
#define LOOKS 4

/* Which signal says that the thread that made the guard is gone; it is deaf to all others. */
#define DEATH SIGUSR1

/* What both look at: no message is sent from inside of a measured pass. */
struct shared {
	atomic_uint freezes; /* begun and ended: odd while something is frozen */
	atomic_bool thawed;
};

static struct shared *shared;
static int lifeline = -1; /* our end of a pipe: the guard sees it close */
static pid_t guard_pid;

/* --- The guard's side: nothing that allocates or opens */

/* How often the same freeze has been seen. */
struct seen {
	unsigned int freezes;
	unsigned int looks;
};

static void look(int held, struct seen *seen)
{
	unsigned int freezes = atomic_load(&shared->freezes);

	seen->looks = freezes == seen->freezes && freezes % 2 ? seen->looks + 1 : 0;
	seen->freezes = freezes;
	if (seen->looks < LOOKS)
		return;
	atomic_store(&shared->thawed, true);
	ioctl(held, FITHAW, 0);
	seen->looks = 0;
}

static volatile sig_atomic_t orphaned;

static void note_death(int signal_number)
{
	(void)signal_number;
	orphaned = 1;
}

/*
 * A thread that waits for the thaw cannot be killed, and as long as it is there the
 * pipe does not close. But the one that freezes and thaws is the one that made us, and
 * when that thread is gone the kernel tells us (PR_SET_PDEATHSIG).
 */
static void thaw_for_the_dead(int held)
{
	if (!orphaned)
		return;
	orphaned = 0;
	atomic_store(&shared->thawed, true);
	ioctl(held, FITHAW, 0);
}

__attribute__((noreturn)) static void watch(int other_end, int held, int limit_ms)
{
	struct pollfd event = { .fd = other_end, .events = POLLIN };
	int step_ms = limit_ms / LOOKS;
	struct timespec step = { .tv_sec = step_ms / 1000, .tv_nsec = step_ms % 1000 * 1000000L };
	struct seen seen = { 0 };
	sigset_t others;
	int events;

	sigfillset(&others);
	sigdelset(&others, DEATH);
	/* nothing is ever written: what comes is the end */
	while ((events = ppoll(&event, 1, &step, &others)) <= 0) {
		thaw_for_the_dead(held);
		if (!events)
			look(held, &seen);
	}
	/* an error where nothing is frozen */
	ioctl(held, FITHAW, 0);
	_exit(0);
}

static void close_all_but(int low, int high)
{
	close_range(high + 1u, ~0u, 0);
	if (high > low + 1)
		close_range(low + 1u, high - 1u, 0);
	if (low > 0)
		close_range(0, low - 1u, 0);
}

/* The last to be ended for want of memory, where that may be asked for. */
static void outlive_others(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "-1000", 5) < 0)
		errno = 0;
	close(fd);
}

/* What may reach it by chance does not end it; nothing of the parent's is kept open. */
static void become_guard(int other_end, int held)
{
	const struct sigaction action = { .sa_handler = note_death };
	sigset_t all;

	setsid();
	prctl(PR_SET_NAME, "daxmark-guard");
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sigaction(DEATH, &action, NULL);
	prctl(PR_SET_PDEATHSIG, DEATH);
	outlive_others();
	if (chdir("/"))
		errno = 0;
	close_all_but(other_end < held ? other_end : held, other_end < held ? held : other_end);
	/* refused beyond a limit to who is not root, who cannot freeze either */
	mlockall(MCL_CURRENT | MCL_FUTURE);
	privileges_of_guard();
}

/* --- The runner's side */

static int map_shared(void)
{
	void *room = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			  -1, 0);

	if (room == MAP_FAILED)
		return -errno;
	shared = room;
	return 0;
}

int guard_start(int fd, unsigned int limit_s)
{
	int pipes[2];
	int error = map_shared();

	if (error)
		return error;
	if (pipe2(pipes, O_CLOEXEC)) {
		error = -errno;
		guard_stop();
		return error;
	}
	lifeline = pipes[1];
	fflush(NULL);
	guard_pid = fork();
	if (!guard_pid) {
		close(pipes[1]);
		become_guard(pipes[0], fd);
		watch(pipes[0], fd, (int)limit_s * 1000);
	}
	error = guard_pid < 0 ? -errno : 0;
	close(pipes[0]);
	if (error)
		guard_stop();
	return error;
}

/* There is one who writes it, so that it takes no locked instruction. */
void guard_freeze_begins(void)
{
	if (shared)
		atomic_store_explicit(&shared->freezes,
				      atomic_load_explicit(&shared->freezes, memory_order_relaxed) +
					      1,
				      memory_order_release);
}

void guard_freeze_ended(void)
{
	guard_freeze_begins();
}

bool guard_has_thawed(void)
{
	return shared && atomic_load(&shared->thawed);
}

void guard_stop(void)
{
	if (lifeline >= 0)
		close(lifeline);
	lifeline = -1;
	while (guard_pid > 0 && waitpid(guard_pid, NULL, 0) < 0 && errno == EINTR)
		;
	guard_pid = 0;
	if (shared)
		munmap(shared, sizeof(*shared));
	shared = NULL;
}
