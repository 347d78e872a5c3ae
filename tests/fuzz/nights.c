// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A folder of results: its acks.json, and nights with a plan.ini, a night.json and
 * two result files, into a history that is made of them. The parts of an input are
 * the acks, the plan, the base of all nights, and then for each a night.json and a
 * new side; of the first two one that is an empty line is not there.
 */
#include <stdio.h>
#include <string.h>

#include "history/acks.h"
#include "history/add.h"
#include "history/rebuild.h"
#include "tests/fuzz/support/history.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

static const char *const folders[] = { "20261101T000000Z", "20261102T000000Z", "20261103T000000Z" };
#define FOLDERS (sizeof(folders) / sizeof(folders[0]))

static void place(const char *folder, const char *name, const struct part *part)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	input_place(path, part);
}

/* What daxmark history add does with a folder, up to the end of the transaction. */
static void add_again(struct history *h)
{
	struct night night = { .date = "2026-11-24T00:00:00Z", .branch = "main", .kernel = "k" };
	struct night_results results;
	enum add_outcome outcome;
	const struct add_request request = { .night = &night, .results = &results, .dated = true };

	snprintf(night.folder, sizeof(night.folder), "%s", folders[0]);
	if (night_find_sides(h, &night) || night_load(h, &night, &results)) {
		look_reason(h->error);
		return;
	}
	if (history_add(h, &request, &outcome))
		look_reason(h->error);
	night_release(&results);
}

/* The first change becomes a known one. */
static void acknowledge(struct history *h)
{
	char id[CHANGE_ID_MAX] = "none";
	struct view view;
	size_t n;

	if (read_view(h, NULL, &view)) {
		look_reason(h->error);
		return;
	}
	if (view.n_changes)
		memcpy(id, view.changes[0].id, sizeof(id));
	if (acks_add(h, &view, id, "known", &n))
		look_reason(h->error);
	view_free(&view);
}

static void use(const char *dir)
{
	struct rebuilt rebuilt;
	struct history h;

	if (history_rebuild(&h, dir, history_told, &rebuilt)) {
		look_reason(h.error);
		return;
	}
	history_look(&h);
	acknowledge(&h);
	add_again(&h);
	if (history_compare(&h, history_told, &rebuilt))
		look_reason(h.error);
	history_close(&h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *dir = input_folder();
	struct part parts[INPUT_PARTS_MAX];
	size_t n = input_split(data, size, parts);

	if (parts[0].size > 1)
		input_place("acks.json", &parts[0]);
	for (size_t i = 0; i < FOLDERS && 3 + 2 * i < n; i++) {
		if (parts[1].size > 1)
			place(folders[i], "plan.ini", &parts[1]);
		place(folders[i], "base.jsonl", &parts[2]);
		place(folders[i], "night.json", &parts[3 + 2 * i]);
		place(folders[i], "new.jsonl", &parts[4 + 2 * i]);
	}
	use(dir);
	return 0;
}
