/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a command tells the user that something went wrong. */
#ifndef DAXMARK_BASE_COMPLAIN_H
#define DAXMARK_BASE_COMPLAIN_H

/* The exit status of every program here. */
enum status {
	STATUS_DONE = 0,
	STATUS_JUDGED = 1,	/* a check failed, or a regression, where asked to judge */
	STATUS_USAGE = 2,	/* usage or bad input */
	STATUS_CHANGED = 3,	/* a new change for the worse, where asked to judge */
	STATUS_ENVIRONMENT = 4, /* the environment lacks something, which is named */
	STATUS_DIED = 5,	/* a guest died, hung or was cut short */
};

/* The name in front of a message: "daxmark", unless a program sets another one. */
extern const char *complain_as;

/* Prints "daxmark: message" to stderr. */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* Says "out of memory", and returns the status for it. */
enum status complain_memory(void);

/* The exit status for a library's negative errno. */
enum status status_of(int err);

#endif
