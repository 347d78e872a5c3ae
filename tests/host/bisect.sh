#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/bisect under git bisect run, over small repositories, with stand-ins for what builds and boots: the file
# "cost" of a revision is what its kernel costs, or what is wrong with it.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 TMPDIR=$work/tmp
fake=$work/fake/scripts
bisect=$fake/bisect
mkdir -p "$fake" "$work/tmp"
cp "$root"/scripts/{bisect,bisect.jq,lib.sh} "$fake/"
mkdir "$work/fake/build"
ln -s "$root"/build/daxmark{,-run} "$work/fake/build/"
stand_in() { cat >"$fake/$1"; chmod +x "$fake/$1"; }

stand_in kernel <<STAND_IN
#!/bin/bash
where=\${!#} repo=\${where#git:}
git -C "\${repo%#*}" rev-parse -q --verify "\${where##*#}^{commit}" >/dev/null 2>&1 ||
	{ echo "kernel: \$where: no git repository" >&2; exit 2; }
[ "\$1" != --check ] || exit 0
rm -rf "$work/image"
mkdir "$work/image"
git -C "\${repo%#*}" show "\${where##*#}:cost" >"$work/image/cost"
case \$(<"$work/image/cost") in
broken)
	echo compiled >"$work/kernel.log"
	printf 'kernel: building it\nkernel: /c/trees/0ab1/src/fs/dax.c:7:1: error: broken\nkernel: the build of it failed; log: %s\n' "$work/kernel.log" >&2
	exit 1
	;;
old) echo 'kernel: guest.config: asks for CONFIG_X=y, this gives no such symbol' >&2; exit 2 ;;
full) echo 'kernel: 1 MiB free' >&2; exit 4 ;;
slow)
	sleep 3600 &
	trap 'kill \$!; exit 143' TERM
	touch "$work/building"
	wait
	;;
esac
echo "$work/image"
STAND_IN
stand_in initramfs <<STAND_IN
#!/bin/bash
cp "\$2" "$work/plan.booted"
touch "\$3"
STAND_IN
# A cost of "100 7" is 100 with seed 1 and 7 with seed 2.
stand_in ../build/daxmark-guest <<STAND_IN
#!/bin/bash
[ "\$1" != --probe ] || exit 0
while [ \$# -gt 0 ]; do
	case \$1 in
	--image) image=\$2 ;;
	--seed) seed=\$2 ;;
	--records) records=\$2 ;;
	--console) echo "it died" >"\$2" ;;
	--memory) memory=\$2 ;;
	esac
	shift 2
