#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/kernel: each shape of patch is applied as its author wrote it, or refused with the true reason. The kernel is a
# small git repository; the state that a patch must lead to is a commit of it, and git makes the patch from that.
# shellcheck disable=SC2015,SC2317 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C XDG_CACHE_HOME=$work/cache HOME=$work/home GIT_CONFIG_NOSYSTEM=1
mkdir -p "$HOME"
repo=$work/repo
git_() { git -C "$repo" -c user.name=t -c user.email=t@t -c init.defaultBranch=main -c core.safecrlf=false "$@"; }

# --- The kernel: it builds in a moment, and its image is a boot header and whatever a.c holds

mkdir -p "$repo/lib"
cat >"$repo/Makefile" <<'MAKEFILE'
VERSION = 9
PATCHLEVEL = 8
SUBLEVEL = 7
tinyconfig allnoconfig:
	@touch $(O)/.config
prepare:
	@:
bzImage: $(O)/arch/x86/boot/bzImage
$(O)/arch/x86/boot/bzImage: FORCE
	@mkdir -p $(@D)
	@echo map >$(O)/System.map
	@{ head -c 514 /dev/zero; printf HdrS; head -c 8 /dev/zero; printf '\020\000'; printf '9.8.7-tiny (u@h) #1 \000'; cat *.c; } >$@
FORCE:
MAKEFILE
printf '\t%s\n' 'int one = 1;' 'int two = 2;' 'int three = 3;' 'int four = 4;' 'int five = 5;' >"$repo/a.c"
seq 100 | sed 's/.*/line & of a longer file/' >"$repo/lib/long.c"
printf 'one\r\ntwo\r\nthree\r\n' >"$repo/dos.txt"
head -c 600 /dev/zero | tr '\0' '\001' >"$repo/data.bin"
printf '#!/bin/sh\n' >"$repo/run.sh"
{ git_ init -q && git_ add . && git_ commit -qm base && git_ tag base; } || exit 1
: >"$work/fragment"

# state NAME COMMAND: a commit on top of base, made by COMMAND in the tree
state() {
	git_ checkout -q base && (cd "$repo" && eval "$2") && git_ add -A && git_ commit -qm "Change $1" -m "Why it is so." &&
		git_ tag "$1" && git_ checkout -q base || exit 1
}
state equals "printf '\\tchar *text = \"a=3D b = c\";\\n\\tint äöü = 1;\\n' >>a.c"
state small "sed -i 's/three = 3/three = 33/' a.c"
state two-hunks "sed -i -e 's/line 5 /line V /' -e 's/line 90 /line XC /' lib/long.c"
state two-files "sed -i 's/one = 1/one = 11/' a.c; sed -i 's/line 50 /line L /' lib/long.c"
state added "printf 'int fresh;\\n' >fresh.c"
state renamed "git mv lib/long.c lib/other.c && sed -i 's/line 50 /line L /' lib/other.c"
state copied "cp lib/long.c lib/copy.c && sed -i 's/line 50 /line L /' lib/copy.c"
state executable "chmod +x run.sh"
state removed "git rm -q lib/long.c"
state binary "printf '\\000\\002' | dd of=data.bin bs=1 seek=300 conv=notrunc status=none"
state dos "sed -i 's/two/zwei/' dos.txt"

diff_of() { git_ diff "${@:2}" base "$1"; } # STATE OPTION...
mail_of() { git_ format-patch -1 --stdout "${@:2}" "$1"; }
as_mail() { # ENCODING, of a diff on standard input
	printf 'From: A <a@b>\nDate: Sat, 28 Nov 2026 12:00:00 +0000\nSubject: [PATCH] Change it\nMIME-Version: 1.0\n'
	printf 'Content-Type: text/plain; charset=utf-8%s\nContent-Transfer-Encoding: %s\n\n' "${2-}" "$1"
}
quoted() { python3 -c 'import quopri, sys; quopri.encode(sys.stdin.buffer, sys.stdout.buffer, False)'; }

