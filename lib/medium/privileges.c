// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "medium/privileges.h"

#define BIT(capability) (1ull << (capability))
#define OF_GUARD	BIT(CAP_SYS_ADMIN)
#define OF_RUN		(OF_GUARD | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_IPC_LOCK) | BIT(CAP_SYS_RESOURCE))

/*
 * What a program started by root gets is bounded by this set. Where it cannot be
 * made smaller there is nothing to give up: that takes CAP_SETPCAP.
 */
static void bound(uint64_t kept)
{
	for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
		if (!(kept & BIT(capability)))
			prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

static int keep(uint64_t kept)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	bound(kept);
	/* glibc leaves the two to libcap; a kernel without users has neither them nor privileges */
	if (syscall(SYS_capget, &header, data))
		return errno == ENOSYS ? 0 : -errno;
	for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		uint32_t half = (uint32_t)(kept >> (32 * i));

		data[i].effective &= half;
		data[i].permitted &= half;
		data[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

int privileges_of_run(void)
{
	return keep(OF_RUN);
}

int privileges_of_guard(void)
{
	return keep(OF_GUARD);
}
