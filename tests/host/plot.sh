#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark plot as a user meets it: which figures there are, that they are whole, and that nothing in a result file
# or a name is taken for more than words.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${DAXMARK:-$root/build/daxmark}
export DAXMARK_DATADIR=${DAXMARK_DATADIR:-$root} LC_ALL=C
cd "$work" || exit 4

side() { awk "$@" -f "$root/tests/unit/data/side.awk"; }
side -v label=without -v change=0 >without.jsonl
side -v label=with -v change=1 >with.jsonl
timed() { awk "$@" -f "$root/tests/unit/data/timed.awk"; }
timed -v label=base >base.jsonl
timed -v label=new -v change=30 >new.jsonl
timed -v label=base -v pairs=3 -v arms=1 >base-3.jsonl
timed -v label=new -v pairs=3 -v arms=1 >new-3.jsonl

# draw FOLDER ARGUMENT...: draws and says nothing
draw() {
	run 0 "$daxmark" plot --output "$@" || return 1
	if [ -s out ] || [ -s err ]; then
		why=$(cat out err)
		return 1
	fi
	[ -z "$(find "$1" -name '.*')" ] || { why='left-overs'; return 1; }
}

# plot ARGUMENT...: figures/ is what these give, drawn once
plot() {
	local drawn
	drawn=drawn-$(cksum <<<"$*" | tr ' ' -)
	[ -d "$drawn" ] || draw "$drawn" "$@" || return 1
	ln -sfn "$drawn" figures
}

# figure NAME WORDS...: it is there in all forms, and its SVG holds the words
figure() {
	local svg=figures/$1.svg png=figures/$1.png words
	[ -s "figures/$1.tsv" ] || { why="no data of $1"; return 1; }
	[ "$(head -c 4 "$png" 2>&1 | tail -c 3)" = PNG ] || { why="$png is no PNG"; return 1; }
	if command -v xmllint >/dev/null; then
		run 0 xmllint --noout "$svg" || return 1
	else
		grep -q '</svg>' "$svg" || { why="$svg is cut short"; return 1; }
	fi
	shift
	for words; do
		grep -qF -- ">$words<" "$svg" && continue
		why="$svg lacks '$words'"
		return 1
	done
}

