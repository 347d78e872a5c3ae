// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "bench/interrupt.h"
#include "medium/fsfreeze.h"

static volatile sig_atomic_t wanted;
static volatile sig_atomic_t typed; /* it was the user at the terminal */

/* Only what may be done in a signal handler: freeze_end_any() is one ioctl. */
static void handle(int signal_number)
{
	int saved = errno;
	bool asked = signal_number == SIGINT || signal_number == SIGTERM ||
		     signal_number == SIGHUP || signal_number == SIGQUIT ||
		     signal_number == SIGPIPE;
	bool by_user = signal_number == SIGINT || signal_number == SIGQUIT;

	if (asked && !(by_user && typed)) {
		wanted = 1;
		typed |= by_user;
		errno = saved;
		return;
	}
	freeze_end_any();
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

void interrupt_setup(void)
{
	static const int signals[] = { SIGINT,	SIGTERM, SIGHUP, SIGQUIT, SIGPIPE,
				       SIGSEGV, SIGBUS,	 SIGFPE, SIGILL,  SIGABRT };
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handle;
	action.sa_flags = SA_RESTART;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
}

bool interrupt_wanted(void)
{
	return wanted;
}
