#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# daxmark compare as a user meets it: exit statuses, what is printed, and that
# an error leaves earlier output alone.
#
# The functions below are called through test_that, which shellcheck cannot see.
# shellcheck disable=SC2317
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
daxmark=${DAXMARK:-$root/build/daxmark}
make_side=$root/tests/unit/data/side.awk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

ok() { echo "ok compare: $1"; }
not_ok() { echo "not ok compare: $1: $2"; failed=1; }
skip() { echo "skip compare: $1: $2"; }

side() { awk "$@" -f "$make_side"; }

# run STATUS ARGUMENT... - output in out and err; 1 if the status is another
run() {
	local want=$1 got
	shift
	"$daxmark" "$@" >out 2>err
	got=$?
	[ "$got" -eq "$want" ] && return 0
	why="exit status $got instead of $want for: $* ($(head -c 200 err))"
	return 1
}

# says FILE WORDS...
says() {
	local file=$1 words
	shift
	for words; do
		grep -qF -- "$words" "$file" && continue
		why="'$words' is not in: $(head -c 300 "$file")"
		return 1
	done
}

# test_that NAME COMMAND... - the command sets why when it returns 1
test_that() {
	local name=$1
	shift
	why=
	if "$@"; then ok "$name"; else not_ok "$name" "$why"; fi
}

side -v label=without -v change=0 >without.jsonl
side -v label=with -v change=1 >with.jsonl
side -v label=again -v change=1 >again.jsonl

text_shows_every_arm() {
	run 0 compare without.jsonl with.jsonl || return 1
	says out 'read-then-write      905  3216  +255.4%  worse' 'rewrite' 'nontemporal-64k' \
		'dirty-mapped-1024 resume' '22 worse, 0 better, 171 the same, 0 inconclusive'
}
test_that 'text shows every arm and closes with the counts' text_shows_every_arm

mail_fits() {
	local lines wide
	run 0 compare --format lkml without.jsonl with.jsonl || return 1
	wide=$(awk 'length > 72' out)
	[ -z "$wide" ] || { why="wider than 72 columns: $wide"; return 1; }
	if LC_ALL=C grep -q '[^ -~]' out; then
		why='a tab or a byte that is not ASCII'
		return 1
	fi
	lines=$(wc -l <out)
	if [ "$lines" -lt 80 ] || [ "$lines" -gt 160 ]; then
		why="$lines lines"
		return 1
	fi
	says out 'From "without" to "with", a first write to a page already read' \
		'ext2 DAX, ext4 DAX' 'FAIL  pass' 'no-pfn_mkwrite.patch' 'Seeds' 'make bench'
}
test_that 'the mail report is plain ASCII in 72 columns' mail_fits

command_pastes() {
	local from_report from_record
	# the wrapped command is indented by 4, or continues a quoted string
	from_report=$(sed -n '/^  The command for/,/^  To reproduce/p' out | sed '1d;$d')
	from_report=$(eval "printf '%s\n' $from_report")
	from_record=$(sed -n '1s/.*"command":"\([^"]*\)".*/\1/p' with.jsonl)
	from_record=$(eval "printf '%s\n' $from_record")
	[ "$from_report" = "$from_record" ] || { why="$from_report"; return 1; }
}
test_that 'the QEMU command of the report can be pasted into a shell' command_pastes

json_has_its_shape() {
	run 0 compare --format json without.jsonl with.jsonl || return 1
	python3 - out <<'END' || { why='see above'; return 1; }
import json, sys
c = json.load(open(sys.argv[1]))
assert c["mode"] == "count"
assert len(c["metrics"]) == 193 and len(c["checks"]) == 24
for m in c["metrics"]:
    for field in ("bench arm metric unit better fs access base new change_pct ci_low_pct "
                  "ci_high_pct n verdict").split():
        assert field in m, field
    assert m["verdict"] in ("better", "worse", "same", "inconclusive")
    assert m["ci_low_pct"] <= m["change_pct"] <= m["ci_high_pct"]
for k in c["checks"]:
    assert set("name fs access base new evidence".split()) <= set(k)
    assert k["base"] in ("pass", "fail", "skip") and k["new"] in ("pass", "fail", "skip")
[m] = [m for m in c["metrics"] if (m["arm"], m["fs"], m["access"]) ==
       ("read-then-write", "ext4", "dax")]
assert (m["base"], m["new"], m["verdict"], m["n"]) == (908, 3833, "worse", 6144)
END
}
if command -v python3 >/dev/null; then
	test_that 'compare.json has the fixed fields' json_has_its_shape
