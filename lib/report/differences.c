// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/differences.h"
#include "report/facts.h"
#include "report/columns.h"

/* Kernels keep different parts of the memory for themselves, in percent of it. */
#define MEMORY_PCT 1

/* Of more sides that have a value their number is enough. */
#define NAMES_MAX 6

/* Sides, each with what a report calls it. */
struct named_sides {
	const struct side *const *side;
	char (*name)[LABEL_SIZE];
	size_t n;
};

/* Adds what a side has, nothing where its records do not say. */
typedef void value_fn(struct text *value, const struct side *side);

static const struct side_boot *boot_of(const struct side *side)
{
	return &side->boots[0];
}

/* Adds a part unless it stands there already. */
static void add_once(struct text *value, const char *separator, const char *part)
{
	if (*part && !(value->data && strstr(value->data, part)))
		text_add(value, "%s%s", value->length ? separator : "", part);
}

/* The number of a loop device is that of the first free one, and says nothing. */
static int device_length(const char *device)
{
	return strncmp(device, "/dev/loop", 9) ? LABEL_SIZE : 9;
}

static void device_of(struct text *value, const struct side *side)
{
	for (size_t i = 0; i < boot_of(side)->n_targets; i++) {
		const struct side_target *t = &boot_of(side)->targets[i];
		char part[LABEL_SIZE];

		if (!*t->device || *t->skip)
			continue;
		if (t->size_bytes)
			snprintf(part, sizeof(part), "%.*s (%lld MiB)", device_length(t->device),
				 t->device, (long long)(t->size_bytes >> 20));
		else
			snprintf(part, sizeof(part), "%.*s", device_length(t->device), t->device);
		add_once(value, ", ", part);
	}
}

static void memory_of(struct text *value, const struct side *side)
{
	if (boot_of(side)->machine.memory_bytes)
		text_add(value, "%lld MiB", (long long)(boot_of(side)->machine.memory_bytes >> 20));
}

static void processor_of(struct text *value, const struct side *side)
{
	const struct side_machine *m = &boot_of(side)->machine;

	text_add(value, "%s", m->cpu);
	if (m->cpus)
		text_add(value, "%s%lld CPU%s", value->length ? ", " : "", (long long)m->cpus,
			 m->cpus == 1 ? "" : "s");
}

/* The model on QEMU's command line: a guest sees one name whatever the features are. */
static void model_of(struct text *value, const struct side *side)
{
	const char *option = strstr(boot_of(side)->run.command, " -cpu ");

	if (option)
		text_add(value, "%.*s", (int)strcspn(option + 6, " "), option + 6);
}

static void qemu_of(struct text *value, const struct side *side)
{
	text_add(value, "%s", boot_of(side)->run.qemu);
}

static void compiler_of(struct text *value, const struct side *side)
{
	text_add(value, "%s", boot_of(side)->run.compiler);
}

static void initramfs_of(struct text *value, const struct side *side)
{
	text_add(value, "%.*s", FACTS_HASH, facts_hash(boot_of(side)->run.initramfs_sha256));
}

/* A kernel that lacks none is another value, where its build was said. */
static void lacking_of(struct text *value, const struct side *side)
{
	const struct side_run *run = &boot_of(side)->run;

	if (*run->lacking)
		text_add(value, "no %s", run->lacking);
	else if (*run->config_sha256)
		text_add(value, "all symbols");
}

static void proof_of(struct text *value, const struct side *side)
{
	for (size_t i = 0; i < boot_of(side)->n_targets; i++) {
		const struct side_target *t = &boot_of(side)->targets[i];

		if (!*t->skip && !strcmp(t->access, "dax"))
			add_once(value, "; ", t->proof);
	}
}

static void pmem_of(struct text *value, const struct side *side)
{
	text_add(value, "%s", boot_of(side)->machine.pmem);
}

static void clock_of(struct text *value, const struct side *side)
{
	text_add(value, "%s", boot_of(side)->machine.clock_source);
}

static const struct property {
	const char *name;
	value_fn *value;
} properties[] = {
	{ "Device", device_of },     { "Memory", memory_of },	{ "Processor", processor_of },
	{ "CPU model", model_of },   { "QEMU", qemu_of },	{ "Clock", clock_of },
	{ "Compiler", compiler_of }, { "Config", lacking_of },	{ "Initramfs", initramfs_of },
	{ "libpmem", pmem_of },	     { "DAX proof", proof_of }, { NULL, NULL }, /* EOL */
};

/* The value of each side; NULL when out of memory. The caller frees it by free_values(). */
static struct text *values_of(const struct named_sides *sides, const struct property *property)
{
	struct text *values = calloc(sides->n, sizeof(*values));

	for (size_t i = 0; i < sides->n && values; i++)
		property->value(&values[i], sides->side[i]);
	return values;
}

static void free_values(struct text *values, size_t n)
{
	for (size_t i = 0; i < n && values; i++)
		text_free(&values[i]);
	free(values);
}

