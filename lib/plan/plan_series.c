// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A series: a base, and after it a kernel for each patch or commit, with all
 * those before it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan_kernels.h"

const char *plan_series_range(const struct plan *plan)
{
	const char *source = plan->series.source.text;
	const char *revisions = source && !strncmp(source, "git:", 4) ? strrchr(source, '#') : NULL;

	return revisions && strstr(revisions, "..") ? revisions + 1 : NULL;
}

/* "0001-mm-do.patch" is "mm-do": what tells a patch from the others of its series. */
static void patch_name(const char *patch, char *name, size_t size)
{
	const char *file = strrchr(patch, '/'), *from;
	char *dot;

	file = file ? file + 1 : patch;
	for (from = file; isdigit((unsigned char)*from); from++)
		;
	snprintf(name, size, "%s", from > file && *from == '-' && from[1] ? from + 1 : file);
	dot = strrchr(name, '.');
	if (dot && dot > name && (!strcmp(dot, ".patch") || !strcmp(dot, ".diff")))
		*dot = '\0';
}

void plan_step_label(size_t number, const char *name, char label[PLAN_LABEL_MAX + 1])
{
	size_t used = (size_t)snprintf(label, PLAN_LABEL_MAX + 1, "%zu", number);
	bool apart = true;

	for (; *name && used < PLAN_LABEL_MAX; name++) {
		bool plain = isalnum((unsigned char)*name) || strchr("._+", *name);

		if (!plain) {
			apart = true;
			continue;
		}
		if (apart && used + 1 == PLAN_LABEL_MAX)
			break;
		if (apart)
			label[used++] = '-';
		apart = false;
		label[used++] = *name;
	}
	label[used] = '\0';
}

static int copy_patches(struct plan_parser *p, struct plan_kernel *kernel, size_t n)
{
	const struct plan_list *patches = &p->plan->series.patches;

	for (size_t i = 0; i < n; i++)
		if (!plan_take_words(p, &kernel->patches, patches->word[i].text))
			return 0;
	return 1;
}

static int add_base(struct plan_parser *p)
{
	const struct plan_series *series = &p->plan->series;
	struct plan_kernel *kernel = plan_add_kernel(p, series->label.text);
	char *source;

	if (!kernel)
		return 0;
	kernel->source.line = series->source.line;
	if (!plan_take_text(p, &kernel->source.text, series->source.text))
		return 0;
	source =
		plan_series_range(p->plan) ? strstr(strrchr(kernel->source.text, '#'), "..") : NULL;
	if (source)
		*source = '\0';
	return 1;
}

static int add_patch_steps(struct plan_parser *p)
{
	struct plan *plan = p->plan;

	for (size_t i = 1; i <= plan->series.patches.n; i++) {
		const struct plan_word *patch = &plan->series.patches.word[i - 1];
		char name[256], label[PLAN_LABEL_MAX + 1];
		struct plan_kernel *kernel;

		patch_name(patch->text, name, sizeof(name));
		plan_step_label(i, name, label);
		p->line = patch->line;
		if (!strcmp(label, plan->series.label.text))
			return plan_refuse(p, -EINVAL,
					   "\"%s\" would label both this step and the base; name "
					   "the series otherwise",
					   label);
		kernel = plan_add_kernel(p, label);
		if (!kernel || !plan_take_text(p, &kernel->source.text, plan->series.source.text) ||
		    !copy_patches(p, kernel, i))
			return 0;
		kernel->source.line = plan->series.source.line;
		kernel->is_step = true;
	}
	return 1;
}

static int check_range(struct plan_parser *p, const char *range)
{
	const struct plan_series *series = &p->plan->series;
	const char *dots = strstr(range, "..");

	p->line = series->source.line;
	if (dots == range || !dots[2] || dots[2] == '.' || strstr(dots + 2, ".."))
		return plan_refuse(p, -EINVAL,
				   "\"%s\" is no range of commits; write git:/path#base..tip",
				   series->source.text);
	if (!series->patches.n)
		return 1;
	p->line = series->patches.word[0].line;
	return plan_refuse(p, -EINVAL,
			   "the commits of \"%s\" are the steps; patches go with one revision",
			   series->source.text);
}

static int check_patches(struct plan_parser *p)
{
	const struct plan_series *series = &p->plan->series;

	p->line = series->source.line;
	if (!strncmp(series->source.text, "image:", 6))
		return plan_refuse(p, -EINVAL,
				   "an image takes no patches; a series is made of debian: or "
				   "git:");
	p->line = series->label.line;
	if (!series->patches.n)
		return plan_refuse(p, -EINVAL,
				   "[series %s] has no patches; name some, or a range of commits "
				   "as git:/path#base..tip",
				   series->label.text);
	if (series->patches.n > PLAN_STEPS_MAX)
		return plan_refuse(p, -EINVAL, "[series %s] has %zu patches, and %d is the most",
				   series->label.text, series->patches.n, PLAN_STEPS_MAX);
	return 1;
}

int plan_series_expand(struct plan_parser *p)
{
	const struct plan *plan = p->plan;
	const struct plan_series *series = &plan->series;
	const char *range = plan_series_range(plan);

	if (!series->label.text)
		return 1;
	p->line = series->label.line;
	if (plan->kernels)
		return plan_refuse(p, -EINVAL,
				   "a plan has a series or kernels of their own, not both; [kernel "
				   "%s] is in line %d",
				   plan->kernel[0].label.text, plan->kernel[0].label.line);
	if (!series->source.text)
		return plan_refuse(p, -EINVAL, "[series %s] has no source", series->label.text);
	if (!(range ? check_range(p, range) : check_patches(p)))
		return 0;
	p->line = series->label.line;
	return add_base(p) && (range || add_patch_steps(p));
}
