// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/run.h"
#include "guest/guest.h"
#include "guest/said.h"

static void add_word(struct qemu *qemu, const char *word)
{
	if (qemu->n + 1 == QEMU_WORDS_MAX)
		guest_die(STATUS_ENVIRONMENT, "QEMU's command is too long");
	qemu->word[qemu->n++] = word;
}

void qemu_add(struct qemu *qemu, const char *format, ...)
{
	va_list arguments;
	char words[2 * PATH_MAX], *rest;

	va_start(arguments, format);
	vsnprintf(words, sizeof(words), format, arguments);
	va_end(arguments);
	rest = guest_text("%s", words);
	for (char *word; (word = strsep(&rest, " "));)
		add_word(qemu, word);
}

void qemu_add_option(struct qemu *qemu, const char *option, const char *value)
{
	add_word(qemu, option);
	add_word(qemu, value);
}

/*
 * PLAN_COUNT: the guest's clocks run on its own instructions, from a fixed date; nothing random is
 * left but the seed. Without record mode QEMU's main loop may move the clock of a guest that halts
 * to its next timer before the instructions executed last are accounted, and then counts them
 * twice. In record mode, whose log nobody needs, a lock keeps the main loop out from before the
 * processor runs until its instructions are accounted.
 *
 * PLAN_TIME: QEMU leaves invtsc out to be able to migrate the guest. With it, the guest knows that
 * its TSC ticks at one rate for good, and takes that for its clock rather than KVM's
 * paravirtual one.
 */
void qemu_machine(const struct guest *guest, struct qemu *qemu)
{
	add_word(qemu, guest->qemu);
	qemu_add(qemu,
		 "-M pc -m %" PRIu64 " -smp %d -nodefaults -no-user-config -display none "
		 "-no-reboot",
		 guest->memory_mib, GUEST_PROCESSORS);
	switch (guest->mode) {
	case PLAN_COUNT:
		qemu_add(qemu, "-accel tcg,thread=single");
		qemu_add_option(qemu, "-cpu", guest->cpu);
		qemu_add(qemu, "-icount shift=0,sleep=off,rr=record,rrfile=/dev/null "
			       "-rtc base=2020-01-01,clock=vm");
		break;
	case PLAN_EMULATED:
		qemu_add(qemu, "-accel tcg");
		qemu_add_option(qemu, "-cpu", guest->cpu);
		break;
	case PLAN_TIME:
		qemu_add(qemu, "-accel kvm -cpu host,migratable=off,+invtsc");
		return;
	}
	qemu_add(qemu, "-seed %" PRIu64, guest->seed);
}

/* A kernel without EARLY_PRINTK has another such console from setup_arch() on. */
static const char *early_console(const struct guest *guest)
{
	const char *config = said_read(guest->image.config);

	return *said_find(config, "^# CONFIG_EARLY_PRINTK is not set$")
		       ? " earlyprintk=serial,ttyS0,115200 earlycon=uart8250,io,0x3f8,115200"
		       : " earlyprintk=serial,ttyS0,115200";
}

/*
 * The kernel's command line. norandmaps: where a mapping lies among the others decides how a fault
 * finds it, some 50 instructions either way, and what is drawn for it depends on the kernel.
 * noapictimer: calibrating the local timer is a busy wait of 12 s under icount; random.trust_*: so
 * is waiting for randomness that -seed has decided anyway. oops=panic: a kernel thread that oopses
 * would leave its work undone and the guest waiting for it. loglevel=5: warnings, and with them
 * every WARN, reach the console.
 */
static const char *append(const struct guest *guest, bool early)
{
	uint64_t kib = guest->pmem_mib * 1024;
	const char *memmap = "";

	/* a kernel that does not know it takes it for a limit of its memory */
	if (image_knows_pmem(guest->image.release))
		memmap = guest_text(" memmap=%" PRIu64 "M!768M", guest->pmem_mib);
	return guest_text("console=ttyS0 loglevel=5 oops=panic panic=-1 nokaslr norandmaps "
			  "noapictimer random.trust_cpu=on random.trust_bootloader=on "
			  "daxmark.seed=%" PRIu64 " brd.rd_nr=1 brd.rd_size=%" PRIu64
			  " ramdisk_size=%" PRIu64 "%s%s",
			  guest->seed, kib, kib, memmap, early ? early_console(guest) : "");
}

/* In the value of an option QEMU wants a comma of a file's name twice. */
static const char *doubled(const char *name)
{
	char *twice = guest_alloc(2 * strlen(name) + 1), *to = twice;

	for (; *name; name++) {
		*to++ = *name;
		if (*name == ',')
			*to++ = ',';
	}
	return twice;
}

static void add_plugin(const struct guest *guest, struct qemu *qemu)
{
	const char *digest = guest_digest(guest->image.bzimage);

	if (!digest)
		guest_die(STATUS_ENVIRONMENT, "%s: cannot be read", guest->image.bzimage);
	qemu_add_option(qemu, "-plugin",
			guest_text("%s,map=%s,out=%s/counts,seed=%" PRIu64 ",image=%s",
				   doubled(guest->plugin), doubled(guest->symbols),
				   doubled(guest->work), guest->seed, digest));
}

void qemu_boot(const struct guest *guest, bool early, struct qemu *qemu)
{
	static const char *const lines[] = { "console", "records", "extra" };

	qemu_machine(guest, qemu);
	if (guest->plugin)
		add_plugin(guest, qemu);
	if (guest->pinning.wanted)
		qemu_add(qemu, "-S -qmp stdio -name daxmark,debug-threads=on");
	for (size_t i = 0; i < (guest->extra ? 3 : 2); i++)
		qemu_add_option(qemu, "-serial",
				guest_text("file:%s", guest_path(guest, lines[i])));
	qemu_add_option(qemu, "-kernel", guest->image.bzimage);
	qemu_add_option(qemu, "-initrd", guest->initramfs);
	qemu_add_option(qemu, "-append", append(guest, early));
}

const char *qemu_shown(const struct guest *guest, const char *program, bool serial)
{
	struct qemu qemu = { .n = 0 };
	const char *shown = program;

	qemu_machine(guest, &qemu);
	for (size_t i = 1; i < qemu.n; i++)
		shown = guest_text("%s %s", shown, qemu.word[i]);
	return guest_text("%s%s -kernel bzImage -initrd initramfs -append \"%s\"", shown,
			  serial ? " -serial file:console -serial file:records" : "",
			  append(guest, false));
}

const char *qemu_version(const struct guest *guest)
{
	const char *const ask[] = { guest->qemu, "--version", NULL };
	char version[4096];

	if (command_run(ask, NULL, version, sizeof(version)) < 0)
		guest_die(STATUS_ENVIRONMENT, "%s --version: cannot be run", guest->qemu);
	version[strcspn(version, "\n")] = '\0';
	return guest_text("%s", version);
}
