// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a series changed, and the words beside: none may cover another. */
#include <string.h>

#include "report/labels.h"
#include "site/graph_parts.h"

/* plots/history.gp draws so many pixels from the left end of the axis to the right. */
#define AXIS_PX	     900.0
#define BESIDE_PX    30.0 /* room for words on its right */
#define CHARACTER_PX 6.7

#define LANES_MAX    6
#define LABELS_MAX   48
#define KERNEL_MAX   22
#define WORDS_LIMIT  100

struct label {
	double at;	 /* its mark, whose line goes up to it; in pixels */
	double from, to; /* its words */
	size_t lane;
};

struct labels {
	const struct page_series *s;
	size_t from; /* the first night of the axis */
	struct label placed[LABELS_MAX];
	size_t n;
};

static enum graph_mark kind_of(const struct segment *segment)
{
	if (!segment->change)
		return MARK_STARTS;
	if (segment->change->acknowledged)
		return MARK_ACKNOWLEDGED;
	return segment->change->worse ? MARK_WORSE : MARK_BETTER;
}

/* A mark stands before the night that it begins with. */
static double place_of(const struct page_series *s, const struct segment *segment)
{
	return graph_place(s, s->values[segment->first].night) - 0.5;
}

static bool is_mark(const struct page_series *s, size_t segment, size_t from)
{
	return segment && s->values[s->segments[segment].first].night >= from;
}

/* The name of a kernel, or its revision where the one before has the same name. */
static void add_kernel(struct text *words, const struct view *view, size_t night, size_t other)
{
	const struct night *of = &view->nights[night].night;

	if (!strcmp(of->kernel, view->nights[other].night.kernel) && *of->revision)
		text_add(words, "%.12s", of->revision);
	else
		graph_words(words, of->kernel, KERNEL_MAX);
}

static void word_change(struct text *words, const struct view *view, const struct read_change *c)
{
	char size[LABEL_SIZE];

	text_add(words, "%s %s: ", label_change(c->change_pct, size),
		 c->acknowledged ? "acknowledged"
		 : c->worse	 ? "worse"
				 : "better");
	add_kernel(words, view, c->first, c->before);
	if (c->last != c->first) {
		text_add(words, " to ");
		add_kernel(words, view, c->last, c->before);
	}
	text_add(words, ", after ");
	add_kernel(words, view, c->before, c->first);
}

static bool within(const struct label *words, const struct label *mark)
{
	return mark->at > words->from && mark->at < words->to;
}

/* Words cover no others, and no line goes through them. */
static bool fits(const struct label *one, const struct label *two)
{
	if (one->lane == two->lane && one->from < two->to + 8 && two->from < one->to + 8)
		return false;
	return !(within(one, two) && one->lane <= two->lane) &&
	       !(within(two, one) && two->lane <= one->lane);
}

static bool is_free(const struct labels *labels, const struct label *wanted)
{
	for (size_t i = 0; i < labels->n; i++)
		if (!fits(wanted, &labels->placed[i]))
			return false;
	return true;
}

/* Where a mark is on the axis. */
static double across(const struct labels *labels, const struct segment *segment)
{
	double low = graph_place(labels->s, labels->from) - 0.6;
	double high = graph_place(labels->s, labels->s->end - 1) + 0.6;

	return (place_of(labels->s, segment) - low) / (high - low) * AXIS_PX;
}

/* Marks before this one whose words have to find room below those of this one. */
static size_t count_below(const struct labels *labels, size_t segment, const struct label *label)
{
	size_t n = 0;

	while (segment-- > 1 && is_mark(labels->s, segment, labels->from) &&
	       across(labels, &labels->s->segments[segment]) > label->from)
		n++;
	return n < LANES_MAX ? n : LANES_MAX - 1;
}

/* The lowest lane with room; false where there is none. */
static bool find_lane(struct labels *labels, size_t segment, size_t characters, bool *left,
		      size_t *lane)
{
	double at = across(labels, &labels->s->segments[segment]);
	double width = (double)characters * CHARACTER_PX;
	struct label label = { .at = at, .from = at, .to = at + width };

	*left = label.to > AXIS_PX + BESIDE_PX && at > AXIS_PX / 2;
	if (*left) {
		label.from = at - width;
		label.to = at;
		label.lane = count_below(labels, segment, &label);
	}
	for (; labels->n < LABELS_MAX && label.lane < LANES_MAX; label.lane++) {
		if (!is_free(labels, &label))
			continue;
		labels->placed[labels->n++] = label;
		*lane = label.lane;
		return true;
	}
	return false;
}

static void add_label(struct text *data, struct labels *labels, size_t at, size_t *lanes)
{
	const struct segment *segment = &labels->s->segments[at];
	struct text words = { 0 };
	size_t lane;
	bool left;

	if (segment->change)
		word_change(&words, labels->s->page->view, segment->change);
	else
		text_add(&words, "other %s", segment->starts);
	if (text_error(&words)) {
		data->err = text_error(&words);
	} else if (find_lane(labels, at, words.length < WORDS_LIMIT ? words.length : WORDS_LIMIT,
			     &left, &lane)) {
		text_add(data, "%.1f\t%zu\t%d\t%d\t", place_of(labels->s, segment), lane, left,
			 kind_of(segment));
		graph_words(data, words.data, WORDS_LIMIT);
		text_add(data, "\n");
		*lanes = lane + 1 > *lanes ? lane + 1 : *lanes;
	}
	text_free(&words);
}

static void add_marks(struct text *data, const struct page_series *s, size_t from)
{
	for (size_t i = 0; i < s->n_segments; i++)
		if (is_mark(s, i, from))
			text_add(data, "%.1f\t%d\n", place_of(s, &s->segments[i]),
				 kind_of(&s->segments[i]));
}

void graph_marks(struct text *data, const struct page_series *s, size_t from, size_t *lanes)
{
	struct labels labels = { .s = s, .from = from };

	graph_block(data);
	for (size_t i = 0; i < s->n_segments; i++) {
		const struct read_change *c = s->segments[i].change;

		if (c && is_mark(s, i, from) && c->last > c->first)
			text_add(data, "%.1f\t%.1f\n", graph_place(s, c->first) - 0.5,
				 graph_place(s, c->last) + 0.5);
	}
	graph_block(data);
	add_marks(data, s, from);
	graph_block(data);
	*lanes = 0;
	/* the latest first: they get the room there is */
	for (size_t i = s->n_segments; i > 0; i--)
		if (is_mark(s, i - 1, from))
			add_label(data, &labels, i - 1, lanes);
}

void graph_strip_marks(struct text *data, const struct page_series *s)
{
	add_marks(data, s, s->first);
}
