// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "plan/plan_kernels.h"

/* The label names files, so it may hold nothing that means more to a path. */
static bool label_is_plain(const char *label)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-";

	return *label && *label != '.' && *label != '-' && strlen(label) <= PLAN_LABEL_MAX &&
	       label[strspn(label, plain)] == '\0';
}

struct plan_kernel *plan_add_kernel(struct plan_parser *p, const char *label)
{
	struct plan *plan = p->plan;

	if (!label_is_plain(label)) {
		plan_refuse(
			p, -EINVAL,
			"\"%s\" cannot label a kernel; use up to %d letters, digits and . _ + -, "
			"beginning with a letter or digit",
			label, PLAN_LABEL_MAX);
		return NULL;
	}
	if (plan->kernels > PLAN_STEPS_MAX) {
		plan_refuse(p, -EINVAL, "a plan has at most %d kernels", PLAN_STEPS_MAX + 1);
		return NULL;
	}
	return plan_add_named(p, &plan->kernel, &plan->kernels, sizeof(*plan->kernel), label);
}

/* A source package, or PACKAGE/SUITE as apt writes one of another suite. */
static bool package_is_plain(const char *package)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
	size_t name = strspn(package, plain);
	const char *suite = package + name + 1;

	if (name && !package[name])
		return true;
	return name && package[name] == '/' && *suite && *suite != '-' && *suite != '.' &&
	       !suite[strspn(suite, plain)];
}

static int take_source(struct plan_parser *p, const struct plan_key *key, void *object,
		       const char *value)
{
	struct plan_word *source = (struct plan_word *)((char *)object + key->offset);
	static const char *const scheme[] = { "debian:", "git:", "image:" };

	for (size_t i = 0; i < sizeof(scheme) / sizeof(scheme[0]); i++) {
		if (strncmp(value, scheme[i], strlen(scheme[i])) != 0 || !value[strlen(scheme[i])])
			continue;
		if (!strcmp(scheme[i], "git:") && !strchr(value, '#'))
			return plan_refuse(p, -EINVAL,
					   "\"%s\" names no revision; write git:/path#rev", value);
		if (!strcmp(scheme[i], "debian:") && !package_is_plain(value + strlen(scheme[i])))
			return plan_refuse(
				p, -EINVAL,
				"\"%s\" names no package; write debian:linux-source-6.1, "
				"or debian:linux-source-7.2/forky for another suite",
				value);
		if (source->text)
			return plan_refuse(p, -EINVAL,
					   "the source is set a second time (first in line %d)",
					   source->line);
		source->line = p->line;
		return plan_take_text(p, &source->text, value);
	}
	return plan_refuse(
		p, -EINVAL,
		"unknown kernel \"%s\"; choose debian:linux-source-6.1, git:/path#rev or "
		"image:/path/to/bzImage",
		value);
}

/* One revision, not a range of them. */
static int take_one(struct plan_parser *p, const struct plan_key *key, void *object,
		    const char *value)
{
	const char *revision = !strncmp(value, "git:", 4) ? strrchr(value, '#') : NULL;

	if (revision && strstr(revision, ".."))
		return plan_refuse(p, -EINVAL,
				   "\"%s\" is a range of commits; write it in a [series LABEL]",
				   value);
	return take_source(p, key, object, value);
}

/* Words for people, which a tab is as good between as a blank. */
static int take_subject(struct plan_parser *p, const struct plan_key *key, void *object,
			const char *value)
{
	char *subject = strdup(value);
	int more;

	if (!subject)
		return plan_refuse(p, -ENOMEM, "out of memory");
	plain_text(subject);
	more = plan_take_value(p, key, object, subject);
	free(subject);
	return more;
}

static const struct plan_key kernel_keys[] = {
	{ "source", PLAN_WORD, .offset = offsetof(struct plan_kernel, source), .take = take_one },
	{ "patches", PLAN_WORDS, .offset = offsetof(struct plan_kernel, patches) },
	{ "subject", PLAN_TEXT, .offset = offsetof(struct plan_kernel, subject),
	  .take = take_subject },
	{ 0 },
};

int plan_kernel_key(struct plan_parser *p, const char *label, const char *key, const char *value)
{
	struct plan *plan = p->plan;
	struct plan_kernel *kernel =
		plan_find_named(plan->kernel, plan->kernels, sizeof(*kernel), label);

	if (!kernel)
		kernel = plan_add_kernel(p, label);
	return kernel ? plan_take_key(p, "kernel ...", kernel_keys, kernel, key, value) : 0;
}

static const struct plan_key series_keys[] = {
	{ "source", PLAN_WORD, .offset = offsetof(struct plan_series, source),
	  .take = take_source },
	{ "patches", PLAN_WORDS, .offset = offsetof(struct plan_series, patches) },
	{ 0 },
};

int plan_series_key(struct plan_parser *p, const char *label, const char *key, const char *value)
{
	struct plan_series *series = &p->plan->series;

	if (series->label.text && strcmp(series->label.text, label) != 0)
		return plan_refuse(p, -EINVAL, "a plan has one series; [series %s] is in line %d",
				   series->label.text, series->label.line);
	if (!series->label.text) {
		series->label.line = p->line;
		if (!plan_take_text(p, &series->label.text, label))
			return 0;
	}
	return plan_take_key(p, "series ...", series_keys, series, key, value);
}

void plan_free_kernels(struct plan *plan)
{
	for (size_t i = 0; i < plan->kernels; i++) {
		free(plan->kernel[i].label.text);
		plan_release(kernel_keys, &plan->kernel[i]);
	}
	free(plan->kernel);
	free(plan->series.label.text);
	plan_release(series_keys, &plan->series);
}
