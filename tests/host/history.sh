#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark history: nights come in whole or not at all, once, in their order, and nothing that goes wrong loses one.
# shellcheck disable=SC2317,SC2015,SC2119,SC2120 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${BUILD:-$root/build}/daxmark
export LC_ALL=C

# A few counted nights, and the folder in which each test keeps its history.
mkdir -p "$work/count"
awk -v dir="$work/count" -v mode=count -f "$root/tests/unit/data/year.awk"
history() { "$daxmark" history "$@"; }
add() { # NIGHT [OPTION...]
	history add -r "$dir" -d "$(sed -n "s/^$1 //p" "$work/count/nights")" "${@:2}" \
		"$work/count/$1.base.jsonl" "$work/count/$1.new.jsonl"
}
begin() { # NAME NIGHTS: sets dir
	local night
	dir=$work/$1
	mkdir -p "$dir"
	for ((night = 1; night <= $2; night++)); do add "$night" >/dev/null || return 1; done
}
nights() { history list -r "$dir" "$@" | grep -c '^  2'; }
have() { # N
	local n
	n=$(nights)
	[ "$n" -eq "$1" ] || { why="$n nights instead of $1"; return 1; }
}
sql() { sqlite3 -cmd '.timeout 20000' "$dir/history.db" "$1"; }
one_line() {
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
}

# --- Adding

twice() {
	begin twice 2 && run 0 add 2 && says out 'already; nothing added' && have 2 &&
		[ "$(find "$dir" -name night.json | wc -l)" -eq 2 ] && [ -z "$(find "$dir" -name '.night*')" ]
}
other_content() {
	begin other 2
	sed 's/"image_sha256":"count3"/"image_sha256":"count2"/' "$work/count/3.new.jsonl" >"$work/3.new.jsonl"
	run 2 history add -r "$dir" -d 2025-01-03 "$work/count/3.base.jsonl" "$work/3.new.jsonl" &&
		says err 'in the history of main already, with other results.*remove that folder' && one_line && have 2
}
same_revision() {
	dir=$work/revision
	mkdir "$dir"
	add 1 -R abc >/dev/null && run 2 add 2 -R abc && says err 'already, with other results' && have 1 &&
		[ "$(history list -r "$dir" -R abc | wc -l)" -eq 2 ] && [ -z "$(history list -r "$dir" -R abd)" ]
}
cut_short() {
	begin cut 1
	sed '$d' "$work/count/2.new.jsonl" >"$work/2.new.jsonl"
	run 2 history add -r "$dir" "$work/count/2.base.jsonl" "$work/2.new.jsonl" &&
		says err '2.new.jsonl:1?: the stream .* has no "end"|no "end": the run was cut short' && have 1
}
backwards() {
	begin backwards 3
	# no --date: the clock is asked, or the name of the folder
	mkdir "$dir/20240101T000000Z" && cp "$work/count/4.base.jsonl" "$work/count/4.new.jsonl" "$dir/20240101T000000Z/"
	printf '[kernel 4.base]\nsource = image:/x\n[kernel 4.new]\nsource = image:/x\n' >"$dir/20240101T000000Z/plan.ini"
	run 2 history add -r "$dir" "$dir/20240101T000000Z" &&
		says err 'dated 2024-01-01.*before the last night.*clock went backwards; name its date with --date' && one_line &&
		have 3 && run 0 history add -r "$dir" -d 2025-01-04 "$dir/20240101T000000Z" && have 4
}
future() {
	begin future 1
	run 2 history add -r "$dir" -d 2999-01-01 "$work/count/2.base.jsonl" "$work/count/2.new.jsonl" &&
		says err 'is still to come' && have 1
}
bad_dates() {
	local date
	begin dates 0
	for date in 2025-02-29 2025-13-01 tomorrow 2025-1-1 -2025-01-01 '2025-01-01 '; do
		run 2 history add -r "$dir" --date="$date" "$work/count/2.base.jsonl" "$work/count/2.new.jsonl" &&
			says err "date is '$date'" || return 1
	done
	run 0 history add -r "$dir" --date=2024-02-29T23:59:59Z "$work/count/2.base.jsonl" "$work/count/2.new.jsonl"
}
elsewhere() {
	begin elsewhere 1
	mkdir -p "$work/away"
	run 2 history add -r "$dir" "$work/away" && says err 'lies elsewhere than in .*move it there' &&
		run 2 history add -r "$dir" "$dir/none" && says err 'none: No such file'
}
hostile_names() {
	begin hostile 1
	run 0 history add -r "$dir" -d 2025-01-02 -b "x'); DROP TABLE night; --" -k '"quoted", and =1+1' \
		"$work/count/2.base.jsonl" "$work/count/2.new.jsonl" && have 2 &&
		history export -r "$dir" -f csv | grep -qF ",\"\"\"quoted\"\", and =1+1\"," &&
		history export -r "$dir" | jq -e '.nights[1].branch == "x'"'"'); DROP TABLE night; --"' >/dev/null ||
		{ why=${why:-'the export differs'}; return 1; }
}

