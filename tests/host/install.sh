#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What make install leaves is whole: programs find their data, and the man pages and the completion say what the
# programs say of themselves, no less and no more.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 4
export LC_ALL=C XDG_CACHE_HOME=$work/cache
unset DAXMARK_DATADIR ARGP_HELP_FMT
# those of a make that runs this are not for the makes below
unset MAKEFLAGS MFLAGS MAKEOVERRIDES

# Objects are taken from the build there is, so that only what a prefix changes is built again.
objects=${BUILD:-build}
mkdir "$work/build"
for part in lib bench daxmark daxmark-run daxmark-guest; do
	[ ! -e "$objects/$part" ] || cp -a "$objects/$part" "$work/build/"
done
install_to() { make -s -j "$(nproc)" BUILD="$work/build" "$@" install >"$work/made" 2>&1; }

tree=$work/tree
usr=$tree/usr
data=$usr/share/daxmark
commands=(bench bisect crosscheck explain nightly soak) # scripts that have a name of their own in bin/
pages=(man1/daxmark.1 man1/daxmark-run.1 man1/daxmark-guest.1 man5/daxmark-plan.5)
for name in "${commands[@]}"; do pages+=("man1/daxmark-$name.1"); done
manuals=("${pages[@]/#/$usr/share/man/}")
installed() { PATH=$usr/bin:$PATH "$@"; }

# same WHAT HAVE-LINES WANT-LINES
same() {
	local left
	[ -n "$3" ] || { why="$1: nothing to compare with"; return 1; }
	left=$(diff <(sort -u <<<"$2") <(sort -u <<<"$3") | sed -n 's/^</lacking there:/p; s/^>/lacking here:/p') || true
	[ -z "$left" ] || { why="$1: $(tr '\n' ' ' <<<"$left")"; return 1; }
}

# --- Files

in_place() {
	install_to DESTDIR="$tree" PREFIX=/usr || { why=$(tail -n 3 "$work/made"); return 1; }
	same 'beside usr/' "$(ls -A "$tree")" usr &&
		same programs "$(find "$usr/bin" -printf '%m %y %P %l\n' | grep -v ' d ')" \
			"$(printf '755 f %s \n' daxmark daxmark-run daxmark-guest; for name in "${commands[@]}"; do
				echo "777 l daxmark-$name ../share/daxmark/scripts/$name"; done)" &&
		same scripts "$(cd "$data/scripts" && find . -type f -perm 755)" \
			"$(printf './%s\n' bench bisect crosscheck deps explain guest-init initramfs kernel native nightly soak source unpack versions)" &&
		same 'other scripts' "$(cd "$data/scripts" && find . -type f -perm 644)" \
			"$(printf './%s\n' bisect.jq kernel-build.sh kernel-patches.sh kernel-tree.sh lib.sh)" &&
		same data "$(cd "$data" && find configs plots -type f -perm 644)" "$(find configs plots -type f)" &&
		same schema "$(cd "$data" && find . -maxdepth 1 -type f -perm 644)" ./compare.schema.json &&
		same pages "$(cd "$usr/share" && find man bash-completion -type f -perm 644)" \
			"$(printf 'man/%s\n' "${pages[@]}"; echo bash-completion/completions/daxmark)"
}
no_destdir() {
	why=$(grep -rlF -e "$tree" "$tree")
	[ -z "$why" ]
}
whole_patches() {
	local plan patch
	for plan in default kvm series-2015; do
		installed run 0 daxmark plan "$data/configs/$plan.ini" || return 1
		while read -r patch; do
			[ -s "$data/configs/$patch" ] || { why="configs/$patch is not there"; return 1; }
		done < <(sed -n 's/^kernel	//p' "$work/out" | cut -s -f 3- | tr '\t' '\n')
		says out '\.patch' || return 1
	done
}

# --- Programs

