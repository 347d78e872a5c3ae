// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes QEMU's processor thread late at each halt of the guest: after the
 * processor counts as halted, and before the instructions that it executed last
 * are accounted. Whatever the main loop does in that window, it does at every
 * halt, and not once in some ten thousand.
 *
 * One file, loaded twice: as LD_PRELOAD, to be called where the thread leaves
 * the halt (by a long jump) and where the main loop polls, and as a plugin, to
 * be told which long jump is that of a HLT. The main loop does not sleep for
 * long, so that it is always about to make a pass. Without the plugin that is
 * all, and the two threads meet as often as chance will have it.
 *
 *	LATE_HALT_MS	how long the thread waits for a whole pass of the main loop
 *	LATE_HALT_NAP_US	how long the main loop sleeps at most (default 1000)
 */
#include <dlfcn.h>
#include <poll.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "explain/qemu.h"

PLUGIN_EXPORT int qemu_plugin_version = 1;

#define OPCODE_HLT 0xf4

/* How long it may take on a busy machine until the main loop is awake. */
#define WAKES_WITHIN_MS 10000

static size_t (*insn_data)(const struct qemu_plugin_insn *, void *, size_t);
static int version;
static _Thread_local bool halting;
static atomic_ulong polls_begun, polls_ended;
static struct timespec nap;
static long late_ms;

static long setting(const char *name, long otherwise)
{
	const char *value = getenv(name);

	return value ? strtol(value, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void read_settings(void)
{
	late_ms = setting("LATE_HALT_MS", 1);
	nap.tv_nsec = setting("LATE_HALT_NAP_US", 1000) * 1000;
}

__attribute__((constructor)) static void choose_version(void)
{
	qemu_plugin_version = dlsym(RTLD_DEFAULT, "qemu_plugin_n_vcpus") ? 1 : 2;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void await_next(const atomic_ulong *count, long limit_ms)
{
	unsigned long before = atomic_load(count);
	long end = now_ms() + limit_ms;

	while (atomic_load(count) == before && now_ms() < end)
		usleep(50);
}

static void be_late(void)
{
	if (!halting)
		return;
	halting = false;
	await_next(&polls_ended, WAKES_WITHIN_MS);
	await_next(&polls_begun, late_ms);
}

/* --- What QEMU calls instead of the C library */

typedef void jump(struct __jmp_buf_tag *, int);

void siglongjmp(struct __jmp_buf_tag env[1], int value)
{
	be_late();
	((jump *)dlsym(RTLD_NEXT, "siglongjmp"))(env, value);
	__builtin_unreachable();
}

void __longjmp_chk(struct __jmp_buf_tag env[1], int value)
{
	be_late();
	((jump *)dlsym(RTLD_NEXT, "__longjmp_chk"))(env, value);
	__builtin_unreachable();
}

int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
	int (*poll_them)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
	int ready;

	*(void **)&poll_them = dlsym(RTLD_NEXT, "ppoll");
	if (gettid() != getpid())
		return poll_them(fds, n, timeout, mask);
	if (!timeout || timeout->tv_sec || timeout->tv_nsec > nap.tv_nsec)
		timeout = &nap;
	atomic_fetch_add(&polls_begun, 1);
	ready = poll_them(fds, n, timeout, mask);
	atomic_fetch_add(&polls_ended, 1);
	return ready;
}

/* --- What QEMU calls of a plugin */

static void on_halt(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
	halting = true;
}

static bool is_halt(const struct qemu_plugin_insn *insn)
{
	unsigned char byte = 0;

	if (qemu_plugin_insn_size(insn) != 1)
		return false;
	if (version >= 3)
		insn_data(insn, &byte, 1);
	else
		memcpy(&byte, (const void *)insn_data(insn, &byte, 1), 1);
	return byte == OPCODE_HLT;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (is_halt(insn))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_halt,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
	}
}

PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
				      char **argv)
{
	(void)argc;
	(void)argv;
	version = info->version.cur;
	*(void **)&insn_data = dlsym(RTLD_DEFAULT, "qemu_plugin_insn_data");
	if (!insn_data)
		return 1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