# --- Checks

# A night whose check of times came out so on the followed kernel.
checked() { # NIGHT VERDICT [OPTION...]
	local side verdict lines
	for side in base new; do
		verdict=pass
		[ "$side" = base ] || verdict=$2
		lines=$(wc -l <"$work/count/$1.$side.jsonl")
		sed -e "\$i {\"kind\":\"check\",\"name\":\"ctime-mtime\",\"label\":\"c/mtime updated\",\"fs\":\"ext4\",\"access\":\"dax\",\"verdict\":\"$verdict\",\"evidence\":\"seen $verdict\"}" \
			-e "\$s/:[0-9]*}/:$((lines - 1))}/" "$work/count/$1.$side.jsonl" >"$dir/$1.$side.jsonl"
	done
	history add -r "$dir" -d "$(sed -n "s/^$1 //p" "$work/count/nights")" "$dir/$1.base.jsonl" "$dir/$1.new.jsonl"
}
summary() { run "$1" history summary -r "$dir" --judge; }
broken_promise() {
	begin promise 0
	checked 1 pass >/dev/null && summary 0 && ! says out 'ctime|c/mtime' || { why=${why:-'told without need'}; return 1; }
	checked 2 fail >/dev/null && summary 3 && says out '^main: 1 check newly failing, ' &&
		says out 'Checks that came out differently' && says out 'FAIL: c/mtime updated, ext4 DAX' && says out 'seen fail' &&
		checked 3 fail >/dev/null && summary 0 && says out 'Checks that still fail' && says out 'since 2025-01-02, 6.2' &&
		checked 4 skip >/dev/null && summary 0 && says out 'skip: c/mtime updated' &&
		checked 5 skip >/dev/null && summary 0 && why='told of a skip twice' && ! grep -q 'c/mtime' "$work/out" &&
		checked 6 pass >/dev/null && summary 0 && says out 'pass: c/mtime updated'
}
# A night that did not check says nothing; what failed before it does.
promise_over_a_gap() {
	begin gap 0
	checked 1 pass >/dev/null && add 2 >/dev/null && checked 3 fail >/dev/null && summary 3 &&
		history export -r "$dir" | jq -e '.checks == [{branch: "main", mode: "count", name: "ctime-mtime", fs: "ext4", access: "dax",
			base: "pass", new: "fail", before: "pass", night: 2, since: 2, is_new: true, evidence: "seen fail"}]' >/dev/null ||
		{ why=${why:-"$(history export -r "$dir" | jq -c .checks)"}; return 1; }
	told "$dir" >"$work/gap.told" && rm "$dir"/history.db* && run 0 history rebuild "$dir" && told "$dir" | diff - "$work/gap.told" >"$work/diff" ||
		{ why=$(head -n 3 "$work/diff"); return 1; }
}
# The first night of a branch has nothing to fall back from; what the baseline keeps is said.
broken_from_the_start() {
	begin start 0
	checked 1 fail >/dev/null && summary 0 && says out 'the baseline passes; no earlier night'
}

