#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fault table: each of its rows is a statement that a test makes, the table in the docs has the same rows, and a
# row that is not as it must be, or was not tried, is told as that.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

rows() { grep -v '^#' "$root/tests/faults.tsv"; }
stated() {
	local fault outcome file statement
	while IFS=$'\t' read -r fault outcome file statement; do
		[ -n "$outcome" ] && grep -qF "\"$statement\"" "$root/tests/$file" ||
			why="$why$fault: tests/$file does not say \"$statement\"; "
	done < <(rows)
	[ -z "$why" ] && [ "$(rows | wc -l)" -ge 30 ]
}
documented() {
	local fault outcome file statement
	while IFS=$'\t' read -r fault outcome file statement; do
		awk -F ' [|] ' -v f="| $fault" -v o="$outcome" -v t="\`tests/$file\` |" \
			'$1 == f && $2 == o && $4 == t && $3 ~ /^yes/ { found = 1 } END { exit !found }' "$root/docs/faults.md" ||
			why="$why$fault; "
	done < <(rows)
	[ -z "$why" ] || { why="docs/faults.md lacks, or has as something else, $why run make faults"; return 1; }
	[ "$(grep -c '^| .* `tests/' "$root/docs/faults.md")" -eq "$(rows | wc -l)" ] || why="docs/faults.md has other rows"
	[ -z "$why" ]
}

# What the suite never does to a machine: no sentence without a test, and no test that is not there.
promised() {
	local section test
	section=$(awk '/^## / { on = /What it never does/ } on' "$root/README.md")
	[ "$(grep -c '^- ' <<<"$section")" -ge 6 ] || { why="the README lacks its section"; return 1; }
	while read -r test; do
		[ -e "$root/$test" ] || why="$why$test is not there; "
	done < <(grep -o 'tests/[a-z_/]*\.\(sh\|c\)' <<<"$section")
	why=$why$(sed '1d;$d' <<<"$section" | sed -n '/^- /,$p' | awk '/^- / && NR > 1 { if (text !~ /tests\//) print "no test: " text; text = "" }
		{ text = text $0 } END { if (text !~ /tests\//) print "no test: " text }')
	[ -z "$why" ]
}

# A table of one script that says what it is told to.
mkdir -p "$work/host"
printf 'a fault\tan outcome\thost/test.sh\tit holds\n' >"$work/rows"
says_so() { # STATUS LINE...
	local want=$1
	shift
	{
		printf '#!/bin/sh\n'
		printf 'echo "%s"\n' "$@"
	} >"$work/host/test.sh"
	chmod +x "$work/host/test.sh"
	printf 'before\n<!-- table -->\n| old |\n<!-- end of table -->\nafter\n' >"$work/table.md"
	run "$want" "$root/tests/faults.sh" --rows "$work/rows" --markdown "$work/table.md"
}
# shellcheck disable=SC2016 # backquotes of Markdown
holds() {
	says_so 0 'ok another' '# 7 of them' 'ok it holds' && says out '^ok +a fault: an outcome$' && says out '^ +7 of them$' &&
		says out '^1 faults: 1 as they must be, 0 not' && says table.md '^\| a fault \| an outcome \| yes: 7 of them \| `tests/host/test.sh` \|$' &&
		says table.md '^before$' && says table.md '^after$' && ! says table.md 'old' && why=
}
fails() {
	says_so 1 'not ok it holds: it does not' && says out '^NOT OK +a fault' && says out 'NOT SO: it does not' &&
		says table.md '\| NOT SO: it does not \|'
}
skipped() { says_so 1 'skip it holds: takes root' && says out 'not tried: takes root'; }
absent() { says_so 1 'ok it holds not' && says out 'NOT SO: host/test.sh does not come to it: ok it holds not'; }
no_rows() { run 2 "$root/tests/faults.sh" nothing-like-it && says err 'no row of .*faults.tsv has a fault like "nothing-like-it"'; }

test_that "each row of the fault table is what a test says" stated
test_that "the docs have the fault table, and all of it is as it must be" documented
test_that "each thing that the README says is never done has its test" promised
test_that "a fault with the outcome it must have is told with what was seen" holds
test_that "a fault with another outcome makes the table fail" fails
test_that "a fault that could not be tried makes the table fail" skipped
test_that "a fault that its test does not come to makes the table fail" absent
test_that "rows that there are none of are refused" no_rows
finish
