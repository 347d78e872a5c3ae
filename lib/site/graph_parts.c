// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>
#include <string.h>

#include "site/graph_parts.h"

bool graph_is_count(const struct read_series *series)
{
	return !strcmp(series->mode, "count");
}

double graph_value(const struct page_series *s, const struct read_value *value)
{
	return graph_is_count(s->series) ? value->new : expm1(value->ratio) * 100;
}

double graph_bound(const struct page_series *s, const struct read_value *value, double ratio)
{
	if (!isfinite(ratio))
		return graph_value(s, value);
	return graph_is_count(s->series) ? value->base * exp(ratio) : expm1(ratio) * 100;
}

double graph_level(const struct page_series *s, const struct segment *segment)
{
	/* the baseline is the same for all of a segment, but for what varies from night to night */
	return graph_bound(s, &s->values[(segment->first + segment->end) / 2], segment->level);
}

double graph_place(const struct page_series *s, size_t night)
{
	return (double)(night - s->first) + 1;
}

/* gnuplot would take an empty block for the end of another one. */
void graph_block(struct text *data)
{
	bool begun = data->length >= 3 && !strcmp(data->data + data->length - 3, "\n\n\n");

	if (!data->length || begun)
		text_add(data, "-1e9\t0\t0\t0\t0\t\n");
	text_add(data, "\n\n");
}

void graph_words(struct text *text, const char *words, size_t longest)
{
	size_t length = strlen(words), shown = length > longest ? longest - 3 : length;

	for (size_t i = 0; i < shown; i++) {
		unsigned char c = (unsigned char)words[i];

		if (c < ' ' || c > '~')
			c = '?';
		text_add(text, "%c", c == '"' ? '\'' : c == '\\' ? '/' : c);
	}
	if (shown < length)
		text_add(text, "...");
}
