#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whatever a script has in the temporary folder bears its mark: when it is killed with SIGKILL, daxmark clean finds it.
# Each script is killed while a program that it has called does not return.
# shellcheck disable=SC2016,SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export TMPDIR=$work/tmp XDG_CACHE_HOME=$work/cache
mkdir "$TMPDIR" "$work/image" "$work/results"
fake_image "$work/image/bzImage" x
printf '[plan]\nmode = count\nseeds = 1\n[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n' \
	"$work/image/bzImage" "$work/image/bzImage" >"$work/plan.ini"
cp "$work/plan.ini" "$work/results/"
touch "$work/results/a.jsonl" "$work/results/b.jsonl"
: >"$work/initramfs"

# hang FOLDER NAME...: programs that do not return
hang() {
	local folder=$work/$1 name
	mkdir -p "$folder"
	for name in "${@:2}"; do
		printf '#!/bin/sh\ntouch "%s/hangs"\nexec sleep 600\n' "$work" >"$folder/$name"
		chmod +x "$folder/$name"
	done
}
hang build daxmark daxmark-run daxmark-guest
hang apt apt-get
printf '#!/bin/sh\nexit 1\n' >"$work/apt/dpkg-query"
chmod +x "$work/apt/dpkg-query"
hang tools cc strip qemu-system-x86_64

cleaned() {
	"$root/build/daxmark" clean "$TMPDIR" >/dev/null
	why="daxmark clean leaves $(ls -A "$TMPDIR")"
	[ -z "$(ls -A "$TMPDIR")" ]
}
killed() { # COMMAND...
	local pid left
	rm -f "$work/hangs"
	setsid "$@" >"$work/out" 2>"$work/err" </dev/null &
	pid=$!
	wait_beside "$pid" test -e "$work/hangs"
	left=$(ls -A "$TMPDIR")
	{
		kill -KILL -- "-$pid"
		wait "$pid"
	} 2>/dev/null
	[ -e "$work/hangs" ] || { why="did not come so far: $(tail -n 2 "$work/err")"; return 1; }
	why="no folder with a mark: $left"
	[ -n "$left" ] && ! grep -qvE '^daxmark-[0-9]+-[0-9]+-[A-Za-z0-9]{6}$' <<<"$left" || return 1
	# those of the group that the kernel has not ended yet hold the folder
	wait_until cleaned
}
scripts=$root/scripts
bench() { killed env DAXMARK_BUILD="$work/build" "$scripts/bench" "$work/plan.ini"; }
bisect() { killed env DAXMARK_BUILD="$work/build" "$scripts/bisect" --plan "$work/plan.ini" --check dax-proved/ext4/dax; }
nightly() { killed env DAXMARK_BUILD="$work/build" "$scripts/nightly" --results "$work/nights" "$work/plan.ini"; }
versions() { killed env DAXMARK_BUILD="$work/build" "$scripts/versions" "$work/plan.ini"; }
explain() { killed env PATH="$work/tools:$PATH" "$scripts/explain" "$work/results"; }
deps() { killed env PATH="$work/apt:$PATH" "$scripts/deps" a-package; }
crosscheck() { killed env PATH="$work/tools:$PATH" "$scripts/crosscheck" dax; }
initramfs() { killed env PATH="$work/tools:$PATH" "$scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/out"; }
guest() {
	killed env PATH="$work/tools:$PATH" "$root/build/daxmark-guest" --image "$work/image" --initramfs "$work/initramfs" --records "$work/records"
}
# One that makes none by another way than the library's is in the list above, or must be.
one_way() {
	why=$(cd "$scripts" && grep -nE '\bmktemp\b' -- * | grep -vE '^lib\.sh:|^unpack:.*\$folder/\.unpack-|daxmark-\$\$-')
	[ -z "$why" ]
}

for script in bench bisect nightly versions explain deps crosscheck initramfs guest; do
	test_that "what $script leaves when it is killed bears its mark, and daxmark clean removes it" $script
done
# readlink says nothing of a folder that is not there, and the root folder is no place for a work folder.
nowhere() {
	run 4 env TMPDIR="$work/nowhere" "$root/scripts/initramfs" /bin/true /dev/null "$work/out" &&
		says err "no temporary folder can be made in $work/nowhere" || return 1
	why="left in the root folder: $(compgen -G '/daxmark-[0-9]*')"
	! compgen -G '/daxmark-[0-9]*' >/dev/null
}
# A container that has the temporary folder of this machine; its processes have other numbers here.
elsewhere() {
	local container inside left
	rm -f "$work/hangs"
	PATH=$work/tools:$PATH unshare -pf --kill-child --mount-proc "$scripts/initramfs" "$root/build/daxmark-run" \
		"$work/plan.ini" "$work/out" >"$work/err" 2>&1 &
	container=$!
	wait_beside "$container" test -e "$work/hangs"
	inside=$(ls -A "$TMPDIR")
	"$root/build/daxmark" clean "$TMPDIR" >/dev/null
	left=$(ls -A "$TMPDIR")
	{
		kill -KILL "$container"
		wait "$container"
	} 2>/dev/null
	[ -n "$inside" ] || { why="no folder: $(tail -n 2 "$work/err")"; return 1; }
	[ "$left" = "$inside" ] || { why="daxmark clean removes what a container works in"; return 1; }
	wait_until cleaned
}
if unshare -pf --kill-child --mount-proc true 2>/dev/null; then
	test_that "what a run in a container works in stays, and goes when the container is gone" elsewhere
else
	skip_that "what a run in a container works in stays" "takes root"
fi
test_that "a script that finds no temporary folder makes none elsewhere" nowhere
test_that "no script makes a temporary file without a mark" one_way
finish