# A night without a cost, in which the same check came out so.
checked_alone() { # NIGHT VERDICT [MODE]
	local side verdict mode=${3:-count}
	for side in base new; do
		verdict=pass
		[ "$side" = base ] || verdict=$2
		sed -e '/"kind":"sample"/d' -e "s/\"mode\":\"count\"/\"mode\":\"$mode\"/" -e "s/:[0-9]*}\$/:4}/" \
			-e "\$i {\"kind\":\"check\",\"name\":\"ctime-mtime\",\"label\":\"c/mtime updated\",\"fs\":\"ext4\",\"access\":\"dax\",\"verdict\":\"$verdict\",\"evidence\":\"seen $verdict\"}" \
			"$work/count/$1.$side.jsonl" >"$dir/$1.$side.jsonl"
	done
	history add -r "$dir" -d "$(sed -n "s/^$1 //p" "$work/count/nights")" "$dir/$1.base.jsonl" "$dir/$1.new.jsonl"
}
checks_alone() {
	begin alone 0
	run 0 checked_alone 1 pass && summary 0 && says out 'main: checks alone, no cost was measured' &&
		run 0 checked_alone 2 fail && summary 3 && says out '^main: 1 check newly failing, checks alone' &&
		says out 'FAIL: c/mtime updated, ext4 DAX' && have 2 && run 0 history check -r "$dir" &&
		run 0 history page -r "$dir" && grep -q '1 check newly failing' "$dir/index.html" || return 1
	# a night beside them that measured as well
	add 3 >/dev/null && checked 4 fail >/dev/null && summary 0 && says out 'since 2025-01-02'
}
checks_emulated() {
	begin emulated 2
	run 0 checked_alone 3 pass emulated && run 0 checked_alone 4 fail emulated && summary 3 &&
		says out 'mode emulated' && says out '1 check newly failing' && have 4 &&
		rm "$dir"/history.db* && run 0 history rebuild "$dir" && summary 3 && have 4
}
nothing_at_all() {
	begin nothing 0
	run 2 checked_alone 1 skip && says err 'no check came to a verdict .*nothing to keep' && one_line
}

# --- A level that is back

# The cold write counts so, and the runner is the first one all the time.
level() { # NIGHT VALUE
	local side
	for side in base new; do
		sed -e 's/"runner":"second"/"runner":"first"/' "$work/count/$1.$side.jsonl" >"$dir/$1.$side.jsonl"
	done
	sed -i "/\"arm\":\"cold\"/s/:50[0-9][0-9]\([,}]\)/:$2\1/g; s/\[\[[0-9]*,100\]\]/[[$(($2 / 32 * 32)),100]]/" "$dir/$1.new.jsonl"
	history add -r "$dir" -d "$(sed -n "s/^$1 //p" "$work/count/nights")" "$dir/$1.base.jsonl" "$dir/$1.new.jsonl"
}
level_is_back() {
	local id
	begin back 3
	run 0 level 4 5100 && summary 3 && says out 'New, worse: 1' || return 1
	id=$(history export -r "$dir" | jq -r '.changes[0].id')
	run 0 level 5 5100 && summary 0 && says out 'Open since earlier, worse: 1' &&
		run 0 level 6 5001 && summary 0 && says out '0 new worse, 0 new better' &&
		says out 'An earlier level is back, better: 1' && says out "the level before change $id is back" &&
		why='still open' && ! grep -q Open "$work/out" &&
		[ "$(history export -r "$dir" | jq -r '[.changes[].state] | join(" ")')" = 'closed return' ] &&
		[ "$(history export -r "$dir" | jq -r '.changes[1].returns')" = "$id" ] || return 1
	# an improvement that is taken back after days is no regression
	run 0 level 7 4900 && summary 0 && run 0 level 8 5000 && summary 0 &&
		says out 'An earlier level is back, worse: 1' || return 1
	told "$dir" >"$work/back.told" && rm "$dir"/history.db* && run 0 history rebuild "$dir" &&
		told "$dir" | diff - "$work/back.told" >"$work/diff" || { why=$(head -n 3 "$work/diff"); return 1; }
}
# People have come to take it for the level that there is.
level_is_back_late() {
	local night
	begin late 3
	for ((night = 4; night <= 34; night++)); do level "$night" 4900 >/dev/null || return 1; done
	run 0 level 35 5000 && summary 3 && says out 'New, worse: 1' && says out 'the level before change .* is back'
}

# --- The tail

