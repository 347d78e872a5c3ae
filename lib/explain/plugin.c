// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A plugin of QEMU that counts, by function, every instruction of the measured
 * operations of daxmark-run, and nothing else (docs/counts.md has what it
 * writes).
 *
 *	-plugin explain-plugin.so,map=System.map,out=FILE,seed=N,image=SHA256
 *
 * The seed and the image are only passed on, for the file to say what it is of.
 *
 * An operation is what the guest's clock counts: from its rdtsc, which is
 * counted, to its rdtscp, which is not, both in the runner's own code. Which
 * passes are measured ones, and what they are passes of, the runner says
 * outside of them (measure/mark.h).
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "explain/code_table.h"
#include "explain/kernel_code.h"
#include "explain/operations.h"
#include "explain/qemu.h"
#include "explain/symbols.h"
#include "measure/mark.h"

/* Above are libraries and what the kernel maps into a program: the vDSO reads the clock, too. */
#define PROGRAM_END ((uint64_t)0x7f << 40)

/* The reading of the clock that an ASIDE speaks of begins within so many bytes. */
#define ASIDE_BYTES 64

/* A kernel that was moved was moved by multiples of this (CONFIG_PHYSICAL_ALIGN is 2 MiB). */
#define SLIDE_UNIT  ((uint64_t)1 << 21)

#define SLIDE_TRIES 100

PLUGIN_EXPORT int qemu_plugin_version = 1;

struct watch {
	struct symbols symbols;
	uint64_t slide; /* of the kernel, to be added to what the map says */
	bool slide_known;
	int slide_tries;
	struct follow follow;
	struct operations operations;
	bool counting, measured, syscall;
	uint32_t number;       /* being said, bit by bit */
	uint64_t aside;	       /* address of the last ASIDE translated */
	uint32_t nodes, names; /* written so far */
	uint32_t *name_id;     /* in the file, by id; 0 is not yet written */
	uint64_t stored;       /* where the last store of a switch of tasks went */
	bool switched;
	uint64_t switch_start, switch_end; /* of __switch_to_asm() in the map */
	FILE *out;
	struct code_table code;
	/* any version's */
	size_t (*insn_data)(const struct qemu_plugin_insn *, void *, size_t);
	int version;
};

static struct watch watch;

__attribute__((constructor)) static void choose_version(void)
{
	qemu_plugin_version = dlsym(RTLD_DEFAULT, "qemu_plugin_n_vcpus") ? 1 : 2;
}