awk -v label=without -v change=0 -f tests/unit/data/side.awk >"$work/without.jsonl"
awk -v label=with -v change=1 -f tests/unit/data/side.awk >"$work/with.jsonl"
plot() { # STATUS PATH DATADIR PROGRAM FOLDER
	run "$1" env PATH="$2" DAXMARK_DATADIR="$3" "$4" plot "$work/without.jsonl" "$work/with.jsonl" \
		--output "$work/$5"
}
plot_by_variable() {
	plot 0 "$PATH" "$data" "$usr/bin/daxmark" figures && [ -s "$work/figures/cost-first-write.svg" ]
}
plot_elsewhere() { plot 4 "$PATH" "$work/none" "$usr/bin/daxmark" none && says err "$work/none/plots: the gnuplot scripts"; }
# The path is compiled in, in one object.
plot_by_prefix() {
	install_to PREFIX="$work/prefix" || { why=$(tail -n 3 "$work/made"); return 1; }
	mkdir -p "$work/fake"
	# shellcheck disable=SC2016 # for the stand-in to expand
	printf '#!/bin/sh\nread -r line <"$3" && echo "$3" >>"%s/drawn"\n' "$work" >"$work/fake/gnuplot"
	chmod +x "$work/fake/gnuplot"
	plot 0 "$work/fake:$PATH" '' "$work/prefix/bin/daxmark" figures2 &&
		same 'gnuplot scripts' "$(xargs -n 1 readlink -f <"$work/drawn")" "$(find "$work/prefix/share/daxmark/plots" -type f -name '*.gp' ! -name common.gp ! -name fill.gp ! -name scaling.gp ! -name steps.gp ! -name 'history*')"
}
lists() { installed run 0 daxmark list && says out '^first-write: ' && says out '^  git:/path#rev'; }
bench_help() { installed run 0 daxmark-bench --help && says out '^usage: .*PLAN'; }
bench_bad_plan() {
	printf '[plan]\nmood = count\n' >"$work/plan.ini"
	installed run 2 daxmark-bench --results "$work/results" "$work/plan.ini" &&
		says err 'plan.ini:2: unknown key "mood"' && [ ! -e "$work/results" ]
}
# The results cannot be written, which is looked at when the plan has been found and read.
bench_default_plan() {
	: >"$work/file"
	installed run 4 daxmark-bench --results "$work/file/results" && says err 'results cannot be written there'
}
# With what it reads records by beside it.
bisect_installed() {
	installed run 202 daxmark-bisect --metric first-write/warm/ext4/dax --good 1 &&
		says err '^daxmark-bisect: --metric first-write/warm/ext4/dax: unknown arm "warm"; known: cold' &&
		[ -s "$data/scripts/bisect.jq" ]
}
bench_without_programs() {
	mkdir -p "$work/few" && ln -sf "$(command -v dirname)" "$(command -v readlink)" "$work/few/"
	run 4 env PATH="$work/few" "$usr/bin/daxmark-bench" --results "$work/file/results" &&
		says err 'daxmark is missing'
}
kernel_fragment() { run 2 "$data/scripts/kernel" "image:$work/none" && says err "image:$work/none: no such file"; }

# --- Man pages. What a program takes is what its --help says.

page() { echo "$usr/share/man/man${1##*.}/$1"; }
section() { awk -v from="$2" '/^\.S[hs] / { on = $0 == from; next } on' "$(page "$1")"; }
# "-f --format" or "--usage"
help_options() {
	"$@" --help | sed -nE 's/^ +(-.), (--[a-z-]+).*/\1 \2/p; s/^ +(--[a-z-]+).*/\1/p'
}
page_options() {
	sed -nE 's/\\&//; s/^\.It Fl (.)( Ar [a-z]+)? , Fl -([a-z-]+).*/-\1 --\3/p; s/^\.It Fl -([a-z-]+).*/--\1/p'
}
commands() { "$usr/bin/daxmark" --help | sed '1,/^Commands:/d; /^$/,$d' | awk '{ print $1 }'; }

