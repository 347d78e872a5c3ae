/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One record of a result file into a boot: types, ranges, and what a record
 * may not contradict. Whole streams are the matter of reader.h.
 *
 * All functions return 0 or a negative errno as in fields.h.
 */
#ifndef DAXMARK_RECORD_PARSE_H
#define DAXMARK_RECORD_PARSE_H

#include "record/fields.h"

int parse_run(struct reading *r, const json_t *record, struct side_run *run);

/* run is that of the same stream: its mode and seed must be the machine's. */
int parse_machine(struct reading *r, const json_t *record, const struct side_run *run,
		  struct side_machine *machine);

/*
 * Whether the next boot may be of this side: none that the side already has,
 * and the same label, mode, plan and image as the first, then the same kernel,
 * processor and runner build. Both values are named when not.
 */
int match_run(struct reading *r, const struct side_run *run);
int match_machine(struct reading *r, const struct side_machine *machine);

/* These add to the boot's arrays, and refuse what is already there. */
int parse_target(struct reading *r, const json_t *record, struct side_boot *boot);
int parse_bench(struct reading *r, const json_t *record, struct side_boot *boot);
int parse_sample(struct reading *r, const json_t *record, struct side_boot *boot);
int parse_check(struct reading *r, const json_t *record, struct side_boot *boot);
int parse_skip(struct reading *r, const json_t *record, struct side_boot *boot);

/* What a bench record of the boot says of an arm, NULL where none does. */
const struct cost_words *words_of(const struct side_boot *boot, const char *bench, const char *arm);

#endif
