/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEDIUM_GROUP_H
#define DAXMARK_MEDIUM_GROUP_H

/*
 * Moves this process to the topmost control group of each hierarchy that is mounted, of
 * version 1 and 2: no other group's end, limit or freezer reaches it there, and no group
 * is made. 0, also where there are no control groups; the negative errno of a
 * hierarchy in which it stays where it was; or -EXDEV in a namespace of control groups,
 * which hides the groups that it is in.
 */
int group_leave_all(void);

#endif