static bool same_value(const struct property *property, const struct named_sides *sides,
		       const struct text *values, size_t a, size_t b)
{
	double one, other;

	/* a record that does not say is no difference */
	if (!values[a].length || !values[b].length)
		return true;
	if (property->value != memory_of)
		return !strcmp(values[a].data, values[b].data);
	one = (double)boot_of(sides->side[a])->machine.memory_bytes;
	other = (double)boot_of(sides->side[b])->machine.memory_bytes;
	return (one > other ? one - other : other - one) * 100 <= MEMORY_PCT * one;
}

/* The first side that has the value of side i. */
static size_t first_with(const struct property *property, const struct named_sides *sides,
			 const struct text *values, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (values[k].length && same_value(property, sides, values, k, i))
			return k;
	return i;
}

static bool differs(const struct property *property, const struct named_sides *sides,
		    const struct text *values)
{
	for (size_t i = 1; i < sides->n; i++)
		for (size_t k = 0; k < i; k++)
			if (!same_value(property, sides, values, k, i))
				return true;
	return false;
}

/* " on a, b", the sides that have the value of side first. */
static void add_names(struct text *line, const struct property *property,
		      const struct named_sides *sides, const struct text *values, size_t first)
{
	const char *separator = " on ";
	size_t n = 0;

	for (size_t i = first; i < sides->n; i++)
		n += values[i].length && first_with(property, sides, values, i) == first;
	for (size_t i = first; i < sides->n && n <= NAMES_MAX; i++) {
		if (!values[i].length || first_with(property, sides, values, i) != first)
			continue;
		text_add(line, "%s%s", separator, sides->name[i]);
		separator = ", ";
	}
	if (n > NAMES_MAX)
		text_add(line, " on %s and %zu more", sides->name[first], n - 1);
}

/* "/dev/ram0 (512 MiB) on a; /dev/pmem0 (512 MiB) on b, c"; nothing where all have the same. */
static void describe(struct text *line, const struct property *property,
		     const struct named_sides *sides)
{
	struct text *values = values_of(sides, property);

	if (!values) {
		line->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < sides->n && differs(property, sides, values); i++) {
		if (!values[i].length || first_with(property, sides, values, i) != i)
			continue;
		text_add(line, "%s%s", line->length ? "; " : "", values[i].data);
		add_names(line, property, sides, values, i);
	}
	free_values(values, sides->n);
}

static int name_sides(const struct comparison *c, struct named_sides *sides)
{
	*sides = (struct named_sides){
		.side = c->side,
		.name = calloc(c->n_sides, sizeof(*sides->name)),
		.n = c->n_sides,
	};
	for (size_t i = 0; i < c->n_sides && sides->name; i++) {
		char buffer[LABEL_SIZE];

		snprintf(sides->name[i], sizeof(*sides->name), "%s", side_heading(c, i, buffer));
	}
	return sides->name ? 0 : -ENOMEM;
}

static void add_block(struct text *text, size_t width, const struct named_sides *sides)
{
	bool any = false;

	for (const struct property *p = properties; p->name; p++) {
		struct text line = { 0 };

		describe(&line, p, sides);
		if (line.length && !any)
			text_add(text, "The sides differ in more than the kernel\n");
		any = any || line.length;
		facts_add(text, width, p->name, &line);
	}
	if (any)
		text_add(text, "\n");
}

void differences_block(struct text *text, size_t width, const struct comparison *c)
{
	struct named_sides sides;

	if (name_sides(c, &sides))
		text->err = -ENOMEM;
	else
		add_block(text, width, &sides);
	free(sides.name);
}

static void add_sentence(struct text *text, const struct named_sides *sides)
{
	const char *separator = " The sides differ in more than the kernel: ";

	for (const struct property *p = properties; p->name; p++) {
		struct text line = { 0 };

		describe(&line, p, sides);
		if (line.length)
			text_add(text, "%s%s %s", separator, p->name, line.data);
		if (line.length)
			separator = "; ";
		text_take(text, &line);
	}
	if (*separator == ';')
		text_add(text, ".");
}

void differences_sentence(struct text *text, const struct comparison *c)
{
	struct named_sides sides;

	if (name_sides(c, &sides))
		text->err = -ENOMEM;
	else
		add_sentence(text, &sides);
	free(sides.name);
}

/* One property: its name, and a value or null a side. */
static json_t *property_json(const struct property *property, const struct named_sides *sides)
{
	struct text *values = values_of(sides, property);
	json_t *list = json_array(), *object = NULL;
	int err = !values;

	for (size_t i = 0; i < sides->n && values; i++)
		err |= json_array_append_new(list, values[i].length ? json_string(values[i].data)
								    : json_null());
	if (!err && differs(property, sides, values))
		object = json_pack("{s:s, s:O}", "what", property->name, "values", list);
	else if (!err)
		object = json_null();
	json_decref(list);
	free_values(values, sides->n);
	return object;
}

static json_t *all_json(const struct named_sides *sides)
{
	json_t *array = json_array();
	int err = !array;

	for (const struct property *p = properties; p->name && !err; p++) {
		json_t *object = property_json(p, sides);

		if (!json_is_null(object))
			err |= json_array_append_new(array, object);
	}
	if (!err)
		return array;
	json_decref(array);
	return NULL;
}

json_t *differences_json(const struct comparison *c)
{
	struct named_sides sides;
	json_t *array = name_sides(c, &sides) ? NULL : all_json(&sides);

	free(sides.name);
	return array;
}
