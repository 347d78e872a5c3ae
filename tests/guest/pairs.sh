#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Timed guests: without KVM they are refused before anything is built. With it they are booted in pairs, in the
# order that daxmark plan gives, one at a time. KVM is not everywhere, so a QEMU that emulates stands in for one that
# has it: what is seen here is which guests are booted, how and when. No time is looked at.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

qemu=$(command -v qemu-system-x86_64) || exit
image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
{
	printf '[plan]\nmode = time\npairs = 3\norder_seed = 5\nfilesystems = ext4\naccess = dax\n'
	printf 'benchmarks = noop\nchecks = dax-proved\n[guest]\ntime_limit = 3000\n'
	printf '[kernel old]\nsource = image:%s\n[kernel new]\nsource = image:%s\n' "$image/bzImage" "$image/bzImage"
} >"$work/plan.ini"
results=$work/results/latest

# stand_in NAME: a QEMU, in a folder of its own
stand_in() {
	mkdir -p "$work/$1"
	cat >"$work/$1/qemu-system-x86_64"
	chmod +x "$work/$1/qemu-system-x86_64"
}
bench() { # STAND-IN STATUS
	run "$2" env PATH="$work/$1:$PATH" "$root/scripts/bench" --results "$work/results" "$work/plan.ini"
}
# The guest's clocks run on its instructions, so that its time does not depend on what else this machine does. To the
# probe, which has a limit in seconds, the answer is that of a KVM that works; the boot sector itself is tried below.
stand_in emulating <<STAND_IN
#!/bin/bash
words=()
for word; do
	case \$word in
	file=*/sector,format=raw,if=floppy)
		word=\${word#file=}
		cp "\${word%%,*}" "$work/sector"
		exit 33
		;;
	kvm) word=tcg,thread=single ;;
	host | host,*) word=qemu64,+rdtscp,+clflushopt,+clwb,tcg-cpuid=off ;;
	esac
	words+=("\$word")
done
printf '%s\n' "\$*" >>"$work/commands"
exec "$qemu" -icount shift=0,sleep=off -rtc base=2020-01-01,clock=vm "\${words[@]}"
STAND_IN
stand_in lacking <<'STAND_IN'
#!/bin/sh
echo 'Could not access KVM kernel module: No such file or directory' >&2
echo 'qemu-system-x86_64: failed to initialize kvm: No such file or directory' >&2
exit 1
STAND_IN
stand_in hanging <<'STAND_IN'
#!/bin/sh
while :; do :; done
STAND_IN
# One that has its processor for a moment in twenty seconds.
stand_in busy <<'STAND_IN'
#!/bin/sh
case $* in
*file=*/sector,*) sleep 22 && exit 33 ;;
esac
STAND_IN

refused() { # STAND-IN REASON
	mkdir -p "$work/cache"
	run 4 env PATH="$work/$1:$PATH" XDG_CACHE_HOME="$work/cache" "$root/scripts/bench" \
		--results "$work/results" "$root/configs/kvm.ini" && says err "$2" &&
		says err 'use mode = count for guests, or time targets of this machine' || return 1
	why="left: $(find "$work/cache" -name bzImage; ls -A "$work/results")"
	[ "$why" = 'left: ' ] || return 1
	# beside the tree in which patches are tried, where there is none yet
	why=$(cat "$work/err")
	[ "$(grep -vc '^kernel: unpacking ' "$work/err")" -eq 1 ]
}
lacking() { refused lacking 'mode time takes KVM, .*: Could not access KVM kernel module: No such file'; }
hanging() { refused hanging 'does not begin within 5 s of processor time'; }
busy() { run 0 env PATH="$work/busy:$PATH" "$root/build/daxmark-guest" --probe --mode time; }

# --- As if there were KVM