kernel() { "$root/scripts/kernel" --config "$work/fragment" "$@"; }
# becomes STATE PATCH...: the tree that is built is that of the state, to the byte
becomes() {
	local want at
	want=$(git_ rev-parse "$1^{tree}")
	run 0 kernel "git:$repo#base" "${@:2}" || return 1
	at=$(cat "$work"/cache/daxmark/trees/*/at)
	why="the tree is $at, not $want of $1"
	[ "$at" = "$want" ] || return 1
	rm -rf "$work/expected"
	mkdir "$work/expected"
	git_ archive "$1" | tar -xf - -C "$work/expected"
	why=$(diff -r "$work/expected" "$work"/cache/daxmark/trees/*/src 2>&1 | head -n 3)
	[ -z "$why" ]
}
# refuses WORDS PATCH...: before anything is built, in one line, and the state of the tree is what it was
refuses() {
	local words=$1 before
	shift
	before=$(cat "$work"/cache/daxmark/trees/*/at; ls "$work/cache/daxmark/kernels")
	run 2 kernel --check "git:$repo#base" "$@" || return 1
	says err "$words" || return 1
	why="more than a line: $(cat "$work/err")"
	[ "$(wc -l <"$work/err")" -eq 1 ] || return 1
	run 2 kernel "git:$repo#base" "$@" && says err "$words" || return 1
	why="the tree or the cache has changed"
	[ "$before" = "$(cat "$work"/cache/daxmark/trees/*/at; ls "$work/cache/daxmark/kernels")" ]
}

# --- Applied as the author wrote it

plain_diff() { diff_of equals >"$work/p" && becomes equals "$work/p"; }
git_mail() { mail_of two-files >"$work/p" && becomes two-files "$work/p"; }
quoted_mail() {
	{ as_mail quoted-printable && diff_of equals | quoted; } >"$work/p" && grep -q '=3D3D' "$work/p" && becomes equals "$work/p"
}
base64_mail() { { as_mail base64 && diff_of equals | base64; } >"$work/p" && becomes equals "$work/p"; }
flowed_mail() { # a line that begins with a blank has one more
	{ as_mail 8bit '; format=flowed' && diff_of small | sed 's/^ /  /'; } >"$work/p" && becomes small "$work/p"
}
dos_mail() { mail_of two-files | sed 's/$/\r/' >"$work/p" && becomes two-files "$work/p"; }
mailbox() {
	git_ checkout -q two-hunks && git_ cherry-pick small added >/dev/null && git_ tag -f stack >/dev/null && git_ checkout -q base || return 1
	git_ format-patch --stdout --cover-letter base..stack >"$work/p" 2>/dev/null && [ "$(grep -c '^From [0-9a-f]* ' "$work/p")" -eq 4 ] &&
		becomes stack "$work/p"
}
in_order() {
	mail_of two-hunks >"$work/p" && mail_of small >"$work/p2" && mail_of added >"$work/p3" && becomes stack "$work/p" "$work/p2" "$work/p3"
}
test_that "a diff with text before it is applied to the byte" plain_diff
test_that "a mail of git format-patch is, with its signature" git_mail
test_that "a mail in quoted-printable is decoded" quoted_mail
test_that "a mail in base64 is decoded" base64_mail
test_that "a mail with format=flowed is decoded" flowed_mail
test_that "a mail with line ends of CR LF is decoded" dos_mail
test_that "the mails of a mailbox are applied in turn, its cover letter is none" mailbox
test_that "patches are applied in the order given" in_order