else
	skip 'compare.json has the fixed fields' 'python3 is not there to read it'
fi

ktap_counts() {
	local plan tests
	run 0 compare --format ktap without.jsonl with.jsonl || return 1
	[ "$(head -n 1 out)" = 'KTAP version 1' ] || { why=$(head -n 1 out); return 1; }
	plan=$(sed -n '2s/^1\.\.//p' out)
	tests=$(grep -cE '^(not )?ok [0-9]+ ' out)
	[ "$plan" = "$tests" ] || { why="plan $plan, tests $tests"; return 1; }
	says out '# SKIP git is not in the guest'
}
test_that 'KTAP plans as many tests as it has' ktap_counts

lkp_has_its_shape() {
	run 0 compare --format lkp without.jsonl with.jsonl || return 1
	says out '         %stddev     %change         %stddev' \
		'       908          +322.1%       3833        first-write.read-then-write.ext4.dax.instructions' \
		'           3:3         -100%           :3     ctime-mtime.ext4.dax' \
		'Not shown: 171 unchanged (within 0.2%), 0 inconclusive.' || return 1
	why="$(grep -c 'instructions$' out) metrics"
	[ "$why" = '22 metrics' ]
}
test_that 'lkp shows each change with its name, and counts the rest' lkp_has_its_shape

mmtests_has_its_shape() {
	run 0 compare --format mmtests without.jsonl with.jsonl || return 1
	says out 'Median  read-then-write   908.00 (   0.00%)  3833.00 *-322.14%*' 'positive is better' || return 1
	why="$(grep -c '^Median  .*%)' out) rows, $(grep -c '^Median .*%\*$' out) in stars"
	[ "$why" = '193 rows, 22 in stars' ]
}
test_that 'mmtests shows each metric, and what is proved in stars' mmtests_has_its_shape

markdown_has_its_shape() {
	run 0 compare --format markdown without.jsonl with.jsonl || return 1
	says out '| first-write read-then-write, ext4 DAX | 908 | 3833 | instructions | +322.1% |  | worse |' \
		'| c/mtime updated | ext2 DAX, ext4 DAX | **FAIL** | pass |' '<details>' '</details>' || return 1
	why="$(grep -c 'worse |$' out) changes"
	[ "$why" = '22 changes' ]
}
test_that 'markdown shows each change and each check in tables' markdown_has_its_shape

timed_formats() {
	local format wide
	side -v label=without -v change=0 -v mode=time -v boots=8 -v noise=2 -v session=a >timed-without.jsonl
	side -v label=with -v change=1 -v mode=time -v boots=8 -v noise=2 -v draw=2 -v session=b >timed-with.jsonl
	for format in text lkml markdown lkp mmtests json ktap; do
		run 0 compare --format "$format" timed-without.jsonl timed-with.jsonl || return 1
		if LC_ALL=C grep -q '[^ -~]' out; then
			why="$format: a tab or a byte that is not ASCII"
			return 1
		fi
		[ "$format" = lkml ] || continue
		wide=$(awk 'length > 72' out)
		[ -z "$wide" ] || { why="wider than 72 columns: $wide"; return 1; }
		says out '95% interval  verdict' '8 pairs, n = 2048' || return 1
		# each row of a changed time: base, new, change, interval, verdict
		wide=$(grep -E '  (worse|better)$' out | grep -vE '^  +[a-z0-9-]+ +[0-9.]+ +[0-9.]+ +[+-][0-9.]+% +[+-][0-9.]+\.\.[+-][0-9.]+%  worse$')
		[ -z "$wide" ] || { why="a changed time without its interval: $wide"; return 1; }
	done
}
test_that 'each format takes times, and the mail shows their intervals' timed_formats

judging() {
	run 1 compare --judge without.jsonl with.jsonl || return 1
	run 0 compare --judge with.jsonl again.jsonl || return 1
	run 1 compare --judge with.jsonl without.jsonl
}
test_that '--judge exits 1 for a worse metric or a failing check only' judging