/* No more of this file can be believed: its end stays unwritten. */
__attribute__((format(printf, 1, 2))) static void give_up(const char *format, ...)
{
	va_list arguments;

	if (!watch.out)
		return;
	fputs("explain-plugin: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	fclose(watch.out);
	watch.out = NULL;
	watch.counting = watch.measured = false;
}

/* --- Where the kernel lies */

/* What a syscall enters the kernel at tells whether it lies where its map says. */
static void find_slide(const struct code *code)
{
	static const char *const entry[] = { "entry_SYSCALL_64", "system_call", NULL };

	for (size_t i = 0; entry[i]; i++) {
		uint64_t mapped = symbols_address(&watch.symbols, entry[i]);

		if (!mapped || (code->address - mapped) % SLIDE_UNIT)
			continue;
		watch.slide = code->address - mapped;
		watch.slide_known = true;
		return;
	}
	/* now and then an interrupt comes first */
	if (++watch.slide_tries == SLIDE_TRIES)
		give_up("the kernel is entered at %llx, where its symbol map has no entry: the map "
			"is of "
			"another build",
			(unsigned long long)code->address);
}

/* --- What is executed */

static void on_code(unsigned int cpu, void *data)
{
	struct code *code = data;

	(void)cpu;
	if (watch.syscall) {
		watch.syscall = false;
		if (!(code->where & CODE_USER))
			find_slide(code);
	}
	if (!watch.counting)
		return;
	if (code->symbol == CODE_NO_SYMBOL)
		kernel_code_find(code, &watch.symbols, watch.slide);
	follow_step(&watch.follow, code);
}

static void on_syscall(unsigned int cpu, void *data)
{
	on_code(cpu, data);
	watch.syscall = !watch.slide_known;
}

static void on_start(unsigned int cpu, void *data)
{
	if (watch.measured) {
		follow_begin(&watch.follow);
		watch.counting = true;
	}
	on_code(cpu, data);
}

static void end_operation(void)
{
	watch.counting = false;
	if (watch.follow.err || operations_add(&watch.operations, &watch.follow))
		give_up("out of memory");
}

static void on_end_operation(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
	if (watch.counting)
		end_operation();
}

/*
 * __switch_to_asm() stores the stack pointer of one task and loads that of the
 * next. QEMU 7.2 goes on calling this for what later instructions access, too.
 */
static void on_switch(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
	(void)cpu;
	if (!watch.counting || watch.follow.last != data || watch.switched)
		return;
	if (qemu_plugin_mem_is_store(info)) {
		watch.stored = address;
		return;
	}
	watch.switched = true;
	follow_switch(&watch.follow, watch.stored, address);
}

static void on_switch_start(unsigned int cpu, void *data)
{
	watch.switched = false;
	on_code(cpu, data);
}

/* --- The file */

static const char *name_of(uint32_t symbol)
{
	static const char *const root[ROOTS] = { "(program)", "(interrupts)", "(other tasks)" };

	if (symbol < watch.symbols.n_names)
		return watch.symbols.name[symbol];
	return root[symbol - watch.symbols.n_names];
}

static void write_nodes(void)
{
	for (; watch.nodes < watch.follow.n_nodes; watch.nodes++) {
		const struct follow_node *node = &watch.follow.node[watch.nodes];

		if (!watch.name_id[node->symbol]) {
			watch.name_id[node->symbol] = ++watch.names;
			fprintf(watch.out, "s %s\n", name_of(node->symbol));
		}
		fprintf(watch.out, "n %u %u\n", node->parent, watch.name_id[node->symbol] - 1);
	}
}

static void end_arm(void)
{
	watch.measured = watch.counting = false;
	if (watch.operations.n) {
		write_nodes();
		fprintf(watch.out, "a %u\n", watch.number);
		operations_write(&watch.operations, watch.out);
		if (fflush(watch.out))
			give_up("the counts cannot be written: %s", strerror(errno));
	}
	operations_clear(&watch.operations);
}

static void on_mark(unsigned int cpu, void *data)
{
	const struct code *code = data;

	(void)cpu;
	if (!watch.out)
		return;
	switch (code->mark) {
	case MARK_ZERO:
	case MARK_ONE:
		watch.number = watch.number >> 1 | (uint32_t)code->mark << (MARK_BITS - 1);
		break;
	case MARK_MEASURED:
		operations_clear(&watch.operations);
		watch.measured = true;
		break;
	case MARK_END:
		end_arm();
		break;
	}
}

static void on_end(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	if (!watch.out)
		return;
	fprintf(watch.out, "end %llu %llu\n", (unsigned long long)watch.follow.calls,
		(unsigned long long)watch.follow.calls_astray);
	if (ferror(watch.out) || fflush(watch.out))
		give_up("the counts cannot be written: %s", strerror(errno));
}

/* --- Translation */

static void get_bytes(const struct qemu_plugin_insn *insn, uint8_t *byte, size_t size)
{
	if (watch.version >= 3) {
		watch.insn_data(insn, byte, size);
		return;
	}
	memcpy(byte, (const void *)watch.insn_data(insn, byte, size), size);
}

static bool in_switch(uint64_t address)
{
	uint64_t at = address - watch.slide;

	return at >= watch.switch_start && at < watch.switch_end;
}

static qemu_plugin_vcpu_udata_cb_t callback_of(const struct code *code)
{
	if (!(code->where & CODE_USER))
		return on_code;
	if (code->kind == CODE_SYSCALL)
		return on_syscall;
	if (code->address >= PROGRAM_END)
		return on_code;
	if (code->kind == CODE_MARK) {
		if (code->mark == MARK_ASIDE)
			watch.aside = code->address;
		return on_mark;
	}
	if (code->kind == CODE_RDTSC)
		return on_start;
	if (code->kind == CODE_RDTSCP && code->address - watch.aside > ASIDE_BYTES)
		return on_end_operation;
	return on_code;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		struct code like = { .address = qemu_plugin_insn_vaddr(insn),
				     .symbol = CODE_NO_SYMBOL,
				     .size = (uint8_t)qemu_plugin_insn_size(insn) };
		uint8_t byte[16] = { 0 };
		struct code *code;

		get_bytes(insn, byte, like.size < sizeof(byte) ? like.size : sizeof(byte));
		code_decode(byte, like.size, &like);
		if (!(like.address >> 63)) {
			like.where = CODE_USER;
			like.symbol = 0;
		}
		code = code_table_get(&watch.code, &like);
		if (!code) {
			give_up("out of memory");
			return;
		}
		if (like.where & CODE_USER || !in_switch(like.address)) {
			qemu_plugin_register_vcpu_insn_exec_cb(insn, callback_of(code),
							       QEMU_PLUGIN_CB_NO_REGS, code);
			continue;
		}
		qemu_plugin_register_vcpu_insn_exec_cb(
			insn,
			like.address - watch.slide == watch.switch_start ? on_switch_start
									 : on_code,
			QEMU_PLUGIN_CB_NO_REGS, code);
		qemu_plugin_register_vcpu_mem_cb(insn, on_switch, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, code);
	}
}

