// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <nettle/base16.h>
#include <stdio.h>
#include <string.h>

#include "base/sha256.h"

void sha256_text(struct sha256_ctx *sha, const char *text)
{
	sha256_update(sha, strlen(text), (const uint8_t *)text);
}

int sha256_file(struct sha256_ctx *sha, const char *path)
{
	unsigned char buffer[65536];
	FILE *file = fopen(path, "re");
	size_t size;
	int err = 0;

	if (!file)
		return -errno;
	while ((size = fread(buffer, 1, sizeof(buffer), file)))
		sha256_update(sha, size, buffer);
	if (ferror(file))
		err = -EIO;
	fclose(file);
	return err;
}

void sha256_hex(struct sha256_ctx *sha, char hex[SHA256_HEX_MAX])
{
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(sha, sizeof(digest), digest);
	base16_encode_update(hex, sizeof(digest), digest);
	hex[SHA256_HEX_MAX - 1] = '\0';
}
