// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/plain.h"
#include "explain/counts.h"
#include "explain/symbols.h"

/* More than one call in so many that goes nowhere known: the names are another kernel's. */
#define CALLS_PER_ASTRAY 100

struct reading {
	struct counts *counts;
	struct counts_boot *boot; /* that is open, else NULL */
	const char *path;
	size_t line;
	char *error;
	size_t error_size;
};

__attribute__((format(printf, 2, 3))) static int refuse(const struct reading *r, const char *format,
							...)
{
	int used = snprintf(r->error, r->error_size, "%s:%zu: ", r->path, r->line);
	va_list arguments;

	va_start(arguments, format);
	if (used > 0 && (size_t)used < r->error_size)
		vsnprintf(r->error + used, r->error_size - (size_t)used, format, arguments);
	va_end(arguments);
	/* it quotes the file */
	plain_text(r->error);
	return -EINVAL;
}

/* Takes a whole number of at most max and a blank behind it from *at. */
static int take(const struct reading *r, const char **at, uint64_t max, uint64_t *number)
{
	char *end = NULL;

	errno = 0;
	if (isdigit((unsigned char)**at))
		*number = strtoull(*at, &end, 10);
	if (!end || errno || *number > max)
		return refuse(r, "\"%.20s\" is not a whole number of at most %" PRIu64, *at, max);
	*at = end + (*end == ' ');
	return 0;
}

static int whole(const struct reading *r, const char *at)
{
	return *at ? refuse(r, "\"%.20s\" is too much", at) : 0;
}

static int begin(struct reading *r, const char *at)
{
	struct counts *c = r->counts;
	struct counts_boot *boot;
	uint64_t seed = 0;
	int err;

	if (r->boot)
		return refuse(r, "a boot begins where the one before has not ended");
	err = take(r, &at, INT64_MAX, &seed);
	if (err)
		return err;
	if (strlen(at) != 64 || strspn(at, "0123456789abcdef") != 64)
		return refuse(r, "\"%.70s\" is not the sha256 of an image", at);
	if (c->n == COUNTS_BOOTS_MAX)
		return refuse(r, "more than %d boots", COUNTS_BOOTS_MAX);
	if (counts_find(c, (int64_t)seed))
		return refuse(r, "a second boot of seed %" PRIu64, seed);
	if (!room_for(&c->boot, c->n + 1, &c->room, sizeof(*c->boot)))
		return -ENOMEM;
	boot = r->boot = &c->boot[c->n++];
	*boot = (struct counts_boot){ .seed = seed };
	memcpy(boot->image_sha256, at, sizeof(boot->image_sha256));
	return 0;
}

static int add_name(struct reading *r, const char *name)
{
	struct counts_boot *b = r->boot;

	for (const char *c = name; *c; c++)
		if (!isgraph((unsigned char)*c) && strcmp(name, "(other tasks)") != 0)
			return refuse(r, "the name of a function has a blank or worse in it");
	if (!*name || strlen(name) >= SYMBOLS_NAME_MAX || strchr(name, ';'))
		return refuse(r, "not the name of a function");
	if (!room_for(&b->name, b->n_names + 1, &b->names_room, sizeof(*b->name)))
		return -ENOMEM;
	b->name[b->n_names] = strdup(name);
	return b->name[b->n_names] ? (b->n_names++, 0) : -ENOMEM;
}

static int add_node(struct reading *r, const char *at)
{
	struct counts_boot *b = r->boot;
	uint64_t parent = 0, name = 0;
	uint32_t depth = 0;
	int err = take(r, &at, b->n_nodes, &parent);

	if (!err && !b->n_names)
		err = refuse(r, "a place before the first function");
	if (!err)
		err = take(r, &at, b->n_names - 1, &name);
	if (!err)
		err = whole(r, at);
	if (!err && b->n_nodes == COUNTS_NODES_MAX)
		err = refuse(r, "more than %d places", COUNTS_NODES_MAX);
	if (!err && parent < b->n_nodes)
		depth = b->node[parent].depth + 1;
	if (!err && depth > COUNTS_DEPTH_MAX)
		err = refuse(r, "calls %d deep", COUNTS_DEPTH_MAX);
	if (err)
		return err;
	if (!room_for(&b->node, b->n_nodes + 1, &b->nodes_room, sizeof(*b->node)))
		return -ENOMEM;
	b->node[b->n_nodes++] = (struct counts_node){ .parent = (uint32_t)parent,
						      .name = (uint32_t)name,
						      .depth = depth };
	return 0;
}

