// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "measure/hypervisor.h"

void hypervisor_name(char name[HYPERVISOR_MAX])
{
	memset(name, 0, HYPERVISOR_MAX);
#if defined(__x86_64__)
	unsigned int a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 31)))
		return;
	__cpuid(0x40000000, a, b, c, d);
	memcpy(name, &b, sizeof(b));
	memcpy(name + sizeof(b), &c, sizeof(c));
	memcpy(name + sizeof(b) + sizeof(c), &d, sizeof(d));
#endif
	for (char *p = name; *p; p++)
		if (!isprint((unsigned char)*p))
			*p = '?';
}