# Two of a hundred operations take so many times as long as the others.
lengthen() { # TIMES FILE
	awk -v times="$1" 'function bucket(value, width) { for (width = 1; value / width >= 256;) width *= 2; return int(value / width) * width }
		/"kind":"sample"/ {
			match($0, /"p99":[0-9]+/)
			tail = int(substr($0, RSTART + 6, RLENGTH - 6) * times)
			sub(/"p99":[0-9]+/, "\"p99\":" tail)
			sub(/"max":[0-9]+/, "\"max\":" tail)
			sub(/,100\]\]/, ",98],[" bucket(tail) ",2]]")
		}
		{ print }' "$2"
}
# Times of which from night 25 on the p99 alone is a third longer.
tail_of_times() {
	local night date
	dir=$work/tail
	mkdir -p "$dir" "$work/time"
	awk -v dir="$work/time" -v mode=time -f "$root/tests/unit/data/year.awk"
	while read -r night date; do
		[ "$night" -lt 40 ] || break
		lengthen 1.2 "$work/time/$night.base.jsonl" >"$dir/$night.base.jsonl"
		lengthen "$([ "$night" -ge 25 ] && echo 1.6 || echo 1.2)" "$work/time/$night.new.jsonl" >"$dir/$night.new.jsonl"
		history add -r "$dir" -d "$date" "$dir/$night.base.jsonl" "$dir/$night.new.jsonl" >"$work/out" 2>"$work/err" ||
			{ why=$(cat "$work/err"); return 1; }
		history summary -r "$dir" --judge >"$work/tail.out" 2>&1 || break
	done <"$work/time/nights"
	why="night $night: $(cat "$work/tail.out")"
	[ "$night" -ge 25 ] && [ "$night" -le 31 ] && grep -q 'worse: p99 of splice file-null, ext4 DAX' <(tr -s ' \n' ' ' <"$work/tail.out") || return 1
	run 0 history changes -r "$dir" && says out 'p99 of splice' &&
		run 0 history show -r "$dir" && says out '^first-write/cold/write-p99/ext4/dax/time@main$' &&
		run 0 history show -r "$dir" splice/file-null/move-p99/ext4/dax/time@main && says out 'p99 of splice file-null' &&
		why='a median is said to have changed' &&
		history export -r "$dir" | jq -e '(.changes | length) > 0 and ([.changes[].series | contains("-p99/")] | all) and
			([.series[] | select(.figure == "p99")] | length) == 5 and ([.series[] | select(.figure == "median")] | length) == 5' >/dev/null &&
		run 0 history export -r "$dir" -f csv && says out ',p99$' && run 0 history page -r "$dir" &&
		[ -s "$dir/graphs/splice_file-null_move-p99_ext4_dax_time_main.html" ] && grep -q 'p99 of splice' "$dir/index.html" || return 1
	run 0 history ack -r "$dir" splice/file-null/move-p99/ext4/dax/time@main -n known &&
		jq -e '.acks[0].figure == "p99"' "$dir/acks.json" >/dev/null &&
		[ "$(history export -r "$dir" | jq '[.changes[] | select(.state == "acknowledged")] | length')" -eq 1 ]
}

# --- The index