# tail_side LABEL SLOW: ten timed boots of 1000 operations, of which 20 take about SLOW ns and all others 100
tail_side() {
	local boot slow
	for boot in 1 2 3 4 5 6 7 8 9 10; do
		slow=$(($2 + boot * 7 % 5))
		printf '%s\n' \
			'{"kind":"run","label":"'"$1"'","source":"image:/bzImage","patches":[],"mode":"time","seed":'"$boot"',"plan_sha256":"cafe"}' \
			'{"kind":"machine","format":1,"mode":"time","seed":'"$boot"',"kernel":"6.1.0","cpu":"one","clock":{"source":"rdtsc","unit":"ns","ticks_per_unit":1,"overhead":4},"runner":"beef"}' \
			'{"kind":"target","fs":"ext4","access":"dax","dax":true}' \
			'{"kind":"sample","bench":"first-write","arm":"hole","fs":"ext4","access":"dax","metric":"write","unit":"ns","better":"lower","n":1000,"min":100,"median":100,"mean":103,"p90":100,"p99":'"$slow"',"max":'"$slow"',"faults":1000,"histogram":[[100,980],['"$slow"',20]]}' \
			'{"kind":"end","lines":3}'
	done
}

judging_a_tail() {
	tail_side old 180 >tail-old.jsonl
	tail_side new 234 >tail-new.jsonl
	tail_side same 180 >tail-same.jsonl
	run 1 compare --judge tail-old.jsonl tail-new.jsonl || return 1
	says out 'first-write hole, ext4 DAX' 'p99: 1 worse (+29' || return 1
	run 0 compare --judge tail-new.jsonl tail-same.jsonl || return 1
	run 0 compare --judge tail-old.jsonl tail-same.jsonl || return 1
	run 1 compare --judge tail-old.jsonl tail-same.jsonl tail-new.jsonl || return 1
	says out 'new: no median changed; p99: 1 worse (+29' || return 1
	run 1 compare --judge tail-old.jsonl tail-new.jsonl tail-same.jsonl
}
test_that '--judge exits 1 for a p99 that grew though its median did not' judging_a_tail

a_floor_hides_small_changes() {
	run 0 compare --floor 20 without.jsonl with.jsonl || return 1
	says out '4 worse, 0 better, 189 the same'
}
test_that '--floor decides what a change is' a_floor_hides_small_changes

nothing_changed() {
	run 0 compare --format lkml with.jsonl again.jsonl || return 1
	says out 'none of 193 costs changed by more than 0.2%' || return 1
	! grep -E 'worse|better' out >err || { why=$(head -n 1 err); return 1; }
}
test_that 'equal kernels give no change' nothing_changed

emulated() {
	side -v label=without -v change=0 -v mode=emulated >e1.jsonl
	side -v label=with -v change=1 -v mode=emulated >e2.jsonl
	run 0 compare --format lkml e1.jsonl e2.jsonl || return 1
	says out 'no cost was compared' '193 metrics: emulated runs give checks' 'FAIL  pass'
}
test_that 'emulated runs give checks and no figures' emulated

timed() {
	side -v label=without -v change=0 -v mode=time >t1.jsonl
	side -v label=with -v change=1 -v mode=time >t2.jsonl
	run 0 compare t1.jsonl t2.jsonl || return 1
	says out '0 worse, 0 better, 0 the same, 193 inconclusive'
}
test_that 'three timed boots give no verdict' timed

# refuses NAME WORDS ARGUMENT... - exit 2 and the words on stderr
refuses() {
	local name=$1 words=$2
	shift 2
	if ! run 2 "$@" || ! says err "$words"; then
		not_ok "$name" "$why"
	elif [ -s out ]; then
		not_ok "$name" 'something was printed all the same'
	else
		ok "$name"
	fi
}

sed '$d' with.jsonl >cut.jsonl
sed '300{s/"min".*//;q}' with.jsonl >torn.jsonl
: >empty.jsonl
sed '15s/"median":[0-9]*/"median":nan/' with.jsonl >nan.jsonl
sed '15s/"min":[0-9]*/"min":99999999/' with.jsonl >quantiles.jsonl
side -v label=with -v change=1 -v mode=time >time.jsonl
side -v label=with -v change=1 -v mode=time -v cpu=Another >cpu.jsonl
side -v label=with -v change=1 -v runner=another >runner.jsonl
side -v label=with -v change=1 -v plan=another >plan.jsonl
sed '1,/"kind":"end"/d' with.jsonl >seeds.jsonl
ln with.jsonl hard-link.jsonl
refuses 'a file without its end' 'cut.jsonl:686: the stream from line 459 has no "end"' \
	compare without.jsonl cut.jsonl