done
echo "\$memory" >"$work/memory"
read -r -a cost <"\$image/cost"
cost=\${cost[seed - 1]-\$cost}
case \$cost in
dead) echo "guest: it (seed \$seed) panicked: Kernel panic" >&2; exit 5 ;;
lacking) echo 'guest: qemu-system-x86_64 is missing' >&2; exit 4 ;;
strange) exit 3 ;;
esac
. "$work/records.sh"
records "\$seed" "\$cost" >"\$records"
STAND_IN
cat >"$work/records.sh" <<'RECORDS'
# records SEED COST: of a cost or a check
records() {
	local metric n=3 median mean faults low high bins
	printf '{"kind":"run","label":"o","source":"s","mode":"count","seed":%s,"patches":[],"plan_sha256":"p","qemu":"q"' "$1"
	printf ',"command":"qemu -seed %s %s"}\n' "$1" "${qemu_option-}"
	printf '{"kind":"machine","format":1,"mode":"%s","seed":%s,"kernel":"6.1","runner":"r"' "${mode-count}" "$1"
	printf ',"clock":{"source":"rdtsc","unit":"instructions","ticks_per_unit":1}}\n'
	printf '{"kind":"target","fs":"ext4","access":"dax"}\n'
	case $2 in
	pass | fail | skip) printf '{"kind":"check","name":"ctime-mtime","fs":"ext4","access":"dax","verdict":"%s","evidence":"seen"}\n' "$2" ;;
	none) printf '{"kind":"skip","bench":"first-write","arm":"cold","fs":"ext4","access":"dax","reason":"no DAX here"}\n' ;;
	*)
		# COST, or MEDIAN:MEAN:FAULTS of four operations
		IFS=: read -r median mean faults <<<"$2"
		: "${mean:=$median}"
		set -- "$1" "$median"
		low=$median high=$median bins="[$median,4]"
		[ -z "$faults" ] || low=1 high=1000 bins="[1,1],[$median,2],[1000,1]"
		for metric in write read; do
			printf '{"kind":"sample","bench":"%s","arm":"%s","metric":"%s","fs":"ext4","access":"dax"' \
				"$([ $metric = write ] && echo first-write || echo freeze)" \
				"$([ $metric = write ] && echo cold || echo idle)" "$metric"
			printf ',"unit":"instructions","better":"lower","n":4,"min":%s,"median":%s,"mean":%s%s' "$low" "$2" "$mean" "${faults:+,\"faults\":$faults}"
			printf ',"p90":%s,"p99":%s,"max":%s,"histogram":[%s]}\n' "$high" "$high" "$high" "$bins"
			[ $metric = write ] || {
				printf '{"kind":"sample","bench":"freeze","arm":"idle","metric":"thaw","fs":"ext4","access":"dax"'
				printf ',"unit":"instructions","better":"lower","n":4,"min":5,"median":5,"mean":5'
				printf ',"p90":5,"p99":5,"max":5,"histogram":[[5,4]]}\n'
			}
		done
		n=6
		;;
	esac
	[ "$n" = 6 ] || n=4
	printf '{"kind":"end","lines":%s}\n' "$((n - 1))"
}
RECORDS
# shellcheck source=/dev/null
. "$work/records.sh"

repo=$work/linux
in_repo() { git -C "$repo" -c user.name=t -c user.email=t@t -c init.defaultBranch=main "$@"; }
# history COST...: a commit each
history() {
	local cost i=0
	rm -rf "$repo" "$work/kept"
	in_repo init -q "$repo" 2>/dev/null || git init -q "$repo" || return
	for cost; do
		i=$((i + 1))
		echo "$cost" >"$repo/cost"
		echo "$i" >"$repo/number"
		in_repo add . && in_repo commit -qm "change $i" && in_repo tag "c$i" || return
	done
}
# step STATUS ARGUMENT...: of the newest revision
step() { run "$1" "$bisect" --repo "$repo" --records "$work/kept" "${@:2}"; }
cold=(--metric first-write/cold/ext4/dax)
cost() { step "$1" "${cold[@]}" "${@:2}"; }
logged() { # VERDICT: that of the last step
	why="log: $(tail -n 1 "$work/kept/log.tsv")"
	[ "$(tail -n 1 "$work/kept/log.tsv" | cut -f 6)" = "$1" ]
}