no_warnings() {
	local file
	for file in "${manuals[@]}"; do
		why="${file##*/}: $(man -l --warnings=w -Tutf8 "$file" 2>&1 >"$work/page")"
		[ "$why" = "${file##*/}: " ] && grep -q 'daxmark' "$work/page" || return 1
		! command -v mandoc >/dev/null || run 0 mandoc -T lint -W warning "$file" || return 1
	done
}
page_commands() {
	same commands "$(sed -n '/^\.Sh COMMANDS/,/^\.Sh ENV/s/^\.Ss //p' "$(page daxmark.1)")" "$(commands)"
}
page_of_commands() {
	local command common
	common=$(section daxmark.1 '.Sh DESCRIPTION' | page_options)
	same daxmark "$common" "$(help_options "$usr/bin/daxmark")" || return 1
	for command in $(commands); do
		same "$command" "$(echo "$common"; section daxmark.1 ".Ss $command" | page_options)" \
			"$(help_options "$usr/bin/daxmark" "$command")" || return 1
	done
}
page_formats() {
	local command
	for command in compare crosscheck show; do
		same "formats of $command" "$(section daxmark.1 ".Ss $command" |
			sed -n '/^\.It Fl f /,/^\.It Fl [^f]/p' | sed -nE 's/^\.(It )?Cm ([a-z]+).*/\2/p')" \
			"$(choices "$command" --format none)" || return 1
	done
}
page_of_runner() {
	same daxmark-run "$(page_options <"$(page daxmark-run.1)")" "$(help_options "$usr/bin/daxmark-run")"
}
page_of_guest() {
	same daxmark-guest "$(page_options <"$(page daxmark-guest.1)")" "$(help_options "$usr/bin/daxmark-guest")"
}
names_of_checks() { "$usr/bin/daxmark-run" --list | sed -nE '1,/^checks:/d; s/^  ([a-z-]+) .*/\1/p'; }
page_of_checks() {
	same checks "$(section daxmark-run.1 '.Sh CHECKS' | sed -n 's/^\.It Cm //p')" "$(names_of_checks)"
}
# What a script takes is what its refusals name.
page_of_script() { # NAME
	same "daxmark-$1" "$(page_options <"$(page "daxmark-$1.1")"; echo --help)" \
		"$("$usr/bin/daxmark-$1" --none 2>&1 | sed 's/.*(choices: //' | grep -oE -- '--[a-z-]+')"
}
help_of_bisect() {
	same 'help of daxmark-bisect' "$(help_options "$usr/bin/daxmark-bisect"; echo --help)" \
		"$(page_options <"$(page daxmark-bisect.1)")"
}
page_environment() {
	same variables "$(sed -n 's/^\.It Ev //p' "$(page daxmark.1)")" \
		"$(find lib scripts -name guest -prune -o -type f -print0 | xargs -0 cat | sed -nE 's/.*getenv\("([A-Z_]+)"\).*/\1/p
			s/.*\$\{(DAXMARK_[A-Z_]+|XDG_CACHE_HOME|TMPDIR):.*/\1/p')"
}
page_references() {
	local name number
	while read -r name number; do
		[ -s "$(page "$name.$number")" ] || { why="$name($number) is not there"; return 1; }
	done < <(cat "${manuals[@]}" | awk '$1 == ".Xr" && $2 ~ /^daxmark/ { print $2, $3 }' | sort -u | tee "$work/seen")
	[ "$(wc -l <"$work/seen")" -ge 3 ]
}

# --- The page of plans. What the parser knows is what its refusals name.

# refusal PLAN-TEXT: what the refusal names
refusal() {
	printf '%b' "$1" >"$work/plan.ini"
	"$usr/bin/daxmark-run" --check --plan "$work/plan.ini" 2>&1 |
		sed -nE "s/\([^)]*\)//g; s/ or /, /; s/.*(known:|choose) //p" | tr -d ' ' | tr ',' '\n'
}
# The text of a key, on one line.
key_text() { # SECTION KEY
	section daxmark-plan.5 ".Ss $1" | awk -v key="$2" '/^\.It Ic / { on = $3 == key; next } on' | tr '\n' ' '
}
plan_sections() {
	same sections "$(sed -n 's/^\.Ss //p' "$(page daxmark-plan.5)")" \
		"$(refusal '[x]\na = 1\n' | sed 's/^\[kernel/& /; s/^\[series/& /; s/^\[target/& /; s/^\[bench/& /')"
}
plan_keys() {
	local name in_page
	for name in plan guest 'kernel LABEL' 'series LABEL' 'target NAME' 'bench NAME'; do
		in_page=$(section daxmark-plan.5 ".Ss [$name]" | sed -n 's/^\.It Ic //p')
		same "keys of [$name]" "$in_page" "$(refusal "[$name]\nnone = 1\n")" || return 1
	done
}
plan_values() {
	local key
	for key in mode filesystems access; do
		same "$key" "$(key_text '[plan]' "$key" | grep -oE '\.(It )?Cm [a-z0-9-]+' | sed 's/.* //')" \
			"$(refusal "[plan]\n$key = none-such\n")" || return 1
	done
	key=$(key_text '[kernel LABEL]' source)
	same source "$(grep -oE '\.It Cm [a-z]+' <<<"$key" | sed 's/.* //')" \
		"$(refusal '[kernel a]\nsource = x\n' | sed 's/:.*//')"
}
plan_ranges() {
	local name key range n=0
	while read -r name key; do
		printf '[%s]\n%s = x\n' "${name/-/ }" "$key" >"$work/plan.ini"
		run 2 "$usr/bin/daxmark-run" --check --plan "$work/plan.ini" || return 1
		range=$(grep -oE 'from [0-9]+ to [0-9]+' "$work/err") || { why="$key has no range"; return 1; }
		key_text "[${name/-/ }]" "$key" | grep -qwF "$range" || { why="$key lacks \"$range\""; return 1; }
		n=$((n + 1))
	done <<-'KEYS'
		plan seeds
		plan pairs
		plan order_seed
		plan floor
		plan margin
		guest memory
		guest pmem
		guest time_limit
		target-NAME size
		target-NAME node
		bench-NAME operations
		bench-NAME passes
		bench-NAME between
	KEYS
	[ "$n" -eq 13 ]
}
plan_defaults() {
	local name key value n=0
	printf '[plan]\nmode = time\n[kernel a]\nsource = image:/x\n' >"$work/plan.ini"
	run 0 "$usr/bin/daxmark" plan "$work/plan.ini" && says out '^pairs	10$' || return 1
	key_text '[plan]' pairs | grep -qF 'The default is 10.' || { why='pairs lacks its default'; return 1; }
	: >"$work/plan.ini"
	run 0 "$usr/bin/daxmark" plan "$work/plan.ini" || return 1
	while read -r key value; do
		name=plan
		[[ $key != @(cpu|memory|pmem|time_limit) ]] || name=guest
		key_text "[$name]" "$key" | sed -E 's/\.(Cm|Ql) //g; s/ \././g' | grep -qF "The default is $value." ||
			{ why="$key lacks its default, $value"; return 1; }
		n=$((n + 1))
	done < <(grep -v '^seed' "$work/out" && sed -n 's/^seed	//p' "$work/out" | paste -sd' ' | sed 's/^/seeds /')
	[ "$n" -eq 8 ] || { why="$n defaults"; return 1; }
}
plan_example() {
	section daxmark-plan.5 '.Sh EXAMPLES' | sed -n '/^\.Bd/,/^\.Ed/{/^\.Ed/q;/^\./!p}' >"$work/example.ini"
	run 0 "$usr/bin/daxmark-run" --check --plan "$work/example.ini" &&
		run 0 "$usr/bin/daxmark" plan "$work/example.ini" &&
		[ "$(grep -c '^kernel	' "$work/out")" -eq 2 ]
}

# --- Completion. The last word is the one being completed.

completes() {
	# shellcheck disable=SC2016 # for the other bash to expand
	installed bash --norc -c '. "$0" && name=$(complete -p "${0##*/}") && name=${name#*-F } || exit
		COMP_WORDS=("${0##*/}" "$@") COMP_CWORD=$#
		"${name%% *}" && printf "%s\n" "${COMPREPLY[@]}"' \
		"$usr/share/bash-completion/completions/${program:-daxmark}" "$@" 2>&1
}
choices() { "$usr/bin/daxmark" "$@" 2>&1 | sed -nE '1{s/.*there are //; s/ and /, /; s/, /\n/gp}'; }
complete_commands() {
	same commands "$(completes '')" "$(commands)" && same 'pl' "$(completes pl)" "$(commands | grep '^pl')"
}
complete_options() {
	local command
	for command in '' $(commands); do
		# shellcheck disable=SC2086 # no command is no word
		same "options of $command" "$(completes $command --)" \
			"$(help_options "$usr/bin/daxmark" $command | sed 's/.* //')" || return 1
	done
}
complete_runner() {
	local program=daxmark-run
	same 'options of daxmark-run' "$(completes --)" "$(help_options "$usr/bin/daxmark-run" | sed 's/.* //')" || return 1
	mkdir -p "$work/run"
	touch "$work/run/"{plan.ini,topology.xml}
	cd "$work/run" || return 1
	same 'daxmark-run --plan' "$(completes --plan '')" plan.ini &&
		same 'daxmark-run --topology' "$(completes --topology = t)" topology.xml
	set -- $?
	cd "$root" || return 1
	return "$1"
}
complete_guest() {
	local program=daxmark-guest
	same 'options of daxmark-guest' "$(completes --)" "$(help_options "$usr/bin/daxmark-guest" | sed 's/.* //')" &&
		same 'daxmark-guest --mode' "$(completes --mode '')" "$(installed daxmark-guest --mode x 2>&1 |
			sed -nE 's/ or /, /; s/.*choose (.*)/\1/p' | sed 's/, /\n/g')"
}
complete_bisect() {
	local program=daxmark-bisect
	same 'options of daxmark-bisect' "$(completes --)" "$(help_options "$usr/bin/daxmark-bisect"; echo --help)" &&
		same '--direction' "$(completes --direction '')" "$(installed daxmark-bisect --metric a/b/c/d --measure --direction x 2>&1 |
			sed -E 's/.*choose //; s/ or /, /; s/, /\n/g')" &&
		same '--check' "$(completes --check '')" \
			"$(names_of_checks | sed 's,.*,printf "%s\\n" &/{ext2\,ext4\,xfs\,tmpfs}/{dax\,page-cache},' | bash)"
}
complete_values() {
	local formats
	formats=$(choices compare --format none)
	same '--format' "$(completes compare --format '')" "$formats" &&
		same '-f' "$(completes compare -f '')" "$formats" &&
		same '--format=' "$(completes compare --format = '')" "$formats" &&
		same '--format=' "$(completes compare --format =)" "$formats" &&
		same '--format=l' "$(completes compare --format = l)" "$(printf '%s\n' lkml lkp)" &&
		same topics "$(completes list '')" "$(choices list none)" &&
		same actions "$(completes history '')" "$(choices history none)" &&
		same 'history --format' "$(completes history --format '')" "$(printf '%s\n' csv json)"
}
complete_files() {
	mkdir -p "$work/here/a folder"
	touch "$work/here/"{with.jsonl,'with out.jsonl',with.txt,plan.ini}
	cd "$work/here" || return 1
	same 'compare w' "$(completes compare w)" "$(printf '%s\n' with.jsonl 'with out.jsonl')" &&
		same 'compare' "$(completes compare --judge with.jsonl '')" \
			"$(printf '%s\n' 'a folder' with.jsonl 'with out.jsonl')" &&
		same 'plot' "$(completes plot '')" "$(printf '%s\n' 'a folder' with.jsonl 'with out.jsonl')" &&
		same 'plot --output' "$(completes plot --output '')" 'a folder' &&
		same 'compare --output' "$(completes compare --output with.)" "$(printf '%s\n' with.jsonl with.txt)" &&
		same 'plan' "$(completes plan '')" "$(printf '%s\n' 'a folder' plan.ini)"
	set -- $?
	cd "$root" || return 1
	return "$1"
}