static struct counts_arm *last_arm(const struct reading *r)
{
	return r->boot->n_arms ? &r->boot->arm[r->boot->n_arms - 1] : NULL;
}

static int add_arm(struct reading *r, const char *at)
{
	struct counts_boot *b = r->boot;
	const struct counts_arm *before = last_arm(r);
	uint64_t line = 0;
	int err = take(r, &at, UINT32_MAX, &line);

	if (!err)
		err = whole(r, at);
	if (!err && before && line <= before->line)
		err = refuse(r, "an arm at line %" PRIu64 " after one at %" PRIu64, line,
			     before->line);
	if (err)
		return err;
	if (!room_for(&b->arm, b->n_arms + 1, &b->arms_room, sizeof(*b->arm)))
		return -ENOMEM;
	b->arm[b->n_arms++] = (struct counts_arm){ .line = line,
						   .first_way = b->n_ways,
						   .first_operation = b->n_operations };
	return 0;
}

static int add_part(struct reading *r, const char **at, struct counts_way *way)
{
	struct counts_boot *b = r->boot;
	uint64_t node = 0, count = 0;
	int err;

	if (!b->n_nodes)
		return refuse(r, "a way before the first place");
	err = take(r, at, b->n_nodes - 1, &node);
	if (!err)
		err = take(r, at, COUNTS_TOTAL_MAX - way->total, &count);
	if (err)
		return err;
	if (way->n && node <= b->part[b->n_parts - 1].node)
		return refuse(r, "places are not in order");
	if (!room_for(&b->part, b->n_parts + 1, &b->parts_room, sizeof(*b->part)))
		return -ENOMEM;
	b->part[b->n_parts++] = (struct counts_part){ .node = (uint32_t)node, .count = count };
	way->n++;
	way->total += count;
	return 0;
}

static int add_way(struct reading *r, const char *at)
{
	struct counts_boot *b = r->boot;
	struct counts_way way = { .first = b->n_parts };
	struct counts_arm *arm = last_arm(r);
	int err = 0;

	if (!arm || arm->n_operations)
		return refuse(r, "a way that is of no arm");
	while (*at && !err)
		err = add_part(r, &at, &way);
	if (err)
		return err;
	if (!room_for(&b->way, b->n_ways + 1, &b->ways_room, sizeof(*b->way)))
		return -ENOMEM;
	b->way[b->n_ways++] = way;
	arm->n_ways++;
	return 0;
}

/* WAY or WAY*N */
static int add_run(struct reading *r, const char **at, struct counts_arm *arm)
{
	struct counts_boot *b = r->boot;
	uint64_t way = 0, n = 1;
	int err;

	if (!arm->n_ways)
		return refuse(r, "operations without a way");
	err = take(r, at, arm->n_ways - 1, &way);
	if (err)
		return err;
	if (**at == '*') {
		(*at)++;
		err = take(r, at, COUNTS_OPERATIONS_MAX, &n);
		if (err)
			return err;
	}
	if (n > COUNTS_OPERATIONS_MAX - r->counts->n_operations)
		return refuse(r, "more than %d operations", COUNTS_OPERATIONS_MAX);
	if (!room_for(&b->operation, b->n_operations + n, &b->operations_room,
		      sizeof(*b->operation)))
		return -ENOMEM;
	for (uint64_t i = 0; i < n; i++)
		b->operation[b->n_operations++] = (uint32_t)way;
	arm->n_operations += n;
	r->counts->n_operations += n;
	return 0;
}

