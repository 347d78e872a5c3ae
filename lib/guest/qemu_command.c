// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "guest/qemu_command.h"
#include "guest/said.h"

static void add_word(struct qemu *qemu, char *word)
{
	if (!word || !room_for(&qemu->word, qemu->n + 2, &qemu->room, sizeof(*qemu->word))) {
		free(word);
		qemu->failed = true;
		return;
	}
	qemu->word[qemu->n++] = word;
	qemu->word[qemu->n] = NULL;
}

void qemu_add(struct qemu *qemu, const char *format, ...)
{
	va_list arguments;
	char *word = NULL;

	va_start(arguments, format);
	if (vasprintf(&word, format, arguments) < 0)
		word = NULL;
	va_end(arguments);
	add_word(qemu, word);
}

void qemu_add_all(struct qemu *qemu, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		add_word(qemu, strdup(words[i]));
}

void qemu_free(struct qemu *qemu)
{
	for (size_t i = 0; i < qemu->n; i++)
		free(qemu->word[i]);
	free(qemu->word);
	*qemu = (struct qemu){ .n = 0 };
}

char *qemu_find(const char *name)
{
	const char *path = getenv("PATH");

	while (path) {
		const char *end = strchrnul(path, ':');
		char *found = NULL;

		if (asprintf(&found, "%.*s/%s", (int)(end - path), path, name) < 0)
			return NULL;
		if (end > path && !access(found, X_OK))
			return found;
		free(found);
		path = *end ? end + 1 : NULL;
	}
	return NULL;
}

/*
 * The guest's clocks run on its own instructions, from a fixed date; nothing random is left but the
 * seed. Without record mode QEMU's main loop may move the clock of a guest that halts to its next
 * timer before the instructions executed last are accounted, and then counts them twice. In record
 * mode, whose log nobody needs, a lock keeps the main loop out from before the processor runs until
 * its instructions are accounted.
 */
static void add_counting(const struct guest *guest, struct qemu *qemu)
{
	qemu_add_all(qemu, (const char *const[]){ "-accel", "tcg,thread=single", "-cpu", guest->cpu,
						  "-icount",
						  "shift=0,sleep=off,rr=record,rrfile=/dev/null",
						  "-rtc", "base=2020-01-01,clock=vm", NULL });
}

void qemu_machine(const struct guest *guest, struct qemu *qemu)
{
	qemu_add_all(qemu, (const char *const[]){ guest->qemu, "-M", "pc", "-m", NULL });
	qemu_add(qemu, "%llu", (unsigned long long)guest->memory_mib);
	qemu_add(qemu, "-smp");
	qemu_add(qemu, "%d", GUEST_PROCESSORS);
	qemu_add_all(qemu, (const char *const[]){ "-nodefaults", "-no-user-config", "-display",
						  "none", "-no-reboot", NULL });
	switch (guest->mode) {
	case PLAN_COUNT:
		add_counting(guest, qemu);
		break;
	case PLAN_EMULATED:
		qemu_add_all(qemu,
			     (const char *const[]){ "-accel", "tcg", "-cpu", guest->cpu, NULL });
		break;
	case PLAN_TIME:
		/*
		 * QEMU leaves invtsc out to be able to migrate the guest. With it, the guest knows
		 * that its TSC ticks at one rate for good, and takes that for its clock rather than
		 * KVM's paravirtual one.
		 */
		qemu_add_all(qemu, (const char *const[]){ "-accel", "kvm", "-cpu",
							  "host,migratable=off,+invtsc", NULL });
		return;
	}
	qemu_add(qemu, "-seed");
	qemu_add(qemu, "%llu", (unsigned long long)guest->seed);
}

/* A kernel without EARLY_PRINTK has another such console from setup_arch() on. */
static const char *early_console(const struct guest *guest)
{
	static const char *const not_set[] = { "\n# CONFIG_EARLY_PRINTK is not set\n", NULL };
	char line[SAID_LINE_MAX];
	struct said config;
	bool lacks = false;

	if (!said_read(guest->image.config, &config)) {
		lacks = said_find(&config, not_set, line);
		said_free(&config);
	}
	return lacks ? " earlyprintk=serial,ttyS0,115200 earlycon=uart8250,io,0x3f8,115200"
		     : " earlyprintk=serial,ttyS0,115200";
}

