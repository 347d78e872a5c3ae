/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays that grow. */
#ifndef DAXMARK_BASE_ARRAY_H
#define DAXMARK_BASE_ARRAY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

/*
 * Adds a zeroed element of size bytes to the array of *n elements, which only this function
 * may have made larger; *array may move. Returns the element, or NULL when there is no memory
 * and all is as it was.
 */
static inline void *array_add(void *array, size_t *n, size_t size)
{
	char *grown = *(void **)array;

	/* the capacity is the next power of two, so nobody has to keep it */
	if (!(*n & (*n - 1))) {
		size_t room = *n ? 2 * *n : 1;

		if (room < *n || room > SIZE_MAX / size)
			return NULL;
		grown = realloc(grown, room * size);
		if (!grown)
			return NULL;
		*(void **)array = grown;
	}
	return memset(grown + (*n)++ * size, 0, size);
}

#endif
