// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <sched.h>

#include "bench/thread.h"

/* cpu_set_t ends at 1023, and there are larger machines. */
static int bind_to(pthread_attr_t *attributes, int cpu)
{
	size_t size = CPU_ALLOC_SIZE((size_t)cpu + 1);
	cpu_set_t *set = CPU_ALLOC((size_t)cpu + 1);
	int error;

	if (!set)
		return ENOMEM;
	CPU_ZERO_S(size, set);
	CPU_SET_S((size_t)cpu, size, set);
	error = pthread_attr_setaffinity_np(attributes, size, set);
	CPU_FREE(set);
	return error;
}

int thread_start(pthread_t *thread, const int *cpu, void *(*run)(void *), void *arg)
{
	pthread_attr_t attributes;
	int error = pthread_attr_init(&attributes);

	if (error)
		return -error;
	if (cpu)
		error = bind_to(&attributes, *cpu);
	if (!error)
		error = pthread_create(thread, &attributes, run, arg);
	pthread_attr_destroy(&attributes);
	return -error;
}
