// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "plan/commits.h"
#include "plan/mail_words.h"
#include "plan/series.h"

/* In bytes; an encoded subject takes three for one. */
#define HEADER_MAX (4 * SERIES_SUBJECT_MAX)

/* "[PATCH v2 1/3] mm: do" is "mm: do". */
static char *without_tags(char *subject)
{
	subject += strspn(subject, " \t");
	while (*subject == '[' && strchr(subject, ']')) {
		subject = strchr(subject, ']') + 1;
		subject += strspn(subject, " \t");
	}
	return subject;
}

/* The Subject of a patch as mails have it, with the lines it goes on in. */
static void read_header(const char *path, char *subject, size_t size)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t room = 0, used = 0;

	*subject = '\0';
	while (file && getline(&line, &room, file) > 0) {
		bool begins = !strncmp(line, "Subject:", 8);

		/* behind the headers are the words and the patch itself */
		if (used ? *line != ' ' && *line != '\t' : !strncmp(line, "--- ", 4))
			break;
		if (!used && !begins)
			continue;
		line[strcspn(line, "\r\n")] = '\0';
		used += (size_t)snprintf(subject + used, size - used, "%s%s", used ? " " : "",
					 line + (begins ? 8 : 1));
		if (used >= size)
			break;
	}
	free(line);
	if (file)
		fclose(file);
}

static void read_subject(const char *path, char *subject, size_t size)
{
	char header[HEADER_MAX];

	read_header(path, header, sizeof(header));
	words_decode(header);
	snprintf(subject, size, "%s", without_tags(header));
	plain_ascii(subject);
}

/* The last patch of a step; it is named relative to the folder of the plan. */
static void step_subject(const struct plan *plan, const struct plan_kernel *kernel, char *subject,
			 size_t size)
{
	const char *patch = kernel->patches.word[kernel->patches.n - 1].text;
	const char *slash = strrchr(plan->path, '/');
	int folder = *patch == '/' || !slash ? 0 : (int)(slash + 1 - plan->path);
	char path[2 * PATH_MAX];

	snprintf(path, sizeof(path), "%.*s%s", folder, plan->path, patch);
	read_subject(path, subject, size);
}

static enum status add_subjects(struct plan *plan)
{
	for (size_t i = 0; i < plan->kernels; i++) {
		struct plan_kernel *kernel = &plan->kernel[i];
		char subject[SERIES_SUBJECT_MAX + 1];

		if (!kernel->is_step || kernel->subject)
			continue;
		step_subject(plan, kernel, subject, sizeof(subject));
		kernel->subject = *subject ? strdup(subject) : NULL;
		if (*subject && !kernel->subject)
			return complain_memory();
	}
	return STATUS_DONE;
}

enum status series_complete(struct plan *plan)
{
	for (size_t i = 0; i < plan->kernels; i++)
		if (plan->kernel[i].subject)
			plain_ascii(plan->kernel[i].subject);
	return plan_series_range(plan) ? commits_expand(plan) : add_subjects(plan);
}