good() { history 100 && cost 0 --good 100 && logged good && says err 'change 1: .* 100 \(good: 100\), \+0.00%: good'; }
bad() { history 104 && cost 1 --good 100 && logged bad && says err '104 \(good: 100\), \+4.00%: bad'; }
within_floor() { history 104 && cost 0 --good 100 --floor 4 && rm -r "$work/kept" && cost 1 --good 100 --floor 3.9; }
default_floor() { history 500 && cost 0 --good 499.5 && history 500 && cost 1 --good 498; }
other_repository() { history 100 && GIT_DIR=$work/none cost 0 --good 100; }
directions() {
	history 90 && cost 0 --good 100 && rm -r "$work/kept" && cost 1 --good 100 --direction better &&
		rm -r "$work/kept" && cost 1 --good 100 --direction any && history 110 &&
		cost 0 --good 100 --direction better && rm -r "$work/kept" && cost 1 --good 100 --direction any
}
no_build() {
	history broken && cost 125 --good 100 && logged skip &&
		says err 'cannot be built: fs/dax.c:7:1: error: broken' && [ "$(cat "$work"/kept/01-*.build.log)" = compiled ]
}
too_old() { history old && cost 125 --good 100 && says err 'cannot be built: guest.config: asks for CONFIG_X=y'; }
no_boot() {
	history dead && cost 125 --good 100 && logged skip && says err 'cannot be booted: it \(seed 1\) panicked' &&
		[ "$(cat "$work"/kept/01-*.console)" = 'it died' ]
}
not_given() { history none && cost 125 --good 100 && logged skip && says err 'cannot be measured: skipped: no DAX here'; }
lacks_disk() { history full && cost 204 --good 100 && says err '1 MiB free'; }
lacks_qemu() { history lacking && cost 204 --good 100 && says err 'qemu-system-x86_64 is missing'; }
unforeseen() { history strange && cost 204 --good 100 && says err 'ended with status 3 and no verdict'; }
check_verdicts() {
	local check='ctime-mtime/ext4/dax'
	history pass && step 0 --check "$check" && rm -r "$work/kept" && step 1 --check "$check" --good fail && history fail &&
		step 1 --check "$check" && logged bad && rm -r "$work/kept" && step 0 --check "$check" --good fail &&
		history 5 && step 125 --check "$check" && history skip && step 125 --check "$check" && says err 'skipped: seen'
}
seeds() {
	history '100 200' && cost 0 --seeds 2 --good 100,200 && logged good && rm -r "$work/kept" &&
		cost 1 --seeds 2 --good 90,190 && rm -r "$work/kept" && cost 125 --seeds 2 --good 90,200 && logged skip &&
		says err '100,200 \(good: 90,200\), \+11.11,\+0.00%: skip: 1 of 2 seeds say bad' &&
		[ "$(grep -c '"kind":"run"' "$work"/kept/01-*.jsonl)" -eq 2 ]
}
measure() {
	history '100 200' && cost 0 --measure && [ "$(cat "$work/out")" = 100 ] && rm -r "$work/kept" &&
		cost 0 --measure --seeds 2 && [ "$(cat "$work/out")" = 100,200 ] && logged measured
}
several_metrics() {
	local freeze=freeze/idle/ext4/dax
	history 100 && step 202 --metric "$freeze" --good 100 && says err 'has several metrics, write one after it: read, thaw' &&
		rm -r "$work/kept" && step 0 --metric "$freeze/thaw" --good 5 && rm -r "$work/kept" &&
		step 202 --metric "$freeze/resume" --good 5 && says err 'no metric resume; known: read, thaw'
}
good_results() {
	{ records 4 100; records 9 200; } >"$work/good.jsonl"
	history '0 0 0 100 0 0 0 0 201' && cost 0 --good-results "$work/good.jsonl" && rm -r "$work/kept" &&
		cost 125 --seeds 2 --good-results "$work/good.jsonl" && says err '100,201 \(good: 100,200\)' || return 1
	rm -r "$work/kept"
	cost 202 --seeds 3 --good-results "$work/good.jsonl" && says err 'has 2 seed\(s\), and --seeds is 3'
}
other_results() {
	history 100
	qemu_option='-cpu max' records 1 100 >"$work/good.jsonl"
	cost 202 --good-results "$work/good.jsonl" && says err 'good.jsonl: was measured by another daxmark-run or QEMU' &&
		cost 202 --good-results "$work/nowhere.jsonl" && says err 'nowhere.jsonl: no such file' || return 1
	records 1 none >"$work/good.jsonl"
	cost 202 --good-results "$work/good.jsonl" && says err 'good.jsonl: .*cold/ext4/dax: skipped: no DAX here' || return 1
	head -n 2 "$work/good.jsonl" >"$work/cut.jsonl"
	cost 202 --good-results "$work/cut.jsonl" && says err 'cut.jsonl'
}

