#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A plan that is wrong, or a place that cannot be written, ends in one clear line before anything is built or
# booted, and earlier results stay as they were.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# A cache of its own, still empty: whoever built anything would leave it there.
export XDG_CACHE_HOME=$work/cache
mkdir -p "$work/results/earlier" "$XDG_CACHE_HOME"
echo kept >"$work/results/earlier/report.txt"
ln -s earlier "$work/results/latest"

bench() { # STATUS PLAN-TEXT
	printf '%b' "$2" >"$work/plan.ini"
	run "$1" "$root/scripts/bench" --results "$work/results" "$work/plan.ini" || return 1
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
	untouched
}
untouched() {
	[ -z "$(ls -A "$XDG_CACHE_HOME")" ] || { why="something was built"; return 1; }
	same_results
}
same_results() {
	[ "$(ls -A "$work/results")" = "$(printf 'earlier\nlatest')" ] || { why="results changed"; return 1; }
	[ "$(cat "$work/results/latest/report.txt")" = kept ] || { why="an earlier report changed"; return 1; }
}
two='[kernel a]\nsource = debian:linux-source-6.1\n[kernel b]\nsource = debian:linux-source-6.1\n'

key() { bench 2 "[plan]\nmood = count\n$two" && says err 'plan.ini:2: unknown key "mood".*known: mode'; }
arm() { bench 2 "${two}[bench freeze]\narms = idle warm\n" && says err 'plan.ini:6: unknown arm "warm"; known: idle'; }
file_system() { bench 2 "[plan]\nfilesystems = btrfs\n$two" && says err 'plan.ini:2:.*"btrfs"; known: ext2, ext4, xfs, tmpfs'; }
kernel() { bench 2 "[kernel a]\nsource = ftp:x\n" && says err 'plan.ini:2: unknown kernel "ftp:x"; choose debian:'; }
one_kernel() { bench 2 '[kernel a]\nsource = debian:linux-source-6.1\n' && says err 'two or more \[kernel LABEL\] sections, or .*; it has 1'; }
pairs() { bench 2 "[plan]\npairs = 5\n$two" && says err 'plan.ini:2: pairs and order_seed are for mode = time'; }
timed_seeds() { bench 2 "[plan]\nmode = time\nseeds = 1 2\n$two" && says err 'plan.ini:3: timed .*write pairs = N'; }
no_kvm() {
	mkdir -p "$work/no-kvm/daxmark"
	printf '#!/bin/sh\necho "qemu-system-x86_64: no KVM here" >&2\nexit 1\n' >"$work/no-kvm/qemu-system-x86_64"
	chmod +x "$work/no-kvm/qemu-system-x86_64"
	printf '%b' "[plan]\nmode = time\n$two" >"$work/plan.ini"
	PATH=$work/no-kvm:$PATH XDG_CACHE_HOME=$work/no-kvm run 4 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" &&
		says err 'it does not work here: no KVM here; use mode = count for guests, or time targets of this' &&
		same_results || return 1
	why=$(cat "$work/err"; find "$work/no-kvm/daxmark" -mindepth 1)
	[ "$(wc -l <<<"$why")" -eq 1 ]
}
# Of images, so that there is nothing to build.
unbooted() { # STATUS GUEST-KEYS WORDS
	fake_image "$work/bzImage" x
	printf '[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n[guest]\n%s\n' "$work/bzImage" "$work/bzImage" "$2" \
		>"$work/plan.ini"
	XDG_CACHE_HOME=$work/images-cache run "$1" "$root/scripts/bench" --results "$work/results" "$work/plan.ini" && says err "$3" &&
		same_results || return 1
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
	why="a kernel was taken"
	[ ! -e "$work/images-cache" ]
}
no_processor() { unbooted 2 'cpu = qemu65' '\[guest\] cpu = qemu65: QEMU does not know it: unable to find CPU model'; }
no_memory() {
	(
		ulimit -v 1500000
		unbooted 4 'memory = 2048' 'QEMU does not start here: .*Cannot allocate memory' || { echo "$why"; exit 1; }
	) >"$work/reason" || { why=$(cat "$work/reason"); return 1; }
}
no_gnuplot() {
	local program
	mkdir -p "$work/no-gnuplot"
	while read -r program; do
		[ "${program##*/}" = gnuplot ] || ln -sf "$program" "$work/no-gnuplot/"
	done < <(find /bin/ /usr/bin/ -mindepth 1 -maxdepth 1)
	PATH=$work/no-gnuplot unbooted 4 '' 'gnuplot is missing'
}
no_plan() {
	run 2 "$root/scripts/bench" --results "$work/results" "$work/none.ini" && says err 'none.ini: No such file' &&
		untouched
}
option() { run 2 "$root/scripts/bench" --fast && says err 'unknown option --fast'; }
unwritable() {
	printf '%b' "$two" >"$work/plan.ini"
	echo >"$work/file"
	run 4 "$root/scripts/bench" --results "$work/file/results" "$work/plan.ini" &&
		says err 'file/results: results cannot be written there' && untouched
}
no_image() {
	bench_image=$work/nowhere/bzImage
	printf '%b' "[kernel a]\nsource = image:$bench_image\n[kernel b]\nsource = image:$bench_image\n" >"$work/plan.ini"
	run 2 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" && says err "$bench_image" && same_results
}
# The second kernel of a plan, when the first would be a matter of minutes.
second() { # SOURCE-AND-PATCHES WORDS
	printf '[kernel a]\nsource = debian:linux-source-6.1\n[kernel b]\n%b' "$1" >"$work/plan.ini"
	rm -rf "$XDG_CACHE_HOME"
	DAXMARK_USR_SRC=$work/usr-src run 2 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" &&
		says err "$2" && same_results || return 1
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
	[ -z "$(find "$XDG_CACHE_HOME"/daxmark/{kernels,trees,logs} -mindepth 1)" ] || { why="something was built"; return 1; }
}
mkdir -p "$work/usr-src"
echo "no tarball, so nothing can be built of it" >"$work/usr-src/linux-source-6.1.tar.xz"
git init -q "$work/repo"
second_patch() {
	second 'source = debian:linux-source-6.1\npatches = mine/none.patch\n' "$work/mine/none.patch: no such patch"
}
second_image() { second "source = image:$work/nowhere/bzImage\n" "image:$work/nowhere/bzImage: no such file"; }
second_revision() { second "source = git:$work/repo#v9\n" "unknown revision 'v9' in $work/repo"; }

