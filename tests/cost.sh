#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the harness adds on this machine: first-write and a bare loop over the same mapping of one file, in turns
# (tests/cost.c).
#
#   tests/cost.sh [ROUNDS]    takes root, to mount; `make cost` runs it
#
# Exit status 1 where batches of first-write reach less than 0.98 of the bare loop's rate.

set -u -o pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-300}
[[ $rounds =~ ^[1-9][0-9]{0,2}$ ]] || { echo "cost: $rounds rounds: choose from 1 to 999" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "cost: takes root, to mount" >&2; exit 4; }
# What is mounted goes with this process, however it ends.
[ -n "${DAXMARK_UNSHARED-}" ] || DAXMARK_UNSHARED=1 exec unshare --mount --propagation private "$0" "$rounds"

work=$(mktemp -d) || exit 4
trap 'umount "$work/ext4" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir "$work/ext4"
if ! { truncate -s 128M "$work/image" && mke2fs -q -F -b 4096 -t ext4 "$work/image" &&
	mount -t ext4 -o loop "$work/image" "$work/ext4"; }; then
	echo "cost: ext4 cannot be mounted on a loop device here" >&2
	exit 4
fi
cpu=$(taskset -cp $$ | sed 's/.*[ ,-]//')
printf 'first-write on ext4 through the page cache, ns a store, medians of %s rounds\n' "$rounds"
printf 'load %s\n\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
taskset -c "$cpu" "${DAXMARK_BUILD:-$root/build}/tests/cost" "$work/ext4" "$rounds"