# At c3 a fault begins to bring in several pages, so the mean leads from there; both figures rise at c5.
one_figure_in_all_steps() {
	local term
	records 1 100:100:4 >"$work/good.jsonl"
	history 100:100:4 100:100:4 100:140:2 100:140:2 150:190:2 150:190:2 &&
		finds c5 c6 c1 -- "${cold[@]}" --good-results "$work/good.jsonl" || return 1
	why=$(grep "$(in_repo rev-parse c4)" "$work/kept/log.tsv")
	[ "$(cut -f 4-6,8,9 <<<"$why")" = "$(printf '100\t+0.00\tgood\talone this revision is led by its mean\tmedian')" ]
}
figure_of_the_good() {
	records 1 8:100:2 >"$work/good.jsonl"
	history 100:100:4 && cost 0 --good-results "$work/good.jsonl" && says err 'mean 100 \(good: 100\).*led by its median' &&
		rm -r "$work/kept" && cost 1 --good-results "$work/good.jsonl" --figure median || return 1
	history 8:100:2 && cost 0 --measure && [ "$(cat "$work/out")" = mean:100 ] && rm -r "$work/kept" &&
		cost 0 --good mean:100 && rm -r "$work/kept" && cost 0 --good 8 && rm -r "$work/kept" &&
		cost 0 --good 100 --figure mean && rm -r "$work/kept" && cost 0 --measure --figure median &&
		[ "$(cat "$work/out")" = 8 ]
}

