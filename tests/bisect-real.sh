#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# git bisect run with scripts/bisect over a history of Linux in which is known who did what: of 20 commits that
# change the code for memory and file systems, one makes each DAX fault longer, one takes pfn_mkwrite from ext2 and
# ext4, and one does not build.
#
#   tests/bisect-real.sh [DIR]
#
# Makes the history from Debian's source and its first build, some 3 GB, in DIR, and uses those again which are there;
# without DIR in a temporary folder that goes with it. make bisect-check runs it; it is not in make test because
# of the first build.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
dir=${1:-$work/real}
mkdir -p "$dir" && dir=$(cd "$dir" && pwd) || exit 4
tarball=${DAXMARK_USR_SRC:-/usr/src}/linux-source-6.1.tar.xz
[ -f "$tarball" ] || "$root/scripts/deps" linux-source-6.1 || exit
export XDG_CACHE_HOME=$dir/cache
bisect=$root/scripts/bisect
repo=$dir/linux
in_repo() { git -C "$repo" -c user.name=daxmark -c user.email=daxmark@localhost -c gc.auto=0 "$@"; }

# --- The history. Which commit does what is known here alone.

loops=100
dearer=7 broken=10 forgetful=14 commits=20
files=(fs/ext2/super.c fs/ext4/file.c mm/memory.c fs/dax.c fs/ext4/inode.c mm/filemap.c fs/ext2/inode.c fs/ext4/super.c
	mm/mmap.c fs/ext4/fsync.c)

base_tree() {
	[ ! -d "$repo" ] || return 0
	mkdir -p "$repo.new" && tar -C "$repo.new" --strip-components=1 -xf "$tarball" && git init -q "$repo.new" &&
		mv "$repo.new" "$repo" && in_repo add -A -f . && in_repo commit -qm 'the source as Debian has it' &&
		in_repo tag base
}
# Harmless: a comment, or a function that nobody calls, which moves what follows it.
harmless() { # NUMBER FILE
	if [ $(($1 % 3)) -eq 0 ]; then
		printf '\n/* change %s */\n' "$1"
	else
		printf '\nunsigned int change_%s(unsigned int x);\nunsigned int change_%s(unsigned int x)\n{\n' "$1" "$1"
		printf '\treturn x * %s + 1;\n}\n' "$1"
	fi >>"$repo/$2"
}
history() {
	local i file
	in_repo bisect reset >/dev/null 2>&1
	in_repo checkout -q -f --detach base || return
	for ((i = 1; i <= commits; i++)); do
		file=${files[i % ${#files[@]}]}
		harmless "$i" "$file"
		case $i in
		"$dearer") sed "/^+/s/PLANTED/$loops/" "$root/tests/calibrate/planted-cost.patch" ;;
		"$forgetful") cat "$root/configs/kernels/linux-6.1/no-pfn_mkwrite.patch" ;;
		esac | patch -s -d "$repo" -p1 --fuzz=0 || return
		[ "$i" -ne "$broken" ] || echo 'this is no C' >>"$repo/mm/truncate.c"
		[ "$i" -ne $((broken + 1)) ] || in_repo checkout -q base -- mm/truncate.c || return
		in_repo commit -qam "${file%.c}: change $i" && in_repo tag -f "change-$i" >/dev/null || return
	done
}

# --- Finding out

measure() { # REVISION NAME: sets figure
	in_repo checkout -q -f --detach "$1" &&
		run 0 "$bisect" --repo "$repo" --records "$work/measured.$1" --measure --metric "$2" || return
	figure=$(cat "$work/out")
}
# finds COMMIT FOLDER ARGUMENT...
finds() {
	local want said
	want=$(in_repo rev-parse "change-$1")
	rm -rf "${dir:?}/$2"
	in_repo bisect start "change-$commits" base >"$work/started" 2>&1 || { why=$(cat "$work/started"); return 1; }
	said=$(cd "$repo" && git bisect run "$bisect" --records "$dir/$2" "${@:3}" 2> >(tee "$work/err" >&2) </dev/null)
	in_repo bisect reset >/dev/null 2>&1
	awk -F '\t' 'NR > 2 { printf "# step %s, %s: %s %s, %s s\n", $1, $3, $4, $6, $7 }' "$dir/$2/log.tsv"
	why=$(tail -n 3 <<<"$said"; tail -n 3 "$work/err")
	grep -q "^$want is the first bad commit" <<<"$said"
}
cold=first-write/cold/ext4/dax
cost() { measure base "$cold" && finds "$dearer" cost --metric "$cold" --good "$figure"; }
size() {
	local before
	before=$figure
	measure "change-$commits" "$cold" || return
	why="from $before to $figure"
	[ $((figure - before)) -eq $((2 * loops + 1)) ]
}
not_built() { why=$(cut -f 3,6 "$dir/cost/log.tsv"); grep -q "change $broken	skip" <<<"$why"; }
check() { finds "$forgetful" check --check ctime-mtime/ext4/dax; }
records() {
	local n file
	n=$(grep -cP '\t(good|bad)\t' "$dir/cost/log.tsv")
	why="$n step(s) with a verdict, $(find "$dir/cost" -name '*.jsonl' | wc -l) result file(s)"
	[ "$n" -gt 0 ] && [ "$(find "$dir/cost" -name '*.jsonl' | wc -l)" -eq "$n" ] || return 1
	for file in "$dir/cost/"*.jsonl; do run 0 "$root/build/daxmark" show "$file" || return; done
}

if ! base_tree || ! history; then
	echo "not ok a history of $commits commits can be made in $dir"
	exit 1
fi
test_that "git bisect run finds the commit that made a DAX fault longer, out of $commits" cost
test_that "the cost that was found is the one that was planted" size
test_that "the commit that does not build was tried and skipped" not_built
test_that "each step with a verdict left its records" records
test_that "git bisect run finds the commit after which a write through a mapping moves no time" check
finish
