#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The fault table: injects each fault of tests/faults.tsv, compares what comes of it with what must, and prints a row
# each. The faults are those of the tests, only more of them: $DAXMARK_FAULTS of each signal (default 100), at points
# drawn from $DAXMARK_FAULT_SEED (default: another seed each time, which is printed).
#
#   tests/faults.sh [--rows FILE] [--markdown FILE] [PATTERN]
#
#   --rows FILE       other rows; their scripts are then looked for beside FILE
#   --markdown FILE   put the table between the two marks in FILE, which has it as it was before
#   PATTERN           only rows whose fault matches this regular expression of grep -E
#
# Exit status: 0 all is as it must be, 1 it is not, or could not be tried, 2 usage.

set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd) || exit 4
rows=$here/faults.tsv markdown='' pattern=.
while [ $# -gt 0 ]; do
	case $1 in
	--rows | --markdown)
		[ $# -ge 2 ] || { echo "faults: $1 needs a file" >&2; exit 2; }
		if [ "$1" = --rows ]; then rows=$2; else markdown=$2; fi
		shift
		;;
	--help)
		sed -n '3,/^$/s/^# \{0,1\}//p' "$0"
		exit 0
		;;
	-*) echo "faults: unknown option $1; see --help" >&2; exit 2 ;;
	*) pattern=$1 ;;
	esac
	shift
done
[ -r "$rows" ] || { echo "faults: $rows: cannot be read" >&2; exit 2; }
export DAXMARK_FAULTS=${DAXMARK_FAULTS:-100} DAXMARK_FAULT_SEED=${DAXMARK_FAULT_SEED:-$RANDOM}
scripts=$(cd "$(dirname "$rows")" && pwd)
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

faults=() outcomes=() files=() statements=()
while IFS=$'\t' read -r fault outcome file statement; do
	faults+=("$fault") outcomes+=("$outcome") files+=("$file") statements+=("$statement")
done < <(grep -v '^#' "$rows" | awk -F '\t' -v p="$pattern" '$1 ~ p')
[ ${#faults[@]} -gt 0 ] || { echo "faults: no row of $rows has a fault like \"$pattern\"" >&2; exit 2; }

# Scripts with guests one after the other, and beside them all others likewise, as in tests/run.
lane() { # PATTERN
	local file start
	printf '%s\n' "${files[@]}" | awk '!seen[$0]++' | grep -E "$1" | while read -r file; do
		mkdir -p "$work/${file%/*}"
		start=$SECONDS
		env --default-signal=HUP,INT,QUIT "$scripts/$file" >"$work/$file" 2>&1 </dev/null
		printf 'faults: %s (%s s)\n' "$file" $((SECONDS - start)) >&2
	done
}
lane '^guest/' &
lane '^[^g]' &
wait

# Sets seen to what came of a row; not 0 when that is not what must.
look() { # INDEX
	local file=$work/${files[$1]} statement=${statements[$1]} line
	line=$(awk -v s="$statement" '$0 == "ok " s || index($0, "not ok " s ": ") == 1 ||
		index($0, "skip " s ": ") == 1 { print; exit }' "$file")
	case $line in
	"ok $statement")
		# what the test noted just before
		seen=$(grep -B 1 -xF -- "$line" "$file" | sed -n '1s/^# //p')
		return 0
		;;
	"not ok $statement: "*) seen="NOT SO: ${line#"not ok $statement: "}" ;;
	"skip $statement: "*) seen="not tried: ${line#"skip $statement: "}" ;;
	*) seen="NOT SO: ${files[$1]} does not come to it: $(tail -n 1 "$file")" ;;
	esac
	return 1
}
failed=0
printf '| fault | what must come of it | seen | test |\n|---|---|---|---|\n' >"$work/table"
for i in "${!faults[@]}"; do
	mark='ok    '
	look "$i" || { failed=$((failed + 1)) mark='NOT OK'; }
	printf '%s  %s: %s%s\n' "$mark" "${faults[i]}" "${outcomes[i]}" "${seen:+
        $seen}"
	# shellcheck disable=SC2016 # backquotes of Markdown
	printf '| %s | %s | %s | `tests/%s` |\n' "${faults[i]}" "${outcomes[i]}" \
		"$(printf 'yes%s' "${seen:+: ${seen//|/ }}" | sed 's/^yes: \(NOT SO\|not tried\)/\1/')" "${files[i]}" >>"$work/table"
done
printf '%s faults: %s as they must be, %s not; %s of each signal, seed %s\n' ${#faults[@]} \
	$((${#faults[@]} - failed)) "$failed" "$DAXMARK_FAULTS" "$DAXMARK_FAULT_SEED"

if [ -n "$markdown" ]; then
	{
		sed '/^<!-- table -->$/q' "$markdown"
		printf 'On %s, on Linux %s with %s processors; %s of each signal, drawn from seed %s:\n\n' "$(date -u +%F)" \
			"$(uname -r | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')" "$(nproc)" "$DAXMARK_FAULTS" "$DAXMARK_FAULT_SEED"
		cat "$work/table"
		echo
		sed -n '/^<!-- end of table -->$/,$p' "$markdown"
	} >"$work/markdown" && cat "$work/markdown" >"$markdown" || exit 4
fi
[ "$failed" -eq 0 ]
