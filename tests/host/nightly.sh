#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/nightly, with stand-ins for the kernels and the guests: what it runs, when it does not, and what it says.
# shellcheck disable=SC2015,SC2317 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
unset DAXMARK_USR_SRC

tree=$work/tree
mkdir -p "$tree/scripts" "$tree/build" "$tree/configs" "$work/count"
cp "$root"/scripts/{nightly,lib.sh} "$tree/scripts/"
ln -s "$(readlink -f "${BUILD:-$root/build}")/daxmark" "$tree/build/daxmark"
cp "$root/configs/nightly.ini" "$tree/configs/"
ln -s "$root/plots" "$tree/plots"
awk -v dir="$work/count" -v mode=count -f "$root/tests/unit/data/year.awk"

# A kernel is a folder whose image says what it was made of; $work/same makes all images one.
cat >"$tree/scripts/kernel" <<STANDIN
#!/bin/bash
[ "\$1" != --check ] || exit 0
[ ! -e "$work/broken" ] || { echo "kernel: does not build" >&2; exit 1; }
echo "\$*" >>"$work/built"
folder=$work/image.\$(wc -l <"$work/built")
mkdir -p "\$folder"
if [ -e "$work/same" ]; then echo same; else echo "\$@"; cat "$work/taken/version" 2>/dev/null; fi >"\$folder/bzImage"
echo "\$folder"
STANDIN
# The suite has what $work/taken holds.
cat >"$tree/scripts/source" <<STANDIN
#!/bin/bash
[ -e "$work/taken/version" ] || { echo "source: no network" >&2; exit 4; }
echo "\$*" >>"$work/asked"
echo "$work/taken"
STANDIN
# A night of the year: \$work/night says which.
cat >"$tree/scripts/bench" <<STANDIN
#!/bin/bash
night=\$(cat "$work/night")
folder=\$2/\$(printf 202501%02dT000000Z "\$night")
mkdir -p "\$folder"
cp "\$3" "\$folder/plan.ini"
echo "\$night" >>"$work/ran"
sed "s/\"label\":\"base\"/\"label\":\"baseline\"/" "$work/count/\$night.base.jsonl" >"\$folder/baseline.jsonl"
image=\$(tail -n 1 "$work/built" | tr -d '\n' >/dev/null; sha256sum <"$work/image.\$(wc -l <"$work/built")/bzImage" | cut -c 1-64)
sed "s/\"label\":\"new\"/\"label\":\"tip\"/; s/count\$night/\$image/" "$work/count/\$night.new.jsonl" >"\$folder/tip.jsonl"
echo "guest tip, seed 1: 1 s" >&2
echo "results: \$folder" >&2
STANDIN
chmod +x "$tree"/scripts/*

git init -q -b master "$work/upstream"
commit() { git -C "$work/upstream" commit -q --allow-empty -m "$1" && git -C "$work/upstream" tag "v6.$1"; }
commit 1
git clone -q "$work/upstream" "$work/clone"
printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = git:%s#origin/master\n' "$work/clone" >"$work/plan.ini"

nightly() { # STATUS NIGHT [OPTION...]
	echo "$2" >"$work/night"
	run "$1" "$tree/scripts/nightly" --results "${results:-$work/results}" "${@:3}" "${plan:-$work/plan.ini}"
}
ran() { # N
	local n
	n=$(wc -l <"$work/ran")
	[ "$n" -eq "$1" ] || { why="$n runs instead of $1"; return 1; }
}

# A path that has a # in it and is longer than the lines of a plan once were; and a hook around it all.
long_path() {
	local deep plan=$work/long.ini results=$work/long
	deep=$work/has#one/$(printf 'x%.0s' {1..180})
	mkdir -p "$deep" && git clone -q "$work/upstream" "$deep/clone" || return 1
	printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = git:%s#origin/master\n' "$deep/clone" >"$plan"
	echo 18 >"$work/night"
	run 0 env GIT_DIR="$work/nowhere" GIT_INDEX_FILE="$work/nowhere" "$tree/scripts/nightly" --results "$results" "$plan" &&
		says out '^origin/master: 0 new worse' && grep -q "^source = git:$deep/clone#[0-9a-f]\{40\}$" "$results"/2*/plan.ini
	local result=$?
	rm -rf "$results" "$work/ran" "$work/built"
	return "$result"
}
# The reason is git's first word about it, not its advice.
no_fetch() {
	git clone -q "$work/upstream" "$work/orphan" && git -C "$work/orphan" remote set-url origin "$work/gone" || return 1
	printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = git:%s#origin/master\n' "$work/orphan" >"$work/orphan.ini"
	plan=$work/orphan.ini nightly 4 18 && says err "origin cannot be fetched: '$work/gone' does not appear to be a git repository$"
}
# Whose repository it is, git asks of the configuration that the caller gives it.
other_owner() {
	local copy=$work/theirs
	cp -r "$work/clone" "$copy" && chown -R 65534 "$copy" || return 1
	printf '[series v1]\nsource = git:%s#v6.1..v6.1\n' "$copy" >"$work/theirs.ini"
	run 2 "$root/build/daxmark" plan "$work/theirs.ini" && says err 'dubious ownership' &&
		run 2 env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$copy" "$root/build/daxmark" plan \
			"$work/theirs.ini" && says err 'there is no commit in it' || return 1
	printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = git:%s#v6.1\n' "$copy" >"$work/theirs.ini"
	plan=$work/theirs.ini nightly 2 18 && says err "there is no commit 'v6.1' in $copy" || return 1
	export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$copy
	plan=$work/theirs.ini results=$work/theirs-results nightly 0 18
	local result=$?
	unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
	rm -rf "$work/theirs-results" "$work/ran" "$work/built"
	return "$result"
}
first() {
	nightly 0 18 && says out '^origin/master: 0 new worse, 0 new better in 2 costs, v6.1 \(' && ran 1 &&
		grep -q "^source = git:$work/clone#[0-9a-f]\{40\}$" "$work/results/20250118T000000Z/plan.ini" &&
		diff "$work/out" "$work/results/20250118T000000Z/summary.txt" >/dev/null && says err '^guest tip' ||
		{ why=${why:-'plan or summary'}; return 1; }
}
again() {
	nightly 0 19 && says out 'origin/master: v6.1 is in the history already; nothing was run' && ran 1 &&
		[ "$(wc -l <"$work/built")" -eq 1 ]
}
fetched() {
	commit 2
	nightly 0 19 && says out 'costs, v6.2 \(' && says err 'fetching origin in' && ran 2
}
regression() {
	commit 3
	nightly 3 20 && says out '^New, worse: 1' && says out 'came with v6.3 \([0-9a-f]{12}\), after v6.2 \(' && ran 3
}
redrawn() {
	local results=$work/results
	why='index.html does not begin with the regression'
	grep -q 'origin/master, counts: 1 new worse, 0 new better' "$results/index.html" || return 1
	why='no link to the summary, or no graph'
	grep -q '20250120T000000Z/summary.txt' "$results/index.html" && grep -q 'v6.3' "$results"/graphs/first-write_cold_*.svg
}
undrawn() {
	local before
	before=$(cat "$work/results/index.html")
	commit 4b
	mkdir -p "$work/fake"
	printf '#!/bin/sh\nexit 1\n' >"$work/fake/gnuplot"
	chmod +x "$work/fake/gnuplot"
	PATH=$work/fake:$PATH nightly 4 31 && says err 'gnuplot failed' && says out '^Open since earlier, worse: 1' &&
		[ "$(cat "$work/results/index.html")" = "$before" ] && "$tree/build/daxmark" history page -r "$work/results" >"$work/out" &&
		says out 'index.html: 2 of '
}
still() {
	commit 4
	nightly 0 21 && says out '^Open since earlier, worse: 1' && ran 4
}
same_image() {
	commit 5
	echo same >"$work/image.4/bzImage"
	sed -i "s/\"image_sha256\":\"[0-9a-f]*\"/\"image_sha256\":\"$(sha256sum <"$work/image.4/bzImage" | cut -c 1-64)\"/" \
		"$work/results/20250121T000000Z/tip.jsonl"
	"$tree/build/daxmark" history rebuild "$work/results" >/dev/null || return 1
	: >"$work/same"
	nightly 0 22 && says out 'v6.5 is in the history already; nothing was run' && ran 4
	set -- $?
	rm "$work/same"
	return "$1"
}
two_at_once() {
	commit 6
	echo 23 >"$work/night"
	"$tree/scripts/nightly" --results "$work/results" "$work/plan.ini" >"$work/one" 2>&1 &
	nightly 0 23 && wait $! && ran 5 && [ "$(cat "$work/one" "$work/out" | grep -c 'nothing was run')" -eq 1 ]
}
broken_kernel() {
	commit 7
	: >"$work/broken"
	nightly 1 24 && says err 'does not build' && ran 5
	set -- $?
	rm "$work/broken"
	return "$1"
}
lost_remote() {
	mv "$work/upstream" "$work/gone"
	nightly 4 24 && says err 'origin cannot be fetched'
	set -- $?
	mv "$work/gone" "$work/upstream"
	return "$1"
}
image() {
	local plan=$work/image.ini
	echo x >"$work/bzImage"
	printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = image:%s\n' "$work/bzImage" >"$plan"
	nightly 0 25 && says out '^bzImage: 0 new worse' && ran 6 && nightly 0 25 && says out 'nothing was run' && ran 6 &&
		nightly 0 26 --branch other && says out '^other: ' && ran 7
}
tarball() {
	local plan=$tree/configs/nightly.ini
	mkdir -p "$work/src"
	echo x >"$work/src/linux-source-6.12.tar.xz"
	DAXMARK_USR_SRC=$work/src nightly 0 27 && says out '^linux-source-6.12: 0 new' && ran 8 &&
		DAXMARK_USR_SRC=$work/src nightly 0 27 && says out 'nothing was run' && ran 8
}
other_suite() {
	local plan=$work/suite.ini
	printf '[kernel baseline]\nsource = image:/x\n[kernel tip]\nsource = debian:linux-source-9.9/next\n' >"$plan"
	mkdir -p "$work/taken"
	echo 9.9.1-1 >"$work/taken/version"
	nightly 0 28 && says out '^linux-source-9.9/next: 0 new ' && says out '9.9.1-1' && ran 9 &&
		grep -qx -- '--update linux-source-9.9/next' "$work/asked" && nightly 0 28 && says out 'nothing was run' && ran 9 ||
		return 1
	echo 9.9.2-1 >"$work/taken/version"
	nightly 0 29 && says out '9.9.2-1' && ran 10 || return 1
	rm "$work/taken/version"
	nightly 4 30 && says err 'no network' && ran 10
}
wrong() {
	local plan=$work/wrong.ini
	printf '[kernel a]\nsource = image:/x\n' >"$plan"
	nightly 2 1 && says err 'two \[kernel LABEL\] sections.*it has 1' || return 1
	printf '[kernel a]\nsource = image:/x\n[kernel b]\nsource = git:%s#nowhere\n' "$work/clone" >"$plan"
	nightly 2 1 && says err "no commit 'nowhere'" && run 2 "$tree/scripts/nightly" --fast && says err 'unknown option --fast' &&
		run 2 "$tree/scripts/nightly" "$work/none.ini" && says err 'none.ini: cannot be read'
}

test_that "a path may be long and have a # in it, and a hook's repository is not asked" long_path
test_that "a fetch that fails gives git's reason" no_fetch
if [ "$EUID" -eq 0 ]; then
	test_that "another owner's repository is read where the caller's configuration says that it is safe" other_owner
else
	skip_that "another owner's repository is read where the caller's configuration says that it is safe" "takes root, to give it away"
fi
test_that "a night runs the commit that the branch points to, and keeps its summary" first
test_that "the same kernel adds nothing, and builds nothing" again
test_that "the branch's remote is fetched" fetched
test_that "a regression exits with 3 and names the commits" regression
test_that "a night redraws the page and the graphs" redrawn
test_that "a regression that is known already does not" still
test_that "a commit that gives the same image adds nothing" same_image
test_that "two nights at once are one" two_at_once
test_that "a kernel that does not build is no night" broken_kernel
test_that "a remote that is gone is named" lost_remote
test_that "an image is followed" image
test_that "a Debian source is followed" tarball
test_that "a package of another suite is followed to its newest version" other_suite
test_that "a page that cannot be drawn hides no summary" undrawn
test_that "a wrong plan is refused before anything is built" wrong
finish
