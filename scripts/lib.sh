# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shared by all scripts: the environment, messages, the work folder, git. A script begins with
#
#   . "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib.sh" || exit 4
#
# and is run by "bash -p", which takes no function, start file or CDPATH from the environment.
#
# It sets script (the name it was called by, for messages), called (the same for usage), here (the folder scripts/) and
# mark; work_folder sets work.

# shellcheck disable=SC2034,SC2317 # for the scripts that read this in; cleanup is called by a trap
set -u -o pipefail
set +o posix # POSIXLY_CORRECT has switched it on
script=${0##*/}
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")") || exit 4
called=$script
[ ! -e "$here/$script" ] || called=scripts/$script

# --- The environment

# Only these variables reach the script and the programs it starts, so that no other can change a result: where
# programs and files are, the user, proxies, and how git reaches a remote. GIT_CONFIG_* is configuration, as
# safe.directory; the other GIT_* of a hook name the repository of the hook.
for variable in $(compgen -e); do
	case $variable in
	PATH | LD_LIBRARY_PATH | HOME | XDG_CACHE_HOME | XDG_CONFIG_HOME | TMPDIR | PWD | DAXMARK_*) ;;
	USER | LOGNAME | TERM | *_proxy | *_PROXY | APT_CONFIG | GNUPGHOME | PKG_CONFIG_*) ;;
	SSH_AUTH_SOCK | SSH_ASKPASS | SUDO_ASKPASS | DISPLAY | KRB5CCNAME | SSL_CERT_* | CURL_CA_BUNDLE) ;;
	GIT_CONFIG_* | GIT_SSH* | GIT_SSL_* | GIT_ASKPASS | GIT_TERMINAL_PROMPT | GIT_PROXY_COMMAND) ;;
	*) unset -v "$variable" 2>/dev/null ;;
	esac
done
unset variable
export LC_ALL=C
umask u+rwx # a script must be able to read what it has written

# --- Messages

tell() { printf '%s\n' "$*" >&2; }
say() { tell "$script: $*"; }
die() { # STATUS WORDS...
	local status=$1
	shift
	say "$*"
	exit "$status"
}
# The result of a script. A standard output that takes no more is an error.
print() { printf '%s\n' "$@" 2>/dev/null || die 4 "standard output: cannot be written"; }
print_file() { cat -- "$1" 2>/dev/null || die 4 "$1: cannot be copied to standard output"; }
help() {
	usage 2>/dev/null || die 4 "standard output: cannot be written"
	exit 0
}

