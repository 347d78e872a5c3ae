// SPDX-License-Identifier: GPL-2.0-or-later
/* How the file systems were made and mounted, and how DAX was proved. */
#include <string.h>

#include "report/facts.h"
#include "report/labels.h"

/* What proved the access of every such target of a boot; NULL if it differs. */
static const char *boot_proof(const struct side_boot *boot, const char *access)
{
	const char *proof = NULL;

	for (size_t i = 0; i < boot->n_targets; i++) {
		const struct side_target *target = &boot->targets[i];

		if (*target->skip || strcmp(target->access, access) != 0)
			continue;
		if (proof && strcmp(proof, target->proof) != 0)
			return NULL;
		proof = target->proof;
	}
	return proof;
}

/* The same for both sides. */
static const char *common_proof(const struct comparison *c, const char *access)
{
	const char *base = boot_proof(&c->side[0]->boots[0], access);
	const char *new = boot_proof(&comparison_last(c)->boots[0], access);

	return base && new &&*new && !strcmp(base, new) ? new : NULL;
}

/* "; ext4 DAX mounted rw,dax (statx ...)": how one target was had. */
static void add_mount(struct text *value, const struct comparison *c,
		      const struct side_target *target, const char *side)
{
	char name[LABEL_SIZE];

	text_add(value, "; %s%s%s", label_target(target->fs, target->access, name),
		 *side ? ", " : "", side);
	if (*target->mount)
		text_add(value, " mounted %s", target->mount);
	if (*target->proof && !common_proof(c, target->access))
		text_add(value, " (%s)", target->proof);
}

/* mkfs is the same for all accesses of a file system, so it is said once. */
static void add_file_system(struct text *text, size_t width, const struct comparison *c,
			    size_t first)
{
	const struct side_boot *base = &c->side[0]->boots[0], *new = &comparison_last(c)->boots[0];
	struct side_labels sides = label_sides(c);
	const char *mkfs = new->targets[first].mkfs;
	struct text value = { 0 };

	text_add(&value, "%s", *mkfs ? mkfs : new->targets[first].fs);
	for (size_t i = first; i < new->n_targets; i++) {
		const struct side_target *target = &new->targets[i];
		const struct side_target *other =
			side_find_target(base, target->fs, target->access);
		bool same = other && !strcmp(target->mount, other->mount) &&
			    !strcmp(target->proof, other->proof);

		if (strcmp(target->mkfs, mkfs) != 0)
			continue;
		if (other && !same && !*other->skip)
			add_mount(&value, c, other, sides.base);
		if (!*target->skip)
			add_mount(&value, c, target, same ? "" : sides.new);
	}
	text_wrap_built(text, width, "  ", 4, &value);
}

static void add_proofs(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_boot *new = &comparison_last(c)->boots[0];
	struct text value = { 0 };

	for (size_t i = 0; i < new->n_targets; i++) {
		const char *access = new->targets[i].access, *proof = common_proof(c, access);
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said = said || !strcmp(new->targets[k].access, access);
		if (proof && !said)
			text_add(&value, "%s%s: %s", value.length ? "; " : "", label_access(access),
				 proof);
	}
	text_wrap_built(text, width, "  ", 4, &value);
}

static void add_targets(struct text *text, size_t width, const struct comparison *c)
{
	const struct side_boot *new = &comparison_last(c)->boots[0];

	for (size_t i = 0; i < new->n_targets; i++) {
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said = said || !strcmp(new->targets[k].mkfs, new->targets[i].mkfs);
		if (!said)
			add_file_system(text, width, c, i);
	}
	add_proofs(text, width, c);
}

static bool same_target(const struct side_target *a, const struct side_target *b)
{
	return b && !strcmp(a->mkfs, b->mkfs) && !strcmp(a->mount, b->mount) &&
	       !strcmp(a->proof, b->proof) && !strcmp(a->skip, b->skip);
}

static bool same_targets(const struct side *a, const struct side *b)
{
	const struct side_boot *one = &a->boots[0], *other = &b->boots[0];

	for (size_t i = 0; i < one->n_targets; i++) {
		const struct side_target *t = &one->targets[i];

		if (!same_target(t, side_find_target(other, t->fs, t->access)))
			return false;
	}
	return one->n_targets == other->n_targets;
}

/* Those of the first and the last side; and of a side between them that had others. */
void facts_targets(struct text *text, size_t width, const struct comparison *c)
{
	add_targets(text, width, c);
	for (size_t i = 1; i + 1 < c->n_sides; i++) {
		struct comparison alone = { .side = { c->side[i] }, .n_sides = 1 };
		struct text on = { 0 };

		if (same_targets(c->side[i], comparison_last(c)))
			continue;
		text_add(&on, "On \"%s\":", c->side[i]->label);
		text_wrap_built(text, width, "  ", 2, &on);
		add_targets(text, width, &alone);
	}
}
