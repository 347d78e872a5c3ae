# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read in by scripts/kernel: applies patches to the state $base of the source and sets $target, the state with them. All
# of it happens in the index of our repository; no file of the tree changes.
#
# A patch is applied as a whole and as its author wrote it, or it is refused and the reason named. A mail is decoded as
# "git am" does it (quoted-printable, base64, format=flowed, line ends of CR LF); of several mails in one file each is
# applied in its turn.

# shellcheck disable=SC2154 # set by scripts/kernel
# shellcheck disable=SC2015 # die is meant to run when any of a chain fails
# shellcheck disable=SC2001 # sed quotes what is special to it

# Sets target. The patches are copies, $work/patch.0 and so on, so that what is applied is what the key was made of.
apply_patches() {
	local i
	target=$base
	if ((${#patches[@]} == 0)); then return; fi
	ours read-tree "$base" 2>"$work/said" || die 4 "$spec: $(git_reason "$work/said")"
	for i in "${!patches[@]}"; do
		patch=${patches[i]}
		apply_patch "$work/patch.$i" "$work/parts.$i"
	done
}

refuse() {
	local release
	release=$(base_release)
	die 2 "$patch:${part_name:+ $part_name} $* (kernel $spec${release:+, $release})"
}

apply_patch() { # FILE FOLDER
	local part before=$target
	part_name='' of_mail=''
	mkdir -p -- "$2" || die 4 "$2: cannot be made"
	[[ -s $1 ]] || refuse "is empty"
	if is_mail "$1"; then
		of_mail=' of the decoded mail'
		decode_mails "$1" "$2"
	else
		undecoded "$1"
		cp -- "$1" "$2/0001.diff" || die 4 "$2: cannot be written"
	fi
	for part in "$2"/*.diff; do
		if (($(find "$2" -name '*.diff' | wc -l) > 1)); then
			part_name="mail $((10#$(basename -- "$part" .diff))) of it"
		fi
		apply_part "$part"
	done
	if [[ $target == "$before" ]]; then refuse "leaves the kernel as it is"; fi
}

# --- Mails

# A mailbox begins with a line "From "; a single mail with a header that has at least From or Subject.
is_mail() {
	awk '
		{ sub(/\r$/, "") }
		NR == 1 && /^From [^ ]+ .*[0-9][0-9]:[0-9][0-9]/ { mail = 1; exit }
		NR == 1 { sub(/^\357\273\277/, "") }
		/^$/ { exit }
		/^[!-9;-~]+:/ { if (tolower($0) ~ /^(from|subject):/) mail = 1; next }
		NR > 1 && /^[ \t]/ { next }
		{ mail = 0; exit }
		END { exit !mail }' "$1"
}

decode_mails() { # FILE FOLDER
	local mail count=0
	ours mailsplit -b "-o$2" "$1" >/dev/null 2>"$work/said" || refuse "cannot be read as a mail: $(git_reason "$work/said")"
	for mail in "$2"/[0-9]*; do
		ours mailinfo --encoding=UTF-8 "$work/message" "$mail.decoded" <"$mail" >/dev/null 2>"$work/said" ||
			refuse "cannot be decoded as a mail: $(git_reason "$work/said")"
		# a cover letter has no diff
		if grep -qE '^(diff --git |--- |Index: )' "$mail.decoded"; then
			count=$((count + 1))
			mv -- "$mail.decoded" "$mail.diff" || die 4 "$2: cannot be written"
		fi
	done
	((count)) || refuse "is a mail without a unified diff"
}

# The body of a mail whose header was cut off: each = in what it adds is an escape.
undecoded() {
	awk '
		/^\+/ && !/^\+\+\+ / {
			if (/=3D/) escaped = 1
			line = $0; gsub(/=([0-9A-F][0-9A-F]|\r?$)/, "", line)
			if (line ~ /=/) plain = 1
		}
		END { exit !escaped || plain }' "$1" &&
		refuse "is the quoted-printable body of a mail without its header; save the mail as a whole"
	return 0
}

# --- One diff

apply_part() { # DIFF
	local before=$target unchanged
	if ! names_of "$1" 1 >"$work/touched"; then refuse_diff "$1"; fi
	if grep -qE '(^|/)\.\.(/|$)|^/' "$work/touched"; then refuse "names a file outside the source tree"; fi
	whole "$1"
	in_place "$1"
	store_contents <"$work/touched" || die 4 "$(head -n 1 "$work/said")"
	ours apply --cached --whitespace=nowarn -p1 "$1" 2>"$work/said" || refuse_application "$1"
	target=$(ours write-tree --missing-ok 2>"$work/said") && [[ -n $target ]] ||
		die 4 "$tree/git: cannot be written: $(git_reason "$work/said")"

	ours diff-tree -r --no-renames --name-only -z "$before" "$target" | tr '\0' '\n' | sort -u >"$work/changed"
	unchanged=$(comm -23 "$work/touched" "$work/changed" | grep -vxF -f <(copied_from "$1") | head -n 1)
	if [[ -n $unchanged ]]; then refuse "names $unchanged, but leaves it as it is"; fi
}

copied_from() { sed -n 's/^copy from //p' "$1"; echo; }

# The files that a diff names, with $2 folders stripped.
names_of() {
	ours apply --numstat -z "-p$2" "$1" >"$work/numstat" 2>"$work/said" || return
	{
		tr '\0' '\n' <"$work/numstat" | cut -f 3-
		sed -nE 's/^(rename|copy) from //p' "$1"
	} | sort -u
}

# The hunks have as many lines as their headers say, and the diff as many as the statistics that its author sent with it:
# a line beyond a hunk would be left out without a word.
whole() {
	local line counts
	line=$(awk '
		/^@@ -[0-9]+(,[0-9]+)? \+[0-9]+(,[0-9]+)? @@/ && old <= 0 && new <= 0 {
			split($2, o, ","); split($3, n, ",")
			old = o[2] == "" ? 1 : o[2]; new = n[2] == "" ? 1 : n[2]
			after = 0
			if (old + new == 0) after = 1
			next
		}
		old > 0 || new > 0 {
			if (/^-/) old--
			else if (/^\+/) new--
			else if (!/^\\/) { old--; new-- }
			after = old <= 0 && new <= 0
			next
		}
		after && /^\\/ { next }
		after && /^[-+]/ && !/^--- / && !/^--[ \t\r]*$/ { print NR; exit }
		{ after = 0 }' "$1")
	if [[ -n $line ]]; then refuse "is damaged: line $line$of_mail lies outside the hunk before it, whose header counts fewer lines"; fi

	if grep -qP '^-\t-\t' "$work/numstat"; then return; fi
	counts=$(tr '\0' '\n' <"$work/numstat" | awk -F '\t' '{ files++; added += $1; deleted += $2 }
		END { print files + 0, added + 0, deleted + 0 }')
	awk -v counts="$counts" '
		/^(diff |--- [^ ]|Index: )/ { exit }
		/^ [0-9]+ files? changed(, [0-9]+ insertions?\(\+\))?(, [0-9]+ deletions?\(-\))?\r?$/ {
			said = 1; files = $1; added = deleted = 0
			for (i = 4; i < NF; i += 2) if ($(i + 1) ~ /^ins/) added = $i; else deleted = $i
		}
		END {
			split(counts, has, " ")
			exit !(said && (has[1] < files || has[2] < added || has[3] < deleted))
		}' "$1" &&
		refuse "is cut short: its statistics ($(grep -m 1 -oE '^ [0-9]+ files? changed.*' "$1" | tr -d '\r' | sed 's/^ //')) count more than it has"
	return 0
}

# A file that is new has no context that would show that its path is right: without a/ and b/ in front the name of its
# first folder would be stripped.
in_place() {
	local file folder
	ours ls-tree -r --name-only "$target" | comm -13 - "$work/touched" >"$work/new"
	if [[ ! -s $work/new ]] || ! names_of "$1" 0 >"$work/tried"; then return; fi
	while IFS= read -r file; do
		folder=$(sed -n "s|/$(sed 's/[][\.*^$|]/\\&/g' <<<"$file")\$||p" "$work/tried" | head -n 1)
		if [[ -n $folder && $(ours cat-file -t "$target:$folder" 2>/dev/null) == tree ]]; then refuse_prefix; fi
	done <"$work/new"
}

# --- Reasons

# Why git does not read it as a diff.
refuse_diff() {
	local line
	line=$(sed -n 's/.*\(corrupt\|corrupt binary\) patch at line \([0-9]*\).*/\2/p; s/.*fragment without header at line \([0-9]*\).*/\1/p' \
		"$work/said" | head -n 1)
	if [[ -n $line ]]; then
		refuse "is damaged or cut short at line $line$of_mail"
	elif ! grep -qE '^(diff --git |\+\+\+ |@@ -)' "$1"; then
		if grep -qE '^\*\*\* [0-9]+,[0-9]+ \*\*\*\*' "$1"; then
			refuse "is a context diff; make a unified one (diff -u)"
		fi
		refuse "is no patch: it holds no unified diff"
	elif can_apply "$1" 0; then
		refuse_prefix
	fi
	refuse "is no patch that git can read: $(git_reason "$work/said")"
}

refuse_prefix() { refuse "does not apply with -p1: its paths have no a/ and b/ in front; make it with a/ and b/ (git diff --default-prefix)"; }

can_apply() { # DIFF STRIP OPTION...
	local diff=$1 strip=$2
	shift 2
	(
		names_of "$diff" "$strip" >"$work/tried" && store_contents <"$work/tried" &&
			ours apply --cached --check --whitespace=nowarn "-p$strip" "$@" "$diff"
	) >/dev/null 2>&1
}

# The same with a file that is there: one that is new could be anywhere.
can_apply_to_known() { can_apply "$@" && [[ -n $(ours ls-files | comm -12 - "$work/tried" | head -n 1) ]]; }

# Why git does not apply a diff that it can read.
refuse_application() {
	local strip file line
	cp -- "$work/said" "$work/said.first"
	if can_apply "$1" 1 --reverse; then refuse "is applied already"; fi
	if can_apply_to_known "$1" 0; then refuse_prefix; fi
	if can_apply_to_known "$1" 0 --reverse; then refuse "is applied already, and its paths have no a/ and b/ in front"; fi
	for strip in 2 3 4; do
		if can_apply_to_known "$1" "$strip"; then
			refuse "does not apply with -p1, but would with -p$strip: its paths have $((strip - 1)) more folder$( ((strip == 2)) || echo s) in front"
		fi
	done
	if can_apply "$1" 1 --unidiff-zero; then
		refuse "has no lines of context around its changes, so that their place cannot be proved; make it without -U0"
	fi
	if grep -q $'\r$' "$1"; then
		tr -d '\r' <"$1" >"$work/without-cr"
		if can_apply "$work/without-cr" 1; then
			refuse "does not apply: its lines end in CR LF, those of the kernel in LF"
		fi
	fi
	file=$(sed -nE 's/^error: (.*): (does not exist in index|No such file or directory)$/\1/p' "$work/said.first" | head -n 1)
	if [[ -n $file ]]; then refuse "does not apply: $file is not in this kernel"; fi
	file=$(sed -nE 's/^error: (.*): already exists in (index|working directory)$/\1/p' "$work/said.first" | head -n 1)
	if [[ -n $file ]]; then refuse "does not apply: it adds $file, which is in this kernel already with another content"; fi
	line=$(sed -nE 's/^error: patch failed: (.*):([0-9]+)$/\2/p' "$work/said.first" | head -n 1)
	file=$(sed -nE 's/^error: patch failed: (.*):([0-9]+)$/\1/p' "$work/said.first" | head -n 1)
	if [[ -n $file ]]; then
		if can_apply "$1" 1 --ignore-space-change; then
			refuse "does not apply: $file, $(hunk_at "$1" "$file" "$line"): its blanks and tabs are not those of the kernel"
		fi
		refuse "does not apply: $file, $(hunk_at "$1" "$file" "$line")"
	fi
	refuse "does not apply: $(git_reason "$work/said.first")"
}

# Which hunk of FILE is at LINE.
hunk_at() { # DIFF FILE LINE
	awk -v file="$2" -v line="$3" '
		/^--- / { name = $0; sub(/^--- [^\/]*\//, "", name); sub(/\t.*|\r$/, "", name); hunk = 0 }
		/^@@ -/ {
			hunk++; start = $2; sub(/^-/, "", start); sub(/,.*/, "", start)
			if (name == file && start == line) { print "hunk " hunk " at line " line; found = 1; exit }
		}
		END { if (!found) print "line " line }' "$1"
}