# What a history says of itself, but for paths.
told() { history export -r "$1"; history changes -r "$1"; history summary -r "$1"; }
rebuilt() {
	begin rebuilt 45
	told "$dir" >"$work/before"
	grep -q '"changes":\[$' "$work/before" && grep -q '"worse":true' "$work/before" || { why='no change to keep'; return 1; }
	rm "$dir"/history.db*
	run 0 history rebuild "$dir" && says out ': 45 nights' && told "$dir" | diff - "$work/before" >"$work/diff" ||
		{ why=$(head -n 3 "$work/diff"); return 1; }
}
in_any_order() {
	local night
	dir=$work/order
	mkdir "$dir"
	for night in $(seq 1 2 45) $(seq 2 2 45); do add "$night" >/dev/null || return 1; done
	told "$dir" | diff - "$work/before" >"$work/diff" || { why=$(head -n 3 "$work/diff"); return 1; }
}
newer() {
	begin newer 1
	sql 'PRAGMA user_version = 99' &&
		run 2 history list -r "$dir" && says err 'of version 99, this daxmark knows [0-9]+; use the newer' && one_line &&
		run 2 add 2 && run 2 history rebuild "$dir" && says err 'of version 99' &&
		[ "$(find "$dir" -name night.json | wc -l)" -eq 1 ] && sql 'PRAGMA user_version = 5' && have 1
}
foreign() {
	mkdir "$work/foreign"
	sqlite3 "$work/foreign/history.db" 'CREATE TABLE mine(x)' && run 2 history list -r "$work/foreign" &&
		says err 'no history of daxmark; move it away' && one_line
}
damaged() {
	begin damaged 3
	sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	dd if=/dev/zero of="$dir/history.db" bs=4096 seek=1 count=40 conv=notrunc 2>/dev/null
	run 2 history check -r "$dir" && says err "is damaged .*nothing is lost.*daxmark history rebuild $dir" && one_line &&
		run 2 add 4 && says err 'is damaged' &&
		run 0 history rebuild "$dir" && have 3 && [ -s "$dir/history.db.damaged-1" ] && run 0 add 4 && have 4
}
no_database() {
	begin nodb 2
	echo 'this is no database, but it is long enough to be taken for a header of one' >"$dir/history.db"
	rm -f "$dir"/history.db-*
	run 2 history list -r "$dir" && says err 'is damaged' && run 0 history rebuild "$dir" && have 2
}
# Nights of an older history have none until they are added again.
without_words() { sed 's/"words":"[^"]*",//; s/a first write to an unmapped page/first-write cold/'; }
first_version() {
	begin first 25
	told "$dir" | without_words >"$work/second"
	sql 'DROP TABLE look; DROP TABLE change; DROP TABLE promise; PRAGMA user_version = 1' &&
		told "$dir" | without_words | diff - "$work/second" >"$work/diff" || { why=$(head -n 3 "$work/diff"); return 1; }
	[ "$(sql 'PRAGMA user_version')" = 5 ]
}
third_version() {
	begin third 21
	told "$dir" | without_words >"$work/fourth"
	rm "$dir"/history.db* && sqlite3 "$dir/history.db" <"$root/tests/unit/data/history-3.sql" &&
		told "$dir" | without_words | diff - "$work/fourth" >"$work/diff" || { why=$(head -n 3 "$work/diff"); return 1; }
	[ "$(sql 'PRAGMA user_version')" = 5 ] && run 0 history check -r "$dir" && run 0 add 22 && have 22 &&
		run 0 checked_alone 23 pass emulated && have 23
}
emptied() {
	begin emptied 3
	sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	rm -f "$dir"/history.db-* && : >"$dir/history.db"
	run 2 history summary -r "$dir" && says err 'is damaged .it is empty.*daxmark history rebuild' && one_line &&
		run 2 history check -r "$dir" && run 2 add 4 && says err 'has no night, and nights lie beside it; run daxmark history rebuild' &&
		[ ! -e "$dir/20250104T000000Z" ] && run 0 history rebuild "$dir" && have 3 && run 0 add 4 && have 4
}
lost() {
	begin lost 3
	rm "$dir"/history.db*
	run 2 add 4 && says err 'nights lie beside it; run daxmark history rebuild' && one_line &&
		run 0 history rebuild "$dir" && run 0 add 4 && have 4
}
night_edited() {
	begin nightedited 3
	sed -i 's/2025-01-02/2025-01-01/' "$dir/20250102T000000Z/night.json"
	run 2 history check -r "$dir" && says err '20250102T000000Z/night.json: is not as it was added; .*rebuild' && one_line &&
		run 0 history rebuild "$dir" && run 0 history check -r "$dir"
}
unknown_broken() {
	begin unknown 2
	mkdir "$dir/other" && echo '{"format": 1, "da' >"$dir/other/night.json"
	run 2 history check -r "$dir" && says err 'other/night.json:1: .*repair it' && one_line
}
limits_edited() {
	begin limits 1
	mkdir "$dir/planned" && cp "$work/count/4.base.jsonl" "$work/count/4.new.jsonl" "$dir/planned/"
	printf '[kernel 4.base]\nsource = image:/x\n[kernel 4.new]\nsource = image:/x\n' >"$dir/planned/plan.ini"
	run 0 history add -r "$dir" -d 2025-01-04 "$dir/planned" && run 0 history check -r "$dir" &&
		sed -i '1i [plan]\nfloor = 5' "$dir/planned/plan.ini" && run 2 history check -r "$dir" &&
		says err 'planned: the results, or the limits of their plan.ini, are not those' && one_line
}
vanished() {
	begin vanished 3
	rm -r "$dir/20250102T000000Z"
	run 2 history check -r "$dir" && says err '20250102T000000Z: the results of 6.2 .* have vanished; restore them' &&
		one_line && have 3 && run 0 add 4 && run 0 history rebuild "$dir" && have 3
}
edited() {
	begin edited 2
	sed -i 's/"command":"x"/"command":"y"/' "$dir/20250102T000000Z/2.new.jsonl"
	run 2 history check -r "$dir" && says err 'not those that were added' && one_line
	begin edited 2
	run 0 history rebuild "$dir" && run 0 history check -r "$dir" && says out 'whole, 2 nights'
}
broken_night() {
	begin broken 3
	sed -i '$d' "$dir/20250102T000000Z/2.new.jsonl"
	run 2 history rebuild "$dir" && says err '2.new.jsonl:.*no "end"' && says out ': 2 nights' && have 2 &&
		echo '{' >"$dir/20250103T000000Z/night.json" && run 2 history rebuild "$dir" &&
		says err '20250103T000000Z/night.json:.*repair it, or remove it' && have 1
}
no_history() {
	mkdir "$work/empty"
	run 2 history list -r "$work/empty" && says err 'history.db: No such file.*history add begins one' &&
		run 2 history list -r "$work/nowhere" && says err 'nowhere: No such file' &&
		[ ! -e "$work/empty/history.db" ]
}

