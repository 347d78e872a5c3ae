// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A difference flame graph: each call stands on its caller, as wide as it is
 * on the side where it is larger. Three fields of a frame say what of it is on both
 * sides (white), only on the new one (dark hatching) and only on the old one
 * (dots), so that it reads without colours, too, and so that what vanished has
 * a place.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/markup.h"
#include "explain/explained.h"
#include "report/labels.h"

#define WIDTH	   1200.0
#define MARGIN	   10.0
#define HEAD	   66.0
#define ROW	   18.0
#define CHARACTER  6.4 /* of 11 px, on average */
#define NARROWEST  0.4 /* px; what is narrower is not drawn */
#define TEXT_LEAST 24.0

enum field { FIELD_SAME, FIELD_MORE, FIELD_LESS, FIELDS };

static const char *const field_style[FIELDS] = { "same", "more", "less" };

/* By node: instructions of it and below it in each field. */
struct flame {
	const struct explanation *e;
	double (*field)[FIELDS];
	double scale; /* px an instruction */
	double height;
};

static double width_of(const struct flame *f, uint32_t at)
{
	return (f->field[at][FIELD_SAME] + f->field[at][FIELD_MORE] + f->field[at][FIELD_LESS]) *
	       f->scale;
}

static void sum_fields(struct flame *f)
{
	const struct tree *tree = &f->e->tree;

	for (uint32_t i = 0; i < tree->n; i++) {
		const double *self = tree->node[i].self;

		f->field[i][FIELD_SAME] = fmin(self[TREE_BASE], self[TREE_NEW]);
		f->field[i][FIELD_MORE] = fmax(0, self[TREE_NEW] - self[TREE_BASE]);
		f->field[i][FIELD_LESS] = fmax(0, self[TREE_BASE] - self[TREE_NEW]);
	}
	for (uint32_t i = tree->n; i-- > 1;)
		for (int field = 0; field < FIELDS; field++)
			f->field[tree->node[i].parent][field] += f->field[i][field];
}

/* How deep what is drawn goes. */
static uint32_t depth_of(const struct flame *f)
{
	uint32_t deepest = 0;

	for (uint32_t i = 1; i < f->e->tree.n; i++)
		if (width_of(f, i) >= NARROWEST && f->e->tree.node[i].depth > deepest)
			deepest = f->e->tree.node[i].depth;
	return deepest;
}

static const char *change_text(double change, char *buffer)
{
	if (change > 0)
		*buffer = '+';
	label_number(change, buffer + (change > 0));
	return buffer;
}

static void frame(struct text *text, const struct flame *f, uint32_t at, double x)
{
	const struct tree_node *node = &f->e->tree.node[at];
	double width = width_of(f, at), y = f->height - MARGIN - ROW * node->depth, left = x;
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];
	size_t room = (size_t)(width / CHARACTER), length = strlen(node->name);

	change_text(tree_change(node), change);
	text_add(text, "<g><title>");
	markup_escape(text, node->name);
	text_add(text, ": ");
	markup_escape(text, f->e->label[TREE_BASE]);
	text_add(text, " %s, ", label_number(node->all[TREE_BASE], base));
	markup_escape(text, f->e->label[TREE_NEW]);
	text_add(text, " %s, %s</title>", label_number(node->all[TREE_NEW], new), change);
	for (int field = 0; field < FIELDS; field++) {
		double part = f->field[at][field] * f->scale;

		if (part <= 0)
			continue;
		text_add(text,
			 "<rect class=\"%s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" "
			 "height=\"%.1f\"/>",
			 field_style[field], left, y, part, ROW - 1);
		left += part;
	}
	text_add(text,
		 "<rect class=\"edge\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"/>", x,
		 y, width, ROW - 1);
	if (width >= TEXT_LEAST) {
		text_add(text, "<text x=\"%.2f\" y=\"%.1f\">", x + 3, y + 13);
		markup_escape_part(text, node->name,
				   length < room ? length : room - (room > 2 ? 2 : 0));
		if (length >= room)
			text_add(text, "..");
		else if (length + strlen(change) + 2 < room && tree_change(node) != 0)
			text_add(text, " %s", change);
		text_add(text, "</text>");
	}
	text_add(text, "</g>\n");
}

