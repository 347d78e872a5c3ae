#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A year, night by night, through the real commands: what is planted in tests/unit/data/year.awk is named, in the
# summary of the night in which it is found, and nothing else is.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${BUILD:-$root/build}/daxmark
export LC_ALL=C
mkdir "$work/time" "$work/count" "$work/results"
awk -v dir="$work/time" -v mode=time -f "$root/tests/unit/data/year.awk"
awk -v dir="$work/count" -v mode=count -f "$root/tests/unit/data/year.awk"

# Feeds all nights of a mode and leaves "NIGHT STATUS WORSE BETTER" of each whose summary names a new change, and
# the summaries; the change of night 90 is acknowledged five nights after it was found.
feed() { # MODE
	local night date status metric acknowledge=0
	while read -r night date; do
		"$daxmark" history add -r "$work/results" -b "$1" -d "$date" "$work/$1/$night.base.jsonl" \
			"$work/$1/$night.new.jsonl" >"$work/out" 2>"$work/err" || { why="night $night: $(cat "$work/err")"; return 1; }
		"$daxmark" history summary -r "$work/results" -b "$1" --judge >"$work/$1/$night.summary" 2>"$work/err"
		status=$?
		[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || { why="night $night: $(cat "$work/err")"; return 1; }
		sed -nE "1s/.*: ([0-9]+) new worse, ([0-9]+) new better .*/$night $status \1 \2/p" "$work/$1/$night.summary" |
			grep -v ' 0 0 0$' >>"$work/$1.found"
		if [ "$1" = time ] && [ "$night" -ge 90 ] && [ "$night" -lt 150 ] && [ "$status" -eq 3 ]; then
			acknowledge=$((night + 5))
		fi
		if [ "$night" -eq "$acknowledge" ]; then
			: >"$work/acknowledged"
			for metric in move move-p99; do
				"$daxmark" history ack -r "$work/results" "splice/file-null/$metric/ext4/dax/time@time" \
					--note 'a check more' >>"$work/acknowledged" || return 1
			done
		fi
	done <"$work/$1/nights"
}
feed_time() { feed time; }
feed_count() { feed count; }

# The operations of a pass are all alike there, so that a change of the median is one of the p99.
# Within 12 measured nights, 14 by the calendar, of the night it was planted in; the status is 3 where it is worse.
found() { # WHICH NIGHT STATUS WORSE BETTER
	local night status worse better
	read -r night status worse better < <(sed -n "$1p" "$work/time.found")
	why="$night $status $worse $better instead of a change of night $2: $(tr '\n' ';' <"$work/time.found")"
	[ "$night" -ge "$2" ] && [ "$night" -le $(($2 + 14)) ] && [ "$status $worse $better" = "$3 $4 $5" ]
}
# The nights that a change is said to have come with hold the one it was planted in.
named() { # WHICH NIGHT WORDS
	local night range
	night=$(sed -n "$1s/ .*//p" "$work/time.found")
	range=$(sed -n '/^New/,/^$/p' "$work/time/$night.summary" | tr '\n' ' ')
	why="night $night says: $range"
	[[ $range == *$3* ]] || return 1
	[[ $range =~ came\ with\ 6\.([0-9]+)(\ to\ 6\.([0-9]+))? ]] || return 1
	[ "${BASH_REMATCH[1]}" -le "$2" ] && [ "${BASH_REMATCH[3]:-${BASH_REMATCH[1]}}" -ge "$2" ]
}
splice() { found 1 90 3 2 0 && named 1 90 'splice file-null'; }
cold() { found 2 150 3 2 0 && named 2 150 'first write to an unmapped page'; }
freeze() { found 3 260 0 0 2 && named 3 260 'freeze idle'; }
splice_again() { found 4 300 3 2 0 && named 4 300 'splice file-null'; }
nothing_else() {
	why=$(tr '\n' ';' <"$work/time.found")
	[ "$(wc -l <"$work/time.found")" -eq 4 ]
}
quiet() {
	why=$(cat "$work/time/110.summary")
	grep -q '^Acknowledged, not shown: 2' "$work/time/110.summary" && ! grep -q splice "$work/time/110.summary" &&
		[ "$(sort -u "$work/acknowledged")" = "acknowledged 1 change in $work/results/acks.json" ]
}
runner_said() {
	why=$(cat "$work/time/200.summary")
	tr -s ' \n' ' ' <"$work/time/200.summary" | grep -q 'first with another runner: what it shows is not compared'
}
drift_said() {
	why=$(cat "$work/time/198.summary")
	grep -q '^No step is named in 2 costs that drift' "$work/time/198.summary"
}
fits() {
	! cat "$work"/*/*.summary | grep -qE '.{73}|[^ -~]' || { why='too wide, or not ASCII'; return 1; }
}
counts() {
	why=$(tr '\n' ';' <"$work/count.found")
	[ "$(cat "$work/count.found")" = "$(printf '20 3 1 0\n40 0 0 1')" ]
}

test_that "a year of timed nights is fed" feed_time
test_that "a regression is named soon after its night" splice
test_that "one amid outliers is, too" cold
test_that "an improvement is named, and is no failure" freeze
test_that "a second regression of a series is named" splice_again
test_that "outliers, gaps, drifts and another runner are no change" nothing_else
test_that "an acknowledged regression is quiet" quiet
test_that "another runner is said" runner_said
test_that "a cost that drifts is said" drift_said
test_that "nights of counts are fed" feed_count
test_that "a count that moved by 0.2% is named the first night, and nothing else is" counts
test_that "every summary fits a mail" fits
finish
