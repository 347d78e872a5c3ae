#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Nothing of the environment changes a result or loses one: variables, a start file, functions, umask, paths with
# blanks, a script called through a link, a file system without symbolic links, a standard output that is full. With a
# QEMU that is none and says what a guest would.
# shellcheck disable=SC2015,SC2317,SC2016 # the functions are called by test_that; what is in single quotes is for a guest

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export TMPDIR="$work/tmp folder" XDG_CACHE_HOME="$work/a cache"
suite="$work/a check out"
mkdir -p "$TMPDIR" "$work/bin" "$work/plans of mine/sub" "$suite" "$work/image"
cp -r "$root/scripts" "$root/configs" "$root/plots" "$suite/"
ln -s "$root/build" "$suite/build"
daxmark=$root/build/daxmark

fake_qemu "$work/bin"
PATH=$work/bin:$PATH
cat >"$work/bin/guest" <<GUEST
awk -v label=x -v boots=1 -f "$root/tests/unit/data/side.awk" | sed '1d; \$d' >"\$records"
printf '{"kind":"end","lines":%d}\n' "\$(wc -l <"\$records")" >>"\$records"
printf 'daxmark: the runner ended with status 0\n' >"\$console"
GUEST
fake_image "$work/image/bzImage" x
plan="$work/plans of mine/the plan.ini"
printf '[plan]\nseeds = 1\n[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n' "$work/image/bzImage" \
	"$work/image/bzImage" >"$plan"

# bench STATUS RESULTS COMMAND...: a run; what the command is, is its environment
bench() {
	run "$1" "${@:3}" "$suite/scripts/bench" --results "$2" "$plan"
}
whole() { # RESULTS
	why="$1: $(ls -A "$1" 2>/dev/null)"
	[ -s "$1/report.txt" ] && [ -s "$1/a.jsonl" ] && [ -s "$1/compare.json" ] && [ -s "$1/plots/change.svg" ]
}
nothing_left() {
	why="left: $(ls -A "$TMPDIR")"
	[ -z "$(ls -A "$TMPDIR")" ]
}

