// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "report/history_list.h"

void report_nights(struct text *text, const struct read_night *nights, size_t n)
{
	const struct read_night *before = NULL;

	for (size_t i = 0; i < n; before = &nights[i++]) {
		const struct night *night = &nights[i].night;

		if (!before || strcmp(before->night.branch, night->branch) != 0 ||
		    strcmp(before->mode, nights[i].mode) != 0)
			text_add(text, "%s%s, mode %s\n", i ? "\n" : "", night->branch,
				 nights[i].mode);
		if (*nights[i].starts)
			text_add(text, "  -- a new segment: %s changed\n", nights[i].starts);
		text_add(text, "  %.10s  %-24s %-12.12s %s\n", night->date, night->kernel,
			 *night->revision ? night->revision : "-", night->folder);
	}
}
