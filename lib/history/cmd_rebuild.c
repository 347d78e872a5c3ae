// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history rebuild and check: the index and the results it is of. */
#include <stdio.h>

#include "history/actions.h"
#include "history/rebuild.h"

static void told(const char *line)
{
	complain("%s", line);
}

/* Opens by itself: it may be what is damaged that is to be made again. */
int history_rebuild_dir(const char *dir)
{
	struct history history;
	struct rebuilt rebuilt;
	int err = history_rebuild(&history, dir, told, &rebuilt);

	if (err)
		return history_fail(&history, err);
	history_close(&history);
	printf("%s/" HISTORY_FILE ": %zu night%s\n", dir, rebuilt.nights,
	       rebuilt.nights == 1 ? "" : "s");
	return rebuilt.troubles ? STATUS_USAGE : STATUS_DONE;
}

int history_action_check(struct history *h, const struct history_arguments *a)
{
	struct rebuilt found;
	int err = history_verify(h);

	(void)a;
	if (!err)
		err = history_compare(h, told, &found);
	if (err)
		return history_fail(h, err);
	if (found.troubles)
		return STATUS_USAGE;
	printf("%s: whole, %zu night%s as in their folders\n", h->path, found.nights,
	       found.nights == 1 ? "" : "s");
	return STATUS_DONE;
}