blanks() { bench 0 "$work/my results" env && whole "$work/my results/latest" && nothing_left; }
# Each of these once changed or lost a run, or could.
variables() {
	printf 'exit 3\n' >"$work/start"
	(
		export POSIXLY_CORRECT=1 CDPATH=/usr:/ BASH_ENV=$work/start ENV=$work/start TAR_OPTIONS=--wrong GREP_OPTIONS=-v \
			GIT_DIR=$work/nowhere GIT_WORK_TREE=$work/nowhere GIT_INDEX_FILE=$work/nowhere BUILD=$work/nowhere CONFIG=$work/nowhere LC_ALL=C.UTF-8 \
			LANG=de_DE.UTF-8 IFS=/ GLOBIGNORE='*' MAKEFLAGS=-n POSIX_ME_HARDER=1 ARGP_HELP_FMT=rmargin=1 TZ=Pacific/Auckland COLUMNS=20
		sed() { echo 'a function of the environment'; }
		cut() { sed; }
		export -f sed cut
		umask 0777
		bench 0 "$work/varied" env && whole "$work/varied/latest" && nothing_left || { echo "$why" >"$work/reason"; exit 1; }
	) || { why=$(cat "$work/reason" 2>/dev/null); return 1; }
	# times and the folder's name are all that may differ
	why=$(diff "$work/my results/latest/report.txt" "$work/varied/latest/report.txt" 2>&1; cmp "$work/my results/latest/a.jsonl" "$work/varied/latest/a.jsonl" 2>&1)
	[ -z "$why" ]
}
through_links() {
	mkdir -p "$work/links"
	ln -sfn "$suite/scripts" "$work/links/folder"
	ln -sf folder/bench "$work/links/my bench"
	run 0 "$work/links/my bench" --results "$work/linked" "$plan" && whole "$work/linked/latest" || return 1
	local script
	for script in "$suite/scripts"/*; do
		case ${script##*/} in
		*.sh | *.jq | *.bash | guest-init | lint | native | unpack) continue ;;
		esac
		ln -sf "$script" "$work/links/a link"
		(cd "$work" && CDPATH=/usr run 0 "$work/links/a link" --help && says out '^usage: ' || { echo "$script: $why"; exit 1; }) \
			>"$work/reason" || { why=$(cat "$work/reason"); return 1; }
	done
}
# A FAT16 of 16 MiB, as bytes: no package for it is needed.
fat_image() { # FILE
	truncate -s 16M "$1" &&
		printf '\353\074\220daxmark \0\002\004\001\0\001\0\002\0\200\370\040\0\040\0\001\0' | dd of="$1" conv=notrunc status=none &&
		printf '\125\252\370\377\377\377' | dd of="$1" bs=1 seek=510 conv=notrunc status=none
}
no_links() {
	mkdir -p "$work/vfat"
	fat_image "$work/vfat.image" && mount -o loop "$work/vfat.image" "$work/vfat" || return 1
	bench 0 "$work/vfat/results" env && whole "$work"/vfat/results/2*Z && says err 'results/latest: cannot be made a link to 2' &&
		says out 'first-write'
	local result=$?
	umount "$work/vfat"
	return "$result"
}
# A ln that cannot, as on a share of the network; an earlier run stays what latest points to.
no_links_any_more() {
	mkdir -p "$work/no-ln" "$work/share/earlier"
	ln -s earlier "$work/share/latest"
	printf '#!/bin/sh\ncase $* in *latest) exit 1 ;; esac\nexec %s "$@"\n' "$(command -v ln)" >"$work/no-ln/ln"
	chmod +x "$work/no-ln/ln"
	bench 0 "$work/share" env PATH="$work/no-ln:$PATH" && whole "$work"/share/2*Z && [ "$(readlink "$work/share/latest")" = earlier ] &&
		says err 'latest: cannot be made a link'
}
full_output() {
	local command
	"$suite/scripts/bench" --results "$work/full" "$plan" >/dev/full 2>"$work/err"
	why="status $?: $(cat "$work/err")"
	[ "${why%%:*}" = 'status 4' ] && says err 'to standard output' && whole "$work/full/latest" || return 1
	while read -r command; do
		# shellcheck disable=SC2086 # words are wanted
		"$suite"/$command >/dev/full 2>"$work/err"
		why="$command: status $?: $(cat "$work/err")"
		[[ $why == "$command: status "[45]* || $why == "$command: status 204"* ]] && grep -q 'standard output' "$work/err" || return 1
	done <<-COMMANDS
	build/daxmark --help
	build/daxmark list
	build/daxmark plan configs/default.ini
	build/daxmark history --help
	build/daxmark-run --list
	build/daxmark-run --help
	build/daxmark-guest --help
	scripts/bench --help
	scripts/bisect --help
	scripts/calibrate --help
	scripts/crosscheck --help
	scripts/deps --help
	scripts/explain --help
	scripts/initramfs --help
	scripts/nightly --help
	scripts/soak --help
	scripts/versions --help
	COMMANDS
	fake_image "$work/full.bz" full
	"$suite/scripts/kernel" "image:$work/full.bz" >/dev/full 2>"$work/err"
	why="kernel: status $?: $(cat "$work/err")"
	[ "$why" = 'kernel: status 4: kernel: standard output: cannot be written' ] || return 1
	run 0 "$daxmark" show "$work/full/latest/a.jsonl" || return 1
	"$daxmark" show "$work/full/latest/a.jsonl" >/dev/full 2>"$work/err"
	why="show: status $?"
	[ "$why" = 'show: status 4' ] && [ "$(wc -l <"$work/err")" -eq 1 ]
}
two_plans() {
	local script
	for script in bench nightly soak versions; do
		run 2 "$suite/scripts/$script" --results "$work/twice" "$plan" "$root/configs/default.ini" &&
			says err 'one plan at a time; .*the plan.ini is named already' || { why="$script: $why"; return 1; }
	done
	run 2 "$suite/scripts/explain" "$work/my results/latest" "$work/my results" && says err 'one folder of results at a time' &&
		[ ! -e "$work/twice" ]
}
not_utf_8() {
	local odd=$work/odd-$'\xff'
	mkdir -p "$odd"
	cp "$work/image/bzImage" "$odd/"
	sed "s|^source = .*|source = image:$odd/bzImage|" "$plan" >"$work/odd.ini"
	run 2 "$suite/scripts/bench" --results "$work/odd" "$work/odd.ini" && says err 'odd.ini:4: a name that is not UTF-8' && [ ! -e "$work/odd" ] ||
		return 1
	# where such a name is in no record, it does no harm
	cp "$plan" "$odd/plan.ini"
	run 0 "$suite/scripts/bench" --results "$odd/results" "$odd/plan.ini" && whole "$odd/results/latest"
}
# make's own variables: those of its command line count, and no others.
of_make() {
	make_says 'make -n bench' | grep -q "scripts/bench 'configs/default.ini'" &&
		make_says 'make -n bench CONFIG="my plan.ini"' | grep -q "scripts/bench 'my plan.ini'" &&
		make_says 'make -n nightly' | grep -q "scripts/nightly 'configs/nightly.ini'" &&
		make_says 'make -n explain' | grep -qE "scripts/explain *\$" &&
		make_says 'make -n explain CONFIG=x.ini' | grep -q "scripts/explain --plan 'x.ini'" &&
		make_says 'make -n build/lib/base/plain.o -B' | grep -q '^cc .*-O2 -g ' &&
		make_says 'make -n build/lib/base/plain.o -B BUILD=build' | grep -q -- '-o build/lib/base/plain.o' && return
	why=$(cat "$work/made")
	return 1
}
make_says() {
	(cd "$root" && BUILD=$work/nowhere CONFIG=other.ini RESULTS=other CFLAGS=-O0 CC=false LDFLAGS=-wrong sh -c "$1") 2>&1 | tee "$work/made"
}
# A run of the plan is explained, and no other.
plan_explained() {
	mkdir -p "$work/here/results"
	cp -r "$work/my results/latest/." "$work/here/results/20260101T000000Z"
	cp -r "$work/my results/latest/." "$work/here/results/20260102T000000Z"
	cp -r "$work/my results/latest/." "$work/here/results/20260103T000000Z"
	echo '; another' >>"$work/here/results/20260103T000000Z/plan.ini"
	(
		cd "$work/here" || exit
		run 2 "$suite/scripts/explain" --plan "$root/configs/soak.ini" &&
			says err 'soak.ini: results/ has no run of it as it is now; run it first: make bench CONFIG=' &&
			run 2 "$suite/scripts/explain" --plan "$plan" results/20260103T000000Z && says err '20260103T000000Z: is of another plan than' &&
			rm results/20260102T000000Z/b.jsonl && run 2 "$suite/scripts/explain" --plan "$plan" &&
			says err 'results/20260102T000000Z/b.jsonl: no such results' || { echo "$why"; exit 1; }
	) >"$work/reason" || { why=$(cat "$work/reason"); return 1; }
}

test_that "a checkout, a plan, a cache and results with blanks in their paths give what others do" blanks
test_that "no variable, function or umask of the caller changes a result or loses one" variables
test_that "a script finds its own through any link that it is called by" through_links
if [ "$EUID" -eq 0 ] && grep -qw vfat /proc/filesystems; then
	test_that "results on a file system without symbolic links are kept, and named" no_links
else
	skip_that "results on a file system without symbolic links are kept, and named" "takes root and a kernel with vfat"
fi
test_that "results are kept where a symbolic link fails, and latest stays" no_links_any_more
test_that "a full standard output is an error that names it, and the results are kept" full_output
test_that "a second plan is refused" two_plans
test_that "a name that no record can hold is refused before anything is booted" not_utf_8
test_that "of make's variables those of its command line count" of_make
test_that "make explain with a plan explains a run of that plan, or says that there is none" plan_explained
finish