sector() {
	run 33 "$qemu" -M pc -m 64 -nodefaults -no-user-config -display none -no-reboot -accel tcg \
		-device isa-debug-exit,iobase=0xf4 -drive "file=$work/sector,format=raw,if=floppy"
}
runs() { bench emulating 0 && [ -s "$results/report.txt" ]; }
# LABEL PAIR SEED, by position
as_planned() {
	run 0 "$root/build/daxmark" plan "$work/plan.ini" || return 1
	sed -n 's/^boot	//p' "$work/out" >"$work/planned"
	jq -r 'select(.kind == "run") | [.position, .label, .pair, .seed] | @tsv' "$results"/{old,new}.jsonl |
		sort -n >"$work/booted"
	why=$(diff "$work/planned" "$work/booted") && [ "$(wc -l <"$work/booted")" -eq 6 ]
}
# The commands of QEMU are in the order in which it was called, each after a probe.
really_so() {
	grep -o 'daxmark.seed=[0-9]*' "$work/commands" | sed 's/.*=//' >"$work/seeds"
	why=$(diff <(cut -f 4 "$work/planned") "$work/seeds")
}
one_session() {
	why=$(jq -c 'select(.kind == "run") | [.session, .order_seed]' "$results"/{old,new}.jsonl | sort | uniq -c)
	[[ $why =~ ^\ *6\ \[\"[0-9a-f-]{36}\",5\]$ ]]
}
bound() {
	local last
	last=$(taskset -c -p $$ | sed 's/.*[ ,-]//')
	why=$(jq -c 'select(.kind == "run") | .pinned' "$results"/{old,new}.jsonl | uniq)
	[ "$why" = "[$last]" ]
}
invariant() {
	grep 'daxmark.seed' "$work/commands" | grep -vqe '-accel kvm -cpu host,migratable=off,+invtsc ' || return 0
	why=$(head -n 1 "$work/commands")
	return 1
}
# Three kernels: a pair is one boot of each, and each is compared with the one before and the first.
row() {
	{
		printf '[plan]\nmode = time\npairs = 1\norder_seed = 5\nfilesystems = ext4\naccess = dax\n'
		printf 'benchmarks = noop\nchecks = dax-proved\n[guest]\ntime_limit = 3000\n'
		printf "[kernel %s]\nsource = image:$image/bzImage\n" old mid new
	} >"$work/row.ini"
	run 0 env PATH="$work/emulating:$PATH" "$root/scripts/bench" --results "$work/row" "$work/row.ini" || return 1
	run 0 "$root/build/daxmark" plan "$work/row.ini" || return 1
	sed -n 's/^boot	//p' "$work/out" >"$work/planned"
	why=$(jq -r 'select(.kind == "run") | [.position, .label, .pair, .seed] | @tsv' "$work/row/latest"/*.jsonl |
		sort -n | diff "$work/planned" -) && [ "$(wc -l <"$work/planned")" -eq 3 ] || return 1
	why=$(jq -c '[[.sides[].label], (.costs[0] | .before[2].pairs, .first[2].pairs)]' \
		"$work/row/latest/compare.json")
	[ "$why" = '[["old","mid","new"],1,1]' ]
}
too_few() {
	why=$(jq -c '[.metrics[] | .verdict, .n] | unique' "$results/compare.json")
	[[ $why =~ inconclusive ]] && [[ ! $why =~ (better|worse|same) ]]
}
half() {
	# the last pair without its second boot: whole streams, so each file by itself is good
	awk '/"kind":"run"/ { boots++ } boots < 3' "$results/new.jsonl" >"$work/half.jsonl"
	run 2 "$root/build/daxmark" compare "$results/old.jsonl" "$work/half.jsonl" &&
		says err 'has a boot of pair 3 \(line [0-9]+, session [0-9a-f-]+\), .*half.jsonl has none'
}
again() {
	cp "$results/old.jsonl" "$work/copy.jsonl"
	run 2 "$root/build/daxmark" compare "$results/old.jsonl,$work/copy.jsonl" "$results/new.jsonl" &&
		says err 'boot [1-6] of session [0-9a-f-]+ is already on line 1'
}

mkdir "$work/results"
test_that "timed guests are refused where QEMU has no KVM, before anything is built" lacking
test_that "timed guests are refused where KVM hangs, before anything is built" hanging
test_that "a KVM that works is taken for that, however busy the machine is" busy
test_that "timed guests run to a report" runs
test_that "the boot sector of the probe ends QEMU by the status that says that KVM works" sector
test_that "each boot is recorded with its place, pair and seed, as the plan's order_seed has them" as_planned
test_that "that is the order in which they were booted" really_so
test_that "all boots of a run are of one session, with its order_seed" one_session
test_that "each guest's processor is bound to the last one there is" bound
test_that "a timed guest is asked for with KVM and an invariant TSC" invariant
test_that "three pairs give no verdict" too_few
test_that "three timed kernels are booted as planned and compared in a row" row
test_that "a boot without the other of its pair is refused" half
test_that "a copy of a boot on its own side is refused" again
finish
