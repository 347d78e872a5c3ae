/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an instruction of x86-64 is to one who follows calls and returns. */
#ifndef DAXMARK_EXPLAIN_CODE_H
#define DAXMARK_EXPLAIN_CODE_H

#include <stddef.h>
#include <stdint.h>

enum code_kind {
	CODE_PLAIN,
	CODE_JUMP, /* taken or not, direct or not */
	CODE_CALL,
	CODE_RETURN,
	CODE_LEAVE,   /* iret, sysret, sysexit: out of an interrupt or of the kernel */
	CODE_SYSCALL, /* syscall, sysenter, int: into it */
	CODE_RDTSC,
	CODE_RDTSCP,
	CODE_MARK, /* measure/mark.h */
};

struct code {
	uint64_t address;
	uint32_t symbol; /* an id, or CODE_NO_SYMBOL until it was looked up */
	uint8_t size;
	uint8_t kind;
	uint8_t mark; /* which, of CODE_MARK */
	uint8_t where;
};

/* In .where */
#define CODE_USER      1  /* not the kernel's */
#define CODE_ENTRY     2  /* where the processor enters the kernel */
#define CODE_START     4  /* the first instruction of its function */
#define CODE_FAULT     8  /* the first one after a page fault, which undid one instruction */
#define CODE_TRAP      16 /* the first one after another exception of the code that ran */
#define CODE_GATE      32 /* of entry code, where exactly the processor can come in */

#define CODE_NO_SYMBOL UINT32_MAX

/* Fills .kind and .mark from an instruction's bytes. */
void code_decode(const uint8_t *byte, size_t size, struct code *code);

#endif