# A program of this checkout, else the installed one.
build=${DAXMARK_BUILD:-$(readlink -m -- "$here/../build")}
program() {
	if [ -x "$build/$1" ]; then
		printf '%s\n' "$build/$1"
	else
		command -v "$1" || die 4 "$1 is missing; run make first"
	fi
}
needs() { # COMMAND...
	local command missing=() is=is
	for command; do
		command -v "$command" >/dev/null || missing+=("$command")
	done
	[ ${#missing[@]} -lt 2 ] || is=are
	[ ${#missing[@]} -eq 0 ] || die 4 "${missing[*]} $is missing; run scripts/deps"
}
# The folder of kernels and their sources, which may not be there yet.
find_cache() {
	cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
	[ -n "$cache" ] || die 4 'neither XDG_CACHE_HOME nor HOME is set: no place for the cache'
	cache=$cache/daxmark
}

# --- The work folder, and the end of the script

# The name says whose it is: "daxmark clean" removes it when that process is gone. The start time is field 22 of the
# process's stat; the command's name in field 2 may hold blanks.
stat=$(</proc/$$/stat)
read -r -a fields_of_stat <<<"${stat##*) }"
mark=daxmark-$$-${fields_of_stat[19]}
work=
work_folder() { # makes it and sees to it that it goes with the script
	local parent
	catch_signals
	if parent=$(readlink -e -- "${TMPDIR:-/tmp}"); then
		# before it is locked, "daxmark clean" in another PID namespace may take it for left over
		for _ in 1 2 3 4 5; do
			work=$(mktemp -d -- "$parent/$mark-XXXXXX" 2>/dev/null) || break
			! keep "$work" || return 0
			rm -rf -- "$work"
		done
	fi
	die 4 "no temporary folder can be made in ${TMPDIR:-/tmp}"
}
# Holds a lock on a folder with a mark until this script and all that it has started are gone: "daxmark clean" in another
# PID namespace does not see the process that the mark names. scripts/deps runs where flock may be missing still.
keep() { # FOLDER
	local descriptor
	command -v flock >/dev/null || return 0
	{ exec {descriptor}<"$1"; } 2>/dev/null && flock -s "$descriptor" 2>/dev/null &&
		[ "/proc/self/fd/$descriptor" -ef "$1" ]
}
catch_signals() {
	trap cleanup EXIT
	trap 'cleanup 129' HUP
	trap 'cleanup 130' INT
	trap 'cleanup 143' TERM
}
# A script's own part of the end, when all that it started is gone; it may change $status.
at_end() { :; }
end_signal=TERM
# A signal may come while the script ends by itself: then its cleanup does all of it, before the other goes on.
cleanup() { # [STATUS]
	local status=${1:-$?} children
	# A child in the background has these traps until it runs its program.
	[ "$BASHPID" -eq $$ ] || exit "$status"
	trap '' INT TERM HUP
	trap - EXIT
	mapfile -t children < <(jobs -p)
	[ ${#children[@]} -eq 0 ] || kill -"$end_signal" "${children[@]}" 2>/dev/null
	wait 2>/dev/null
	at_end
	rm -rf -- ${work:+"$work"}
	exit "$status"
}

# Runs a command in the background and waits for it, so that a signal to the script need not wait for the command.
attend() {
	"$@" &
	wait $!
}
# The same; its standard output goes into answer.
ask() { # COMMAND...
	local status
	attend "$@" >"$work/answer"
	status=$?
	answer=$(<"$work/answer")
	return "$status"
}
# The same as attend; what the command says on standard error is shown and kept in FILE.
attend_heard() { # FILE COMMAND...
	local status listener
	mkfifo -- "$work/says" || die 4 "$work: cannot be written; is the disk full?"
	(
		trap '' INT TERM HUP # it ends when the command has said its last word
		exec tee -- "$1"
	) <"$work/says" >&2 &
	listener=$!
	"${@:2}" 2>"$work/says" &
	wait $!
	status=$?
	wait "$listener"
	rm -f -- "$work/says"
	return "$status"
}

# --- The command line

# Reads a command line. CHOICES are the names of options, apart by blanks and with a = where one takes a value. An option sets
# the variable of its name to its value, else to 1; a variable that is an array gets one element more. Every word that is no
# option goes to FUNCTION.
options() { # CHOICES FUNCTION ARGUMENT...
	local choices=$1 take=$2 choice
	shift 2
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		case $1 in
		--help | -h) help ;;
		--*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
		esac
		for choice in $choices ''; do [ "--${choice%=}" != "$1" ] || break; done
		case $choice/$1 in
		/-?*)
			choices=${choices//=/}
			die 2 "unknown option $1 (choices: --${choices// /, --}, --help)"
			;;
		/*) "$take" "$1" ;;
		*=/*)
			[ -n "${2-}" ] || die 2 "$1 needs a value; see --help"
			set_option "$choice" "$2"
			shift
			;;
		*) set_option "$choice" 1 ;;
		esac
		shift
	done
	for choice in "${@:2}"; do "$take" "$choice"; done
}
set_option() { # CHOICE VALUE
	local name=${1%=}
	name=${name//-/_}
	if [[ $(declare -p "$name" 2>/dev/null) == 'declare -a'* ]]; then
		local -n values_of_option=$name
		values_of_option+=("$2")
	else
		printf -v "$name" %s "$2"
	fi
}
no_argument() { die 2 "unknown argument $1; see --help"; }
the_plan() { # PLAN, of which there is one
	[ -z "${named_plan-}" ] || die 2 "$1: one plan at a time; $named_plan is named already"
	[ -n "$1" ] || die 2 'the name of the plan is empty'
	named_plan=$1 plan=$1
}
# The folder that --results has named, or the script.
make_results() {
	# shellcheck disable=SC2154 # a variable of the script
	if ! mkdir -p -- "$results" 2>/dev/null || [ ! -w "$results" ]; then
		die 4 "$results: results cannot be written there; choose another with --results DIR"
	fi
}

# --- Plans, their kernels and git

digest() { sha256sum <"$1" | cut -d ' ' -f 1; }
# The fields of a plan, as "daxmark plan" prints them, from $fields.
field() { sed -n "s/^$1	//p" <<<"${fields-}"; }
subject_of() { awk -F '\t' -v label="$1" '$1 == "subject" && $2 == label { print $3 }' <<<"$fields"; } # LABEL
# The fields of a kernel of $plan: sets label, source, subject, patches (their paths) and named (as options of a guest).
read_kernel() { # FIELDS
	local words patch
	IFS=$'\t' read -r -a words <<<"$1"
	label=${words[0]} source=${words[1]} patches=() named=()
	subject=$(subject_of "$label")
	for patch in "${words[@]:2}"; do
		named+=(--patch "$patch")
		[[ $patch == /* ]] || patch=$(dirname -- "$plan")/$patch
		patches+=("$patch")
	done
}
# Copies the patches that the plan names relative to itself, so that a copy of the plan in FOLDER has them.
keep_patches() { # FOLDER
	local i name
	for i in "${!patches[@]}"; do
		name=${named[2 * i + 1]}
		case /$name/ in
		//* | */../*) continue ;;
		esac
		[ -f "${patches[i]}" ] || continue # scripts/kernel says so
		if ! mkdir -p -- "$1/$(dirname -- "$name")" || ! cp -- "${patches[i]}" "$1/$name"; then
			die 4 "$1/$name: cannot be written; is the disk full?"
		fi
	done
}
# git:REPOSITORY#REVISION: sets repository and revision. The last # parts them; a path may have one.
split_git_source() {
	repository=${1#git:}
	revision=${repository##*'#'}
	repository=${repository%'#'*}
}
git_in() { git --no-pager -C "$@"; } # REPOSITORY ARGUMENT...
# The first line of what git said that tells what went wrong.
git_reason() { # FILE
	grep -m 1 -vE '^[[:space:]]*$|^(hint|warning|remote): ?|^Warning: ' -- "$1" | sed 's/^\(fatal\|error\): //'
}

# --- Guests, several at a time

# A script sets guest, the program. Each guest is a job of the script itself, so that it can be told to end, and ends when the script is killed. In count mode
# it changes no digit how many run beside it: as many as there are processors, unless the script says otherwise.
declare -A guests=() guest_began=()
at_a_time='' running=0 failed=0
# Waits until another guest may be started; fails where one has failed.
room_for_guest() {
	[ "$running" -lt "${at_a_time:=$(nproc)}" ] || reap_guest
	[ "$failed" -eq 0 ]
}
start_guest() { # NAME OPTION...
	# shellcheck disable=SC2154 # a variable of the script
	setpriv --pdeathsig TERM "$guest" "${@:2}" &
	guests[$!]=$1 guest_began[$!]=$SECONDS
	running=$((running + 1))
}
reap_guest() {
	local pid status
	wait -n -p pid
	status=$?
	running=$((running - 1))
	guest_ended "${guests[$pid]}" "$status" $((SECONDS - guest_began[$pid]))
}
reap_guests() {
	while [ "$running" -gt 0 ]; do reap_guest; done
}
# A script may have its own.
guest_ended() { # NAME STATUS SECONDS
	if [ "$2" -eq 0 ]; then
		tell "guest $1: $3 s"
	elif [ "$failed" -eq 0 ]; then
		failed=$2
	fi
}
