/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SHA-256 (FIPS 180-4): whether a result file is still the one that was read. */
#ifndef DAXMARK_BASE_SHA256_H
#define DAXMARK_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_HEX_MAX 65 /* hexadecimal digits and the end */

struct sha256 {
	uint32_t state[8];
	uint64_t bytes;
	unsigned char block[64];
};

void sha256_begin(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *data, size_t size);
void sha256_end(struct sha256 *sha, char hex[SHA256_HEX_MAX]);

/* Adds all bytes of the file at path. 0 or the negative errno of reading it. */
int sha256_add_file(struct sha256 *sha, const char *path);

#endif
