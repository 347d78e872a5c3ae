/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes that a fuzzer makes, as the files that the functions under test read. */
#ifndef DAXMARK_TESTS_FUZZ_INPUT_H
#define DAXMARK_TESTS_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

/* More parts than this are the last one's. */
#define INPUT_PARTS_MAX 9

/* What a fuzzer calls; 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct part {
	const uint8_t *data;
	size_t size;
};

/*
 * Takes an input apart where a line is "----". All INPUT_PARTS_MAX are set, those
 * behind the last are empty. Returns how many there are, at least 1.
 */
size_t input_split(const uint8_t *data, size_t size, struct part parts[INPUT_PARTS_MAX]);

/* A path under which the part can be read as a file, until the next call with that number. */
const char *input_file(size_t number, const struct part *part);

/* An empty folder in memory, the same at each call; it goes with the process. */
const char *input_folder(void);

/* Writes the part to a file of the folder; folders in the name are made. */
void input_place(const char *name, const struct part *part);

#endif