test_that "make install puts each file in its place, with its mode" in_place
test_that "nothing installed knows the folder it was packed in" no_destdir
test_that "the installed plans of guests have their patches" whole_patches
if command -v gnuplot >/dev/null; then
	test_that "an installed plot draws with DAXMARK_DATADIR" plot_by_variable
else
	skip_that "an installed plot draws with DAXMARK_DATADIR" "gnuplot is not installed"
fi
test_that "a folder without gnuplot scripts is named" plot_elsewhere
test_that "plot finds its scripts where its prefix is" plot_by_prefix
test_that "an installed daxmark asks the runner beside it" lists
test_that "an installed daxmark-bench answers --help" bench_help
test_that "an installed daxmark-bench refuses a wrong plan" bench_bad_plan
test_that "an installed daxmark-bench finds its default plan" bench_default_plan
test_that "an installed daxmark-bench names the program it lacks" bench_without_programs
test_that "an installed daxmark-bisect finds its programs" bisect_installed
test_that "an installed kernel script finds its fragment" kernel_fragment
if command -v man >/dev/null && command -v groff >/dev/null; then
	test_that "man formats the pages without a warning" no_warnings
else
	skip_that "man formats the pages without a warning" "man and groff are not installed"
fi
test_that "daxmark(1) has the commands there are" page_commands
test_that "daxmark(1) has the options of every command, and no others" page_of_commands
test_that "daxmark(1) has the formats of every command, and no others" page_formats
test_that "daxmark-run(1) has the options there are, and no others" page_of_runner
test_that "daxmark-guest(1) has the options there are, and no others" page_of_guest
test_that "daxmark-run(1) has the checks there are, and no others" page_of_checks
for name in "${commands[@]}"; do
	test_that "daxmark-$name(1) has the options there are, and no others" page_of_script "$name"
done
test_that "the help of daxmark-bisect has the options of its page" help_of_bisect
test_that "daxmark(1) has the variables that are read, and no others" page_environment
test_that "a page refers to pages that are installed" page_references
test_that "daxmark-plan(5) has the sections the parser knows" plan_sections
test_that "daxmark-plan(5) has the keys the parser knows" plan_keys
test_that "daxmark-plan(5) has the values the parser knows" plan_values
test_that "daxmark-plan(5) has the range of each number" plan_ranges
test_that "daxmark-plan(5) has the default of each key" plan_defaults
test_that "the example of daxmark-plan(5) is a plan" plan_example
test_that "completion offers the commands there are" complete_commands
test_that "completion offers the options of every command" complete_options
test_that "completion offers the options of the runner, its plans and files" complete_runner
test_that "completion offers the options of daxmark-guest, and its modes" complete_guest
test_that "completion offers the options of daxmark-bisect" complete_bisect
test_that "completion offers formats and topics" complete_values
test_that "completion offers result files, plans and folders" complete_files
finish