refuses 'a torn file' 'torn.jsonl:300: not JSON' compare without.jsonl torn.jsonl
refuses 'an empty file' 'empty.jsonl:0: the file has no stream' compare without.jsonl empty.jsonl
refuses 'nan, by line' 'nan.jsonl:15: not JSON' compare without.jsonl nan.jsonl
refuses 'quantiles out of order, by line' 'quantiles.jsonl:15: min 99999999 is more than median' \
	compare without.jsonl quantiles.jsonl
refuses 'different modes, with both' 'differ in mode: count and time' \
	compare without.jsonl time.jsonl
refuses 'different runners, with both' 'differ in runner build: 5d41402abc4b2a76b9719d911017c592ae01b2c3 and another' \
	compare without.jsonl runner.jsonl
refuses 'different plans, with both' 'differ in plan' compare without.jsonl plan.jsonl
refuses 'different seeds' 'has a boot with seed 1' compare without.jsonl seeds.jsonl
refuses 'the same file twice' 'are the same file' compare with.jsonl with.jsonl
refuses 'the same file by another name' 'are the same file' compare with.jsonl hard-link.jsonl
refuses 'a file that is not there' 'nowhere.jsonl: No such file' compare without.jsonl nowhere.jsonl
refuses 'a folder' '/: Is a directory' compare without.jsonl /
refuses 'noise' '/dev/zero:1: the line is longer' compare without.jsonl /dev/zero
refuses 'one side' '1 result file given: two or more can be compared' compare with.jsonl
refuses 'sides of two processors in time mode, with both' \
	'differ in processor: QEMU Virtual CPU version 2.5+ and Another' compare time.jsonl cpu.jsonl