# A series, as its kernels. The repository has a merge, which is one step, and a commit whose name is no file's.
commit() { # SUBJECT
	git -C "$work/repo" -c user.name=n -c user.email=e@f commit -q --allow-empty -m "$1" -m 'Body.'
}
commit 'base' && git -C "$work/repo" tag base
commit 'mm: do a/"thing"'
git -C "$work/repo" branch -m main
git -C "$work/repo" checkout -q -b side && commit 'aside'
git -C "$work/repo" checkout -q main && commit 'ext4: the other'
git -C "$work/repo" -c user.name=n -c user.email=e@f merge -q --no-ff -m 'Merge it' side
hash_of() { git -C "$work/repo" rev-parse --short=12 "$1"; }
short_of() { git -C "$work/repo" rev-parse "$1" | cut -c 1-8; }
series() { # STATUS SOURCE: fields of the plan in out
	printf '[series v1]\nsource = %s\n' "$2" >"$work/series.ini"
	run "$1" env GIT_DIR="$work/nowhere" "$root/build/daxmark" plan "$work/series.ini"
}
range() {
	series 0 "git:$work/repo#base..main" || return 1
	why=$(grep -E '^(kernel|subject)' "$work/out" | diff - <(
		printf 'kernel\tv1\tgit:%s#%s\n' "$work/repo" "$(hash_of base)"
		for step in '1-%s-mm-do-a-thing main~2 mm: do a/"thing"' '2-%s-ext4-the-other main~1 ext4: the other' \
			'3-%s-Merge-it main Merge it'; do
			read -r label rev subject <<<"$step"
			# shellcheck disable=SC2059 # the label has a place for the hash
			label=$(printf "$label" "$(short_of "$rev")")
			printf 'kernel\t%s\tgit:%s#%s\nsubject\t%s\t%s\n' "$label" "$work/repo" "$(hash_of "$rev")" \
				"$label" "$subject"
		done))
}
bad_range() { # RANGE WORDS
	series 2 "git:$work/repo#$1" && says err "series.ini:2: git:$work/repo#$1: $2" || return 1
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
}
bad_ranges() {
	bad_range none..main "unknown revision 'none' in $work/repo" && bad_range base..none "unknown revision 'none'" &&
		bad_range main..main 'there is no commit in it' && bad_range main..base 'there is no commit in it' &&
		bad_range side..main 'the commits do not follow from its begin' || return 1
	series 2 "git:$work/none#a..b" && says err "series.ini:2: .*'$work/none'"
}
long_range() {
	local i
	git -C "$work/repo" checkout -q --detach main
	for ((i = 0; i < 64; i++)); do commit "step $i"; done
	git -C "$work/repo" tag -f last && git -C "$work/repo" checkout -q main
	series 2 "git:$work/repo#main..last" && says err 'there are more than 63 commits in it; choose fewer' &&
		series 0 "git:$work/repo#main..last~1" && [ "$(grep -c ^kernel "$work/out")" -eq 64 ]
}
# Of a patch that is a mail, its subject; of another none.
patch_subjects() {
	mkdir -p "$work/mails"
	printf 'From: a\nSubject: [PATCH v2 1/2] mm: do "it"\n and more\nDate: x\n\nSubject: not\n--- a/x\n+++ b/x\n' \
		>"$work/mails/0001-do.patch"
	printf 'What it does\n--- a/x\n+++ b/x\nSubject: not this\n' >"$work/mails/b.patch"
	printf '[series v1]\nsource = debian:x\npatches = 0001-do.patch b.patch none.patch\n' >"$work/mails/series.ini"
	run 0 "$root/build/daxmark" plan "$work/mails/series.ini" || return 1
	why=$(grep ^subject "$work/out")
	[ "$why" = 'subject	1-do	mm: do "it" and more' ] && says out '^kernel	3-none	debian:x	0001-do.patch	b.patch	none.patch$'
}
# As mailers write a subject that is not ASCII: in encoded words (RFC 2047), folded between two of them.
encoded_subjects() {
	printf 'Subject: =?UTF-8?q?=5BPATCH=201/2=5D=20mm=3A_caf=C3=A9?=\n =?utf-8?B?IGFuZCBtb3Jl?= now\n\n--- a/x\n+++ b/x\n' >"$work/mails/0001-do.patch"
	printf 'Subject: [PATCH] dax: is =? a word, or a=?b?=\n--- a/x\n+++ b/x\n' >"$work/mails/b.patch"
	run 0 "$root/build/daxmark" plan "$work/mails/series.ini" || return 1
	why=$(grep ^subject "$work/out")
	[ "$why" = 'subject	1-do	mm: caf?? and more now
subject	2-b	dax: is =? a word, or a=?b?=' ]
}
plain_subject() {
	printf '[kernel a]\nsource = image:/x\nsubject = \303\244 "b"\tc\n' >"$work/series.ini"
	run 0 "$root/build/daxmark" plan "$work/series.ini" && says out '^subject	a	\?\? "b" c$'
}
timed_series() {
	printf '[plan]\nmode = time\npairs = 4\n[series v1]\nsource = git:%s#base..main\n' "$work/repo" >"$work/series.ini"
	run 0 "$root/build/daxmark" plan "$work/series.ini" || return 1
	why=$(sed -n 's/^boot	//p' "$work/out" | cut -f 2,3 | sort -u | wc -l)
	[ "$why" -eq 16 ]
}

# This script with stand-ins for what it calls; each notes what it was given. The kernel's edits the plan and the
# patch, as a developer may while it builds.
stand_in() { cat >"$fake/scripts/$1"; chmod +x "$fake/scripts/$1"; }
fake=$work/fake
mkdir -p "$fake/scripts" "$fake/configs" "$work/plans/sub" "$work/tmp"
cp "$root"/scripts/{bench,lib.sh} "$fake/scripts/"
mkdir "$fake/build"
ln -s "$root"/build/daxmark{,-run} "$fake/build/"
ln -s "$root/plots" "$fake/"
stand_in kernel <<STAND_IN
#!/bin/bash
[ "\$1" != --check ] || exit 0
if [ -e "$work/be-slow" ]; then
	trap 'echo asked >"$work/asked"; kill \$!; exit 143' TERM
	sleep 3600 &
	touch "$work/building"
	wait
fi
echo '[plan]' >"$work/plans/plan.ini"
mkdir -p "$work/an-image"
echo "$work/an-image"
STAND_IN
stand_in initramfs <<STAND_IN
#!/bin/bash
cp "\$2" "$work/plan.initramfs"
touch "\$3"
STAND_IN
stand_in ../build/daxmark-guest <<STAND_IN
#!/bin/bash
[ "\$1" != --probe ] || exit 0
while [ \$# -gt 0 ]; do
	case \$1 in
	--label) label=\$2 ;;
	--plan) plan=\$2 ;;
	--records) records=\$2 ;;
	--console) touch "\$2" ;;
	--source | --patch) given="\$given \$1 \$2" ;;
	esac
	shift 2
