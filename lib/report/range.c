// SPDX-License-Identifier: GPL-2.0-or-later
#include <math.h>

#include "report/labels.h"
#include "report/range.h"

void range_take(struct range *range, double change_pct)
{
	if (!range->n || fabs(change_pct) < fabs(range->low))
		range->low = change_pct;
	if (!range->n || fabs(change_pct) > fabs(range->high))
		range->high = change_pct;
	range->n++;
}

void range_add(struct text *text, const struct range *range)
{
	char label[LABEL_SIZE];

	text_add(text, " (%s", label_change(range->low, label));
	if (range->high != range->low)
		text_add(text, " to %s", label_change(range->high, label));
	text_add(text, ")");
}

void range_list(struct text *text, const struct range *range, enum verdict verdict)
{
	if (!range->n)
		return;
	text_add(text, "%s%zu %s", text->length ? ", " : "", range->n, verdict_name(verdict));
	range_add(text, range);
}
