// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "measure/faults.h"

uint64_t faults_taken(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return (uint64_t)usage.ru_minflt + (uint64_t)usage.ru_majflt;
}

/* Sums the processor's column; every line has the counts behind a colon. */
int64_t interrupts_taken(int processor)
{
	FILE *file = fopen("/proc/interrupts", "re");
	char *line = NULL, *column = NULL;
	size_t size = 0;
	char wanted[16];
	int64_t sum = 0;
	int place = -1;

	if (!file)
		return -1;
	snprintf(wanted, sizeof(wanted), "CPU%d", processor);
	/* the head names the processors that are online, in the order of columns */
	if (getline(&line, &size, file) >= 0)
		for (column = strtok(line, " \n"); column; column = strtok(NULL, " \n")) {
			place++;
			if (!strcmp(column, wanted))
				break;
		}
	while (column && getline(&line, &size, file) >= 0) {
		char *at = strchr(line, ':');
		int64_t count = 0;

		if (at)
			at++;
		for (int i = 0; at && i <= place; i++) {
			char *end;

			count = strtoll(at, &end, 10);
			/* some lines (ERR, MIS) have one count for all processors */
			at = end > at ? end : NULL;
		}
		if (at)
			sum += count;
	}
	if (!column)
		sum = -1;
	free(line);
	fclose(file);
	return sum;
}

int64_t preemptions_taken(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nivcsw;
}