static void frames(struct text *text, const struct flame *f, uint32_t at, double x)
{
	for (uint32_t child = f->e->tree.node[at].first; child != TREE_NONE;
	     child = f->e->tree.node[child].next) {
		if (width_of(f, child) >= NARROWEST) {
			frame(text, f, child, x);
			frames(text, f, child, x);
		}
		x += width_of(f, child);
	}
}

static void legend(struct text *text, const struct flame *f)
{
	const struct explanation *e = f->e;
	double x = MARGIN;

	for (int field = 0; field < FIELDS; field++) {
		text_add(text,
			 "<rect class=\"%s\" x=\"%.0f\" y=\"40\" width=\"28\" height=\"14\"/>"
			 "<rect class=\"edge\" x=\"%.0f\" y=\"40\" width=\"28\" height=\"14\"/>"
			 "<text x=\"%.0f\" y=\"51\">%s",
			 field_style[field], x, x, x + 34,
			 field == FIELD_SAME ? "in both" : "only in ");
		if (field != FIELD_SAME)
			markup_escape(text, e->label[field == FIELD_MORE ? TREE_NEW : TREE_BASE]);
		text_add(text, "</text>\n");
		x += 220;
	}
}

static void title(struct text *text, const struct explanation *e)
{
	const struct cost_name *s = &e->name;
	char room[LABEL_SIZE], base[LABEL_SIZE], new[LABEL_SIZE];
	const char *target;

	target = label_target(s->fs, s->access, room);
	text_add(text, "<text class=\"title\" x=\"%.0f\" y=\"24\">", MARGIN);
	markup_escape(text, s->bench);
	text_add(text, " ");
	markup_escape(text, e->against ? "" : s->arm);
	text_add(text, e->against ? "" : " ");
	markup_escape(text, s->metric);
	if (*target) {
		text_add(text, " on ");
		markup_escape(text, target);
	}
	text_add(text, e->against ? ", " : "");
	markup_escape(text, e->against ? e->of : "");
	text_add(text, ": ");
	markup_escape(text, e->against ? e->against : e->label[TREE_BASE]);
	text_add(text, " %s, ", label_number(e->clock[TREE_BASE], base));
	markup_escape(text, e->against ? s->arm : e->label[TREE_NEW]);
	text_add(text, " %s ", label_number(e->clock[TREE_NEW], new));
	markup_escape(text, e->unit);
	text_add(text, "</text>\n");
}

static const char style[] =
	"<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
	"patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#f4a582\"/>"
	"<rect width=\"2\" height=\"5\" fill=\"#b2432f\"/></pattern>"
	"<pattern id=\"dots\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
	"<rect width=\"5\" height=\"5\" fill=\"#e6f0f8\"/>"
	"<circle cx=\"2\" cy=\"2\" r=\"1\" fill=\"#2166ac\"/></pattern></defs>\n"
	"<style>text{font:11px DejaVu Sans,sans-serif;fill:#000;stroke:#fff;stroke-width:3px;"
	"paint-order:stroke;stroke-linejoin:round}.title{font-size:15px}.same{fill:#fff}"
	".more{fill:url(#hatch)}.less{fill:url(#dots)}"
	".edge{fill:none;stroke:#444;stroke-width:0.6}</style>\n";

static void draw(struct text *text, struct flame *f)
{
	double all;

	sum_fields(f);
	all = f->field[0][FIELD_SAME] + f->field[0][FIELD_MORE] + f->field[0][FIELD_LESS];
	f->scale = all > 0 ? (WIDTH - 2 * MARGIN) / all : 0;
	f->height = HEAD + ROW * depth_of(f) + MARGIN;
	text_add(text,
		 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
		 "viewBox=\"0 0 %.0f %.0f\">\n",
		 WIDTH, f->height, WIDTH, f->height);
	text_add(text, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n%s", WIDTH, f->height,
		 style);
	title(text, f->e);
	legend(text, f);
	frames(text, f, 0, MARGIN);
	text_add(text, "</svg>\n");
}

void report_explained_svg(struct text *text, const struct explained *x)
{
	struct flame f = { .e = x->list };

	if (!x->n || !x->list->tree.n)
		return;
	f.field = calloc(x->list->tree.n, sizeof(*f.field));
	if (!f.field) {
		text->err = -ENOMEM;
		return;
	}
	draw(text, &f);
	free(f.field);
}
