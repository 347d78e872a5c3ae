#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The calls between files, read off the objects of each program: no circle, and no call from a folder to a later one.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 4

# A folder may call those before it.
order="base plan record measure medium bench compare report figure command explain history site crosscheck guest cli"
programs="daxmark daxmark-run daxmark-guest"

# Prints "CALLER CALLED" for each pair of files, as folder/name, of a program's objects.
list_calls() { # PROGRAM
	make -n -B "build/$1" 2>/dev/null | awk -v out="build/$1" '
		{ for (i = 1; i < NF; i++) if ($i == "-o" && $(i + 1) == out) linked = $0 }
		END { n = split(linked, word); for (i = 1; i <= n; i++) if (word[i] ~ /\.o$/) print word[i] }' |
		xargs nm -A --format=posix | awk '
		{
			file = $1
			sub(/\.o:$/, "", file)
			sub(/^build\//, "", file)
			sub(/^lib\//, "", file)
			if ($3 ~ /^[TDBRCVW]$/)
				owner[$2] = file
			else if ($3 == "U")
				wants[file, $2] = 1
		}
		END {
			for (pair in wants) {
				split(pair, part, SUBSEP)
				if (part[2] in owner && owner[part[2]] != part[1])
					print part[1], owner[part[2]]
			}
		}' | sort -u
}

# Prints each circle on a line: the files that reach each other.
list_circles() { # PROGRAM
	awk '
		function reach(from, file,    n, called, i) {
			n = split(calls[file], called)
			for (i = 1; i <= n; i++)
				if (!((from, called[i]) in reached)) {
					reached[from, called[i]] = 1
					reach(from, called[i])
				}
		}
		{ calls[$1] = calls[$1] " " $2; if (!($1 in seen)) { seen[$1] = 1; file[++files] = $1 } }
		END {
			for (i = 1; i <= files; i++)
				reach(file[i], file[i])
			for (i = 1; i <= files; i++) {
				circle = ""
				for (j = 1; j <= files; j++)
					if (((file[i], file[j]) in reached) && ((file[j], file[i]) in reached))
						circle = circle " " file[j]
				if (circle && !(circle in printed))
					print "circle:" circle
				printed[circle] = 1
			}
		}' "$work/$1"
}

list_backward() { # PROGRAM
	awk -v order="$order" '
		BEGIN { n = split(order, folder); for (i = 1; i <= n; i++) place[folder[i]] = i }
		{
			split($1, from, "/"); split($2, to, "/")
			if (!(from[1] in place) || !(to[1] in place) || place[from[1]] < place[to[1]])
				print "backward:", $1, "->", $2
		}' "$work/$1"
}

has_calls() { # PROGRAM: at least one call from each file but one
	list_calls "$1" >"$work/$1"
	[ "$(wc -l <"$work/$1")" -ge 30 ] || { why="$(wc -l <"$work/$1") calls"; return 1; }
}

none() { # FUNCTION: it prints nothing of any program
	local program
	why=$(for program in $programs; do "$1" "$program"; done | sort -u)
	[ -z "$why" ]
}

for program in $programs; do
	test_that "the objects of $program show which file calls which" has_calls "$program"
done
test_that "no file calls another in a circle" none list_circles
test_that "no folder calls a later one" none list_backward
exit "$failed"
