/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_RECORD_BUILD_ID_H
#define DAXMARK_RECORD_BUILD_ID_H

#define BUILD_ID_MAX 65 /* hexadecimal digits and the end, 32 bytes at most */

/*
 * The GNU build id of this program, and of the running kernel (from
 * /sys/kernel/notes). "" where there is none.
 */
void build_id_self(char id[BUILD_ID_MAX]);
void build_id_kernel(char id[BUILD_ID_MAX]);

#endif
