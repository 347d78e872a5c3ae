// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "history/actions.h"

int history_fail(const struct history *h, int err)
{
	complain("%s", h->error);
	return err == -EEXIST || err == -EUCLEAN ? STATUS_USAGE : status_of(err);
}
