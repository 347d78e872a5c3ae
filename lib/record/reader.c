// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "record/parse.h"
#include "record/reader.h"

struct stream {
	struct side_boot *boot; /* NULL between two streams */
	int64_t lines;		/* seen since its run record */
	bool has_machine;
};

static int begin_stream(struct reading *r, struct stream *stream, const json_t *record)
{
	struct side *side = r->side;
	struct side_boot *boots;
	struct side_run *run;
	int err;

	if (stream->boot)
		return refuse(r, "a new stream begins, but the one from line %zu has no \"end\"",
			      stream->boot->line);
	if (side->failure.reason)
		return refuse(r, "a stream in the file of a kernel that gave no results");
	if (side->n_boots == READER_BOOTS_MAX)
		return refuse(r, "more than %d streams", READER_BOOTS_MAX);
	boots = realloc(side->boots, (side->n_boots + 1) * sizeof(*boots));
	if (!boots)
		return refuse_memory(r);
	side->boots = boots;
	stream->boot = &boots[side->n_boots];
	memset(stream->boot, 0, sizeof(*stream->boot));
	stream->boot->path = side->files[side->n_files - 1].path;
	stream->boot->line = r->line;
	stream->lines = 0;
	stream->has_machine = false;

	run = &stream->boot->run;
	err = parse_run(r, record, run);
	if (err)
		return err;
	err = match_run(r, run);
	if (err)
		return err;
	side->n_boots++;
	return 0;
}

static int take_machine(struct reading *r, struct stream *stream, const json_t *record)
{
	struct side_machine *machine = &stream->boot->machine;
	int err;

	if (stream->has_machine)
		return refuse(r, "a second machine record in the stream from line %zu",
			      stream->boot->line);
	err = parse_machine(r, record, &stream->boot->run, machine);
	if (err)
		return err;
	machine->line = r->line;
	stream->has_machine = true;
	return match_machine(r, machine);
}

static int end_stream(struct reading *r, struct stream *stream, const json_t *record)
{
	struct side_end end;
	int err = fields_read(r, record, &kind_end, &end);

	if (err)
		return err;
	if (!stream->has_machine)
		return refuse(r, "the stream from line %zu has no machine record",
			      stream->boot->line);
	if (end.lines != stream->lines)
		return refuse(r, "\"end\" counts %lld lines, the stream from line %zu has %lld",
			      (long long)end.lines, stream->boot->line, (long long)stream->lines);
	stream->boot = NULL;
	return 0;
}

static int take_failure(struct reading *r, const struct stream *stream, const json_t *record)
{
	struct side *side = r->side;
	int err;

	if (stream->boot || side->n_boots || side->failure.reason)
		return refuse(r, "\"failed\" is not the only record of its side");
	err = fields_read(r, record, &kind_failed, &side->failure);
	if (!err)
		side->label = side->failure.label;
	return err;
}

static int take_record(struct reading *r, struct stream *stream, const json_t *record)
{
	static const struct {
		const char *kind;
		int (*parse)(struct reading *, const json_t *, struct side_boot *);
	} results[] = {
		{ "target", parse_target }, { "bench", parse_bench }, { "sample", parse_sample },
		{ "check", parse_check },   { "skip", parse_skip },
	};
	const json_t *value = json_object_get(record, "kind");
	const char *kind = json_string_value(value);
	int err = 0;

	if (!kind)
		return refuse(r, "the line is not a record: it has no \"kind\"");
	if (!strcmp(kind, "run"))
		return begin_stream(r, stream, record);
	if (!strcmp(kind, "failed"))
		return take_failure(r, stream, record);
	if (!stream->boot)
		return refuse(r, "\"%.40s\" outside of a stream: a stream begins with \"run\"",
			      kind);
	if (!strcmp(kind, "end"))
		return end_stream(r, stream, record);
	if (!strcmp(kind, "machine"))
		err = take_machine(r, stream, record);
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		if (strcmp(kind, results[i].kind) != 0)
			continue;
		if (!stream->has_machine)
			return refuse(r, "\"%s\" before the machine record of its stream", kind);
		err = results[i].parse(r, record, stream->boot);
	}
	/* a kind from a newer runner is a line all the same */
	stream->lines++;
	return err;
}

