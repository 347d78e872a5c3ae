// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/sha256.h"

static void digest_of(const char *data, size_t size, size_t piece, char hex[SHA256_HEX_MAX])
{
	struct sha256_ctx sha;

	sha256_init(&sha);
	for (size_t at = 0; at < size; at += piece)
		sha256_update(&sha, size - at < piece ? size - at : piece,
			      (const uint8_t *)data + at);
	sha256_hex(&sha, hex);
}

/* The first three are those of FIPS 180-4's example file, the rest sha256sum's. */
static void digests_are_those_of_the_standard(void **state)
{
	static const struct {
		const char *text, *digest;
	} known[] = {
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	};
	char hex[SHA256_HEX_MAX];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		digest_of(known[i].text, strlen(known[i].text), 64, hex);
		assert_string_equal(hex, known[i].digest);
	}
}

/* Around the ends of a block, where the padding takes one block or two. */
static void length_and_pieces_do_not_matter(void **state)
{
	static const struct {
		size_t size;
		const char *digest;
	} known[] = {
		{ 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
		{ 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
		{ 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
		{ 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
		{ 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
		{ 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
	};
	char data[128], hex[SHA256_HEX_MAX];

	(void)state;
	memset(data, 'a', sizeof(data));
	for (size_t i = 0; i < 6; i++)
		for (size_t piece = 1; piece <= 128; piece *= 2) {
			digest_of(data, known[i].size, piece, hex);
			assert_string_equal(hex, known[i].digest);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standard),
		cmocka_unit_test(length_and_pieces_do_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
