// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "medium/group.h"
#include "medium/guard.h"
#include "medium/privileges.h"

/* How often within the limit the guard looks. */
#define LOOKS 4

/* Which signal says that the thread that made the guard is gone; it is deaf to all others. */
#define DEATH SIGUSR1

/* How long the guard may take to answer, and how often it is looked at meanwhile. */
#define ANSWER_MS 10000
#define SLICE_MS  100

/* What both look at: no message is sent from inside of a measured pass. */
struct shared {
	atomic_uint freezes; /* where the caller has none */
	atomic_bool thawed;
	atomic_uint answers;	      /* of the guard, a futex: a guest may have no sockets */
	int score_error, group_error; /* of becoming hard to kill, before the first answer */
};

static struct shared *shared;
static atomic_uint *freezes; /* begun and ended: odd while something is frozen */
static int lifeline = -1;    /* our end of a pipe: the guard sees it close */
static int other_end = -1;   /* the guard's: while we have it, too, a question is no SIGPIPE */
static pid_t guard_pid;
static unsigned int freezes_left; /* that may follow the last answer */
static char fate[64];

/* --- The guard's side: nothing that allocates or opens */

/* How often the same freeze has been seen. */
struct seen {
	unsigned int freezes;
	unsigned int looks;
};

static void look(int held, struct seen *seen)
{
	unsigned int now = atomic_load(freezes);

	seen->looks = now == seen->freezes && now % 2 ? seen->looks + 1 : 0;
	seen->freezes = now;
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

/* Answers a question; false when there is nobody to ask any more. */
static bool answer(int questions)
{
	char question;
	ssize_t got = read(questions, &question, 1);

	if (got == 1) {
		atomic_fetch_add(&shared->answers, 1);
		syscall(SYS_futex, &shared->answers, FUTEX_WAKE, 1, NULL, NULL, 0);
	}
	return got == 1 || (got < 0 && errno == EINTR);
}

/*
 * The run is gone and nothing is frozen, however the count stood when it ended: an odd one
 * would say for ever that what somebody else freezes there later is the run's. Only here
 * does nobody else write it.
 */
static void count_thaw(void)
{
	unsigned int now = atomic_load(freezes);

	if (now % 2)
		atomic_store(freezes, now + 1);
}

__attribute__((noreturn)) static void watch(int questions, int held, int limit_ms)
{
	struct pollfd event = { .fd = questions, .events = POLLIN };
	int step_ms = limit_ms / LOOKS;
	struct timespec step = { .tv_sec = step_ms / 1000, .tv_nsec = step_ms % 1000 * 1000000L };
	struct seen seen = { 0 };
	sigset_t others;
	int events;

	sigfillset(&others);
	sigdelset(&others, DEATH);
	do {
		events = ppoll(&event, 1, &step, &others);
		thaw_for_the_dead(held);
		if (!events)
			look(held, &seen);
	} while (events <= 0 || answer(questions));
	/* EINVAL where nothing is frozen */
	if (!ioctl(held, FITHAW, 0) || errno == EINVAL)
		count_thaw();
	_exit(0);
}

static void close_each(unsigned int first, unsigned int last)
{
	DIR *dir = opendir("/proc/self/fd");

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		int fd = (int)strtol(entry->d_name, NULL, 10);

		if (isdigit((unsigned char)entry->d_name[0]) && fd != dirfd(dir) &&
		    (unsigned int)fd >= first && (unsigned int)fd <= last)
			close(fd);
	}
	if (dir)
		closedir(dir);
}

/* Kernels before 5.9 have no close_range(). */
static void close_from_to(unsigned int first, unsigned int last)
{
	if (first <= last && close_range(first, last, 0))
		close_each(first, last);
}

static void close_all_but(int low, int high)
{
	close_from_to(high + 1u, ~0u);
	close_from_to(low + 1u, high - 1u);
	if (low > 0)
		close_from_to(0, low - 1u);
}

/* The last to be ended for want of memory. 0 or a negative errno. */
static int outlive_others(void)
{
	int error = 0, fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (write(fd, "-1000", 5) < 0)
		error = -errno;
	close(fd);
	return error;
}

/* What may reach it by chance does not end it; nothing of the parent's is kept open. */
static void become_guard(int questions, int held)
{
	const struct sigaction action = { .sa_handler = note_death };
	sigset_t all;

	setsid();
	prctl(PR_SET_NAME, "daxmark-guard");
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sigaction(DEATH, &action, NULL);
	prctl(PR_SET_PDEATHSIG, DEATH);
	shared->score_error = outlive_others();
	shared->group_error = group_leave_all();
	if (chdir("/"))
		errno = 0;
	close_all_but(questions < held ? questions : held, questions < held ? held : questions);
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

static void note_fate(const siginfo_t *info)
{
	if (info->si_code == CLD_STOPPED || info->si_code == CLD_TRAPPED)
		snprintf(fate, sizeof(fate), "is stopped");
	else if (info->si_code == CLD_EXITED)
		snprintf(fate, sizeof(fate), "has ended");
	else
		snprintf(fate, sizeof(fate), "was ended by signal %d", info->si_status);
}

/* The guard is our child: the kernel tells whether it was ended or stopped. */
static bool is_running(void)
{
	siginfo_t info = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)guard_pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT)) {
		snprintf(fate, sizeof(fate), "is gone");
		return false;
	}
	if (info.si_pid)
		note_fate(&info);
	return !info.si_pid;
}