done
cp "\$plan" "$work/plan.\$label"
echo "\$label\$given" >>"$work/given"
awk -v label="\$label" -v change=0 -f "$root/tests/unit/data/side.awk" >"\$records"
STAND_IN
edited_plan() {
	printf '[plan]\nseeds = 1\nfloor = 3\n[guest]\ntime_limit = 900\n%s\npatches = sub/x.patch %s/y.patch\n%s\n' \
		'[kernel a]
source = git:/mine#one' "$work" '[kernel b]
source = git:/mine#two' >"$work/plans/plan.ini"
	cp "$work/plans/plan.ini" "$work/plan.first"
	echo x >"$work/plans/sub/x.patch"
	echo y >"$work/y.patch"
	run 0 env TMPDIR="$work/tmp" "$fake/scripts/bench" --results "$work/others" "$work/plans/plan.ini" || return 1
	local copy
	for copy in "$work"/plan.{initramfs,a,b} "$work/others/latest/plan.ini"; do
		cmp -s "$work/plan.first" "$copy" || { why="$copy is not the plan that was checked"; return 1; }
	done
	! cmp -s "$work/plan.first" "$work/plans/plan.ini" && [ -z "$(ls -A "$work/tmp")" ]
}
as_the_plan_says() {
	grep -q 'within 3%, no change' "$work/others/latest/plots/change.svg" || { why="no floor of 3% in figures"; return 1; }
	why=$(sort "$work/given")
	[ "$why" = "a --source git:/mine#one --patch sub/x.patch --patch $work/y.patch
b --source git:/mine#two" ] && [ "$(cat "$work/others/latest/sub/x.patch")" = x ]
}
# A series with stand-ins that fail on demand: a kernel with a patch named bad-* is not built, the guest of one with a
# patch named dead-* dies. Of the sides only their labels differ.
row=$work/row
mkdir -p "$row/scripts" "$row/configs" "$row/plans"
cp "$root"/scripts/{bench,lib.sh} "$row/scripts/"
mkdir "$row/build"
ln -s "$root"/build/daxmark{,-run} "$row/build/"
ln -s "$root/plots" "$row/"
fake=$row stand_in kernel <<STAND_IN
#!/bin/bash
[ "\$1" != --check ] || exit 0
why=\$2
for patch in "\${@:4}"; do
	case \${patch##*/} in
	bad-*) echo "\$patch: does not apply: \"x.c\", hunk 1" >"\$why"; exit 2 ;;
	worse-*) exit 4 ;;
	esac
