#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A guest that means harm: through the real commands, with a QEMU that is none and says what such a guest would. What
# it says is names and words and nothing else, wherever they go: no file beside the results, no disk without an end,
# no tag, no command of a shell or of gnuplot, no SQL, nothing to the terminal.
# shellcheck disable=SC2317,SC2015,SC2016 # the functions are called by test_that; nothing in single quotes shall expand

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C TMPDIR=$work/tmp XDG_CACHE_HOME=$work/cache
mkdir "$TMPDIR" "$work/bin" "$work/images"
daxmark=$root/build/daxmark

# --- The guest

# What goes where a name belongs, as JSON has it. Each leaves a file "owned" where it is run.
# shellcheck disable=SC2088 # the tilde is to stay one
bad=('../../../../owned' '$(touch owned)' '`touch owned`' '\";system(\"touch owned\");\"' '|touch owned' '<touch owned'
	"');DROP TABLE night;--" '</title><script>alert(1)</script>' 'a\nnot ok 1 owned' 'a # SKIP owned' '\u001b[2J\u009b2J'
	'%s%n%n%d' '=cmd|owned' '~/owned' '-o' "$(printf '%3000s' '' | tr ' ' x)")

fake_qemu "$work/bin"
export PATH=$work/bin:$PATH

# The records of a boot: each name in turn as a benchmark, an arm, a file system and so on, and counts for them.
cat >"$work/names" <<'GUEST'
which=$(tail -c 1 "$bzimage")
record() {
	lines=$((lines + 1))
	printf "$@" >>"$records"
}
: >"$records"
lines=0
record '{"kind":"machine","format":1,"mode":"count","seed":%s,"kernel":"%s","kernel_version":"%s","cmdline":"%s","cpu":"%s","cpus":1,"topology":"%s","clock":{"source":"%s","unit":"instructions","ticks_per_unit":1,"overhead":4},"runner":"beef","pmem":"%s","device":"%s"}\n' \
	"$seed" "${bad[0]}" "${bad[1]}" "${bad[7]}" "${bad[3]}" "${bad[10]}" "${bad[2]}" "${bad[11]}" "${bad[8]}"