/* 0 when the guard has answered, -EOWNERDEAD when it did not. */
static int await_answer(void)
{
	const struct timespec slice = { .tv_nsec = SLICE_MS * 1000000L };
	unsigned int before = atomic_load(&shared->answers);
	char question = '?';

	if (!is_running())
		return -EOWNERDEAD;
	snprintf(fate, sizeof(fate), "does not answer");
	if (write(lifeline, &question, 1) != 1)
		return -EOWNERDEAD;
	for (int ms = 0; ms < ANSWER_MS; ms += SLICE_MS) {
		syscall(SYS_futex, &shared->answers, FUTEX_WAIT, before, &slice, NULL, 0);
		if (atomic_load(&shared->answers) != before)
			return 0;
		if (!is_running())
			return -EOWNERDEAD;
	}
	return -EOWNERDEAD;
}

int guard_answers(void)
{
	int error = guard_pid > 0 ? await_answer() : 0;

	freezes_left = error ? 0 : GUARD_FREEZES;
	/* the page may be one of a file that was written back: the fault is taken here */
	if (guard_pid > 0)
		atomic_fetch_add(freezes, 0);
	return error;
}

const char *guard_fate(void)
{
	return fate;
}

pid_t guard_process(void)
{
	return guard_pid;
}

static const char *why_not_left(int error)
{
	return error == -EXDEV ? "the topmost group is outside of this namespace"
			       : strerror(-error);
}

bool guard_lacks(char *text, size_t size)
{
	if (!shared || (!shared->score_error && !shared->group_error))
		return false;
	snprintf(text, size, "the guard that thaws can be ended %s%s%s%s%s%s%s",
		 shared->score_error ? "for want of memory (oom_score_adj: " : "",
		 shared->score_error ? strerror(-shared->score_error) : "",
		 shared->score_error ? ")" : "",
		 shared->score_error && shared->group_error ? " and " : "",
		 shared->group_error ? "with the runner's control group (cgroup.procs: " : "",
		 shared->group_error ? why_not_left(shared->group_error) : "",
		 shared->group_error ? ")" : "");
	return true;
}

static void let_go(void)
{
	if (lifeline >= 0)
		close(lifeline);
	if (other_end >= 0)
		close(other_end);
	lifeline = other_end = -1;
	while (guard_pid > 0 && waitpid(guard_pid, NULL, 0) < 0 && errno == EINTR)
		;
	guard_pid = 0;
	if (shared)
		munmap(shared, sizeof(*shared));
	shared = NULL;
}

int guard_stop(void)
{
	int error = guard_answers();

	/* one that does not answer would not see us go either */
	if (error)
		kill(guard_pid, SIGKILL);
	let_go();
	return error;
}

int guard_start(int fd, unsigned int limit_s, atomic_uint *counted)
{
	int pipes[2];
	int error = map_shared();

	if (error)
		return error;
	freezes = counted ? counted : &shared->freezes;
	freezes_left = 0;
	if (pipe2(pipes, O_CLOEXEC)) {
		error = -errno;
		let_go();
		return error;
	}
	lifeline = pipes[1];
	other_end = pipes[0];
	fflush(NULL);
	guard_pid = fork();
	if (!guard_pid) {
		close(pipes[1]);
		become_guard(pipes[0], fd);
		watch(pipes[0], fd, (int)limit_s * 1000);
	}
	error = guard_pid < 0 ? -errno : 0;
	if (!error)
		error = await_answer();
	if (!error)
		return 0;
	if (guard_pid > 0)
		kill(guard_pid, SIGKILL);
	let_go();
	return error;
}

/* There is one who writes it, so that it takes no locked instruction. */
static void count_freeze(void)
{
	atomic_store_explicit(freezes, atomic_load_explicit(freezes, memory_order_relaxed) + 1,
			      memory_order_release);
}

int guard_freeze_begins(void)
{
	if (!shared)
		return 0;
	if (!freezes_left)
		return -EOWNERDEAD;
	freezes_left--;
	count_freeze();
	return 0;
}

void guard_freeze_ended(void)
{
	if (shared)
		count_freeze();
}

bool guard_has_thawed(void)
{
	return shared && atomic_load(&shared->thawed);
}
