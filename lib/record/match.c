// SPDX-License-Identifier: GPL-2.0-or-later
/* Which two sides may stand beside each other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "record/reader.h"

struct value {
	const struct side *side;
	size_t line;
	const char *text;
};

static int match(const char *what, struct value base, struct value other, char *error, size_t size)
{
	if (!strcmp(base.text, other.text))
		return 0;
	snprintf(error, size, "%s:%zu and %s:%zu differ in %s: %.64s and %.64s", base.side->path,
		 base.line, other.side->path, other.line, what, base.text, other.text);
	return -EINVAL;
}

int side_match(const struct side *base, const struct side *other, char *error, size_t size)
{
	const struct side_boot *a = &base->boots[0], *b = &other->boots[0];
	int err;

	if (base->dev == other->dev && base->ino == other->ino) {
		snprintf(error, size, "%s and %s are the same file", base->path, other->path);
		return -EINVAL;
	}
	err = match("mode", (struct value){ base, a->line, side_mode_name(base->mode) },
		    (struct value){ other, b->line, side_mode_name(other->mode) }, error, size);
	if (!err)
		err = match("plan (plan_sha256)",
			    (struct value){ base, a->line, a->run.plan_sha256 },
			    (struct value){ other, b->line, b->run.plan_sha256 }, error, size);
	if (!err)
		err = match(
			"runner build", (struct value){ base, a->machine.line, a->machine.runner },
			(struct value){ other, b->machine.line, b->machine.runner }, error, size);
	return err;
}