costs() {
	local bench
	plot without.jsonl with.jsonl || return 1
	for bench in first-write mmap-write freeze splice; do
		figure "cost-$bench" 'ext4 DAX' 'ext2 page cache' without with 'guest instructions' || return 1
	done
	figure cost-first-write read-then-write '908 to 3833, +322.1%' \
		'with: 6.1.159, debian:linux-source-6.1, no patches' &&
		figure cost-freeze 'dirty-mapped-64 resume'
}
operations() {
	local arm
	plot without.jsonl with.jsonl &&
		figure operations-first-write-read-then-write 'ext4 page cache, 0.0%, same' 'share at or above' \
			'Single operations: a first write to a page already read, 6144 a side and target' || return 1
	arm=$(find figures/ -name 'operations-splice-*.svg')
	[ -n "$arm" ] || { why='nothing of splice, which changed'; return 1; }
	[ ! -e figures/operations-first-write-cold.svg ] || { why='cold first writes, which did not change'; return 1; }
	plot base.jsonl new.jsonl && figure operations-first-write-read-then-write base new time || return 1
	plot --arm idle -a 'splice sendfile-4k' without.jsonl with.jsonl &&
		figure operations-freeze-idle && figure operations-freeze-idle-thaw && figure operations-splice-sendfile-4k ||
		return 1
	[ ! -e figures/operations-first-write-read-then-write.svg ] || { why='another arm is drawn'; return 1; }
}
boots() {
	plot base.jsonl new.jsonl && figure boots-first-write 'read-then-write, xfs DAX' 'boot, in the order they were made' base new &&
		figure boots-splice && figure boots-freeze || return 1
	[ "$(grep -c . figures/boots-freeze.tsv)" -eq 32 ] || { why='not 4 panels of 8 pairs'; return 1; }
	plot without.jsonl with.jsonl && figure boots-first-write 'read-then-write, ext4 DAX' '+322.1%, worse' seed || return 1
	[ ! -e figures/boots-noop.svg ] || { why='the harness itself is drawn'; return 1; }
	plot --arm sendfile-4k without.jsonl with.jsonl && figure boots-splice 'sendfile-4k, ext2 page cache' || return 1
	[ ! -e figures/boots-freeze.svg ] || { why='another benchmark is drawn'; return 1; }
}
# ARM THREADS FILES NANOSECONDS a line: a side measured by threads
by_threads() {
	timed -v label=native -v pairs=1 -v arms=1 | sed '/"kind":"sample"/d; /"kind":"end"/d'
	awk '{ printf("{\"kind\":\"sample\",\"bench\":\"splice\",\"arm\":\"%s\",\"fs\":\"xfs\",\"access\":\"dax\"," \
		"\"metric\":\"move\",\"unit\":\"ns\",\"better\":\"lower\",\"parameters\":{\"threads\":%d%s},\"n\":1,\"min\":%d," \
		"\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,\"max\":%d,\"histogram\":[[%d,1]]}\n", $1, $2, $3 == "-" ? "" : \
		",\"files\":\"" $3 "\"", $4, $4, $4, $4, $4, $4, $4)
	} END { printf("{\"kind\":\"end\",\"lines\":%d}\n", NR + 10) }'
}
scaling() {
	printf '%s\n' 'a@1 1 - 100' 'a@2-one 2 one 75' 'a@2-each 2 each 50' 'b@2-each 2 each 90' | by_threads >threads.jsonl
	plot threads.jsonl && figure scaling-splice 'a, xfs DAX' 'efficiency on one file 67%, on a file each 100%' \
		'b, xfs DAX' 'efficiency not known' 'native: 6.12.0, git:/linux#v6.12, no patches' || return 1
	[ "$(find figures/ -name '*.svg' | wc -l)" -eq 1 ] || { why="$(ls figures)"; return 1; }
}
fills() {
	local label
	for label in without with; do
		sed -E '/"sample".*"arm":"cold"/{s/"parameters":\{/&"fill":"4k","folio_bytes":4096,/;s/"arm":"cold"/"arm":"cold+4k"/
			p;s/4k/2m/g;s/:4096/:2097152/;p;s/2m/fault/g;s/:2097152/:131072/}' "$label.jsonl" |
			awk '/"kind":"end"/ { print "{\"kind\":\"end\",\"lines\":" lines - 1 "}"; lines = 0; next } { lines++; print }' >"filled-$label.jsonl"
	done
	plot filled-without.jsonl filled-with.jsonl && figure fill-first-write 'cold, ext4 page cache' 4k 2m 'fault (128k)' \
		without with 'First write to a page, mean: by how the file came into the page cache' || return 1
	plot without.jsonl with.jsonl
	[ ! -e figures/fill-first-write.svg ] || { why='a figure of one way to fill'; return 1; }
}
one_side() {
	run 2 "$daxmark" plot with.jsonl --output nowhere && says err 'with.jsonl: no arm was measured by several threads' &&
		run 2 "$daxmark" plot --arm cold with.jsonl --output nowhere && says err 'arm takes two result files' &&
		[ ! -e nowhere ]
}
no_arm() {
	run 2 "$daxmark" plot --arm idel without.jsonl with.jsonl --output nowhere &&
		says err "both sides have no arm 'idel'; they have cold, read-then-write, .*idle, " && [ ! -e nowhere ]
}
changes() {
	plot without.jsonl with.jsonl || return 1
	figure change 'worse 22' 'same 171' 'within 0.2%, no change' 'First write to a page, ext4 DAX' read-then-write \
		'+322.1%  908 to 3833' 'not shown: 4 same' &&
		figure change-splice 'ext2 page cache' file-null-pipe '0.0%  1600' &&
		figure change-first-write 'worse 4' && figure change-freeze && figure change-mmap-write || return 1
	plot base.jsonl new.jsonl && figure change 'within 2%, no change' 'Splice, xfs DAX' &&
		says figures/change.svg '>Bars are 95% intervals of the mean change by 8 pairs of boots' &&
		plot base-3.jsonl new-3.jsonl && says figures/change.svg 'by 3 pairs of boots .*too few for a verdict'
}
no_change() {
	side -v label=again -v change=1 >again.jsonl
	plot with.jsonl again.jsonl &&
		figure change 'All benchmarks, change from with to again: no change; the largest of each group' 'worse 0'
}
no_costs() {
	side -v label=a -v mode=emulated >a.jsonl
	side -v label=b -v mode=emulated >b.jsonl
	run 0 "$daxmark" plot a.jsonl b.jsonl --output none && says err 'no figures: emulated runs have no costs' &&
		[ -z "$(ls none)" ]
}
limits() {
	plot --floor 400 without.jsonl with.jsonl && figure cost-first-write 3833 || return 1
	! grep -q -e worse -e better figures/cost-*.tsv || { why="$(grep -h worse figures/cost-*.tsv)"; return 1; }
	run 2 "$daxmark" plot --floor x without.jsonl with.jsonl --output none && says err "--floor is 'x'"
}
any_locale() { LC_ALL=C.UTF-8 draw locale base-3.jsonl new-3.jsonl; }

