/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEASURE_HYPERVISOR_H
#define DAXMARK_MEASURE_HYPERVISOR_H

#include <stdbool.h>

#define HYPERVISOR_MAX 13

/* The processor of a guest that QEMU's TCG emulates. */
#define HYPERVISOR_TCG "TCGTCGTCGTCG"

/*
 * What the processor says it is run by (CPUID leaf 0x40000000), such as
 * "KVMKVMKVM"; "" on a machine of its own, or where it does not tell.
 */
void hypervisor_name(char name[HYPERVISOR_MAX]);

#endif