/* --- Installation */

static const char *option(int argc, char **argv, const char *name)
{
	size_t length = strlen(name);

	for (int i = 0; i < argc; i++)
		if (!strncmp(argv[i], name, length) && argv[i][length] == '=')
			return argv[i] + length + 1;
	return NULL;
}

/* Kernels before 4.9 have no such function: there, tasks are not told apart. */
static void find_switch(void)
{
	uint64_t start = symbols_address(&watch.symbols, "__switch_to_asm");
	long at = symbols_find(&watch.symbols, start);

	if (!start || at < 0 || (size_t)at + 1 >= watch.symbols.n)
		return;
	watch.switch_start = start;
	watch.switch_end = watch.symbols.symbol[at + 1].address;
}

static int prepare(const char *map, const char *out, const char *seed, const char *image)
{
	char error[1024];

	if (!map || !out || !seed || !image) {
		fputs("explain-plugin: takes map=FILE,out=FILE,seed=N,image=SHA256\n", stderr);
		return -EINVAL;
	}
	if (symbols_read(map, &watch.symbols, error, sizeof(error))) {
		fprintf(stderr, "explain-plugin: %s\n", error);
		return -EINVAL;
	}
	find_switch();
	watch.name_id = calloc(watch.symbols.n_names + ROOTS, sizeof(*watch.name_id));
	if (!watch.name_id || follow_init(&watch.follow, watch.symbols.n_names)) {
		fputs("explain-plugin: out of memory\n", stderr);
		return -ENOMEM;
	}
	watch.out = fopen(out, "we");
	if (!watch.out) {
		fprintf(stderr, "explain-plugin: %s: %s\n", out, strerror(errno));
		return -EIO;
	}
	fprintf(watch.out, "daxmark-counts 1 %s %s\n", seed, image);
	return 0;
}

PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
				      char **argv)
{
	if (strcmp(info->target_name, "x86_64") != 0 || !info->system_emulation) {
		fprintf(stderr, "explain-plugin: is for qemu-system-x86_64, not for %s\n",
			info->target_name);
		return 1;
	}
	watch.version = info->version.cur;
	*(void **)&watch.insn_data = dlsym(RTLD_DEFAULT, "qemu_plugin_insn_data");
	if (!watch.insn_data) {
		fputs("explain-plugin: this QEMU does not show instructions\n", stderr);
		return 1;
	}
	if (prepare(option(argc, argv, "map"), option(argc, argv, "out"),
		    option(argc, argv, "seed"), option(argc, argv, "image")))
		return 1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	qemu_plugin_register_atexit_cb(id, on_end, NULL);
	return 0;
}
