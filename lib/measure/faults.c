// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/resource.h>

#include "measure/faults.h"

uint64_t faults_taken(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return (uint64_t)usage.ru_minflt + (uint64_t)usage.ru_majflt;
}