static int add_operations(struct reading *r, const char *at)
{
	struct counts_arm *arm = last_arm(r);
	int err = 0;

	if (!arm || arm->n_operations)
		return refuse(r, "operations that are of no arm");
	while (*at && !err)
		err = add_run(r, &at, arm);
	return err;
}

static int end(struct reading *r, const char *at)
{
	struct counts_boot *b = r->boot;
	int err = take(r, &at, UINT64_MAX, &b->calls);

	if (!err)
		err = take(r, &at, b->calls, &b->calls_astray);
	if (!err)
		err = whole(r, at);
	if (!err && b->calls_astray > b->calls / CALLS_PER_ASTRAY)
		err = refuse(r,
			     "%" PRIu64 " of %" PRIu64 " calls go where the symbol map has no "
			     "function: it is the map of another build; take the System.map that "
			     "was made with the image",
			     b->calls_astray, b->calls);
	r->boot = NULL;
	return err;
}

static int take_line(struct reading *r, const char *line)
{
	static const struct {
		const char *word;
		int (*take)(struct reading *r, const char *at);
	} kind[] = {
		{ "s ", add_name }, { "n ", add_node },	      { "a ", add_arm },
		{ "w ", add_way },  { "o ", add_operations }, { "end ", end },
	};
	static const char first[] = "daxmark-counts 1 ";

	if (!strncmp(line, first, sizeof(first) - 1))
		return begin(r, line + sizeof(first) - 1);
	if (!r->boot)
		return refuse(r, "does not begin with \"daxmark-counts 1\"");
	for (size_t i = 0; i < sizeof(kind) / sizeof(kind[0]); i++)
		if (!strncmp(line, kind[i].word, strlen(kind[i].word)))
			return kind[i].take(r, line + strlen(kind[i].word));
	return refuse(r, "\"%.20s\" is no line of counts", line);
}

static int take_lines(struct reading *r, FILE *file)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int err = 0;

	while (!err && (length = getline(&line, &room, file)) >= 0) {
		r->line++;
		if (!length || line[length - 1] != '\n' || strlen(line) != (size_t)length) {
			err = refuse(r, "is cut off, or no text");
			break;
		}
		line[length - 1] = '\0';
		err = take_line(r, line);
	}
	free(line);
	if (!err && ferror(file))
		err = -EIO;
	if (!err && (r->boot || !r->line))
		err = refuse(r, "ends before its counts do");
	return err;
}

int counts_read(const char *path, struct counts *counts, char *error, size_t error_size)
{
	struct reading r = {
		.counts = counts, .path = path, .error = error, .error_size = error_size
	};
	FILE *file = fopen(path, "re");
	int err;

	err = file ? take_lines(&r, file) : -errno;
	if (file)
		fclose(file);
	if (err && err != -EINVAL)
		snprintf(error, error_size, "%s: %s", path, strerror(-err));
	if (err)
		counts_free(counts);
	return err;
}

const struct counts_boot *counts_find(const struct counts *counts, int64_t seed)
{
	for (size_t i = 0; i < counts->n; i++)
		if (counts->boot[i].seed == (uint64_t)seed)
			return &counts->boot[i];
	return NULL;
}

const struct counts_arm *counts_arm(const struct counts_boot *boot, uint64_t line)
{
	for (size_t i = 0; i < boot->n_arms; i++)
		if (boot->arm[i].line == line)
			return &boot->arm[i];
	return NULL;
}

void counts_free(struct counts *counts)
{
	for (size_t i = 0; i < counts->n; i++) {
		struct counts_boot *b = &counts->boot[i];

		for (size_t j = 0; j < b->n_names; j++)
			free(b->name[j]);
		free(b->name);
		free(b->node);
		free(b->part);
		free(b->way);
		free(b->operation);
		free(b->arm);
	}
	free(counts->boot);
	memset(counts, 0, sizeof(*counts));
}