# More than two sides are a row: without, still (nothing changed), with, again (nothing changed).
side -v label=still -v change=0 >still.jsonl
printf '{"kind":"failed","label":"broken","subject":"mm: break it","reason":"does not build"}\n' >broken.jsonl
row='without.jsonl still.jsonl with.jsonl again.jsonl'
# shellcheck disable=SC2086 # the names in $row are words
row_for_a_mail() {
	run 0 compare --format lkml $row || return 1
	why="wider than 72 columns: $(awk 'length > 72' out)"
	[ "$why" = 'wider than 72 columns: ' ] || return 1
	says out 'From "without" to "again", a first write to a page already read' \
		'  still: no cost changed; no check changed' '  with: 22 worse (+14.9% to +322.1%); checks that now pass: ' \
		'  n = 6144 a side  without  still     with  again   in all' \
		'    c/mtime updated                        FAIL   FAIL  pass   pass' \
		'  still      as without, the same patches' 'less no-pfn_mkwrite.patch' \
		'results/latest/still.jsonl' || return 1
	tr '\n' ' ' <out >words
	says words 'Of 3 steps, the cost named first changed with "with" (+255.4% to +322.1%); the checks changed with "with".'
}
# shellcheck disable=SC2086
row_for_a_terminal() {
	run 0 compare $row || return 1
	says out '  read-then-write          905    905           3216           3216' \
		'    to the one before            same  +255.4% worse           same' \
		'    to the first                 same  +255.4% worse  +255.4% worse' \
		'All 193 costs: 22 changed at some step, 171 the same at every step'
}
# shellcheck disable=SC2086
row_for_programs() {
	# without against with by itself, but for what is judged over all of a report
	run 0 compare --format json without.jsonl with.jsonl || return 1
	jq -c '.metrics[] | [.bench, .arm, .fs, .base, .new, .n, .change_pct, .ci_low_pct, .ci_high_pct, .verdict]' out >two
	run 0 compare --format json $row || return 1
	why='not as of two'
	jq -c '.costs[] | [.bench, .arm, .fs, .on[0].value, .on[2].value, .on[0].n,
		(.first[2] | .change_pct, .ci_low_pct, .ci_high_pct, .verdict)]' out | cmp - two || return 1
	why=$(jq -c '.format, [.sides[].label], [.steps[].step], .failed,
		([.costs[] | [.before[] | .verdict? | . == "worse" or . == "better"]] | map(indices(true)) | unique),
		([.checks[] | select(.on[1].verdict != .on[2].verdict)] | length)' out | tr '\n' ' ')
	[ "$why" = '2 ["without","still","with","again"] [1,2,3] [] [[],[2]] 6 ' ]
}
# shellcheck disable=SC2086
row_for_kernel_tools() {
	run 0 compare --format ktap without.jsonl with.jsonl && sed 's/^# new with:/# new again:/' out >two || return 1
	run 0 compare --format ktap $row || return 1
	why='not the last against the first'
	cmp out two
}
# shellcheck disable=SC2086
row_for_mmtests() {
	run 0 compare --format mmtests $row || return 1
	why="wider than 100 columns: $(awk 'length > 100' out)"
	[ "$why" = 'wider than 100 columns: ' ] || return 1
	tr -s ' ' <out >words
	says words 'Median read-then-write 905.00 ( 0.00%) 905.00 ( 0.00%) 3216.00 *-255.36%* 3216.00 *-255.36%*' \
		' without still with again' 'positive is better' 'with: 22 worse' || return 1
	run 0 compare --format mmtests without.jsonl broken.jsonl with.jsonl && says out 'no results: does not build'
}
row_of_times() {
	local format words n
	side -v label=still -v change=0 -v mode=time -v boots=8 -v noise=2 -v draw=3 -v session=c >timed-still.jsonl
	for format in text lkml mmtests json ktap; do
		run 0 compare --format "$format" timed-without.jsonl timed-still.jsonl timed-with.jsonl || return 1
		if LC_ALL=C grep -q '[^ -~]' out; then
			why="$format: a tab or a byte that is not ASCII"
			return 1
		fi
		[ "$format" = lkml ] || continue
		why="wider than 72 columns: $(awk 'length > 72' out)"
		[ "$why" = 'wider than 72 columns: ' ] && says out '8 pairs, n = 2048' || return 1
		n=$(grep -cE '^ +[+-][0-9.]+% +[+-][0-9.]+\.\.[+-][0-9.]+%$' out)
		why="$n changes with an interval in all"
		[ "$n" -ge 8 ] || return 1
	done
}
test_that 'mmtests has a column for each of several sides' row_for_mmtests
test_that 'each format of a row takes times, and the mail shows their intervals' row_of_times
for format in lkp markdown; do
	refuses "$format of several sides, with the formats there are" \
		"more than two sides are reported as text, lkml, mmtests, json and ktap, not as $format" \
		compare --format "$format" without.jsonl still.jsonl with.jsonl
done
test_that 'a mail on several sides says which brought what' row_for_a_mail
test_that 'a terminal gets each side against the one before and the first' row_for_a_terminal
test_that 'KTAP of several sides has the checks of the last' row_for_kernel_tools
if command -v jq >/dev/null; then
	test_that 'compare.json of several sides has the two-sided comparisons' row_for_programs
else
	skip 'compare.json of several sides has the two-sided comparisons' 'jq is not there to read it'
fi

# a regression that a later step takes back is one all the same
judging_a_row() {
	run 0 compare --judge with.jsonl again.jsonl healthy.jsonl || return 1
	run 1 compare --judge with.jsonl slow.jsonl again.jsonl || return 1
	run 1 compare --judge with.jsonl again.jsonl still.jsonl || return 1
	run 1 compare --judge without.jsonl still.jsonl still2.jsonl
}
sed 's/"label":"with"/"label":"healthy"/' with.jsonl >healthy.jsonl
sed 's/"label":"still"/"label":"still2"/' still.jsonl >still2.jsonl
sed 's/"label":"with"/"label":"slow"/; s/"median":3216,"median_low":3216,"median_high":3216/"median":3316,"median_low":3316,"median_high":3316/
	s/"p90":3216,"p99":3216/"p90":3316,"p99":3316/' with.jsonl >slow.jsonl
test_that '--judge of several sides looks at each step and at the ends' judging_a_row

