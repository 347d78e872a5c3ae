// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/sigbus.h"

/* A handler belongs to all threads; where one goes on after its store belongs to it alone. */
static _Thread_local volatile char *expected;
static _Thread_local sigjmp_buf after;

static struct sigaction others;

static void handle(int signal_number, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr - (uintptr_t)expected;

	(void)context;
	if (expected && info->si_code == BUS_ADRERR && at < PAGE_BYTES)
		siglongjmp(after, 1);
	/* the faulting instruction runs again and finds the handler that was there before */
	sigaction(signal_number, &others, NULL);
}

int sigbus_of_store(volatile char *page, bool *refused)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handle;
	action.sa_flags = SA_SIGINFO;
	if (sigaction(SIGBUS, &action, &others))
		return -errno;
	expected = page;
	if (sigsetjmp(after, 1)) {
		*refused = true;
	} else {
		*page = 1;
		*refused = false;
	}
	expected = NULL;
	return sigaction(SIGBUS, &others, NULL) ? -errno : 0;
}
