// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history page: index.html, and a page, a graph and data for every series. */
#include <stdio.h>

#include "history/actions.h"
#include "site/draw.h"

int history_action_page(struct history *h, const struct history_arguments *a)
{
	const char *output = a->output ? a->output : a->results;
	struct page_drawn drawn;
	enum status status = page_draw(h, output, &drawn);

	if (status == STATUS_DONE)
		printf("%s/index.html: %zu of %zu series drawn\n", output, drawn.drawn,
		       drawn.series);
	return status;
}