# Nothing may be taken for a verdict that is none, and nothing be built for it.
refuses() { # WORDS ARGUMENT...
	rm -rf "$work/image" "$work/kept"
	step 202 "${@:2}" && says err "$1" || return 1
	why=$(cat "$work/err"; ls -d "$work/image" "$work/kept" 2>/dev/null)
	[ "$(wc -l <<<"$why")" -eq 1 ]
}
bad_input() {
	history 100
	refuses '--metric NAME or --check NAME' --good 5 &&
		refuses '--good FIGURE or --good-results FILE' --metric first-write/cold/ext4/dax &&
		refuses 'write BENCH/ARM/FS/ACCESS' --metric first-write --good 5 &&
		refuses '--metric no-such/cold/ext4/dax: unknown benchmark "no-such"; known: first-write,' \
			--metric no-such/cold/ext4/dax --good 5 &&
		refuses '--metric first-write/warm/ext4/dax: unknown arm "warm"; known: cold,' \
			--metric first-write/warm/ext4/dax --good 5 &&
		refuses 'unknown file system "btrfs"' --metric first-write/cold/btrfs/dax --good 5 &&
		refuses 'unknown access "pmem"' --metric first-write/cold/ext4/pmem --good 5 &&
		refuses '--check mtime/ext4/dax: unknown check "mtime"; known: ' --check mtime/ext4/dax &&
		refuses 'write CHECK/FS/ACCESS' --check mtime &&
		refuses '--good 0: not a figure' --metric first-write/cold/ext4/dax --good 0 &&
		refuses '--good pass: not a figure' --metric first-write/cold/ext4/dax --good pass &&
		refuses '2 figures for 1 seed' --metric first-write/cold/ext4/dax --good 5,6 &&
		refuses '--good 7: of a check choose pass or fail' --check ctime-mtime/ext4/dax --good 7 &&
		refuses '--direction up: choose worse' --metric first-write/cold/ext4/dax --good 5 --direction up &&
		refuses '--figure mode: choose median or mean' --metric first-write/cold/ext4/dax --good 5 --figure mode &&
		refuses '--good mean:5: not a median' --metric first-write/cold/ext4/dax --good mean:5 --figure median &&
		refuses '--floor much: not a percentage' --metric first-write/cold/ext4/dax --good 5 --floor much &&
		refuses 'for a --metric' --check ctime-mtime/ext4/dax --floor 2 &&
		refuses '--seeds 0: choose from 1' --metric first-write/cold/ext4/dax --good 5 --seeds 0 &&
		refuses 'unknown option --fast' --fast x &&
		refuses '--good needs a value' --check ctime-mtime/ext4/dax --good &&
		refuses 'no git repository' --metric first-write/cold/ext4/dax --good 5 --repo "$work/tmp"
}
plan_of_a_step() {
	history 100 && cost 0 --good 100 || return 1
	printf '%s\n' '[plan]' 'mode = count' 'filesystems = ext4' 'access = dax' 'checks = none' \
		'benchmarks = first-write' '[bench first-write]' 'arms = cold' >"$work/want"
	why=$(diff "$work/want" "$work/plan.booted") || return 1
	printf '%s\n' '[plan]' 'floor = 5' '[guest]' 'memory = 3000' '[bench first-write]' 'arms = cold' '	hole' \
		'operations = 64' '[bench freeze]' 'passes = 2' >"$work/plan.ini"
	rm -r "$work/kept"
	cost 0 --good 96 --plan "$work/plan.ini" || return 1
	echo 'operations = 64' >>"$work/want"
	why=$(diff "$work/want" "$work/plan.booted"; cat "$work/memory")
	[ "$why" = 3000 ]
}
bad_plans() {
	history 100
	printf '[plan]\nmode = emulated\n' >"$work/plan.ini"
	cost 202 --good 5 --plan "$work/plan.ini" && says err 'plan.ini: mode = emulated; .*mode = count' || return 1
	printf '[plan]\nmood = count\n' >"$work/plan.ini"
	cost 202 --good 5 --plan "$work/plan.ini" && says err 'plan.ini:2: unknown key "mood"'
}
other_question() {
	history 100 && cost 0 --good 100 && cost 202 --good 101 && says err 'log.tsv: is of another bisection .*--good 100' &&
		cost 0 --good 100 && [ -n "$(find "$work/kept" -name '02-*.jsonl')" ]
}
unwritable() {
	history 100
	: >"$work/file"
	run 204 "$bisect" --repo "$repo" --records "$work/file/kept" "${cold[@]}" --good 5 && says err 'file/kept: cannot be made'
}
interrupted() {
	local script status
	history slow
	rm -f "$work/building"
	"$bisect" --repo "$repo" --records "$work/kept" "${cold[@]}" --good 5 >"$work/out" 2>"$work/err" &
	script=$!
	why="it never builds"
	wait_until test -e "$work/building" || return 1
	kill -TERM "$script"
	wait_until is_gone "$script" || kill -KILL "$script"
	wait "$script"
	status=$?
	why="status $status, left: $(ls -A "$work/tmp")"
	[ "$status" -eq 143 ] && [ -z "$(ls -A "$work/tmp")" ]
}