# --- Kill -9, and two at once

killed() {
	local i pid added=0
	begin killed 1
	for ((i = 2; i <= 30; i++)); do
		add "$i" >"$work/said" 2>/dev/null &
		pid=$!
		sleep "0.0$((RANDOM % 5))$((RANDOM % 10))"
		pkill -KILL -P "$pid" 2>/dev/null
		kill -KILL "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
		! grep -q '^added' "$work/said" || added=$((added + 1))
		run 0 history list -r "$dir" && ! sql 'PRAGMA integrity_check; PRAGMA foreign_key_check' |
			grep -v '^ok$' || { why="night $i: $(cat "$work/err")"; return 1; }
		[ "$(sql 'SELECT count(*) FROM night WHERE (SELECT count(*) FROM value WHERE night = night.id) <> 2')" -eq 0 ] ||
			{ why="night $i is half there"; return 1; }
		[ "$(nights)" -ge $((added + 1)) ] || { why="a night that was reported is gone, after $i"; return 1; }
	done
	for ((i = 2; i <= 30; i++)); do run 0 add "$i" || return 1; done
	have 30 && run 0 history rebuild "$dir" && have 30
}
at_once() {
	local i pids=()
	begin once 1
	for ((i = 2; i <= 21; i++)); do
		add "$i" >"$work/said.$i" 2>&1 &
		pids+=($!)
		add "$i" >"$work/again.$i" 2>&1 &
		pids+=($!)
	done
	for i in "${pids[@]}"; do wait "$i" || { why="one failed: $(cat "$work"/said.* "$work"/again.* | grep -v added)"; return 1; }; done
	have 21 && [ "$(cat "$work"/said.* "$work"/again.* | grep -c '^added')" -eq 20 ] &&
		[ "$(cat "$work"/said.* "$work"/again.* | grep -c 'nothing added')" -eq 20 ] &&
		[ "$(find "$dir" -name night.json | wc -l)" -eq 21 ]
}

# --- Acknowledging

