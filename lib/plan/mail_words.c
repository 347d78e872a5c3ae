// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "plan/mail_words.h"

/* The parts of "=?UTF-8?q?caf=C3=A9?=". */
struct encoded {
	char kind; /* q or b */
	const char *data;
	size_t length;
	const char *end; /* behind it */
};

static bool find_parts(const char *text, struct encoded *word)
{
	const char *charset = text + 2, *kind, *data, *end;

	if (strncmp(text, "=?", 2) != 0)
		return false;
	kind = strchr(charset, '?');
	if (!kind || kind == charset || !kind[1] || kind[2] != '?')
		return false;
	data = kind + 3;
	end = strstr(data, "?=");
	/* no encoded word has a blank in it */
	if (!end || strcspn(text, " \t") < (size_t)(end - text))
		return false;
	*word = (struct encoded){ (char)(kind[1] | 0x20), data, (size_t)(end - data), end + 2 };
	return word->kind == 'q' || word->kind == 'b';
}

static int hex(char digit)
{
	const char *digits = "0123456789abcdef", *at;

	at = digit ? strchr(digits, digit >= 'A' && digit <= 'F' ? digit | 0x20 : digit) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Into to, which never gets ahead of the data; returns the end. */
static char *decode_q(char *to, const char *data, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool escape = data[i] == '=' && i + 2 < length && hex(data[i + 1]) >= 0 &&
			      hex(data[i + 2]) >= 0;

		if (escape) {
			*to++ = (char)(hex(data[i + 1]) << 4 | hex(data[i + 2]));
			i += 2;
		} else {
			*to++ = data[i] == '_' ? ' ' : data[i];
		}
	}
	return to;
}

static char *decode_b(char *to, const char *data, size_t length)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned int bits = 0, n = 0;

	for (size_t i = 0; i < length; i++) {
		const char *at = data[i] ? strchr(digits, data[i]) : NULL;

		if (!at)
			continue;
		bits = bits << 6 | (unsigned int)(at - digits);
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		*to++ = (char)(bits >> n);
	}
	return to;
}

void words_decode(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		struct encoded word, next;
		const char *blanks;

		if (!find_parts(from, &word)) {
			*to++ = *from++;
			continue;
		}
		to = word.kind == 'q' ? decode_q(to, word.data, word.length)
				      : decode_b(to, word.data, word.length);
		from = word.end;
		blanks = from + strspn(from, " \t");
		/* what is between two of them is where a long one was folded */
		if (find_parts(blanks, &next))
			from = blanks;
	}
	*to = '\0';
}
