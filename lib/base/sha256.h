/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nettle's SHA-256 leaves to do: sha256_init() and sha256_update() are nettle's. */
#ifndef DAXMARK_BASE_SHA256_H
#define DAXMARK_BASE_SHA256_H

#include <nettle/sha2.h>

#define SHA256_HEX_MAX (2 * SHA256_DIGEST_SIZE + 1)

/* Adds a text without its end. */
void sha256_text(struct sha256_ctx *sha, const char *text);

/* Adds all bytes of the file at path. 0 or the negative errno of reading it. */
int sha256_file(struct sha256_ctx *sha, const char *path);

/* The digest in hexadecimal digits; the context starts anew. */
void sha256_hex(struct sha256_ctx *sha, char hex[SHA256_HEX_MAX]);

#endif