done
echo "kernel \${*:3}" >>"$row/calls"
mkdir -p "$row/an-image"
echo "$row/an-image"
STAND_IN
fake=$row stand_in initramfs <<STAND_IN
#!/bin/sh
touch "\$3"
STAND_IN
fake=$row stand_in ../build/daxmark-guest <<STAND_IN
#!/bin/bash
[ "\$1" != --probe ] || exit 0
while [ \$# -gt 0 ]; do
	case \$1 in
	--label) label=\$2 ;;
	--seed) seed=\$2 ;;
	--subject) subject=\$2 ;;
	--why) why=\$2 ;;
	--patch) patches="\$patches \$2" ;;
	--records) records=\$2 ;;
	--console) echo "console of \$label" >"\$2" ;;
	esac
	shift 2
done
echo "guest \$label seed \$seed: \$subject:\$patches" >>"$row/calls"
case \$patches in
*dead-*) echo "its guest (seed \$seed) panicked" >"\$why"; exit 5 ;;
esac
awk -v label="\$label" -v change=1 -f "$root/tests/unit/data/side.awk" |
	awk -v seed="\$seed" '/"kind":"run"/ { n++ } n == seed' >"\$records"
STAND_IN
row_of() { # STATUS PATCH...: the results in $row/results/latest
	local status=$1
	shift
	rm -rf "$row/results" "$row/calls"
	for patch; do echo "Subject: [PATCH] mm: do ${patch%.patch}" >"$row/plans/$patch"; done
	printf '[plan]\nseeds = 1 2\n[series base]\nsource = git:/mine#one\npatches = %s\n' "$*" >"$row/plans/plan.ini"
	run "$status" "$row/scripts/bench" --results "$row/results" "$row/plans/plan.ini"
}
whole_row() {
	row_of 0 a.patch b.patch || return 1
	why=$(grep ^kernel "$row/calls")
	[ "$why" = "kernel git:/mine#one
kernel git:/mine#one $row/plans/a.patch
kernel git:/mine#one $row/plans/a.patch $row/plans/b.patch" ] || return 1
	why=$(grep ^guest "$row/calls" | sort)
	[ "$why" = 'guest 1-a seed 1: mm: do a: a.patch
guest 1-a seed 2: mm: do a: a.patch
guest 2-b seed 1: mm: do b: a.patch b.patch
guest 2-b seed 2: mm: do b: a.patch b.patch
guest base seed 1: :
guest base seed 2: :' ] || return 1
	why=$(cd "$row/results/latest" && echo -- *.jsonl *.log plots/change.svg a.patch b.patch compare.json report.ktap)
	[ "$why" = '-- 1-a.jsonl 2-b.jsonl base.jsonl console-1-a.log console-2-b.log console-base.log plots/change.svg a.patch b.patch compare.json report.ktap' ] &&
		says out '^  1-a: no cost changed; no check changed$' &&
		(cd "$row/results/latest" && ls 1-a.jsonl 2-b.jsonl plots/change.svg a.patch b.patch >/dev/null)
}
unbuilt_step() {
	# of patches all later steps have the bad one too; of kernels in their own right not
	rm -rf "$row/results" "$row/calls"
	printf 'Subject: it\n' >"$row/plans/bad-it.patch"
	printf '[plan]\nseeds = 1 2\n[kernel base]\nsource = git:/mine#one\n[kernel bad]\nsource = git:/mine#two
patches = bad-it.patch\nsubject = what "it" does\n[kernel c]\nsource = git:/mine#three\n' >"$row/plans/plan.ini"
	run 1 "$row/scripts/bench" --results "$row/results" "$row/plans/plan.ini" &&
		says out '^  bad: what "it" does$' && says out '^    no results: bad-it.patch: does not apply: "x.c", hunk 1; what it$' &&
		says out '^  c: no cost changed' && says err 'kernel bad is left out: bad-it.patch: does not apply: "x.c", hunk 1$' &&
		says err 'bench: not all kernels gave results: 1 of 3 are left out$' || return 1
	why=$(cat "$row/results/latest/bad.jsonl")
	[ "$why" = '{"kind":"failed","label":"bad","source":"git:/mine#two","subject":"what \"it\" does","patches":[{"file":"bad-it.patch"}],"reason":"bad-it.patch: does not apply: \"x.c\", hunk 1"}' ] &&
		[ "$(grep -c 'guest bad' "$row/calls")" -eq 0 ]
}
unbuilt_rest() {
	row_of 1 a.patch bad-b.patch c.patch && says out '^  2-bad-b: mm: do bad-b$' && says out '^  3-c: mm: do c$' &&
		says err '2 of 4 are left out$' && says out '^  1-a: no cost changed' && says out 'Of 3 steps, 2 without results, none'
}
dead_step() {
	row_of 5 a.patch dead-b.patch && says err 'kernel 2-dead-b is left out: its guest \(seed [12]\) panicked$' &&
		says out '^    no results: its guest \(seed [12]\) panicked$' && says err '1 of 3 are left out$' &&
		[ -s "$row/results/latest/console-2-dead-b.log" ]
}
too_few_left() {
	row_of 1 bad-a.patch b.patch && says err 'no two kernels of .*plan.ini gave results' || return 1
	why=$(ls -A "$row/results")
	[ -z "$why" ]
}
no_base() {
	printf '[kernel base]\nsource = git:/mine#one\npatches = bad-x.patch\n' >"$row/plans/plan.ini"
	printf '[kernel %s]\nsource = git:/mine#two\n' b c >>"$row/plans/plan.ini"
	echo >"$row/plans/bad-x.patch"
	rm -rf "$row/results"
	run 2 "$row/scripts/bench" --results "$row/results" "$row/plans/plan.ini" && [ -z "$(ls -A "$row/results")" ]
}
two_kernels() {
	printf '[kernel base]\nsource = git:/mine#one\n[kernel b]\nsource = git:/mine#two\npatches = bad-x.patch\n' >"$row/plans/plan.ini"
	run 2 "$row/scripts/bench" --results "$row/results" "$row/plans/plan.ini" && [ -z "$(ls -A "$row/results")" ]
}
environment() {
	row_of 4 a.patch worse-b.patch c.patch
	why=$(ls -A "$row/results")
	[ -z "$why" ]
}
interrupted_build() {
	local script status
	cp "$work/plan.first" "$work/plans/plan.ini"
	touch "$work/be-slow"
	TMPDIR=$work/tmp "$fake/scripts/bench" --results "$work/results" "$work/plans/plan.ini" >"$work/out" 2>"$work/err" &
	script=$!
	why="it never builds"
	wait_until test -e "$work/building" || return 1
	kill -TERM "$script"
	why="it waits for the build"
	wait_until is_gone "$script" || return 1
	wait "$script"
	status=$?
	why="status $status, left: $(ls -A "$work/tmp")"
	[ "$status" -eq 143 ] && [ -e "$work/asked" ] && [ -z "$(ls -A "$work/tmp")" ] &&
		same_results
}
help() { run 0 "$root/scripts/bench" --help && says out '^usage: scripts/bench ' && says out 'configs/default.ini$'; }
other_name() {
	mkdir -p "$work/bin"
	ln -sf "$root/scripts/bench" "$work/bin/daxmark-bench"
	run 0 env PATH="$work/bin:$PATH" daxmark-bench --help && says out '^usage: daxmark-bench ' || return 1
	! grep -q scripts/bench "$work/out" || { why="it names scripts/bench"; return 1; }
	run 2 "$work/bin/daxmark-bench" --fast && says err '^daxmark-bench: unknown option --fast'
}
fields() {
	printf '%b' "[plan]\nseeds = 4 9\n${two}patches = x.patch\n" >"$work/plan.ini"
	run 0 "$root/build/daxmark" plan "$work/plan.ini" && says out '^seed	9$' &&
		says out '^kernel	b	debian:linux-source-6.1	x.patch$'
}
listed() { run 0 "$root/build/daxmark" list && says out '^first-write: ' && says out '^  frozen-write-readonly'; }

test_that "a processor that QEMU does not know is refused before any kernel is taken" no_processor
test_that "memory that this machine does not have is named before any kernel is taken" no_memory
test_that "a missing gnuplot is named before any kernel is taken" no_gnuplot
test_that "an unknown key is refused with file, line and the known ones" key
test_that "an unknown arm is refused with file, line and the known ones" arm
test_that "an unknown file system is refused with file, line and the known ones" file_system
test_that "an unknown kernel is refused with file, line and the choices" kernel
test_that "a plan with one kernel is no comparison" one_kernel
test_that "pairs of guests that are counted are refused" pairs
test_that "seeds for timed guests are refused" timed_seeds
test_that "timed guests without KVM are refused before anything is built" no_kvm
test_that "a plan that is not there is named" no_plan
test_that "an unknown option is refused" option
test_that "a folder that cannot be written is named" unwritable
test_that "a missing image is named and nothing is left behind" no_image
test_that "a missing patch of the second kernel is named before anything is built" second_patch
test_that "a missing image as the second kernel is named before anything is built" second_image
test_that "an unknown revision as the second kernel is named before anything is built" second_revision
test_that "a plan that is edited meanwhile is run as it was checked" edited_plan
test_that "guests are told source and patches, figures the floor, as the plan has them" as_the_plan_says
test_that "a series is built, booted and compared step by step" whole_row
test_that "a kernel of several that is not built is left out, and the report and the status say so" unbuilt_step
test_that "steps that need a patch which does not apply are left out too" unbuilt_rest
test_that "a kernel of several whose guest dies is left out, and the report and the status say so" dead_step
test_that "a row of which only the base is left gives no results" too_few_left
test_that "a row without its base gives no results" no_base
test_that "of two kernels both must be built" two_kernels
test_that "what is missing here ends a row, whichever step it is" environment
test_that "a run that is asked to end while a kernel builds ends the build and leaves nothing" interrupted_build
test_that "--help says how to call it" help
test_that "under another name it calls itself by that" other_name
test_that "the fields of a plan are printed for scripts" fields
test_that "benchmarks and checks are listed" listed
test_that "a range of commits is a kernel for each along the first parents" range
test_that "a range that is none is refused with file, line and reason" bad_ranges
test_that "a range of more commits than a report has room for is refused" long_range
test_that "a patch that is a mail gives its step a subject" patch_subjects
test_that "a subject in encoded words is decoded" encoded_subjects
test_that "a subject of the plan is printed as plain text" plain_subject
test_that "each pair of a timed series has a boot of every kernel" timed_series
finish
