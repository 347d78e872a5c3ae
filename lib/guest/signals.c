// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "guest/signals.h"

static sigset_t held;
static int held_fd = -1, came;

int signals_hold(void)
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

int signals_came(void)
{
	struct signalfd_siginfo info;

	if (!came && held_fd >= 0 && read(held_fd, &info, sizeof(info)) == sizeof(info))
		came = (int)info.ssi_signo;
	return came;
}

int signals_fd(void)
{
	return held_fd;
}

void signals_let_go(void)
{
	sigprocmask(SIG_UNBLOCK, &held, NULL);
}
