/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The record `run` (docs/records.md): how a boot was made, in front of what the runner recorded. */
#ifndef DAXMARK_GUEST_RUN_RECORD_H
#define DAXMARK_GUEST_RUN_RECORD_H

#include "guest/guest.h"

/*
 * Writes guest->records: the run record, and the records in the work folder. The file appears whole
 * or not at all. 0 or -errno.
 */
int run_record_write(const struct guest *guest);

#endif
