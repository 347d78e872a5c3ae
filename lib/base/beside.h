/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BASE_BESIDE_H
#define DAXMARK_BASE_BESIDE_H

#include <stddef.h>

/*
 * A file beside this program: directory of its binary, then name. -ENAMETOOLONG
 * or the errno of finding out where the program is.
 */
int beside_program(const char *name, char *path, size_t size);

#endif
