#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The whole output of each report on the records of tests/expected/records is that of the file of its name in
# tests/expected. `make expected` writes these files anew: look at their difference before you commit it.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${DAXMARK:-$root/build/daxmark}
expected=$root/tests/expected
renew=
[ "${1-}" != --renew ] || renew=yes
export LC_ALL=C
mkdir "$work/made" && cp -r "$expected/records" "$work/" && cd "$work/records" || exit 4

# JSON with each object or array on one line that fits in 2000 columns, so that a cost is one line, and with 9 digits,
# because the last digits of a logarithm differ from one libm to the next.
fold_json() {
	awk '
	{
		indent[NR] = match($0, /[^ ]/)
		line[NR] = $0
		if (match($0, /-?[0-9]+\.[0-9]+(e-?[0-9]+)?,?$/))
			line[NR] = substr($0, 1, RSTART - 1) sprintf("%.9g", substr($0, RSTART)) (/,$/ ? "," : "")
	}
	END {
		for (i = 1; i <= NR; i = last + 1) {
			joined = line[last = i]
			while (line[i] ~ /[[{]$/ && length(joined) <= 2000 && (last == i || indent[last] > indent[i])) {
				last++
				joined = joined (joined ~ /,$/ ? " " : "") substr(line[last], indent[last])
			}
			if (length(joined) > 2000)
				joined = line[last = i]
			print joined
		}
	}'
}

# report NAME ARGUMENT...: what daxmark prints for these arguments is the file NAME
report() { output_of "$1" "$daxmark" "${@:2}"; }
output_of() { # NAME COMMAND...
	asked=("$@")
	if [ -z "$renew" ]; then
		test_that "$1 is as expected" as_expected
	elif ! made; then
		printf '%s: %s\n' "$1" "$why" >&2
		failed=1
	fi
}
made() {
	run 0 "${asked[@]:1}" || return 1
	case ${asked[0]} in
	*.json) fold_json <"$work/out" >"$work/made/${asked[0]}" ;;
	*) cat "$work/out" "$work/err" >"$work/made/${asked[0]}" ;;
	esac
}
as_expected() {
	made || return 1
	diff -u "$expected/${asked[0]}" "$work/made/${asked[0]}" >"$work/diff" 2>&1 && return 0
	head -n 40 "$work/diff"
	why="not as tests/expected/${asked[0]} has it, which make expected renews"
	return 1
}
both() { # NAME BASE NEW
	local format
	for format in text lkml markdown lkp mmtests json ktap; do report "$1.$format" compare -f "$format" "${@:2}"; done
}

row() { # NAME SIDE...
	local format
	for format in text lkml mmtests ktap; do report "$1.$format" compare -f "$format" "${@:2}"; done
}

report count-1.text show count/with.jsonl
report count-1.json show -f json row-count/01-a.jsonl
both count-2 count/without.jsonl count/with.jsonl
row count-3 count/without.jsonl count/with.jsonl count/later.jsonl
row count-6 row-count/0[1-6]-*.jsonl
row count-12 row-count/??-*.jsonl
report time-1.text show time/new.jsonl
report time-1.json show -f json time/new.jsonl
both time-2 time/base.jsonl time/new.jsonl
row time-3 time/base.jsonl time/new.jsonl time/next.jsonl
row time-6 row-time/0[1-6]-*.jsonl
row time-12 row-time/??-*.jsonl
report emulated-1.text show row-emulated/01-a.jsonl
report emulated-1.json show -f json row-emulated/01-a.jsonl
both emulated-2 row-emulated/01-a.jsonl row-emulated/04-d.jsonl
row emulated-3 row-emulated/{02-b,08-h,04-d}.jsonl
row emulated-6 row-emulated/0[1-6]-*.jsonl
row emulated-12 row-emulated/??-*.jsonl
# Of more sides it has the same of each.
for mode in count time emulated; do report "$mode-3.json" compare -f json row-"$mode"/0[248]-*.jsonl; done