without_results() {
	run 0 compare --format lkml without.jsonl broken.jsonl with.jsonl || return 1
	tr '\n' ' ' <out >words
	says out '  broken: mm: break it' '    no results: does not build; what it changed is counted with "with"' &&
		says words 'Of 2 steps, 1 without results, the cost named first changed with "with" (+255.4% to +322.1%) (or "broken", without'
}
test_that 'a side without results is named and left out' without_results
refuses 'a row that begins without results' \
	'broken.jsonl: "broken" gave no results: does not build: and it is the first' compare broken.jsonl with.jsonl again.jsonl
refuses 'a row of one side with results' 'gave no results: does not build; only one of the 3 sides did' \
	compare with.jsonl broken.jsonl broken.jsonl
refuses 'one of two sides without results' 'broken.jsonl: "broken" gave no results: does not build' \
	compare with.jsonl broken.jsonl
refuses 'the third of another mode, with both' 'without.jsonl:1 and time.jsonl:1 differ in mode: count and time' \
	compare without.jsonl with.jsonl time.jsonl
refuses 'the third of another plan, with both' 'without.jsonl:1 and plan.jsonl:1 differ in plan' \
	compare without.jsonl with.jsonl plan.jsonl
refuses 'the third of another runner, with both' 'without.jsonl:2 and runner.jsonl:2 differ in runner build' \
	compare without.jsonl with.jsonl runner.jsonl
refuses 'the third without a seed' 'has a boot with seed 1' compare without.jsonl with.jsonl seeds.jsonl
refuses 'the first once more as the third' 'without.jsonl and without.jsonl are the same file' \
	compare without.jsonl with.jsonl without.jsonl
refuses 'the second cut off' 'cut.jsonl:686: the stream from line 459 has no "end"' compare without.jsonl cut.jsonl with.jsonl
too_many() {
	local names=()
	for ((i = 0; i < 65; i++)); do names+=(with.jsonl); done
	run 2 compare "${names[@]}" && says err '65 sides given, and 64 can be compared at most'
}
test_that 'more than 64 sides are refused' too_many

# Several files a side. The sessions differ, so the same seeds are other runs.
for session in a b; do
	side -v label=native -v change=1 -v mode=time -v kernel=6.1.0 -v session="old-$session" >"old-$session.jsonl"
	side -v label=native -v change=1 -v mode=time -v kernel=6.2.0 -v session="new-$session" >"new-$session.jsonl"
done
cp old-a.jsonl copy.jsonl
cp old-a.jsonl old-a.jsonl,old-b.jsonl
sed 's/"label":"again"/"label":"with"/' again.jsonl >relabelled.jsonl
sed 's/"seed":\([0-9]\)/"seed":9\1/' with.jsonl >counted.jsonl
sed 's/"seed":\([0-9]\)/"seed":9\1/' runner.jsonl >run-by.jsonl
# operations NUMBER: that every metric of the JSON in out has
operations() {
	why=$(jq -c '[.metrics[].n] | unique' out)
	[ "$why" = "[$1]" ]
}
# 2048 operations in each of 3 boots a file
several() {
	run 0 compare --format json old-b.jsonl,copy.jsonl new-a.jsonl,new-b.jsonl && operations 12288 &&
		run 0 show --format json new-a.jsonl,new-b.jsonl && operations 12288
}
a_name_with_a_comma() { run 0 compare --format json old-a.jsonl,old-b.jsonl new-a.jsonl && operations 6144; }
if command -v jq >/dev/null; then
	test_that 'files joined by commas are one side' several
	test_that 'a name that exists is one file, comma or not' a_name_with_a_comma
else
	skip 'files joined by commas are one side' 'jq is not there to read it'
fi
refuses 'a file that a side has already' 'new-a.jsonl and new-a.jsonl are the same file' \
	compare old-b.jsonl,copy.jsonl new-a.jsonl,new-a.jsonl
refuses 'a copy of a file that a side has already' \
	'copy.jsonl:1: boot 1 of session old-a is already on line 1 of old-a.jsonl' show old-b.jsonl,old-a.jsonl,copy.jsonl
refuses 'a file that the other side has' 'old-b.jsonl and old-b.jsonl are the same file' \
	compare copy.jsonl,old-b.jsonl old-b.jsonl
