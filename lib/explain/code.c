// SPDX-License-Identifier: GPL-2.0-or-later
/* Opcodes: Intel SDM volume 2, appendix A. */
#include <stdbool.h>
#include <string.h>

#include "explain/code.h"
#include "measure/mark.h"

static bool is_prefix(uint8_t byte)
{
	switch (byte) {
	case 0x26: /* segments */
	case 0x2e:
	case 0x36:
	case 0x3e:
	case 0x64:
	case 0x65:
	case 0x66: /* sizes */
	case 0x67:
	case 0xf0: /* lock */
	case 0xf2: /* repeat; also of "bnd call" and of endbr64 */
	case 0xf3:
		return true;
	default:
		return (byte & 0xf0) == 0x40; /* REX */
	}
}

static enum code_kind one_byte(const uint8_t *byte, size_t size)
{
	int reg = size > 1 ? byte[1] >> 3 & 7 : 0;

	switch (byte[0]) {
	case 0xe8:
		return CODE_CALL;
	case 0xff:
		if (reg == 2 || reg == 3)
			return CODE_CALL;
		return reg == 4 || reg == 5 ? CODE_JUMP : CODE_PLAIN;
	case 0xc2:
	case 0xc3:
	case 0xca:
	case 0xcb:
		return CODE_RETURN;
	case 0xcf:
		return CODE_LEAVE;
	case 0xcc:
	case 0xcd:
		return CODE_SYSCALL;
	case 0xe0: /* loop, jrcxz */
	case 0xe1:
	case 0xe2:
	case 0xe3:
	case 0xe9:
	case 0xeb:
		return CODE_JUMP;
	default:
		return (byte[0] & 0xf0) == 0x70 ? CODE_JUMP : CODE_PLAIN;
	}
}

static enum code_kind two_bytes(const uint8_t *byte, size_t size)
{
	switch (byte[1]) {
	case 0x05:
	case 0x34:
		return CODE_SYSCALL;
	case 0x07:
	case 0x35:
		return CODE_LEAVE;
	case 0x31:
		return CODE_RDTSC;
	case 0x01:
		return size > 2 && byte[2] == 0xf9 ? CODE_RDTSCP : CODE_PLAIN;
	default:
		return (byte[1] & 0xf0) == 0x80 ? CODE_JUMP : CODE_PLAIN;
	}
}

/* nopl disp32(%rax) with a word of ours */
static bool is_mark(const uint8_t *byte, size_t size, uint8_t *mark)
{
	uint32_t operand;

	if (size != 7 || byte[0] != 0x0f || byte[1] != 0x1f || byte[2] != 0x80)
		return false;
	memcpy(&operand, byte + 3, sizeof(operand));
	if (operand < MARK_BASE || operand >= MARK_BASE + MARKS)
		return false;
	*mark = (uint8_t)(operand - MARK_BASE);
	return true;
}

void code_decode(const uint8_t *byte, size_t size, struct code *code)
{
	code->kind = CODE_PLAIN;
	code->mark = 0;
	if (is_mark(byte, size, &code->mark)) {
		code->kind = CODE_MARK;
		return;
	}
	while (size && is_prefix(*byte)) {
		byte++;
		size--;
	}
	if (!size)
		return;
	if (*byte != 0x0f)
		code->kind = (uint8_t)one_byte(byte, size);
	else if (size > 1)
		code->kind = (uint8_t)two_bytes(byte, size);
}
