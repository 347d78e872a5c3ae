// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "target/guard.h"

/* How often within the limit the guard looks. */
#define LOOKS 4

/* What both look at: no message is sent from inside of a measured pass. */
struct shared {
	atomic_uint freezes; /* begun; odd while something is frozen */
	atomic_bool thawed;
};

static struct shared *shared;
static int guard_socket = -1;
static pid_t guard_pid;

/* --- The guard's side: nothing that allocates or opens */

struct holder {
	int socket;
	int held; /* -1: nothing */
	unsigned int seen;
	unsigned int looks; /* at which that freeze was on */
};

static void thaw(const struct holder *h)
{
	/* frozen more than once, by whomever, is thawed once: we know of one */
	if (h->held >= 0)
		ioctl(h->held, FITHAW, 0);
}

static void let_go(struct holder *h)
{
	if (h->held >= 0)
		close(h->held);
	h->held = -1;
}

/* A message is one byte: with an open file, to be held, or without, to let go. */
static bool receive(struct holder *h)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char byte;
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = { .msg_iov = &data,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *head;
	ssize_t got = recvmsg(h->socket, &message, MSG_CMSG_CLOEXEC);

	if (got < 0 && errno == EINTR)
		return true;
	if (got <= 0)
		return false;
	let_go(h);
	head = CMSG_FIRSTHDR(&message);
	if (head && head->cmsg_type == SCM_RIGHTS)
		memcpy(&h->held, CMSG_DATA(head), sizeof(h->held));
	/* who waits for this may go on */
	return send(h->socket, "", 1, MSG_NOSIGNAL) == 1;
}

/* Nothing was said for a while: is the same thing frozen as last time? */
static void look(struct holder *h)
{
	unsigned int freezes = atomic_load(&shared->freezes);

	h->looks = freezes == h->seen && freezes % 2 ? h->looks + 1 : 0;
	h->seen = freezes;
	if (h->looks < LOOKS)
		return;
	atomic_store(&shared->thawed, true);
	thaw(h);
	h->looks = 0;
}

__attribute__((noreturn)) static void watch(int socket, int limit_ms)
{
	struct holder h = { .socket = socket, .held = -1 };
	struct pollfd event = { .fd = socket, .events = POLLIN };

	for (;;) {
		int ready = poll(&event, 1, limit_ms / LOOKS);

		if (!ready)
			look(&h);
		else if (ready > 0 && !receive(&h))
			break;
	}
	thaw(&h);
	_exit(0);
}

/* What may reach it by chance does not end it; nothing of the parent's is kept open. */
static void become_guard(int socket)
{
	sigset_t all;

	setsid();
	prctl(PR_SET_NAME, "daxmark-guard");
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	for (int signal_number = 1; signal_number < NSIG; signal_number++)
		signal(signal_number, SIG_DFL);
	/* the last thing to be ended for want of memory, where that may be asked for */
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		if (write(fd, "-1000", 5) < 0)
			errno = 0;
		close(fd);
	}
	if (socket > 0)
		close_range(0, (unsigned int)socket - 1, 0);
	close_range((unsigned int)socket + 1, ~0u, 0);
	if (chdir("/"))
		errno = 0;
	/* refused to who is not root beyond a limit: pages that are touched stay all the same */
	mlockall(MCL_CURRENT | MCL_FUTURE);
}

/* --- The runner's side */

int guard_start(unsigned int limit_s)
{
	int sockets[2];
	int error;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED) {
		shared = NULL;
		return -errno;
	}
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets))
		return -errno;
	fflush(NULL);
	guard_pid = fork();
	if (!guard_pid) {
		close(sockets[0]);
		become_guard(sockets[1]);
		watch(sockets[1], (int)limit_s * 1000);
	}
	error = guard_pid < 0 ? -errno : 0;
	close(sockets[1]);
	guard_socket = sockets[0];
	if (error)
		guard_stop();
	return error;
}

/* fd -1: what is held is let go. Waits until that is done. */
static int tell(int fd)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	char byte = 0;
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };

	if (guard_socket < 0)
		return -ESRCH;
	if (fd >= 0) {
		memset(&control, 0, sizeof(control));
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
		control.head = (struct cmsghdr){ .cmsg_level = SOL_SOCKET,
						 .cmsg_type = SCM_RIGHTS,
						 .cmsg_len = CMSG_LEN(sizeof(int)) };
		memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	}
	if (sendmsg(guard_socket, &message, MSG_NOSIGNAL) != 1)
		return -errno;
	while (recv(guard_socket, &byte, 1, 0) != 1)
		if (errno != EINTR)
			return -ESRCH;
	return 0;
}

int guard_hold(int fd)
{
	return fd < 0 ? -EBADF : tell(fd);
}

int guard_release(void)
{
	return tell(-1);
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
	if (guard_socket >= 0)
		close(guard_socket);
	guard_socket = -1;
	while (guard_pid > 0 && waitpid(guard_pid, NULL, 0) < 0 && errno == EINTR)
		;
	guard_pid = 0;
	if (shared)
		munmap(shared, sizeof(*shared));
	shared = NULL;
}
