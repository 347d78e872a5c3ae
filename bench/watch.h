/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keeps a target from staying frozen, should the run not come to thaw it: the
 * guard (target/guard.h), and should that end, too, the claim (target/claim.h). Who counts
 * instructions runs in a guest, where nothing but what is measured is to run, and has
 * neither; nor has a folder of a file system that is never frozen.
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