added() { diff_of added >"$work/p" && becomes added "$work/p"; }
traditional() { # as diff -u makes it, with time stamps and the epoch for a file that is new
	(cd "$work" && rm -rf old new && cp -r "$repo" old && rm -rf old/.git && cp -r old new && printf 'int fresh;\n' >new/fresh.c &&
		TZ=UTC diff -urN old new >p)
	becomes added "$work/p"
}
renamed() { diff_of renamed -M >"$work/p" && grep -q '^rename from' "$work/p" && becomes renamed "$work/p"; }
copied() { diff_of copied -C --find-copies-harder >"$work/p" && grep -q '^copy from' "$work/p" && becomes copied "$work/p"; }
executable() { diff_of executable >"$work/p" && becomes executable "$work/p"; }
removed() { diff_of removed >"$work/p" && becomes removed "$work/p"; }
binary() { diff_of binary --binary >"$work/p" && becomes binary "$work/p"; }
dos() { diff_of dos >"$work/p" && becomes dos "$work/p"; }
offset() { # the hunk is three lines away, and nothing else would do
	diff_of two-hunks | sed 's/^@@ -87,7 +87,7 @@/@@ -84,7 +84,7 @@/' >"$work/p" && becomes two-hunks "$work/p"
}
back() { run 0 kernel "git:$repo#base" && becomes base; }
test_that "a patch may add a file" added
test_that "so may one of diff -urN, without git" traditional
test_that "a patch may rename a file" renamed
test_that "a patch may copy a file" copied
test_that "a patch may change a mode" executable
test_that "a patch may remove a file" removed
test_that "a patch may change a binary file" binary
test_that "a file with line ends of CR LF keeps them" dos
test_that "a hunk is found some lines away" offset
test_that "without a patch the source is as it was" back

# --- Refused

