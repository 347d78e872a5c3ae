// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history list */
#include <stdlib.h>

#include "base/output.h"
#include "history/actions.h"
#include "history/text_history.h"

int history_action_list(struct history *h, const struct history_arguments *a)
{
	struct read_filter filter = { .branch = a->branch, .revision = a->revision };
	struct text text = { 0 };
	struct read_night *nights;
	enum status status;
	size_t n;
	int err = read_nights(h, &filter, &nights, &n);

	if (err)
		return history_fail(h, err);
	report_nights(&text, nights, n);
	status = output_write(a->output, &text);
	text_free(&text);
	free(nights);
	return status;
}
