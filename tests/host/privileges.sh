#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Least privilege: what a run of this machine keeps of root's capabilities, and that an ordinary user can do all that
# needs none: compare, history, plot and show results, measure a folder of his own.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

if [ "$(id -u)" -ne 0 ] || ! command -v setpriv >/dev/null; then
	skip_that "a run keeps few of root's capabilities" "takes root, and setpriv"
	finish
fi

# The numbers of capabilities(7), of those that we have ourselves, as /proc/PID/status has them.
have=$(awk '/^CapEff/ { print $2 }' /proc/self/status)
for_guard=$((1 << 21))                             # CAP_SYS_ADMIN
for_run=$((for_guard | 1 << 1 | 1 << 14 | 1 << 24)) # CAP_DAC_OVERRIDE, CAP_IPC_LOCK, CAP_SYS_RESOURCE
for_guard=$(printf '%016x' $((for_guard & 16#$have)))
for_run=$(printf '%016x' $((for_run & 16#$have)))
is() { # FILE FIELD VALUE
	local got
	got=$(awk -v f="$2:" '$1 == f { print $2 }' "$1")
	[ "$got" = "$3" ] && return 0
	why="$2 is ${got:-(not there)} instead of $3"
	return 1
}
# Looks at runner and guard while the runner freezes, and at mke2fs, which it started.
capabilities() {
	local pid guard
	mkdir -p "$work/tmp" "$work/bin"
	# shellcheck disable=SC2016 # for the shell that runs it
	printf '#!/bin/sh\ncat /proc/self/status >%s/mke2fs\nPATH=${PATH#*:} exec mke2fs "$@"\n' "$work" >"$work/bin/mke2fs"
	chmod +x "$work/bin/mke2fs"
	{
		printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\nchecks = none\nbenchmarks = first-write freeze\n'
		printf '[bench first-write]\narms = cold\noperations = 64\n[bench freeze]\narms = dirty-mapped-64\noperations = 100000\n[target loop]\nfile = %s/loop\nsize = 64\n' "$work"
	} >"$work/plan.ini"
	TMPDIR=$work/tmp PATH=$work/bin:$PATH:/usr/sbin "${BUILD:-$root/build}/daxmark-run" --plan "$work/plan.ini" \
		--output "$work/records" 2>"$work/err" &
	pid=$!
	# the guard has answered before the first benchmark, and the second takes long
	wait_beside "$pid" grep -qs '"kind":"sample","bench":"first-write"' "$work/records"
	guard=$(pgrep -x daxmark-guard -P "$pid")
	cp "/proc/$pid/status" "$work/runner"
	cp "/proc/$guard/status" "$work/guard"
	# another mount namespace than ours, so that nobody sees what is mounted in it
	[ "$(readlink "/proc/$pid/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ] && grep -q "$work/tmp/" "/proc/$pid/mountinfo" &&
		! grep -q "$work/tmp/" /proc/self/mountinfo && private=yes
	kill -TERM "$pid"
	wait "$pid"
}
of_run() {
	local file field
	for file in runner mke2fs; do
		for field in CapEff CapPrm CapBnd; do
			is "$work/$file" "$field" "$for_run" || { why="of $file: $why"; return 1; }
		done
		is "$work/$file" NoNewPrivs 1 || { why="of $file: $why"; return 1; }
	done
}
of_guard() { is "$work/guard" CapEff "$for_guard" && is "$work/guard" CapPrm "$for_guard"; }
in_private() { [ "${private:-}" = yes ]; }

# --- An ordinary user: programs and results that he can read, and a home of his own.

user=65534
suite=$work/suite
as_user() { # STATUS COMMAND...
	local want=$1
	shift
	run "$want" setpriv --reuid "$user" --regid "$user" --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \
		env HOME="$work/home" TMPDIR="$work/home/tmp" XDG_CACHE_HOME="$work/home/cache" "$@"
}
chmod 755 "$work"
mkdir -p "$suite/build" "$work/home/tmp"
cp "${BUILD:-$root/build}/daxmark" "${BUILD:-$root/build}/daxmark-run" "$suite/build/"
cp -r "$root/scripts" "$root/configs" "$root/plots" "$suite/"
awk -v label=without -v change=0 -f "$root/tests/unit/data/side.awk" >"$work/home/without.jsonl"
awk -v label=with -v change=1 -f "$root/tests/unit/data/side.awk" >"$work/home/with.jsonl"
mkdir "$work/home/nights"
awk -v dir="$work/home/nights" -v mode=count -f "$root/tests/unit/data/year.awk"
chmod -R a+rX "$suite"
chown -R "$user" "$work/home"
cd "$work/home" || exit 4

daxmark=$suite/build/daxmark
compares() {
	as_user 0 "$daxmark" compare without.jsonl with.jsonl && says out '^First write to a 4 KiB page' &&
		as_user 0 "$daxmark" show with.jsonl && says out 'First write'
}
plots() {
	as_user 0 "$daxmark" plot without.jsonl with.jsonl --output figures && [ -s figures/change.svg ] || why=${why:-no figure}
	[ -z "$why" ]
}
keeps_history() {
	local night
	as_user 0 mkdir kept || return 1
	for night in 1 2; do
		as_user 0 "$daxmark" history add -r kept -d "$(sed -n "s/^$night //p" nights/nights)" \
			"nights/$night.base.jsonl" "nights/$night.new.jsonl" || return 1
	done
	as_user 0 "$daxmark" history list -r kept && [ "$(grep -c '^  2' "$work/out")" -eq 2 ] &&
		as_user 0 "$daxmark" history changes -r kept && as_user 0 "$daxmark" history rebuild -r kept
}
measures() {
	local type
	mkdir folder && chown "$user" folder
	type=$(stat -f -c %T folder)
	[ "$type" != ext2/ext3 ] || type=ext4
	printf '[plan]\nmode = time\nfilesystems = %s\naccess = page-cache\nbenchmarks = first-write\n[target here]\ndirectory = %s\n' \
		"$type" "$work/home/folder" >"$work/plan.ini"
	as_user 0 "$suite/build/daxmark-run" --plan "$work/plan.ini" --output records && tail -n 1 records | grep -q '"kind":"end"'
}
refused() {
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\n[target loop]\nfile = %s\nsize = 64\n' \
		"$work/home/loop" >"$work/plan.ini"
	as_user 4 "$suite/build/daxmark-run" --plan "$work/plan.ini" --output records && says err 'a loop device takes root' && [ ! -e loop ]
}
cleans() {
	mkdir "tmp/daxmark-999999999-1-abcdef" "tmp/daxmark-999999999-1-ABCDEF"
	chown "$user" tmp/daxmark-999999999-1-abcdef
	as_user 0 "$daxmark" clean && says out '^removed .*/tmp/daxmark-999999999-1-abcdef$' || return 1
	# that of another user stays
	[ "$(ls tmp)" = daxmark-999999999-1-ABCDEF ] || why="$(ls tmp)"
	rmdir tmp/daxmark-999999999-1-ABCDEF
	[ -z "$why" ]
}
own() {
	why=$(find . ! -user "$user" -printf '%p ')
	[ -z "$why" ]
}

private=no
capabilities
test_that "of root's capabilities a run of this machine keeps those to mount, freeze and lock memory, and so do its programs" of_run
test_that "the guard keeps the one to thaw" of_guard
test_that "what a run mounts is in a mount namespace of its own" in_private
test_that "an ordinary user compares and shows results" compares
test_that "an ordinary user draws figures" plots
test_that "an ordinary user keeps a history" keeps_history
test_that "an ordinary user measures a folder of his own" measures
test_that "an ordinary user is told what takes root" refused
test_that "an ordinary user removes what his runs left, and nothing of others" cleans
test_that "all that an ordinary user's commands make is his" own
finish
