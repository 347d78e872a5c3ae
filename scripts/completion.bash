# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of daxmark, daxmark-run, daxmark-guest and daxmark-bisect for bash; complete and compgen are all it takes.

# Files and folders that begin with the word; with an ending, only files whose name ends so ("/": none).
_daxmark_files() { # ENDING
	local name
	# a folder gets its slash, a blank in a name its backslash
	compopt -o filenames 2>/dev/null
	while IFS= read -r name; do
		case $name in
		*"$1") COMPREPLY+=("$name") ;;
		*) [[ ! -d ${name/#\~\//$HOME/} ]] || COMPREPLY+=("$name") ;;
		esac
	done < <(compgen -f -- "$word")
}

_daxmark_words() {
	mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word")
}

# The value of an option: "compare --format" and so on. Fails when the option takes none.
_daxmark_value() { # COMMAND OPTION
	case $1\ $2 in
	'compare --format' | 'compare -f') _daxmark_words text lkml markdown lkp mmtests json ktap ;;
	'explain --format' | 'explain -f') _daxmark_words text json folded svg ;;
	'explain --access') _daxmark_words dax page-cache ;;
	'explain --fs') _daxmark_words ext2 ext4 xfs ;;
	'explain --arm' | 'explain --against' | 'explain --bench' | 'explain --metric' | 'explain --function' | 'explain -n') COMPREPLY=() ;;
	'explain --rows' | 'explain -r' | 'explain --floor' | 'explain -F') COMPREPLY=() ;;
	'explain --output' | 'explain -o' | 'explain --counts') _daxmark_files '' ;;
	'compare --floor' | 'compare -F' | 'compare --margin' | 'compare -M') COMPREPLY=() ;;
	'plot --arm' | 'plot -a' | 'plot --floor' | 'plot -F' | 'plot --margin' | 'plot -M') COMPREPLY=() ;;
	'size --precision' | 'size -p') COMPREPLY=() ;;
	'history --format' | 'history -f') _daxmark_words json csv ;;
	'history --results' | 'history -r') _daxmark_files / ;;
	'history --branch' | 'history -b' | 'history --date' | 'history -d' | 'history --kernel' | 'history -k') COMPREPLY=() ;;
	'history --revision' | 'history -R' | 'history --note' | 'history -n') COMPREPLY=() ;;
	'history --output' | 'history -o') _daxmark_files '' ;;
	'show --format' | 'show -f' | 'crosscheck --format' | 'crosscheck -f') _daxmark_words text json ;;
	'compare --output' | 'compare -o' | 'show --output' | 'show -o' | 'size --output' | 'size -o' | 'crosscheck --output' | 'crosscheck -o') _daxmark_files '' ;;
	'plot --output' | 'plot -o') _daxmark_files / ;;
	*) return 1 ;;
	esac
}

# The first word is the action; add takes files and folders, rebuild a folder.
_daxmark_history() {
	local i
	for ((i = 2; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		add) _daxmark_files .jsonl; return ;;
		rebuild) _daxmark_files /; return ;;
		ack | changes | check | export | list | page | show | summary) COMPREPLY=(); return ;;
		esac
	done
	_daxmark_words ack add changes check export list page rebuild show summary
}

_daxmark_argument() { # COMMAND
	case $1 in
	'') _daxmark_words clean compare crosscheck explain history list plan plot show size ;;
	compare | explain | plot | show | size) _daxmark_files .jsonl ;;
	clean) _daxmark_files / ;;
	crosscheck) _daxmark_files '' ;;
	history) _daxmark_history ;;
	list) _daxmark_words benches checks kernels ;;
	plan) _daxmark_files .ini ;;
	esac
}

# The options that the program names in its help.
_daxmark_options() { # [COMMAND]
	_daxmark_words --help "$("${COMP_WORDS[0]/#\~\//$HOME/}" "$@" --help 2>/dev/null |
		sed -nE 's/^ +(-., )?(--[a-z-]+).*/\2/p' | grep -vx -e --help)"
}

# The word to complete and the option before it, in the variables of the caller.
_daxmark_look() {
	word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	COMPREPLY=()
	# bash hands over "--format=t" as three words
	if [[ $word == = ]]; then
		word=''
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
}

_daxmark() {
	local word before command='' i
	_daxmark_look
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -* ]] || {
			command=${COMP_WORDS[i]}
			break
		}
	done
	_daxmark_value "$command" "$before" && return
	case $word in
	-*) _daxmark_options ${command:+"$command"} ;;
	*) _daxmark_argument "$command" ;;
	esac
}

_daxmark_run() {
	local word before
	_daxmark_look
	case $before in
	--plan | -p) _daxmark_files .ini ;;
	--device | -d | --output | -o | --topology) _daxmark_files '' ;;
	--seed | -s) ;;
	*) _daxmark_options ;;
	esac
}

_daxmark_guest() {
	local word before
	_daxmark_look
	case $before in
	--mode) _daxmark_words count time emulated ;;
	--plan) _daxmark_files .ini ;;
	--image) _daxmark_files / ;;
	--console | --counts | --extra | --initramfs | --plugin | --records | --symbols | --why) _daxmark_files '' ;;
	--cpu | --label | --memory | --order-seed | --pair | --patch | --pin | --pmem | --position | --seed | --session) ;;
	--silence-limit | --source | --subject | --time-limit) ;;
	*) _daxmark_options ;;
	esac
}

_daxmark_bisect() {
	local word before
	_daxmark_look
	case $before in
	--direction) _daxmark_words worse better any ;;
	--figure) _daxmark_words median mean ;;
	--plan) _daxmark_files .ini ;;
	--good-results) _daxmark_files .jsonl ;;
	--repo | --records) _daxmark_files / ;;
	--check) _daxmark_words {ctime-mtime,dax-proved,frozen-write-{readonly,writable},past-eof,private-write,splice-content,tool-notices}/{ext2,ext4,xfs,tmpfs}/{dax,page-cache} ;;
	--metric | --good | --floor | --seeds) ;;
	*) _daxmark_options ;;
	esac
}

complete -F _daxmark daxmark
complete -F _daxmark_bisect daxmark-bisect
complete -F _daxmark_guest daxmark-guest
complete -F _daxmark_run daxmark-run