# finds COMMIT BISECT-START... -- ARGUMENT...: by git bisect run itself
finds() {
	local want=$1 start=() out
	shift
	while [ "$1" != -- ]; do start+=("$1"); shift; done
	shift
	in_repo bisect start "${start[@]}" >"$work/started" 2>&1 || { why=$(cat "$work/started"); return 1; }
	cd "$repo" || return 1
	out=$(env -u GIT_DIR git bisect run "$bisect" --records "$work/kept" "$@" 2>&1 </dev/null)
	cd "$root" || return 1
	why=$(tail -n 5 <<<"$out")
	[ "$(in_repo rev-parse "refs/bisect/${term:-bad}")" = "$(in_repo rev-parse "$want")" ] &&
		grep -q "$(in_repo rev-parse "$want") is the first ${term:-bad} commit" <<<"$out"
}
finds_the_bad() {
	local term
	history 100 100 100 100 broken dead 100 100 103 103 103 broken 103 && finds c9 c13 c1 -- "${cold[@]}" --good 100 || return 1
	# a line a step, and records of those that were booted
	why=$(cut -f 2,6 "$work/kept/log.tsv" | tail -n +3)
	[ "$(wc -l <<<"$why")" -ge 4 ] && [ "$(find "$work/kept" -name '*.jsonl' | wc -l)" -eq "$(grep -cE 'good|bad' <<<"$why")" ]
}
finds_a_repair() {
	local term=fast
	history 100 100 90 90 90 90 &&
		finds c3 --term-old slow --term-new fast c6 c1 -- "${cold[@]}" --good 100 --direction better
}
finds_a_check() {
	local term
	history pass pass pass pass fail fail && finds c5 c6 c1 -- --check ctime-mtime/ext4/dax
}
leaves_the_checkout() {
	local term before
	history 100 100 104 104 104
	before=$(in_repo rev-parse HEAD)
	finds c3 --no-checkout c5 c1 -- "${cold[@]}" --good 100 && [ "$(in_repo rev-parse HEAD)" = "$before" ]
}
stops_git() {
	history 100 100 100 104 104
	finds c4 c5 c1 -- --metric first-write/warm/ext4/dax --good 100 && return 1
	grep -q 'unknown arm "warm"' <<<"$why" && grep -q 'exit code 202' <<<"$why" || return 1
	why=$(in_repo bisect log)
	grep -q '^git bisect start' <<<"$why" && ! grep -qE '^git bisect (good|bad|skip)' <<<"$why"
}
help() {
	run 0 "$root/scripts/bisect" --help && says out '^usage: git bisect run scripts/bisect' || return 1
	ln -sf "$root/scripts/bisect" "$work/daxmark-bisect"
	run 0 "$work/daxmark-bisect" --help && says out '^usage: git bisect run daxmark-bisect' &&
		run 202 "$work/daxmark-bisect" --fast x && says err '^daxmark-bisect: unknown option --fast'
}

test_that "a cost as good as the good one exits 0" good
test_that "a worse cost exits 1" bad
test_that "a change within the floor is none" within_floor
test_that "the floor is that of plans where none is given" default_floor
test_that "the repository is the one named, whatever git was told" other_repository
test_that "what is bad is worse, better or any change, as asked" directions
test_that "a revision that does not build exits 125, and its log is kept" no_build
test_that "a revision that the config does not fit exits 125" too_old
test_that "a revision that does not boot exits 125, and its console is kept" no_boot
test_that "a revision that cannot be measured exits 125" not_given
test_that "a full disk stops the bisection" lacks_disk
test_that "a missing program stops the bisection" lacks_qemu
test_that "a status that nobody foresaw stops the bisection" unforeseen
test_that "a check is good as long as its verdict is the good one" check_verdicts
test_that "seeds are judged one by one, and disagreeing ones are no verdict" seeds
test_that "--measure prints the figure of a revision" measure
test_that "of several metrics one has to be named" several_metrics
test_that "what is good can be taken from a result file" good_results
test_that "one figure is compared in all steps, whatever leads in each of them" one_figure_in_all_steps
test_that "the good results or --figure say whether medians or means are compared" figure_of_the_good
test_that "a result file that cannot be compared with is refused" other_results
test_that "bad input is refused before anything is built, and not taken for bad" bad_input
test_that "a step measures what is asked, as the plan has it" plan_of_a_step
test_that "a plan that does not count, or is wrong, is refused" bad_plans
test_that "the records of another bisection are not mixed with" other_question
test_that "a folder that cannot be written is named" unwritable
test_that "a step that is told to end ends what it began and leaves nothing" interrupted
test_that "git bisect run finds the commit that made it worse, past those that do not build or boot" finds_the_bad
test_that "git bisect run finds the commit that made it better" finds_a_repair
test_that "git bisect run finds the commit that broke a check" finds_a_check
test_that "git bisect run needs no checkout" leaves_the_checkout
test_that "bad input stops git bisect run and marks no revision" stops_git
test_that "--help says how to call it" help
finish