id_of() { history export -r "$dir" | jq -r "[.changes[] | select(.worse == $1)][0].id"; }
acknowledged() {
	local id
	begin acked 20
	id=$(id_of true)
	run 3 history summary -r "$dir" --judge && says out '^New, worse: 1' && says out "change $id" &&
		run 2 history ack -r "$dir" "$id" && says err 'takes --note' &&
		run 2 history ack -r "$dir" 00000000 -n x && says err "no change or series with a change called '00000000'" &&
		run 0 history ack -r "$dir" "$id" -n 'known: a lock more' && says out 'acknowledged 1 change' &&
		run 0 history ack -r "$dir" "$id" -n again && says out 'already' &&
		run 0 history summary -r "$dir" --judge && says out 'Acknowledged, not shown: 1' &&
		run 0 history changes -r "$dir" && says out 'acknowledged .*: known: a lock more' || return 1
	rm "$dir"/history.db*
	run 0 history rebuild "$dir" && run 0 history summary -r "$dir" --judge
}
acknowledged_series() {
	begin series 20
	run 0 history ack -r "$dir" first-write/cold/write/ext4/dax/count@main --note fine && run 0 history summary -r "$dir" -j
}
bad_acks() {
	echo '{"format":1' >"$dir/acks.json"
	run 2 history changes -r "$dir" && says err 'acks.json:2: .*repair' && one_line
}
# acks.json is the only place where that is kept: what makes or judges the index says so, and leaves all as it is.
acks_are_checked() {
	local damage before
	begin acks 20
	run 0 history ack -r "$dir" "$(id_of true)" -n known && cp "$dir/acks.json" "$work/acks.json" || return 1
	for damage in '{"format":1' '' '[]' '{"format":2,"acks":[]}' '{"format":1,"acks":[7]}' '{"format":1,"acks":[{"note":"x"}]}'; do
		printf '%s' "$damage" >"$dir/acks.json"
		before=$(sha256sum "$dir/history.db" "$dir/acks.json")
		run 2 history check -r "$dir" && says err 'acks.json:.*repair' && one_line &&
			run 2 history rebuild "$dir" && says err 'acks.json:.*repair' && one_line &&
			run 2 history ack -r "$dir" first-write/cold/write/ext4/dax/count@main -n x && run 2 history summary -r "$dir" && run 2 history page -r "$dir" &&
			why="'$damage' has changed something" && [ "$(sha256sum "$dir/history.db" "$dir/acks.json")" = "$before" ] || return 1
	done
	rm "$dir/acks.json" && ln -s nowhere "$dir/acks.json" && run 2 history check -r "$dir" && rm "$dir/acks.json" &&
		cp "$work/acks.json" "$dir/" && run 0 history check -r "$dir" && run 0 history rebuild "$dir" &&
		run 0 history summary -r "$dir" --judge
}

# --- What a file holds is a name and nothing else

forged() {
	local action forged="'k' || char(10) || 'forged' || char(27) || '[2J'"
	begin forged 20
	sql "UPDATE night SET kernel = $forged, date = date || char(10) || 'forged'; UPDATE series SET arm = arm || $forged;
		UPDATE look SET held = $forged" || return 1
	for action in list changes summary show 'export -f csv' 'export -f json'; do
		# shellcheck disable=SC2086 # words are wanted
		run 0 history $action -r "$dir" || return 1
		! grep -qa $'^forged\|\033' "$work/out" || { why="$action: $(grep -a forged "$work/out" | head -n 2)"; return 1; }
	done
}
orphans() {
	begin orphans 20
	local table action status
	for table in environment night series; do
		sql "PRAGMA foreign_keys = OFF; DELETE FROM $table" || return 1
		for action in list changes summary 'export -f csv'; do
			# shellcheck disable=SC2086 # words are wanted
			history $action -r "$dir" >"$work/out" 2>"$work/err"
			status=$?
			[ "$status" -eq 0 ] || { [ "$status" -le 4 ] && says err 'is damaged .*daxmark history rebuild' && one_line; } ||
				{ why="$table, $action: status $status: $why"; return 1; }
		done
		run 0 history rebuild "$dir" && have 20 || return 1
	done
}
forged_note() {
	begin note 20
	run 0 history ack -r "$dir" "$(id_of true)" -n known || return 1
	sed -i 's/"known"/"known\\nforged\\u001b[2J"/' "$dir/acks.json"
	run 0 history changes -r "$dir" && says out 'acknowledged .*: known forged \[2J'
}

# --- Saying