[ -z "$counts" ] || printf 'daxmark-counts 1 %s %s\ns (program)\nn 0 0\ns <script>&$(touch(owned))\nn 0 1\n' "$seed" "$image" >"$counts"
for i in "${!bad[@]}"; do
	name=${bad[i]} other=${bad[(i + 1) % ${#bad[@]}]}
	record '{"kind":"target","fs":"%s","access":"%s","device":"%s","mkfs":"%s","mount":"%s","dax":true,"proof":"%s"}\n' \
		"$name" "$other" "$other" "$name" "$other" "$name"
	for arm in "$name" "x$name"; do
		median=$((100 + 40 * which))
		[ -z "$counts" ] || printf 'a %s\nw 0 100 1 %s\no 0*4\n' "$lines" $((median - 100)) >>"$counts"
		record '{"kind":"sample","bench":"%s","arm":"%s","fs":"%s","access":"%s","metric":"%s","unit":"instructions","better":"lower","n":4,"min":%d,"median":%d,"mean":%d,"p90":%d,"p99":%d,"max":%d,"faults":4,"histogram":[[%d,4]]}\n' \
			"$name" "$arm" "$name" "$other" "$other" $median $median $median $median $median $median $median
	done
	verdict=pass
	[ $((i % 2)) -eq "$which" ] || verdict=fail
	record '{"kind":"check","name":"%s","fs":"%s","access":"%s","verdict":"%s","evidence":"%s"}\n' \
		"$name" "$name" "$other" $verdict "$other"
	record '{"kind":"skip","bench":"%s","arm":"y%s","fs":"%s","access":"%s","reason":"%s"}\n' "$name" "$name" "$name" \
		"$other" "$name"
done
printf '{"kind":"end","lines":%d}\n' "$lines" >>"$records"
[ -z "$counts" ] || printf 'end 10 0\n' >>"$counts"
printf 'daxmark: the runner ended with status 0\n' >"$console"
GUEST
{
	declare -p bad
	cat "$work/names"
} >"$work/bin/guest"

for which in 0 1; do
	mkdir "$work/images/$which"
	fake_image "$work/images/$which/bzImage" $which
	printf 'ffffffff81000000 T f\n' >"$work/images/$which/System.map"
done
printf '[plan]\nseeds = 1 2\n[kernel without]\nsource = image:%s\n[kernel with]\nsource = image:%s\n' \
	"$work/images/0/bzImage" "$work/images/1/bzImage" >"$work/plan.ini"

# --- What came of it

# What stands beside the results and the temporary folder is as it was, and nothing was run.
beside() { find "$work" -path "$work/results" -prune -o -path "$work/cache" -prune -o -path "$work/out" -prune -o -path "$work/err" -prune -o -print | sort; }
nothing_else() {
	local found
	found=$(find "$work" "$root" -maxdepth 6 -name 'owned*' -not -path '*/.git/*' -not -path '*/fuzz/*' | head -n 3)
	[ -z "$found" ] || { why="there is $found"; return 1; }
	beside >"$work.after"
	diff "$work.before" "$work.after" >"$work.diff" && rm -f "$work".{after,diff} && return
	why="beside the results: $(head -n 3 "$work.diff" | tr '\n' ' ')"
	return 1
}
readable() { # FILE...: what a terminal, a mail, a spreadsheet takes
	local bad_line
	bad_line=$(cat "$@" | grep -nam 1 $'[^[:print:]\t]' | cut -c 1-100 | cat -v)
	[ -z "$bad_line" ] || { why="$1: $bad_line"; return 1; }
}
drawings() { # FOLDER: each is XML, and draws
	why=$(python3 - "$1" <<'PY'
import glob, re, sys, xml.etree.ElementTree as tree
files = glob.glob(sys.argv[1] + "/*.svg")
known = set("svg title desc defs style pattern rect circle text tspan g path line polygon polyline use symbol filter "
            "feFlood feComposite feColorMatrix image ellipse clipPath metadata".split())
for file in files:
    for element in tree.parse(file).iter():
        kind = re.sub("{.*}", "", element.tag)
        if kind not in known or any(name.startswith("on") or "script:" in value
                                    for name, value in element.attrib.items()):
            print(file, kind, element.attrib)
            sys.exit()
if not files:
    print("nothing was drawn")
PY
	)
	[ -z "$why" ]
}

compared() {
	local folder=$work/results/latest
	beside >"$work.before"
	(cd "$work" && run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini") || { says err NOTHING; return 1; }
	nothing_else || return 1
	[ "$(find "$folder/" -type f -newer "$work/plan.ini" | wc -l)" -gt 20 ] || { why='little was made'; return 1; }
	readable "$folder/report.txt" "$folder/report.ktap" "$folder"/plots/*.tsv "$work/err" <(cat "$work/out") || return 1
	! grep -nE '.{73}' "$folder/report.txt" || { why='report.txt is too wide'; return 1; }
	jq -e --arg name '../../../../owned' '[.metrics[] | select(.bench == $name)] | length == 2' "$folder/compare.json" \
		>/dev/null || { why='compare.json does not have the names as they are'; return 1; }
	drawings "$folder/plots"
}
tests_are_counted() {
	local ktap=$work/results/latest/report.ktap
	why=$(grep -E '^(ok|not ok) ' "$ktap" | head -n 3)
	[ "$(grep -cE '^(ok|not ok) ' "$ktap")" -eq "$(sed -n 's/^1\.\.//p' "$ktap")" ] &&
		[ "$(grep -c '^not ok' "$ktap")" -eq 8 ] && ! grep -E '^(not )?ok .*#' "$ktap"
}
every_format() {
	local format
	for format in text lkml markdown lkp mmtests ktap; do
		run 0 "$daxmark" compare "$work"/results/latest/{without,with}.jsonl --format "$format" && readable "$work/out" || return 1
	done
	run 0 "$daxmark" compare "$work"/results/latest/{without,with}.jsonl --format markdown
	# between fences everything is as it is, and no line in there is as long a fence
	! awk '/^```/ { fence = fence ? $0 == fence ? "" : fence : $0 } !fence' "$work/out" | grep -n '<script' ||
		{ why='a tag in markdown'; return 1; }
	run 0 "$daxmark" show "$work/results/latest/with.jsonl" && readable "$work/out"
}
explained() {
	local folder=$work/results/latest
	beside >"$work.before"
	(cd "$work" && run 0 "$root/scripts/explain" "$work/results/latest") || { says err NOTHING; return 1; }
	nothing_else && readable "$folder"/explain*.txt "$work/err" && drawings "$folder/explain" || return 1
	[ "$(find "$folder/explain/" -name '*.svg' | wc -l)" -eq $((2 * ${#bad[@]})) ] || {
		why="$(find "$folder/explain/" -name '*.svg' | wc -l) figures of $((2 * ${#bad[@]}))"
		return 1
	}
}
remembered() {
	local action
	run 0 "$daxmark" history add -r "$work/results" "$work/results/latest/" && readable "$work/out" || return 1
	for action in list summary changes show 'export --format csv'; do
		# shellcheck disable=SC2086 # words are wanted
		run 0 "$daxmark" history $action -r "$work/results" && readable "$work/out" || return 1
	done
	! grep -nE '(^|,)[=@]' "$work/out" || { why='a formula in a cell'; return 1; }
	run 0 "$daxmark" history check -r "$work/results" && says out 'whole, 1 night ' &&
		[ "$(sqlite3 "$work/results/history.db" 'SELECT count(*) FROM series')" -eq $((2 * ${#bad[@]})) ]
}

test_that "what a guest calls things is a name in results, reports and figures" compared
test_that "no name and no evidence makes or unmakes a test" tests_are_counted
test_that "no format runs, draws or shows more than the names" every_format
test_that "what is explained goes into files of its own in the results" explained
test_that "a history holds the names, and no SQL or formula" remembered

# --- The disk

boot() { # STATUS [OPTION...]; the guest is standard input
	local want=$1
	shift
	cat >"$work/bin/guest"
	rm -f "$work/records" "$work/console"
	"$root/build/daxmark-guest" --image "$work/images/0" --initramfs "$work/plan.ini" --records "$work/records" \
		--console "$work/console" "$@" >"$work/out" 2>"$work/err" </dev/null &
	wait $!
	local got=$?
	[ "$got" -eq "$want" ] && return
	why="status $got instead of $want: $(tail -n 3 "$work/err")"
	return 1
}
bounded() { # WHAT: no more than what one serial line may have, and the other
	local used
	used=$(du -sm "$work" | cut -f 1)
	[ "$used" -lt 80 ] || { why="$1: $used MiB are there"; return 1; }
}
console_flood() {
	boot 5 --time-limit 900 <<<'exec yes "[    1.0] flood" >"$console"' && says err 'said more than 32 MiB' &&
		[ ! -e "$work/records" ] && bounded console && readable "$work/err"
}
console_of_one_line() {
	boot 5 --time-limit 900 <<<'exec tr "\\0" x </dev/zero >"$console"' && says err 'said more than 32 MiB' &&
		[ "$(wc -c <"$work/err")" -lt 4096 ]
}
records_flood() {
	boot 5 --time-limit 900 <<<'exec yes "{\"kind\":\"weather\"}" >"$records"' && says err 'said more than 32 MiB' &&
		[ ! -e "$work/records" ] && [ ! -e "$work/records.part" ] && bounded records
}
# As many names as a file may have: one figure, of all of them, and no hours of drawing.
figures_flood() {
	mkdir -p "$work/many"
	for which in 1 2; do
		awk -v which="$which" 'BEGIN {
			print "{\"kind\":\"run\",\"label\":\"" which "\",\"source\":\"\",\"mode\":\"count\",\"seed\":1,\"plan_sha256\":\"\"}"
			print "{\"kind\":\"machine\",\"format\":1,\"mode\":\"count\",\"seed\":1,\"kernel\":\"k\",\"clock\":{\"source\":\"\",\"unit\":\"\"},\"runner\":\"\"}"
			print "{\"kind\":\"target\",\"fs\":\"f\",\"access\":\"a\"}"
			for (i = 0; i < 1000; i++)
				printf "{\"kind\":\"sample\",\"bench\":\"b%d\",\"arm\":\"a%d\",\"fs\":\"f\",\"access\":\"a\",\"metric\":\"m\",\"unit\":\"instructions\",\"better\":\"lower\",\"n\":1,\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,\"max\":%d,\"histogram\":[[%d,1]]}\n", i / 2, i, which, which, which, which, which, which, which
			print "{\"kind\":\"end\",\"lines\":1002}"
		}' >"$work/many/$which.jsonl"
	done
	run 0 "$daxmark" plot "$work/many/1.jsonl" "$work/many/2.jsonl" --output "$work/many/plots" &&
		says err '500 benchmarks, and no more than 64 have figures' &&
		[ "$(find "$work/many/plots" -type f | wc -l)" -eq 3 ] && [ "$(du -sk "$work/many/plots" | cut -f 1)" -lt 8192 ]
	local status=$?
	rm -rf "$work/many"
	return "$status"
}
nothing_left() {
	[ -z "$(ls -A "$TMPDIR")" ] || { why="left in the temporary folder: $(ls -A "$TMPDIR")"; return 1; }
}

test_that "a guest that floods its console is ended" console_flood
test_that "a console that is one line without an end is told in few words" console_of_one_line
test_that "a guest that floods its records is ended and leaves none" records_flood
test_that "as many names as fit into a file are no flood of figures" figures_flood
test_that "no flood stays in the temporary folder" nothing_left

# --- The terminal, and what a console hides

terminal() {
	boot 5 --why "$work/why" <<'GUEST' && says err 'panicked: Kernel panic - not syncing: \?\[2J' && readable "$work/err" "$work/why"
printf '\033]0;owned\007\n\233\n\r\nKernel panic - not syncing: \033[2J\302\233\r\n' >"$console"
echo '{"kind":"end","lines":0}' >"$records"
GUEST
}
hidden_bug() {
	boot 5 <<'GUEST' && says err 'has a kernel with a bug: BUG: Bad page state'
printf 'one\0two\n[ 1.0] BUG: Bad page state in process x\ndaxmark: the runner ended with status 0\n' >"$console"
echo '{"kind":"end","lines":0}' >"$records"
GUEST
}
second_boot() {
	boot 5 <<'GUEST' && says err 'was cut off'
machine='{"kind":"machine"}'
printf '%s\n{"kind":"end","lines":1}\n{"kind":"run","label":"with"}\n%s\n{"kind":"end","lines":1}\n' "$machine" "$machine" >"$records"
GUEST
}
long_bug() {
	boot 5 --why "$work/why" <<'GUEST' && [ "$(wc -c <"$work/why")" -lt 300 ] && [ "$(wc -c <"$work/err")" -lt 4096 ]
printf 'BUG: %2000000s\n' x >"$console"
GUEST
}

test_that "what a console says is shown, and does not speak to the terminal" terminal
test_that "a zero byte hides no bug of a kernel" hidden_bug
test_that "a guest cannot add a boot of another kernel to its own" second_boot
test_that "a bug as long as a book is told in a line" long_bug

# --- What a workload leaves

pack() { tar -czf "$work/left.tar.gz" -C "$work/left" "$@"; }
unpack() { # STATUS
	rm -rf "$work/unpacked"
	mkdir "$work/unpacked"
	run "$1" "$root/scripts/unpack" "$work/left.tar.gz" "$work/unpacked"
}
begin_left() {
	rm -rf "$work/left"
	mkdir "$work/left"
	echo kept >"$work/left/a.json"
}
plain_files() {
	begin_left
	mkdir "$work/left/b"
	pack . && unpack 0 && [ "$(find "$work/unpacked" -type f)" = "$work/unpacked/a.json" ]
}
links() {
	local left
	for left in 'ln -s /etc/passwd c.json' 'ln a.json c.json' 'ln -s / c' 'mkfifo c'; do
		begin_left
		(cd "$work/left" && $left) && pack . && unpack 5 && says err 'no plain file: [lhp]' || return 1
		[ -z "$(ls "$work/unpacked")" ] || { why="$left: something was unpacked"; return 1; }
	done
}
upwards() {
	begin_left
	tar -czPf "$work/left.tar.gz" -C "$work/left" --transform 's,a.json,../owned,' a.json && unpack 5 &&
		[ ! -e "$work/owned" ] && says err 'into a folder of its own'
}
bomb() {
	begin_left
	truncate -s 300M "$work/left/zeros" && pack . && unpack 5 && says err 'more than 256 MiB' && [ -z "$(ls -A "$work/unpacked")" ]
}
holes() {
	begin_left
	truncate -s 300M "$work/left/zeros" && tar -cSzf "$work/left.tar.gz" -C "$work/left" . && unpack 5 && says err 'cannot be unpacked'
}
cut_off() {
	begin_left
	pack . && truncate -s 60 "$work/left.tar.gz" && unpack 5 && says err 'not whole'
}

test_that "what a workload leaves is unpacked" plain_files
test_that "a link, a pipe or a device is refused" links
test_that "a name that leads out of the folder is refused" upwards
test_that "a small file that unpacks to a large one is refused" bomb
test_that "a file of holes is refused" holes
test_that "what is cut off is refused" cut_off
rm -f "$work".{before,after,diff}
finish
