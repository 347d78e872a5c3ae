#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Guests that count, and all that comes after them, take no root: a whole comparison as an ordinary user without
# a single capability, who can read the suite and the image and has a home of his own.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
user=$(id -u)
as_user=()
if [ "$user" -eq 0 ]; then
	user=65534
	as_user=(setpriv --reuid "$user" --regid "$user" --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs)
fi
mkdir -p "$work/suite/build" "$work/home/tmp" "$work/image"
cp "$root/build/daxmark" "$root/build/daxmark-guest" "$root/build/daxmark-run" "$work/suite/build/"
cp -r "$root/scripts" "$root/configs" "$root/plots" "$work/suite/"
cp "$image/bzImage" "$work/image/"
{
	printf '[plan]\nseeds = 1\nfilesystems = ext4\naccess = dax\nchecks = ctime-mtime\nbenchmarks = first-write\n'
	printf '[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n' "$work/image/bzImage" "$work/image/bzImage"
} >"$work/plan.ini"
chmod -R a+rX "$work"
[ ${#as_user[@]} -eq 0 ] || chown -R "$user" "$work/home"

compares() {
	run 0 "${as_user[@]}" env HOME="$work/home" TMPDIR="$work/home/tmp" XDG_CACHE_HOME="$work/home/cache" \
		"$work/suite/scripts/bench" --results "$work/home/results" "$work/plan.ini" &&
		says out 'All 16 costs: 16 the same' &&
		[ -s "$work/home/results/latest/plots/change.svg" ]
}
own() {
	why=$(find "$work/home" ! -user "$user" -printf '%p ')
	[ -z "$why" ] && why=$(ls -A "$work/home/tmp") && [ -z "$why" ]
}

test_that "an ordinary user boots guests, counts, compares and draws" compares
test_that "all that is made is his, and nothing is left in his temporary folder" own
finish
