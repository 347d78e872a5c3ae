#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/soak finds what it is there to find: a runner that is none leaves something behind, takes more from round to
# round, or gives other figures.
# shellcheck disable=SC2317,SC2015,SC2016 # the functions are called by test_that; the runner's own words are not ours

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# The real scripts, beside a runner that does what the file "plant" says.
mkdir -p "$work/tree/build" "$work/tree/configs" "$work/here"
cp -r "$root/scripts" "$work/tree/"
ln -s "$root/build/daxmark" "$work/tree/build/daxmark"
cat >"$work/tree/build/daxmark-run" <<'RUNNER'
#!/bin/bash
output='' seed='' topology=''
while [ $# -gt 0 ]; do
	case $1 in
	--check) exit ;;
	--output) output=$2 ;;
	--seed) seed=$2 ;;
	--topology) topology=$2 ;;
	esac
	shift
done
work=$(readlink -f "${0%/*}/../..")
round=$(($(cat "$work/round" 2>/dev/null || echo 0) + 1))
echo $round >"$work/round"
median=100
# Returns when scripts/soak has looked at all processes from now on: it sleeps after each look.
be_seen() {
	local i before
	before=$(wc -l <"$work/sleeps")
	for ((i = 0; i < 3000; i++)); do
		[ "$(wc -l <"$work/sleeps")" -lt $((before + 2)) ] || return
		"$work/path/real-sleep" 0.1
	done
}
. "$work/plant"
[ -z "$topology" ] || echo '<topology/>' >"$topology"
{
	printf '{"kind":"machine","format":1,"mode":"time","seed":%s,"kernel":"6.1.0","clock":{"source":"rdtsc","unit":"ns","overhead":4},"runner":"beef"}\n' "$seed"
	printf '{"kind":"target","fs":"ext4","access":"page-cache","dax":false}\n'
	printf '{"kind":"sample","bench":"first-write","arm":"cold","fs":"ext4","access":"page-cache","metric":"write","unit":"ns","better":"lower","n":4,"min":%d,"median":%d,"mean":%d,"p90":%d,"p99":%d,"max":%d,"faults":4,"histogram":[[%d,4]]}\n' \
		$median $median $median $median $median $median $((median / 2 * 2))
	printf '{"kind":"end","lines":3}\n'
} >"$output"
RUNNER
chmod +x "$work/tree/build/daxmark-run"
printf '[plan]\nmode = time\nseeds = 1\n[target here]\ndirectory = %s\n' "$work/here" >"$work/plan.ini"

mkdir "$work/path"
ln -s "$(command -v sleep)" "$work/path/real-sleep"
printf '#!/bin/sh\necho >>"%s/sleeps"\nexec "%s/path/real-sleep" "$@"\n' "$work" "$work" >"$work/path/sleep"
chmod +x "$work/path/sleep"
: >"$work/sleeps"
PATH=$work/path:$PATH

soak() { # STATUS ROUNDS; what the runner does besides is standard input
	cat >"$work/plant"
	rm -rf "$work/round" "$work/results"
	run "$1" "$work/tree/scripts/soak" --rounds "$2" --results "$work/results" "$work/plan.ini"
}
rounds() { # N: so many there were
	local n
	n=$(($(wc -l <"$(echo "$work"/results/soak-*/rounds.tsv)") - 1))
	[ "$n" -eq "$1" ] || { why="$n rounds instead of $1"; return 1; }
}
named() { # WORDS: also in the folder, with what they are of
	says err "$1" && grep -qE -- "$1" "$work"/results/soak-*/found.txt
}