empty() { : >"$work/p" && refuses "$work/p: is empty" "$work/p"; }
blank() { printf '\n\n' >"$work/p" && refuses 'is no patch: it holds no unified diff' "$work/p"; }
words() { printf 'no patch at all\n' >"$work/p" && refuses 'is no patch: it holds no unified diff' "$work/p"; }
letter() { { as_mail 8bit && echo 'Dear all,'; } >"$work/p" && refuses 'is a mail without a unified diff' "$work/p"; }
context() {
	git_ show base:a.c >"$work/a" && git_ show small:a.c >"$work/b"
	diff -c "$work/a" "$work/b" >"$work/p"
	refuses 'is a context diff; make a unified one' "$work/p"
}
no_prefix() { diff_of small --no-prefix >"$work/p" && refuses 'its paths have no a/ and b/ in front' "$work/p"; }
no_prefix_below() { diff_of two-hunks --no-prefix >"$work/p" && refuses 'its paths have no a/ and b/ in front' "$work/p"; }
no_prefix_new() {
	printf -- '--- /dev/null\n+++ lib/new.c\n@@ -0,0 +1 @@\n+int x;\n' >"$work/p" && refuses 'its paths have no a/ and b/ in front' "$work/p"
}
deeper() {
	diff_of small --src-prefix=x/a/ --dst-prefix=x/b/ >"$work/p" && refuses 'would with -p2: its paths have 1 more folder in front' "$work/p"
}
already() { diff_of small >"$work/p" && refuses 'is applied already' "$work/p" "$work/p"; }
already_upstream() {
	diff_of small >"$work/p" && run 2 kernel --check "git:$repo#small" "$work/p" && says err "$work/p: is applied already"
}
already_added() { diff_of added >"$work/p" && refuses 'is applied already' "$work/p" "$work/p"; }
elsewhere() {
	diff_of small | sed 's/ int two = 2/ int two = 22/' >"$work/p" && cp "$work/p" "$work/q" &&
		sed -i 's/int two = 2;/int two = 7;/' "$work/q" && refuses 'does not apply: a.c, hunk 1 at line 1' "$work/q"
}
second_hunk() {
	diff_of two-hunks | sed 's/line 89 /line 98 /' >"$work/p" && refuses 'does not apply: lib/long.c, hunk 2 at line 87' "$work/p"
}
unknown() { diff_of small | sed 's,/a\.c,/zz.c,' >"$work/p" && refuses 'does not apply: zz.c is not in this kernel' "$work/p"; }
exists() {
	diff_of added | sed 's,fresh\.c,a.c,' >"$work/p" && refuses 'it adds a.c, which is in this kernel already' "$work/p"
}
cut_in_a_hunk() { diff_of two-hunks | head -n -3 >"$work/p" && refuses 'is damaged or cut short at line' "$work/p"; }
cut_in_a_mail() {
	mail_of two-hunks | sed '/^@@ -87/,$d' >"$work/p" && grep -q '^@@' "$work/p" &&
		refuses 'is cut short: its statistics .1 file changed, 2 insertions.*count more than it has' "$work/p"
}
cut_between_files() { mail_of two-files | sed '/^diff --git a.lib/,$d' >"$work/p" && refuses 'is cut short: its statistics' "$work/p"; }
uncounted() {
	diff_of small >"$work/p" && printf '+\tint six = 6;\n' >>"$work/p" && refuses 'is damaged: line [0-9]* lies outside the hunk' "$work/p"
}
dos_diff() { diff_of small | sed 's/$/\r/' >"$work/p" && refuses 'its lines end in CR LF, those of the kernel in LF' "$work/p"; }
tabs() { diff_of small | expand >"$work/p" && refuses 'its blanks and tabs are not those of the kernel' "$work/p"; }
no_context() { diff_of small -U0 >"$work/p" && refuses 'has no lines of context' "$work/p"; }
no_content() { diff_of binary >"$work/p" && refuses "does not apply: cannot apply binary patch to 'data.bin'" "$work/p"; }
headless() { diff_of equals | quoted | sed 's/=3D3D/=3D/' >"$work/p" && refuses 'is the quoted-printable body of a mail without its header' "$work/p"; }
outside() {
	printf -- '--- a/../../x\n+++ b/../../x\n@@ -0,0 +1 @@\n+x\n' >"$work/p" && refuses 'names a file outside the source tree' "$work/p"
}
nothing() {
	printf 'diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@\n-\tint one = 1;\n+\tint one = 1;\n \tint two = 2;\n' >"$work/p" &&
		refuses 'names a.c, but leaves it as it is' "$work/p"
}
second_mail() {
	{ mail_of two-hunks && mail_of small | sed 's/int two = 2/int two = 7/'; } >"$work/p" &&
		refuses "$work/p: mail 2 of it does not apply: a.c, hunk 1" "$work/p"
}
becomes base || exit 1
test_that "an empty file is no patch" empty
test_that "nor is a blank one" blank
test_that "nor is any text" words
test_that "nor is a letter" letter
test_that "a context diff is named as that" context
test_that "a patch without a/ and b/ is named as that" no_prefix
test_that "also in a folder, where the first name would be stripped" no_prefix_below
test_that "also where it only adds a file there" no_prefix_new
test_that "a patch with more folders in front is named as that" deeper
test_that "a patch given twice is applied already" already
test_that "so is one that the revision holds" already_upstream
test_that "so is one that adds a file" already_added
test_that "a hunk that does not fit is named" elsewhere
test_that "also where it is the second" second_hunk
test_that "a file that the kernel lacks is named" unknown
test_that "a file that is there cannot be added" exists
test_that "a patch cut off within a hunk is damaged" cut_in_a_hunk
test_that "one cut off between hunks is known by its statistics" cut_in_a_mail
test_that "so is one cut off between files" cut_between_files
test_that "a line beyond its hunk is not left out" uncounted
test_that "a diff whose lines end in CR LF is named as that" dos_diff
test_that "one whose tabs became blanks is named as that" tabs
test_that "one without context is named as that" no_context
test_that "a binary change without its content is named" no_content
test_that "a quoted-printable body without its header is refused" headless
test_that "a path outside the tree is refused" outside
test_that "a patch that changes nothing is refused" nothing
test_that "of several mails the one that does not apply is named" second_mail

finish