# Everything that means something to gnuplot, to a shell, to XML or to a file system.
hostile() {
	local label sed arm
	for label in base new; do
		# shellcheck disable=SC2016 # for nobody to expand
		sed='s/"arm":"cold"/"arm":"a_b^{c}@x %s%n `touch pwned` $(touch pwned)"/;
			s/"arm":"hole"/"arm":"\\"\\\\n <b>\&amp;"/; s/"bench":"splice"/"bench":"..\/..\/x y"/; s/"title":"Splice"/"title":"..\/..\/x y"/;
			s/"label":"[^"]*"/"label":"{\/:Bold '${label:0:1}'"/; s/"fs":"ext2"/"fs":"\\"; !touch pwned; \\""/;
			s/"arm":"rewrite"/"arm":"#'$(printf 'long%.0s' {1..40})'"/'
		sed "$sed" "$([ "$label" = base ] && echo without || echo with).jsonl" >"hostile-$label.jsonl"
	done
	plot hostile-base.jsonl hostile-new.jsonl || return 1
	# shellcheck disable=SC2016
	arm='a_b^{c}@x %s%n `touch pwned` $(touch pwned)'
	figure cost-first-write "$arm" "'/n &lt;b>&amp;amp;" '{/:Bold b' \
		"'; !touch pwned; ' DAX" '#longlonglonglonglonglonglonglonglonglonglong...' &&
		figure change-first-write "$arm" "'; !touch pwned; ' page cache" &&
		figure change "../../x y, '; !touch pwned; ' DAX" &&
		figure cost-..-..-x-y file-null-4k && figure change-..-..-x-y &&
		plot --arm "$arm" hostile-base.jsonl hostile-new.jsonl &&
		figure operations-first-write-a_b--c-@x--s-n--touch-pwned----touch-pwn "{/:Bold n" &&
		figure boots-first-write "$arm, ..." || return 1
	[ -z "$(find . -name pwned)" ] || { why='a command was run'; return 1; }
}
same_names() {
	local label
	for label in without with; do
		sed 's/"bench":"splice"/"bench":"x y"/; s/"bench":"freeze"/"bench":"x?y"/' "$label.jsonl" >"two-$label.jsonl"
	done
	plot two-without.jsonl two-with.jsonl && figure cost-x-y dirty-mapped-64\ thaw && figure cost-x-y-2 file-null-4k
}
own_settings() {
	mkdir -p home
	echo 'set terminal dumb; print "mine"; exit status 3' >home/.gnuplot
	HOME=$work/home draw settings base-3.jsonl new-3.jsonl
}
hostile_folder() {
	local folder
	for folder in '<touch pwned;' '|touch pwned;' "\$x '\"@y\` {} %s"; do
		draw "$folder" base-3.jsonl new-3.jsonl || return 1
		[ -s "$folder/change.svg" ] || { why="nothing in $folder"; return 1; }
		[ -z "$(find . -name pwned)" ] || { why="$folder was run"; return 1; }
	done
}
# A row: each benchmark on all sides, a target that one side lacks, and a side that gave nothing.
row() {
	side -v label=last -v change=1 | awk '
		/"fs":"ext2","access":"dax"/ || /"access":"dax".*"fs":"ext2"/ { left++; next }
		/"kind":"end"/ {
			match($0, /"lines":[0-9]+/)
			sub(/"lines":[0-9]+/, "\"lines\":" substr($0, RSTART + 8, RLENGTH - 8) - left)
			left = 0
		}
		{ print }' >last.jsonl
	printf '{"kind":"failed","label":"lost","source":"x","patches":[],"reason":"does not build"}\n' >lost.jsonl
	plot without.jsonl with.jsonl lost.jsonl last.jsonl || return 1
	for bench in first-write mmap-write freeze splice; do
		figure "steps-$bench" 'ext2 DAX' 'ext4 page cache' without with last 'guest instructions' || return 1
	done
	figure steps-first-write read-then-write 3833 'First write to a page, on 3 kernels' \
		'last: 6.1.159, debian:linux-source-6.1, no patches' || return 1
	! grep -q lost figures/steps-*.tsv || { why='the side without results is drawn'; return 1; }
	# of a cold write that of ext2 DAX; of read-then-write the words beside ext4 DAX
	why=$(head -n 12 figures/steps-first-write.tsv | tr '\n' ' ')
	[ "$(sed -n 1,3p figures/steps-first-write.tsv)" = "$(printf '1\t2610\n2\t2610\n3\tnan')" ] || return 1
	grep -qx "$(printf '1\t908')" figures/steps-first-write.tsv || return 1
	grep -qx "$(printf '[0-9.]*\t3833\t3')" figures/steps-first-write.tsv || return 1
	plot --arm read-then-write without.jsonl with.jsonl last.jsonl && [ "$(ls figures/)" = "$(printf '%s\n' \
		steps-first-write.{png,svg,tsv})" ] && ! grep -q '>cold<' figures/steps-first-write.svg &&
		run 2 "$daxmark" plot --arm x without.jsonl with.jsonl last.jsonl --output none && says err "no arm 'x'"
}
no_gnuplot() {
	mkdir -p earlier
	echo earlier >earlier/change.svg
	run 4 env PATH=/nowhere "$daxmark" plot base-3.jsonl new-3.jsonl --output earlier &&
		says err 'gnuplot: No such file' || return 1
	[ "$(ls -A earlier) $(cat earlier/change.svg)" = 'change.svg earlier' ] || { why='earlier figures changed'; return 1; }
}
no_folder() {
	run 2 "$daxmark" plot without.jsonl with.jsonl && says err '--output DIR is missing'
}

