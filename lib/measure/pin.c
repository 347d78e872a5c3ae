// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <numa.h>
#include <numaif.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "measure/pin.h"

/* As many as the kernel can be built for: sched_getaffinity refuses a shorter mask. */
#define CPUS_MAX 8192

static int bind_cpu(int cpu)
{
	cpu_set_t *set = CPU_ALLOC(CPUS_MAX);
	size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
	int error = 0;

	if (!set)
		return -ENOMEM;
	CPU_ZERO_S(size, set);
	CPU_SET_S((size_t)cpu, size, set);
	if (sched_setaffinity(0, size, set))
		error = -errno;
	CPU_FREE(set);
	return error;
}

static int look_at_cpu(struct placed *placed)
{
	cpu_set_t *set = CPU_ALLOC(CPUS_MAX);
	size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
	int error = 0;

	if (!set)
		return -ENOMEM;
	CPU_ZERO_S(size, set);
	if (sched_getaffinity(0, size, set))
		error = -errno;
	else if (CPU_COUNT_S(size, set) == 1)
		for (int i = 0; i < CPUS_MAX && placed->bound < 0; i++)
			if (CPU_ISSET_S((size_t)i, size, set))
				placed->bound = i;
	placed->runs = sched_getcpu();
	CPU_FREE(set);
	return error;
}

/* set_mempolicy itself: libnuma's numa_set_membind() prints what goes wrong. */
static int bind_memory(int node)
{
	struct bitmask *mask = numa_allocate_nodemask();
	int error = 0;

	if (!mask)
		return -ENOMEM;
	numa_bitmask_setbit(mask, (unsigned int)node);
	if (set_mempolicy(MPOL_BIND, mask->maskp, mask->size + 1))
		error = -errno;
	numa_bitmask_free(mask);
	return error;
}

static int look_at_policy(struct placed *placed)
{
	struct bitmask *mask = numa_allocate_nodemask();
	int mode, error = 0;

	if (!mask)
		return -ENOMEM;
	if (get_mempolicy(&mode, mask->maskp, mask->size + 1, NULL, 0))
		error = -errno;
	else if (mode == MPOL_BIND && numa_bitmask_weight(mask) == 1)
		for (unsigned int i = 0; i < mask->size; i++)
			if (numa_bitmask_isbitset(mask, i))
				placed->node = (int)i;
	numa_bitmask_free(mask);
	return error;
}

static int look_at_page(struct placed *placed)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	char *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int error = 0;

	if (page == MAP_FAILED)
		return -errno;
	*page = 1;
	if (get_mempolicy(&placed->page, NULL, 0, page, MPOL_F_NODE | MPOL_F_ADDR))
		error = -errno;
	munmap(page, size);
	return error;
}

int place_look(bool memory, struct placed *placed)
{
	int error;

	*placed = (struct placed){ -1, -1, -1, -1 };
	error = look_at_cpu(placed);
	if (!error && memory)
		error = look_at_policy(placed);
	if (!error && memory)
		error = look_at_page(placed);
	return error;
}

static int differs(char *reason, const char *what, int wanted, const char *found, int there)
{
	char number[16] = "none";

	if (there >= 0)
		snprintf(number, sizeof(number), "%d", there);
	snprintf(reason, PLACE_REASON_MAX, "%s %d, but %s %s", what, wanted, found, number);
	return -EXDEV;
}

int place_proved(const struct place *place, const struct placed *placed,
		 char reason[PLACE_REASON_MAX])
{
	if (placed->bound != place->cpu)
		return differs(reason, "the thread was bound to CPU", place->cpu,
			       "the one CPU it may use is", placed->bound);
	if (placed->runs != place->cpu)
		return differs(reason, "the thread was bound to CPU", place->cpu,
			       "the CPU it runs on is", placed->runs);
	if (place->memory < 0)
		return 0;
	if (placed->node != place->memory)
		return differs(reason, "memory was bound to node", place->memory,
			       "the one node it is bound to is", placed->node);
	if (placed->page != place->memory)
		return differs(reason, "memory was bound to node", place->memory,
			       "the node of a page just written is", placed->page);
	return 0;
}

static int failed(char *reason, const char *what, int where, int error)
{
	snprintf(reason, PLACE_REASON_MAX, "%s %d: %s", what, where, strerror(-error));
	return error;
}

int place_bind(struct place *place, char reason[PLACE_REASON_MAX])
{
	struct placed placed;
	int error = bind_cpu(place->cpu);

	if (error)
		return failed(reason, "cannot bind this thread to CPU", place->cpu, error);
	/* a kernel without NUMA, or a container that may not ask */
	if (place->memory >= 0 && numa_available() < 0)
		place->memory = -1;
	if (place->memory >= 0)
		error = bind_memory(place->memory);
	if (error)
		return failed(reason, "cannot bind memory to node", place->memory, error);
	error = place_look(place->memory >= 0, &placed);
	if (error)
		return failed(reason, "cannot see where the thread is that was bound to CPU",
			      place->cpu, error);
	return place_proved(place, &placed, reason);
}
