/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A signal that asks this program to end is held until child_wait() or the end of the program. */
#ifndef DAXMARK_GUEST_SIGNALS_H
#define DAXMARK_GUEST_SIGNALS_H

/* Before the first child: holds SIGINT, SIGTERM and SIGHUP. 0 or -errno. */
int signals_hold(void);

/* Which of them came; 0: none. */
int signals_came(void);

/* Can be read when one of them came. */
int signals_fd(void);

/* In a child, before it becomes another program: holds none of them any longer. */
void signals_let_go(void);

#endif
