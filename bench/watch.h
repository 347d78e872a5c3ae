/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guard and claim keep a target from staying frozen. The guard (medium/guard.h) thaws it
 * when the run does not; the claim (medium/claim.h) lets a later program thaw it when the
 * guard is gone as well. A run that counts instructions has neither, because nothing else
 * may run in its guest; a folder of a file system that is never frozen needs neither.
 */
#ifndef DAXMARK_BENCH_WATCH_H
#define DAXMARK_BENCH_WATCH_H

#include "bench/runner.h"

/*
 * From here to watch_stop() the target is watched; before it is unmounted. Both return
 * 0, or a negative errno with runner->error set: -EOWNERDEAD when the guard is gone,
 * which ends the run.
 */
int watch_start(struct runner *runner, const struct target *target);
int watch_stop(struct runner *runner, const struct target *target);

/* Between two arms or checks: whether the guard still watches. The same. */
int watch_look(struct runner *runner, const struct target *target);

#endif