refuses 'a copy of a run on the other side' \
	'old-a.jsonl:1 and copy.jsonl:1 are the same boot: 1 of session old-a' compare old-a.jsonl copy.jsonl
refuses 'counted boots of the same seed on one side' \
	'relabelled.jsonl:1: seed 1 already has a boot, on line 1 of with.jsonl' \
	compare without.jsonl with.jsonl,relabelled.jsonl
refuses 'files of two kernels on one side, with both' \
	'new-a.jsonl:2: kernel "6.2.0" on a side that began with kernel "6.1.0", in old-b.jsonl' \
	compare old-b.jsonl,new-a.jsonl new-b.jsonl
refuses 'files of two labels on one side, with both' \
	't1.jsonl:1: label "without" on a side that began with label "native", in old-b.jsonl' \
	show old-b.jsonl,t1.jsonl
refuses 'files of two modes on one side, with both' \
	'counted.jsonl:1: mode "count" on a side that began with mode "time", in t2.jsonl' show t2.jsonl,counted.jsonl
refuses 'files of two runners on one side, with both' \
	'run-by.jsonl:2: runner "another" on a side that began with runner "5d41402abc4b2a76b9719d911017c592ae01b2c3", in with.jsonl' \
	show with.jsonl,run-by.jsonl
refuses 'a name that is missing beside a comma' ',old-b.jsonl: a name is missing' show ,old-b.jsonl
refuses 'one of several that is not there' 'nowhere.jsonl: No such file' show old-b.jsonl,nowhere.jsonl
refuses 'sides with other numbers of timed runs' 'has 6 runs and new-a.jsonl has 3' \
	compare old-b.jsonl,copy.jsonl new-a.jsonl
refuses 'an unknown format, with the known' 'text, lkml, markdown, lkp, mmtests, json and ktap' \
	compare --format html without.jsonl with.jsonl
refuses 'a floor that is no number' "--floor is '1x'" compare --floor 1x without.jsonl with.jsonl
refuses 'a negative floor' "--floor is '-1'" compare --floor=-1 without.jsonl with.jsonl
refuses 'a negative margin' "--margin is '-1'" compare --margin=-1 without.jsonl with.jsonl
refuses 'an unknown command' "there is no command 'compile'" compile
refuses 'no command' 'a command is missing'

output_is_whole() {
	rm -f report
	run 0 compare --output report without.jsonl with.jsonl || return 1
	run 0 compare without.jsonl with.jsonl || return 1
	cmp -s out report || { why='the file is not what stdout shows'; return 1; }
	echo earlier >report
	run 2 compare --output report without.jsonl cut.jsonl || return 1
	[ "$(cat report)" = earlier ] || { why='an error changed the earlier file'; return 1; }
	run 4 compare --output nowhere/report without.jsonl with.jsonl || return 1
	says err 'nowhere/report: cannot be written: No such file' || return 1
	set -- report.*
	[ ! -e "$1" ] || { why="$1 was left behind"; return 1; }
}
test_that '--output is written whole or not at all' output_is_whole

output_is_no_file() {
	mkfifo pipe
	: >target
	ln -s target link
	timeout 300 cat pipe >piped &
	run 0 compare --output pipe without.jsonl with.jsonl || return 1
	wait $!
	[ -p pipe ] || { why='the pipe became a file'; return 1; }
	run 0 compare --output link without.jsonl with.jsonl || return 1
	[ -L link ] || { why='the link became a file'; return 1; }
	run 0 compare without.jsonl with.jsonl || return 1
	cmp -s out piped || { why='the pipe did not get what stdout shows'; return 1; }
	cmp -s out target || { why='the target of the link is not what stdout shows'; return 1; }
}
test_that '--output leaves pipes, devices and links what they are' output_is_no_file

full_device() {
	"$daxmark" compare without.jsonl with.jsonl >/dev/full 2>err
	[ $? -eq 4 ] || { why='exit status is not 4'; return 1; }
	says err 'standard output: cannot be written: No space left on device'
}
test_that 'a full disk behind stdout is an error' full_device

help_and_version() {
	run 0 --help || return 1
	says out compare list plot || return 1
	run 0 compare --help || return 1
	says out --format --judge --floor --margin --output || return 1
	run 0 --version || return 1
	says out 'daxmark '
}
test_that '--help names the commands and --version the version' help_and_version

exit $failed