/*
 * norandmaps: where a mapping lies among the others decides how a fault finds it, some 50
 * instructions either way, and what is drawn for it depends on the kernel. noapictimer: calibrating
 * the local timer is a busy wait of 12 s under icount; random.trust_*: so is waiting for randomness
 * that -seed has decided anyway. oops=panic: a kernel thread that oopses would leave its work
 * undone and the guest waiting for it. loglevel=5: warnings, and with them every WARN, reach the
 * console.
 */
char *qemu_append(const struct guest *guest, bool early)
{
	unsigned long long pmem = guest->pmem_mib, kib = pmem * 1024;
	char *append = NULL, memmap[64] = "";

	/* a kernel that does not know it takes it for a limit of its memory */
	if (image_knows_pmem(guest->image.release))
		snprintf(memmap, sizeof(memmap), " memmap=%lluM!768M", pmem);
	if (asprintf(&append,
		     "console=ttyS0 loglevel=5 oops=panic panic=-1 nokaslr norandmaps noapictimer "
		     "random.trust_cpu=on random.trust_bootloader=on daxmark.seed=%llu "
		     "brd.rd_nr=1 brd.rd_size=%llu ramdisk_size=%llu%s%s",
		     (unsigned long long)guest->seed, kib, kib, memmap,
		     early ? early_console(guest) : "") < 0)
		return NULL;
	return append;
}

/* In a file's name QEMU wants a comma twice. */
static char *doubled(const char *name)
{
	char *twice = malloc(2 * strlen(name) + 1), *to = twice;

	for (; twice && *name; name++) {
		*to++ = *name;
		if (*name == ',')
			*to++ = ',';
	}
	if (twice)
		*to = '\0';
	return twice;
}

static void add_plugin(const struct guest *guest, struct qemu *qemu)
{
	char *plugin = doubled(guest->plugin), *symbols = doubled(guest->symbols);
	char *work = doubled(guest->work), *digest = image_digest(guest->image.bzimage);

	if (plugin && symbols && work && digest) {
		qemu_add(qemu, "-plugin");
		qemu_add(qemu, "%s,map=%s,out=%s/counts,seed=%llu,image=%s", plugin, symbols, work,
			 (unsigned long long)guest->seed, digest);
	} else {
		qemu->failed = true;
	}
	free(plugin);
	free(symbols);
	free(work);
	free(digest);
}

void qemu_boot(const struct guest *guest, const char *append, struct qemu *qemu)
{
	qemu_machine(guest, qemu);
	if (guest->plugin)
		add_plugin(guest, qemu);
	if (guest->pinning.wanted)
		qemu_add_all(qemu, (const char *const[]){ "-S", "-qmp", "stdio", "-name",
							  "daxmark,debug-threads=on", NULL });
	qemu_add(qemu, "-serial");
	qemu_add(qemu, "file:%s/console", guest->work);
	qemu_add(qemu, "-serial");
	qemu_add(qemu, "file:%s/records", guest->work);
	if (guest->extra) {
		qemu_add(qemu, "-serial");
		qemu_add(qemu, "file:%s/extra", guest->work);
	}
	qemu_add_all(qemu, (const char *const[]){ "-kernel", guest->image.bzimage, "-initrd",
						  guest->initramfs, "-append", append, NULL });
}

char *qemu_shown(const struct guest *guest, const char *program, bool serial)
{
	char *append = qemu_append(guest, false), *shown = NULL;
	struct qemu qemu = { .n = 0 };
	size_t size = 0;
	FILE *out = append ? open_memstream(&shown, &size) : NULL;

	qemu_machine(guest, &qemu);
	if (out && !qemu.failed) {
		fputs(program, out);
		for (size_t i = 1; i < qemu.n; i++)
			fprintf(out, " %s", qemu.word[i]);
		fprintf(out, "%s -kernel bzImage -initrd initramfs -append \"%s\"",
			serial ? " -serial file:console -serial file:records" : "", append);
	}
	if (out && (fclose(out) || qemu.failed)) {
		free(shown);
		shown = NULL;
	}
	qemu_free(&qemu);
	free(append);
	return shown;
}