summary_fits() {
	dir=$work/rebuilt
	run 0 history summary -r "$dir" && ! grep -nE '.{73}|[^ -~]' "$work/out" || { why='too wide, or not ASCII'; return 1; }
}
a_series() {
	run 0 history show -r "$dir" first-write/cold/write/ext4/dax/count@main && says out '^2025-02-09 +6.40 +5000 +5040 +\+0.8%' &&
		says out 'a new segment: other runner' && says out 'with 6.40, after 6.39' &&
		run 2 history show -r "$dir" nothing && says err "no series 'nothing'; daxmark history show lists them" &&
		run 0 history show -r "$dir" && says out '^first-write/hole/write/ext4/dax/count@main$'
}
exports() {
	run 0 history export -r "$dir" -o "$work/all.json" && jq -e '.format == 1 and (.nights | length) == 45 and
		(.series | length) == 2 and (.series[0].values | length) == 45 and (.series[0].segments | length) == 4 and
		.nights[29].starts == "runner" and .changes[0].split == 19 and .changes[0].before == 18 and
		.changes[0].id == .series[0].segments[1].change' "$work/all.json" >/dev/null || { why='JSON'; return 1; }
	run 0 history export -r "$dir" --format csv && [ "$(wc -l <"$work/out")" -eq 91 ] &&
		[ "$(awk -F, '{ print NF }' "$work/out" | sort -u)" -eq 21 ] && run 2 history export -r "$dir" -f xml &&
		says err "no format 'xml'; there are json and csv"
}
wrong_words() {
	run 2 history && says err 'an action is missing' && run 2 history remove && says err "no action 'remove'; there are ack, add" &&
		run 2 history list x && says err 'list takes none' && run 2 history list --note x && says err '-n means nothing to list' &&
		run 2 history add && says err 'add takes a folder'
}

test_that "a kernel that is there adds nothing" twice
test_that "a kernel that is there with other results is refused" other_content
test_that "a revision is one kernel, and is found again" same_revision
test_that "a night that was cut short is refused" cut_short
test_that "a clock that went backwards is said, and a date that is named stands" backwards
test_that "a night that is still to come is refused" future
test_that "a date that is none is refused" bad_dates
test_that "a folder elsewhere is refused" elsewhere
test_that "names are no SQL and no formulas" hostile_names
test_that "a promise that a night broke is told, once as new" broken_promise
test_that "a night that did not check hides no broken promise" promise_over_a_gap
test_that "a promise that was never kept is no news" broken_from_the_start
test_that "a night of checks alone is kept, and a promise that it broke is told" checks_alone
test_that "an emulated night is one of checks" checks_emulated
test_that "a night without a cost or a verdict is refused" nothing_at_all
test_that "a level that is back closes its change and is no regression" level_is_back
test_that "a better level of a month that is lost is a regression" level_is_back_late
test_that "a tail that became longer is named by its own name everywhere" tail_of_times
test_that "a rebuild makes the same history" rebuilt
test_that "nights added in any order make the same history" in_any_order
test_that "a history of a newer version is left alone" newer
test_that "another program's database is left alone" foreign
test_that "a damaged history is named, kept, and made again" damaged
test_that "a history that is no database is made again" no_database
test_that "a history of the first version gets its changes" first_version
test_that "a history of the third version is brought up to date" third_version
test_that "an emptied history.db is damage, and begins no other history" emptied
test_that "a history.db that is gone begins no other history" lost
test_that "a night.json that was edited is named" night_edited
test_that "a broken night.json of a night that was not added is named" unknown_broken
test_that "limits that were edited are named" limits_edited
test_that "a folder that vanished is named" vanished
test_that "results that were edited are named" edited
test_that "a rebuild names a night that it cannot read, and takes the others" broken_night
test_that "a folder without a history is named" no_history
test_that "kill -9 loses no night and leaves none half added" killed
test_that "twenty nights, each added twice at once, are twenty nights" at_once
test_that "an acknowledged change is quiet, also after a rebuild" acknowledged
test_that "all of a series can be acknowledged" acknowledged_series
test_that "a broken acks.json is named" bad_acks
test_that "a broken acks.json is named by check and rebuild, and all stays as it was" acks_are_checked
test_that "what a damaged history holds forges no line" forged
test_that "changes of nights or series that are gone are damage" orphans
test_that "a note in acks.json forges no line" forged_note
test_that "a summary fits a mail" summary_fits
test_that "a series is shown with its segments" a_series
test_that "an export holds everything" exports
test_that "wrong words are refused" wrong_words
finish
