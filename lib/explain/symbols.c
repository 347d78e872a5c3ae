// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/symbols.h"

#define LINE_MAX_BYTES 1024

/* The upper half: what is below is per-CPU offsets or no address at all. */
#define KERNEL_HALF ((uint64_t)1 << 63)

struct reading {
	struct symbols *symbols;
	size_t room;
	size_t names_used, names_room;
	size_t hidden; /* functions without an address */
};

static int add_name(struct reading *r, const char *name)
{
	size_t length = strlen(name) + 1;

	if (r->names_used + length > r->names_room) {
		size_t room = 2 * r->names_room + length + 65536;
		char *more = realloc(r->symbols->names, room);

		if (!more)
			return -ENOMEM;
		r->symbols->names = more;
		r->names_room = room;
	}
	memcpy(r->symbols->names + r->names_used, name, length);
	r->names_used += length;
	return 0;
}

static int add(struct reading *r, uint64_t address, const char *name)
{
	struct symbols *s = r->symbols;
	size_t at = r->names_used;
	int err;

	if (s->n == r->room) {
		size_t room = 2 * r->room + 16384;
		struct symbol *more = realloc(s->symbol, room * sizeof(*more));

		if (!more)
			return -ENOMEM;
		s->symbol = more;
		r->room = room;
	}
	err = add_name(r, name);
	if (err)
		return err;
	/* an offset until all names are there */
	s->symbol[s->n++] = (struct symbol){ .address = address, .name = (const char *)at };
	return 0;
}

/* The endings of clones and parts. */
static void cut_ending(char *name)
{
	static const char *const ending[] = { ".cold", ".part.", ".isra.", ".constprop.",
					      ".llvm." };

	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		char *at = strstr(name, ending[i]);

		if (at && at > name)
			*at = '\0';
	}
}

/* What marks a place of the linker's, and is no function. */
static void note_place(struct reading *r, const char *name, uint64_t address)
{
	if (!strcmp(name, "__entry_text_start"))
		r->symbols->entry_start = address;
	else if (!strcmp(name, "__entry_text_end"))
		r->symbols->entry_end = address;
}

static bool is_place(const char *name)
{
	static const char *const place[] = {
		"_text",
		"_stext",
		"_etext",
		"__entry_text_start",
		"__entry_text_end",
		"__sched_text_start",
		"__lock_text_start",
		"__irqentry_text_start",
		"__softirqentry_text_start",
		"__noinstr_text_start",
		"__cpuidle_text_start",
		"__kprobes_text_start",
		"__end_of_kernel_reserve",
		NULL,
	};

	for (size_t i = 0; place[i]; i++)
		if (!strcmp(name, place[i]))
			return true;
	return false;
}

/* 0, -EINVAL for what is no such line, -ENOMEM */
static int read_line(struct reading *r, char *line)
{
	char *end, *name, type;
	uint64_t address;

	errno = 0;
	address = strtoull(line, &end, 16);
	if (end == line || errno || *end != ' ' || !isgraph((unsigned char)end[1]) || end[2] != ' ')
		return -EINVAL;
	type = end[1];
	name = end + 3;
	/* kallsyms puts a module's name behind */
	name[strcspn(name, "\t\n")] = '\0';
	if (!*name || strlen(name) >= SYMBOLS_NAME_MAX)
		return -EINVAL;
	note_place(r, name, address);
	if (!strchr("tTwW", type) || is_place(name))
		return 0;
	if (!(address & KERNEL_HALF)) {
		r->hidden += !address;
		return 0;
	}
	if (r->symbols->n >= SYMBOLS_MAX)
		return -EINVAL;
	cut_ending(name);
	return add(r, address, name);
}

static size_t underscores(const char *name)
{
	return strspn(name, "_");
}

/* Of names for one address the plain one first: memcpy, not __memcpy. */
static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;
	size_t i = underscores(x->name), j = underscores(y->name);

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	if (i != j)
		return i < j ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
	const struct symbol *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

/* Equal names get one id. 0 or -ENOMEM. */
static int number_names(struct symbols *s)
{
	struct symbol **sorted = malloc(s->n * sizeof(struct symbol *));

	s->name = malloc(s->n * sizeof(*s->name));
	if (!sorted || !s->name) {
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < s->n; i++)
		sorted[i] = &s->symbol[i];
	qsort(sorted, s->n, sizeof(struct symbol *), by_name);
	for (size_t i = 0; i < s->n; i++) {
		if (!i || strcmp(sorted[i]->name, sorted[i - 1]->name) != 0)
			s->name[s->n_names++] = sorted[i]->name;
		sorted[i]->id = s->n_names - 1;
	}
	free(sorted);
	return 0;
}

/* By address, one an address. 0 or -ENOMEM. */
static int put_in_order(struct symbols *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++)
		s->symbol[i].name = s->names + (size_t)s->symbol[i].name;
	qsort(s->symbol, s->n, sizeof(*s->symbol), by_address);
	for (size_t i = 0; i < s->n; i++)
		if (!kept || s->symbol[i].address != s->symbol[kept - 1].address)
			s->symbol[kept++] = s->symbol[i];
	s->n = kept;
	return number_names(s);
}

static int read_all(FILE *file, struct reading *r, const char *path, char *error, size_t size)
{
	char line[LINE_MAX_BYTES];
	size_t number = 0;
	int err;

	while (fgets(line, sizeof(line), file)) {
		number++;
		err = read_line(r, line);
		if (err == -EINVAL)
			snprintf(error, size,
				 "%s:%zu: not \"address type name\", as a System.map has it", path,
				 number);
		if (err)
			return err;
	}
	return ferror(file) ? -EIO : 0;
}

int symbols_read(const char *path, struct symbols *symbols, char *error, size_t error_size)
{
	struct reading r = { .symbols = symbols };
	FILE *file = fopen(path, "re");
	int err;

	memset(symbols, 0, sizeof(*symbols));
	if (!file) {
		err = -errno;
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
		return err;
	}
	err = read_all(file, &r, path, error, error_size);
	fclose(file);
	if (!err && !symbols->n) {
		snprintf(error, error_size,
			 r.hidden ? "%s: every address is 0: it was read without the right to "
				    "(kernel.kptr_restrict)"
				  : "%s: has no functions",
			 path);
		err = -EINVAL;
	} else if (err && err != -EINVAL) {
		snprintf(error, error_size, "%s: %s", path, strerror(-err));
	}
	if (!err)
		err = put_in_order(symbols);
	if (err)
		symbols_free(symbols);
	return err;
}

long symbols_find(const struct symbols *symbols, uint64_t address)
{
	size_t low = 0, high = symbols->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (symbols->symbol[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return (long)low - 1;
}

uint64_t symbols_address(const struct symbols *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->n; i++)
		if (!strcmp(symbols->symbol[i].name, name))
			return symbols->symbol[i].address;
	return 0;
}

void symbols_free(struct symbols *symbols)
{
	free(symbols->symbol);
	free(symbols->name);
	free(symbols->names);
	memset(symbols, 0, sizeof(*symbols));
}