report native-1.text show native/old.jsonl
for format in lkml json ktap; do report "native-2.$format" compare -f $format native/old.jsonl native/new.jsonl; done
report differing-2.lkml compare -f lkml count/without.jsonl count/elsewhere.jsonl
report tail-2.lkml compare -f lkml row-time/08-h.jsonl row-time/09-i.jsonl
both moved-2 row-count/{01-a,other-device}.jsonl
row moved-3 row-count/{01-a,02-b,other-device}.jsonl
for format in text lkml json; do
	report "failed-4.$format" compare -f $format row-count/{01-a,broken,04-d,hung}.jsonl
done

report time.size size time/base.jsonl time/new.jsonl
report native.size size --precision 5 native/old.jsonl native/new.jsonl

sides=(explain/without.jsonl explain/with.jsonl)
report explained.lkml compare --explain -f lkml "${sides[@]}"
report explained.markdown compare --explain -f markdown "${sides[@]}"
report explain.text explain --calls "${sides[@]}"
report explain-slow.text explain --slow "${sides[@]}"
report explain-function.text explain --function file_update_time "${sides[@]}"
report explain-against.text explain --arm cold --against read-then-write explain/without.jsonl
report explain.json explain -f json --arm read-then-write "${sides[@]}"
report explain.folded explain -f folded --arm read-then-write "${sides[@]}"
report explain.svg explain -f svg --arm read-then-write "${sides[@]}"

# The data of figures and the words that gnuplot gets with them.
mkdir "$work/bin" && cat >"$work/bin/gnuplot" <<'GNUPLOT' && chmod +x "$work/bin/gnuplot" || exit 4
#!/bin/bash
# -d -c SCRIPT DATA NAME WORD...
printf '%s %s\n' "${3##*/}" "${5##*/}"
printf '  "%s"\n' "${@:6}"
cat "$4"
GNUPLOT
drawn() { PATH=$work/bin:$PATH "$daxmark" plot -o "$work/figures" "$@"; }
output_of count-2.figures drawn -a hole count/without.jsonl count/with.jsonl
output_of count-3.figures drawn row-count/0[148]-*.jsonl
output_of time-1.figures drawn time/new.jsonl
output_of time-2.figures drawn -a rewrite time/base.jsonl time/new.jsonl

# A history of counts, in whose last night a check begins to fail, and one of times, in whose last night a change is found.
awk -v mode=time -v dir="$PWD" -f "$root/tests/unit/data/year.awk"
mkdir counted timed
for night in 02 03 04 05 06 07 08 09 10; do
	run 0 "$daxmark" history add -r counted -d "2025-01-$night" -k "6.$night" -R "rev$night" row-count/01-a.jsonl \
		row-count/"$night"-?.jsonl || printf '%s\n' "$why" >&2
done
while read -r night date; do
	if [ "$night" -lt 74 ] || [ "$night" -gt 95 ]; then continue; fi
	run 0 "$daxmark" history add -r timed -d "$date" "$night.base.jsonl" "$night.new.jsonl" || printf '%s\n' "$why" >&2
done <nights
for history in counted timed; do
	for action in list changes summary; do report "$history.$action" history "$action" -r "$history"; done
done
report counted.series history show -r counted
report counted.show history show -r counted first-write/cold/write/ext4/dax/count@main
report counted.csv history export -f csv -r counted
report counted.export history export -r counted
report timed.show history show -r timed splice/file-null/move/ext4/dax/time@main
report timed.export history export -r timed

if [ -n "$renew" ]; then
	[ "$failed" -eq 0 ] || exit 1
	find "$expected" -maxdepth 1 -type f -delete
	cp "$work/made"/* "$expected/"
	exit
fi
# What is pasted into a mail fits there, and nothing in a report is more than ASCII.
plain() {
	why=$(awk 'length > 72 { print FILENAME ": " $0 }' "$work/made"/*.lkml "$work/made"/*-1.text "$work/made"/*.size | head -n 1)
	[ -z "$why" ] || return 1
	why=$(grep -l '[^ -~]' "$work/made"/*.{text,lkml,lkp,mmtests,markdown,ktap,json,size} | tr '\n' ' ')
	[ -z "$why" ]
}
test_that 'a mail has 72 columns, and each report is plain ASCII' plain
no_others() {
	why=$(diff -q "$expected" "$work/made" | grep "^Only" | grep -v ": records$")
	[ -z "$why" ]
}
test_that 'each file of tests/expected is the output of a report' no_others
finish