if command -v gnuplot >/dev/null; then
	test_that "plot draws what each arm costs, as SVG and PNG with their data" costs
	test_that "plot draws what changed with its interval, of counts and of times" changes
	test_that "plot draws a comparison in which nothing changed" no_change
	test_that "plot says of emulated runs that there is nothing to draw" no_costs
	test_that "plot draws single operations of what changed, or of the arms that are named" operations
	test_that "plot draws the boots of what changed, or of the arms that are named, pair by pair" boots
	test_that "plot draws what several threads of one side reached, as far as it was measured" scaling
	test_that "plot draws what a cost does as its file is filled in other ways" fills
	test_that "plot draws what each benchmark costs on every side of a row" row
	test_that "plot takes the floor of a plan" limits
	test_that "plot says nothing in a locale of UTF-8" any_locale
	test_that "names in a result file are shown as they are, and nothing in them is run" hostile
	test_that "two benchmarks whose names make the same file have two figures" same_names
	test_that "a user's own settings of gnuplot change nothing" own_settings
	test_that "nothing in the name of a folder is run" hostile_folder
else
	skip_that "plot draws figures" "gnuplot is not installed"
fi
test_that "a missing gnuplot is named and earlier figures stay" no_gnuplot
test_that "an unknown arm is named with those there are" no_arm
test_that "one side without threads, or with an arm, is refused" one_side
test_that "a plot without a folder is refused" no_folder

finish
