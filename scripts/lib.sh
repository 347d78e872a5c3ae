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
	local command
	for command; do
		command -v "$command" >/dev/null || die 4 "$command is missing; run scripts/deps"
	done
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
# The same; what the command says on standard error is shown and kept in FILE.
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

# --- Plans and git

# The plan on the command line of a script; a second one would be dropped.
the_plan() { # PLAN
	[ -z "${named_plan-}" ] || die 2 "$1: one plan at a time; $named_plan is named already"
	[ -n "$1" ] || die 2 'the name of the plan is empty'
	named_plan=$1 plan=$1
}
# The fields of a plan, as "daxmark plan" prints them, from $fields.
field() { sed -n "s/^$1	//p" <<<"${fields-}"; }

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
