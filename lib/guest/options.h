/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of daxmark-guest. */
#ifndef DAXMARK_GUEST_OPTIONS_H
#define DAXMARK_GUEST_OPTIONS_H

#include "guest/guest.h"

struct options {
	struct guest guest;   /* without what is found later */
	const char **patches; /* the array of guest.patch */
	const char *image, *pin;
	bool probe, print_command, mode_given;
};

/*
 * Reads it, and the plan that it names, which has to live as long as the options. Ends the program
 * with STATUS_USAGE at a wrong one. STATUS_DONE, or another one with a reason: the plan is wrong.
 * options->patches is to be freed.
 */
enum status options_read(int argc, char **argv, struct options *options, struct plan *plan,
			 char reason[GUEST_REASON_MAX]);

#endif