static int take_line(struct reading *r, struct stream *stream, const char *line, size_t length)
{
	json_error_t why;
	json_t *record = json_loadb(line, length, JSON_REJECT_DUPLICATES, &why);
	int err;

	if (!record)
		return refuse(r, "not JSON: %s", why.text);
	if (json_is_object(record))
		err = take_record(r, stream, record);
	else
		err = refuse(r, "the line is not a JSON object");
	json_decref(record);
	return err;
}

/* Length of the next line without its newline, -1 at the end of the file. */
static ssize_t next_line(FILE *file, char *line)
{
	size_t length = 0;
	int c;

	while ((c = getc_unlocked(file)) != EOF && c != '\n') {
		if (length == READER_LINE_MAX)
			return READER_LINE_MAX + 1;
		line[length++] = (char)c;
	}
	return c == EOF && !length ? -1 : (ssize_t)length;
}

static int read_streams(struct reading *r, FILE *file, char *line)
{
	struct stream stream = { 0 };
	ssize_t length;

	while ((length = next_line(file, line)) >= 0) {
		int err;

		r->line++;
		if (length > READER_LINE_MAX)
			return refuse(r, "the line is longer than %d bytes", READER_LINE_MAX);
		err = take_line(r, &stream, line, (size_t)length);
		if (err)
			return err;
	}
	if (ferror(file)) {
		int err = errno;

		snprintf(r->error, r->error_size, "%s: %s", r->path, strerror(err));
		return err ? -err : -EIO;
	}
	if (stream.boot)
		return refuse(r, "the stream from line %zu has no \"end\": the run was cut short",
			      stream.boot->line);
	if (r->side->failure.reason)
		return 0;
	if (!r->side->n_boots || r->side->boots[r->side->n_boots - 1].path != r->path)
		return refuse(r, "the file has no stream");
	return 0;
}

/* Notes the file down; one that is there already would count its boots twice. */
static int add_file(struct reading *r, FILE *file)
{
	struct side *side = r->side;
	struct side_file *files;
	const struct side_file *same;
	const char *path;
	struct stat st;

	if (fstat(fileno(file), &st)) {
		int err = -errno;

		snprintf(r->error, r->error_size, "%s: %s", r->path, strerror(errno));
		return err;
	}
	same = side_find_file(side, st.st_dev, st.st_ino);
	if (same) {
		snprintf(r->error, r->error_size, "%s and %s are the same file", same->path,
			 r->path);
		return -EINVAL;
	}
	files = realloc(side->files, (side->n_files + 1) * sizeof(*files));
	if (!files)
		return refuse_memory(r);
	side->files = files;
	path = side_string(side, r->path);
	if (!path)
		return refuse_memory(r);
	r->path = path;
	files[side->n_files++] =
		(struct side_file){ .path = path, .dev = st.st_dev, .ino = st.st_ino };
	return 0;
}

static int read_file(struct reading *r, FILE *file)
{
	struct side *side = r->side;
	char *line = malloc(READER_LINE_MAX);
	int err;

	if (!line)
		return refuse_memory(r);
	err = add_file(r, file);
	if (!err)
		err = read_streams(r, file, line);
	free(line);
	if (err)
		return err;
	if (side->failure.reason) {
		snprintf(r->error, r->error_size, "%s: \"%s\" gave no results: %s", r->path,
			 side->label, side->failure.reason);
		return -ENODATA;
	}
	side->label = side->boots[0].run.label;
	side->mode = side->boots[0].run.mode;
	return 0;
}

int side_read(const char *path, struct side *side, char *error, size_t error_size)
{
	memset(side, 0, sizeof(*side));
	return side_read_more(path, side, error, error_size);
}

int side_read_more(const char *path, struct side *side, char *error, size_t error_size)
{
	struct reading r = { .side = side, .path = path, .error = error, .error_size = error_size };
	FILE *file = fopen(path, "re");
	int err;

	if (file) {
		err = read_file(&r, file);
		fclose(file);
	} else {
		err = -errno;
		snprintf(error, error_size, "%s: %s", path, strerror(errno));
	}
	if (err && err != -ENODATA)
		side_free(side);
	return err;
}