clean() {
	soak 0 9 <<<be_seen && rounds 9 && says out '9 rounds in .* nothing left, nothing grew, nothing drifted' &&
		[ ! -e "$(echo "$work"/results/soak-*)/tmp" ]
}
temporary_folder() {
	soak 1 5 <<<'[ $round -lt 2 ] || mkdir "$TMPDIR/left"' && rounds 2 && named 'temporary file or folder is left' && named '/tmp/left'
}
process() {
	soak 1 5 <<<'setsid real-sleep 3600 </dev/null >/dev/null 2>&1 & echo $! >"$work/sleeper"' && rounds 1 &&
		named 'a process is left' && named 'sleep 3600'
	local status=$?
	kill "$(cat "$work/sleeper")"
	return "$status"
}
failed_round() {
	soak 5 5 <<<'[ $round -lt 2 ] || { echo "the target is on fire" >&2; exit 5; }' && rounds 2 && says err 'on fire' &&
		says err 'round 2 ended with status 5'
}
memory() {
	soak 1 20 <<<'[ $round -lt 3 ] || { held=$(head -c $((round * 2000000)) /dev/zero | tr "\0" x); }; be_seen' &&
		rounds 6 && named "the runner's memory grows from [0-9]+ to [0-9]+ KiB"
}
descriptors() {
	soak 1 20 <<<'for ((i = 0; i < 10 * round; i++)); do exec {fd}</dev/null; done; be_seen' && rounds 6 &&
		named 'descriptors grow from [0-9]+ to [0-9]+'
}
drift() {
	soak 1 20 <<<'median=$((100 + 10 * round))' && named 'native drifts' && named 'first-write cold write .*: 1[0-9]+.* to [12][0-9]+'
}
small_drift() {
	soak 0 12 <<<'median=$((100 + round))'
}
# Two kernels in guests that count, of which the second changes its mind in the third round.
counts() {
	mkdir -p "$work/bin" "$work/cache"
	fake_qemu "$work/bin"
	fake_image "$work/first" 1
	fake_image "$work/second" 2
	printf '[plan]\nseeds = 1\n[kernel without]\nsource = image:%s\n[kernel with]\nsource = image:%s\n' "$work"/{first,second} >"$work/counts.ini"
	cat >"$work/bin/guest" <<'GUEST'
median=$(($(tail -c 1 "$bzimage") * 100))
[ $median -ne 200 ] || {
	echo >>"${0%/*}/rounds"
	[ "$(wc -l <"${0%/*}/rounds")" -lt 3 ] || median=202
}
{
	printf '{"kind":"machine","format":1,"mode":"count","seed":%s,"kernel":"6.1.0","clock":{"source":"rdtsc","unit":"instructions","overhead":4},"runner":"beef"}\n' "$seed"
	printf '{"kind":"target","fs":"ext4","access":"dax","dax":true}\n'
	printf '{"kind":"sample","bench":"first-write","arm":"cold","fs":"ext4","access":"dax","metric":"write","unit":"instructions","better":"lower","n":4,"min":%d,"median":%d,"mean":%d,"p90":%d,"p99":%d,"max":%d,"faults":4,"histogram":[[%d,4]]}\n' \
		$median $median $median $median $median $median $median
	printf '{"kind":"end","lines":3}\n'
} >"$records"
GUEST
	rm -rf "$work/results"
	PATH=$work/bin:$PATH XDG_CACHE_HOME=$work/cache run 1 "$root/scripts/soak" --rounds 9 --results "$work/results" "$work/counts.ini" &&
		rounds 3 && named 'after 3 rounds: with drifts' && named 'first-write cold write on ext4 dax: 200 to 202 instructions'
}
wrong_words() {
	run 2 "$root/scripts/soak" --minutes 0 && says err 'choose a whole number from 1' &&
		run 2 "$root/scripts/soak" --rounds 1 && says err 'at least 2' && run 2 "$root/scripts/soak" --drift 1000 &&
		says err 'percentage' && run 2 "$root/scripts/soak" "$work/none.ini" && says err 'none.ini: cannot be read' &&
		run 2 "$root/scripts/soak" --fast && says err 'unknown option --fast'
}
interrupted() {
	echo 'echo $$ >"$work/runner" && exec real-sleep 3600' >"$work/plant"
	rm -rf "$work/results"
	"$work/tree/scripts/soak" --results "$work/results" "$work/plan.ini" 2>"$work/err" &
	local soak=$!
	wait_until test -s "$work/runner"
	kill -TERM "$soak"
	wait "$soak"
	local status=$?
	[ "$status" -eq 143 ] || { why="status $status"; return 1; }
	! pgrep -f "$work/tree" >"$work/left" && is_gone "$(cat "$work/runner")" || { why="left: $(cat "$work/left")"; return 1; }
}

mount_left() {
	soak 1 5 <<<'mkdir "$TMPDIR/left" && mount -t tmpfs tmpfs "$TMPDIR/left"' && rounds 1 && named 'a mount is left' && named 'tmp/left'
	local status=$?
	umount "$work"/results/soak-*/tmp/left
	return "$status"
}
loop_left() {
	soak 1 5 <<<'truncate -s 1M "$TMPDIR/image" && losetup -f --show "$TMPDIR/image" >"$work/loop"' && rounds 1 && named 'a loop device is left'
	local status=$?
	losetup -d "$(cat "$work/loop")"
	return "$status"
}
frozen() {
	soak 1 5 <<<'fsfreeze -f "$work/here"' && rounds 1 && named 'here: cannot be written within 10 s: is its file system frozen'
	local status=$?
	fsfreeze -u "$work/here"
	return "$status"
}

test_that "a plan that leaves nothing and does not change is soaked to its end" clean
test_that "a temporary folder that is left ends it" temporary_folder
test_that "a process that is left ends it" process
test_that "a round that fails ends it with that status" failed_round
test_that "a runner whose memory grows ends it" memory
test_that "descriptors that become more end it" descriptors
test_that "figures that drift end it" drift
test_that "a drift within the limit is none" small_drift
test_that "a count that is another one ends it" counts
test_that "what it cannot do is refused" wrong_words
test_that "interrupted, it ends its round" interrupted
# What takes root is tried where it works.
if mkdir "$work/try" && mount -t tmpfs tmpfs "$work/try" 2>/dev/null; then
	umount "$work/try"
	test_that "a mount that is left ends it" mount_left
	truncate -s 1M "$work/image"
	if loop=$(losetup -f --show "$work/image" 2>/dev/null); then
		losetup -d "$loop"
		test_that "a loop device that is left ends it" loop_left
	else
		skip_that "a loop device that is left ends it" "no loop devices here"
	fi
	truncate -s 16M "$work/image"
	if mke2fs -q -F -t ext4 "$work/image" && mount -o loop "$work/image" "$work/here" 2>/dev/null; then
		test_that "a file system that is left frozen ends it" frozen
		# who waited for the thaw is still writing
		wait_until umount "$work/here" 2>/dev/null
	else
		skip_that "a file system that is left frozen ends it" "none can be mounted on a loop device here"
	fi
else
	skip_that "a mount that is left ends it" "takes root"
fi
finish
