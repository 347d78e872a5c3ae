// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history changes, summary, ack: what moved, and what is known of it. */
#include <stdio.h>

#include "base/output.h"
#include "history/acks.h"
#include "history/actions.h"
#include "history/text_history.h"

static int finish(struct history *h, const struct history_arguments *a, struct view *view,
		  struct text *text)
{
	int status = output_write(a->output, text);

	(void)h;
	if (status == STATUS_DONE && a->judge && count_regressions(view))
		status = STATUS_CHANGED;
	text_free(text);
	view_free(view);
	return status;
}

int history_action_changes(struct history *h, const struct history_arguments *a)
{
	struct text text = { 0 };
	struct view view;
	int err = read_view(h, a->branch, &view);

	if (err)
		return history_fail(h, err);
	report_changes(&text, &view, a->newest);
	return finish(h, a, &view, &text);
}

int history_action_summary(struct history *h, const struct history_arguments *a)
{
	struct text text = { 0 };
	struct view view;
	int err = read_view(h, a->branch, &view);

	if (err)
		return history_fail(h, err);
	report_night(&text, &view);
	return finish(h, a, &view, &text);
}

int history_action_ack(struct history *h, const struct history_arguments *a)
{
	struct view view;
	size_t n;
	int err;

	if (!a->note || !*a->note) {
		complain("ack takes --note TEXT: why the change is accepted");
		return STATUS_USAGE;
	}
	err = read_view(h, NULL, &view);
	if (!err) {
		err = acks_add(h, &view, a->words[0], a->note, &n);
		view_free(&view);
	}
	if (err)
		return history_fail(h, err);
	if (n)
		printf("acknowledged %zu change%s in %s/" ACKS_FILE "\n", n, n == 1 ? "" : "s",
		       h->dir);
	else
		puts("acknowledged already; nothing added");
	return STATUS_DONE;
}
