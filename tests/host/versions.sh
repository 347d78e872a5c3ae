#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/versions, with a stand-in for the run: the figure and the history that it makes of kernels and their dates.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C DAXMARK_DATADIR=${DAXMARK_DATADIR:-$root}

tree=$work/tree
mkdir -p "$tree/scripts" "$tree/build" "$tree/configs"
cp "$root"/scripts/{versions,lib.sh} "$tree/scripts/"
cp "$root/configs/versions.ini" "$tree/configs/"
ln -s "$(readlink -f "${BUILD:-$root/build}")/daxmark" "$tree/build/daxmark"

# A kernel with a 4 or 5 in its version costs less; $work/lost is the label of one that gives nothing.
cat >"$tree/scripts/bench" <<STANDIN
#!/bin/bash
folder=\$2/20261125T000000Z
mkdir -p "\$folder"
cp "\$3" "\$folder/plan.ini"
echo "\$*" >>"$work/ran"
for label in \$(sed -n 's/^\[kernel \(.*\)\]/\1/p' "\$3"); do
	awk -v label="\$label" -v change=\$([[ \$label == [45]* ]] && echo 0 || echo 1) -v kernel="\$label.9" -v boots=1 \\
		-f "$root/tests/unit/data/side.awk" |
		sed "s/\"image_sha256\":\"[0-9a-f]*\"/\"image_sha256\":\"\$(sha256sum <<<"\$label" | cut -c 1-64)\"/" \\
		>"\$folder/\$label.jsonl"
done
echo "report"
if [ -e "$work/lost" ]; then
	label=\$(cat "$work/lost")
	printf '{"kind":"failed","label":"%s","source":"x","patches":[],"reason":"does not build"}\n' "\$label" >"\$folder/\$label.jsonl"
fi
echo "results: \$folder" >&2
if [ -e "$work/lost" ]; then exit 1; fi
STANDIN
chmod +x "$tree/scripts/bench"

run_folder=$work/results/20261125T000000Z
versions() { # STATUS ARGUMENT...
	rm -rf "$work/results"
	run "$1" "$tree/scripts/versions" --results "$work/results" "${@:2}"
}
nights() { # the nights as the history has them, in a line
	why=$("$tree/build/daxmark" history list --results "$run_folder/history" | tr -s ' \t\n' ' ')
	[[ $why =~ $1 ]]
}

shipped() {
	versions 0 && says out '^report$' && says err "figure: $run_folder/versions.svg" &&
		says err "page: $run_folder/history/index.html" || return 1
	why='no figure of 6.12'
	grep -q '>6.12<' "$run_folder/versions.svg" || return 1
	[ -s "$run_folder/versions.png" ] && [ -s "$run_folder/versions.tsv" ] || return 1
	nights '2020-12-17.* 5\.10\.9 .*2022-12-22.* 6\.1\.9 .*2024-12-07.* 6\.12\.9 .*2026-08-28.* 7\.2\.9' || return 1
	why=$(head -n 8 "$run_folder/changes.txt")
	grep -q 'came with 6.1.9.*, after 5.10.9' "$run_folder/changes.txt"
}
baseline() {
	why='not the kernel that is fixed'
	for night in 20201217 20221222 20241207 20260828; do
		cmp -s "$run_folder/6.1.jsonl" "$run_folder/history/${night}T000000Z/baseline.jsonl" || return 1
	done
}
again() {
	cp "$run_folder/changes.txt" "$work/changes" && rm "$run_folder/versions.svg" && : >"$work/ran" || return 1
	run 0 "$tree/scripts/versions" --run "$run_folder" || return 1
	why='something was run, or is another'
	[ ! -s "$work/ran" ] && [ -s "$run_folder/versions.svg" ] && cmp -s "$work/changes" "$run_folder/changes.txt" && baseline
}
left_out() {
	echo 6.12 >"$work/lost"
	versions 1
	set -- $?
	rm "$work/lost"
	[ "$1" -eq 0 ] && nights '5\.10\.9 .*6\.1\.9 .*7\.2\.9' && [[ ! $why =~ 6.12 ]] || return 1
	why='6.12 is drawn'
	! grep -q '>6.12<' "$run_folder/versions.svg" && [ -s "$run_folder/versions.svg" ]
}
lost_baseline() {
	echo 6.1 >"$work/lost"
	versions 1 && says err 'the baseline 6.1 gave no results'
	set -- $?
	rm "$work/lost"
	return "$1"
}
plan() { printf '[plan]\nseeds = 1\n%b' "$1" >"$work/plan.ini"; }
three='[kernel 4.9]\nsource = image:/a\nsubject = of 2016-12-11\n[kernel 6]\nsource = image:/b\nsubject = on 2022-10-02\n'
three+='[kernel 5.4]\nsource = image:/c\nsubject = 2019-11-24, long ago\n'
own() {
	plan "$three"
	versions 0 "$work/plan.ini" && nights '4\.9\.9 .*5\.4\.9 .*6\.9' &&
		cmp -s "$run_folder/4.9.jsonl" "$run_folder/history/20221002T000000Z/baseline.jsonl" || return 1
	versions 0 --baseline 6 "$work/plan.ini" && cmp -s "$run_folder/6.jsonl" "$run_folder/history/20161211T000000Z/baseline.jsonl"
}
wrong() {
	: >"$work/ran"
	plan "${three/on 2022-10-02/a year ago}"
	versions 2 "$work/plan.ini" && says err 'the subject of \[kernel 6\] has no date; write one, as' || return 1
	plan "$three"
	versions 2 --baseline 7 "$work/plan.ini" && says err 'no \[kernel 7\] to be the baseline; there are 4.9 6 5.4' || return 1
	plan "${three%%\[kernel 5.4*}"
	versions 2 "$work/plan.ini" && says err 'three or more; it has 2' && versions 2 "$work/none.ini" &&
		says err 'none.ini: cannot be read' && versions 2 --run "$tree" && says err 'has no plan.ini' &&
		versions 2 --fast && says err 'unknown option --fast' || return 1
	why='something was run'
	[ ! -s "$work/ran" ]
}

# The results that docs/versions.md shows.
example() {
	run 0 tar -C "$work" -xJf "$root/docs/examples/debian-kernels.tar.xz" &&
		run 0 "$tree/scripts/versions" --run "$work/debian-kernels" || return 1
	why='37261 is not in the figure'
	grep -q '>37261<' "$work/debian-kernels/versions.svg" || return 1
	why='the change of 7.2 is not what it was'
	grep -A 3 '1424.6% worse: first-write read-then-write+2m, ext4 page cache$' "$work/debian-kernels/changes.txt" |
		grep -q 'came with 7.2.12, after 6.12.117'
}

if ! command -v gnuplot >/dev/null; then
	skip_that "a row of kernels is drawn and put into a history" "gnuplot is not installed"
	finish
fi
test_that "a row of kernels is drawn and put into a history by their dates" shipped
test_that "the same kernel stands beside all of them" baseline
test_that "figure and history are made again from the results, without a run" again
test_that "a kernel that gives nothing is left out, and the status says so" left_out
test_that "without its baseline there is no history" lost_baseline
test_that "the example in docs/ gives its figure and its history" example
test_that "another plan is taken, and another baseline" own
test_that "a wrong plan is refused before anything is run" wrong
finish
