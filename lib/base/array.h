/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays that grow. */
#ifndef DAXMARK_BASE_ARRAY_H
#define DAXMARK_BASE_ARRAY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * Makes room for n elements of size bytes; *array may move. False when there is
 * no memory, and all is as it was.
 */
static inline bool room_for(void *array, size_t n, size_t *room, size_t size)
{
	size_t more = 2 * n + 16;
	void *grown;

	if (n <= *room)
		return true;
	if (more < n || more > SIZE_MAX / size)
		return false;
	grown = realloc(*(void **)array, more * size);
	if (!grown)
		return false;
	*(void **)array = grown;
	*room = more;
	return true;
}

#endif
