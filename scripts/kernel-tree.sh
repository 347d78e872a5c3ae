# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read in by scripts/kernel: the source tree of a kernel, and a git repository of our own that knows each of its states.
#
# A state of the source is a tree object of $tree/git: $base is the untouched source, $target the one to be built. The
# objects of a revision stay in the repository of the user, to which ours points (objects/info/alternates). Of a
# tarball ours holds the names of all files with the digests of their contents, and the contents of those files alone
# that a patch has touched: they are stored before the first patch changes them.

# shellcheck disable=SC2154 # set by scripts/kernel
# shellcheck disable=SC2015 # die is meant to run when any of a chain fails
# shellcheck disable=SC1003 # an apostrophe in a pattern of awk

# git on our repository. No setting, attribute, replacement or graft of the user's reaches it: it has no home, and
# info/attributes rules out every conversion that a .gitattributes of the tree asks for, so that a file of the tree has
# the bytes that the repository stores.
ours() { bare_git --git-dir="$tree/git" --work-tree="$tree/src" "$@"; }
bare_git() {
	env -i PATH="$PATH" TMPDIR="$work" LC_ALL=C GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1 \
		GIT_NO_REPLACE_OBJECTS=1 GIT_INDEX_FILE="$work/index" git "$@" 3>&- 9>&-
}

our_repository() {
	local format=sha1
	if [[ $scheme == git ]]; then format=$(git_in "$repository" rev-parse --show-object-format) || format=sha1; fi
	if [[ ! -e $tree/git/ready ]]; then
		rm -rf -- "$tree/git"
		mkdir -p -- "$tree" && bare_git init -q --bare --template= --object-format="$format" "$tree/git" 2>"$work/said" &&
			ours config core.bare false && mkdir -p -- "$tree/git/info" "$tree/git/objects/info" &&
			printf '* -text -ident -filter -working-tree-encoding\n' >"$tree/git/info/attributes" &&
			: >"$tree/git/ready" || die 4 "$tree/git: cannot be made: $(head -n 1 "$work/said")"
	fi
	if [[ $scheme == git ]]; then
		[[ $(cat "$tree/git/objects/info/alternates" 2>/dev/null) == "$objects" ]] ||
			printf '%s\n' "$objects" >"$tree/git/objects/info/alternates" || die 4 "$tree/git: cannot be written"
	fi
}

# --- The untouched source: sets base

find_base() {
	base=''
	our_repository
	if [[ $scheme == git ]]; then
		base=$digest
		ours cat-file -e "$base" 2>/dev/null ||
			die 4 "$spec: git finds its objects in $objects no more"
	elif [[ -s $tree/base ]]; then
		read -r base_of base <"$tree/base"
		# a tree whose repository was lost is unpacked once more
		if [[ $base_of != "$digest" ]] || ! ours cat-file -e "$base" 2>/dev/null; then base=''; fi
	fi
}

# All that a build has left here, except the lock.
empty_tree() {
	rm -rf -- "$tree/at" "$tree/moving" "$tree/base" "$tree/src" "$tree/src.new" "$tree/building" "$tree/configured" \
		"$tree/lacking" "$tree/git" "$tree/obj" "$tree/tmp" "$tree/state" "$tree/orig" "$tree/absent" "$tree/work"
	our_repository
}

# A first source tree, or a new one where the tarball is another.
unpack() {
	empty_tree
	need_room "$need_fresh_kib" "a kernel source tree and its objects"
	mkdir -p -- "$tree/src.new" || die 4 "$tree: cannot be written"
	if [[ $scheme == debian ]]; then
		say "unpacking $tarball"
		attend tar -C "$tree/src.new" --strip-components=1 --no-same-owner -xmf "$tarball" 2>"$work/said" ||
			die 4 "$tarball: cannot be unpacked to $tree: $(head -n 1 "$work/said")"
		[[ $(digest "$tarball") == "$digest" ]] || die 4 "$tarball: changed while it was unpacked"
	else
		say "checking out $spec"
		ours read-tree "$base" 2>"$work/said" &&
			attend check_out_all 2>"$work/said" ||
			die 4 "$spec: cannot be checked out to $tree: $(git_reason "$work/said")$(partial_clone)"
	fi
	mv -T -- "$tree/src.new" "$tree/src" || die 4 "$tree/src: cannot be written"
	if [[ $scheme == debian ]]; then
		know_files || die 4 "$tree/git: cannot be written: $(head -n 1 "$work/said")"
		printf '%s %s\n' "$digest" "$base" >"$tree/base.new" && mv -f -- "$tree/base.new" "$tree/base" ||
			die 4 "$tree/base: cannot be written"
	fi
	now_at "$base"
}

check_out_all() {
	cd -- "$tree/src.new" && bare_git --git-dir="$tree/git" --work-tree="$tree/src.new" checkout-index -a -f
}

partial_clone() {
	if [[ $(git_in "$repository" config --get-regexp 'remote\..*\.promisor' 2>/dev/null) == *true* ]]; then
		printf ' (it is a partial clone that lacks files of this revision; git checkout there fetches them)'
	fi
}

# The state of src/ just unpacked, as a tree object; sets base. Only digests are computed: this takes some seconds, where
# storing the files would take a minute and their size once more.
know_files() {
	local link
	(cd -- "$tree/src" && find . -type f -printf '%P\n' | sort >"$work/files" &&
		ours hash-object --no-filters --stdin-paths <"$work/files" >"$work/ids" &&
		find . -type f -perm -u+x -printf '%P\n' >"$work/executable" &&
		{
			paste "$work/ids" "$work/files" >"$work/named" && awk -F '\t' '
				FILENAME == ARGV[1] { executable[$0] = 1; next }
				{ print (($2 in executable) ? "100755" : "100644") " " $1 "\t" $2 }' \
				"$work/executable" "$work/named"
			while IFS= read -r link; do
				printf '120000 %s\t%s\n' "$(printf %s "$(readlink -- "$link")" | ours hash-object -w --stdin)" "$link"
			done < <(find . -type l -printf '%P\n')
		} >"$work/listed") 2>"$work/said" &&
		rm -f -- "$work/index" && ours update-index --index-info <"$work/listed" 2>"$work/said" &&
		base=$(ours write-tree --missing-ok 2>"$work/said") && [[ -n $base ]] &&
		printf 'Makefile\n' | store_contents
}

# Stores the untouched contents of the files named on stdin. One that is not stored was never touched, so src/ has it.
store_contents() {
	local expected
	if [[ $scheme == git ]]; then
		cat >/dev/null
		return
	fi
	sort -u >"$work/names"
	ours -c core.quotePath=false ls-tree -r "$base" >"$work/all" 2>"$work/said" &&
		awk -F '\t' 'FILENAME == ARGV[1] { wanted[$0] = 1; next } ($2 in wanted) && /^100/ { split($1, w, " "); print w[3] "\t" $2 }' \
			"$work/names" "$work/all" >"$work/wanted" &&
		cut -f 1 "$work/wanted" | ours cat-file --batch-check 2>"$work/said" | paste - "$work/wanted" |
		awk -F '\t' '$1 ~ / missing$/ { print $2 "\t" $3 }' >"$work/lacking" || return
	if [[ ! -s $work/lacking ]]; then return 0; fi
	expected=$(cut -f 1 "$work/lacking")
	# from the folder, for names are relative to where git is called
	[[ $(cd -- "$tree/src" && cut -f 2 "$work/lacking" |
		ours hash-object -w --no-filters --stdin-paths 2>"$work/said") == "$expected" ]] && return
	printf 'a file of %s is not as the tarball had it; remove that folder\n' "$tree" >"$work/said"
	return 1
}

base_release() {
	ours cat-file blob "$base:Makefile" 2>/dev/null | awk -F '[ \t]*=[ \t]*' '
		$1 ~ /^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)$/ && !($1 in v) { v[$1] = $2 }
		END { print v["VERSION"] "." v["PATCHLEVEL"] (v["SUBLEVEL"] == "" ? "" : "." v["SUBLEVEL"]) v["EXTRAVERSION"] }'
}

# --- From one state to another

# The names that a state is kept under are written before and after src/ changes, so that the next start knows what src/
# may hold: $tree/at a state, $tree/moving the one that it was being brought to.
now_at() {
	printf '%s\n' "$1" >"$tree/at.new" && sync -- "$tree/at.new" && mv -f -- "$tree/at.new" "$tree/at" &&
		rm -f -- "$tree/moving" || die 4 "$tree/at: cannot be written"
}

# src/ becomes what $1 is. Only files that differ are written, so that make compiles again only what depends on them.
# Returns 1 where the state of src/ is not known (or its revision is gone from the repository).
move_to() {
	local at moving
	at=$(cat "$tree/at" 2>/dev/null)
	[[ -n $at && -d $tree/src ]] || return 1
	moving=$(cat "$tree/moving" 2>/dev/null)
	if [[ -n $moving ]]; then move "$at" "$moving" && at=$moving || return 1; fi
	move "$at" "$1"
}

move() { # FROM TO
	if [[ $1 == "$2" ]]; then return 0; fi
	ours -c core.quotePath=false diff-tree -r --no-renames --name-status "$1" "$2" >"$work/changes" 2>"$work/said" ||
		return 1
	if [[ $1 != "$(cat "$tree/at")" ]]; then now_at "$1"; fi
	printf '%s\n' "$2" >"$tree/moving" && sync -- "$tree/moving" || die 4 "$tree/moving: cannot be written"
	forget_objects
	# a file may take the place of a folder, and a link that of a file
	(cd -- "$tree/src" && sed -n 's/^[DT]\t//p' "$work/changes" | while IFS= read -r file; do
		rm -f -- "$file" && rmdir -p --ignore-fail-on-non-empty -- "$(dirname -- "$file")" 2>/dev/null
	done)
	ours read-tree "$2" 2>"$work/said" &&
		sed -n 's/^[AMT]\t//p' "$work/changes" | (cd -- "$tree/src" && ours checkout-index -f --stdin) 2>"$work/said" || {
		rm -f -- "$tree/at" # the next start unpacks anew
		die 4 "$tree/src: cannot be written: $(git_reason "$work/said")$(partial_clone)"
	}
	now_at "$2"
}

# --- Objects go with their sources
#
# kbuild makes an object again where its source, a header it has read or its command has changed. That leaves these
# cases, in which a build on top of the last one could give another image than a build from nothing:
#
#   A source is gone. Without it make has no rule for the object, which is there all the same, and links it.
#   A file is new. It can take the place of one that was found elsewhere: a header of the same name in a folder that is
#     looked into before, or a source that another rule is for.
#   A program or description that a rule uses without naming it has changed (scripts/, tools/, Makefiles, tables).
#   The clock went back: what was changed is older than what was made of it.
#
# So after a change of the kind
#   - each target goes that has read, or was made of, a file with the name of one that is gone or new; and what has its
#     name, without the suffix, in the same folder: not each rule leaves a record;
#   - of a folder in which something other than a C file or header has changed everything goes that was made there;
#   - where that is a part of what builds everything, all objects go.

forget_objects() {
	local what
	[[ -d $tree/obj ]] || return 0
	what=$(awk -F '\t' -v obj="$tree/obj" -v names="$work/names" -v stems="$work/stems" -v folders="$work/folders" '
		function folder(path) { return sub(/\/[^\/]*$/, "", path) ? path : "." }
		BEGIN { printf "" >names; printf "" >stems; printf "" >folders }
		$2 ~ /^(scripts|tools\/(arch|build|include|lib|objtool|scripts)|arch\/x86\/tools|arch\/x86\/boot\/tools)\// ||
		$2 ~ /^(Makefile|Kbuild|arch\/x86\/[^\/]*(Makefile|Kbuild)[^\/]*|include\/(.*\/)?Kbuild)$/ { all = 1; exit }
		$2 ~ /(^|\/)Kconfig[^\/]*$|\.(rst|txt|md|yaml|gitignore)$|(^|\/)\./ { next }
		$2 !~ /\.[chS]$/ { print folder($2) >folders }
		$1 != "M" {
			name = $2; sub(/.*\//, "", name); print name >names
			sub(/_shipped$/, "", name); sub(/\.[^.]*$/, "", name); print folder($2) "/" name >stems
		}
		END { if (all) print "all" }' "$work/changes") || die 4 "$work: cannot be written"
	while read -r folder; do
		case $folder in
		.) ;; # of the top folder only what is named above has to do with the build
		arch/x86 | arch/x86/*) if [[ -d $tree/obj/$folder ]]; then what=all; fi ;;
		*)
			if [[ -d $tree/obj/$folder ]]; then
				find "$tree/obj/$folder" -maxdepth 1 ! -type d -delete || die 4 "$tree/obj: cannot be cleaned"
			fi ;;
		esac
	done <"$work/folders"
	if [[ $what == all ]]; then
		say "what builds the kernel has changed: all objects are made again"
		forget_all
		return
	fi
	if [[ -s $work/names ]]; then
		find "$tree/obj" -name '.*.cmd' -exec awk '
			FILENAME == ARGV[1] { named[$0] = 1; next }
			FNR == 1 { seen = 0 }
			!seen {
				n = split($0, words, /[][ \t;:,=<>"()\\'\'']+/)
				for (i = 1; i <= n; i++) {
					sub(/.*\//, "", words[i])
					if (words[i] in named) { seen = 1; print FILENAME; break }
				}
			}' "$work/names" {} + >"$work/records" || die 4 "$tree/obj: cannot be read"
		while IFS= read -r record; do
			target=${record##*/.}
			rm -f -- "${record%/*}/${target%.cmd}" "$record"
		done <"$work/records"
		while IFS= read -r stem; do
			find "$tree/obj/${stem%/*}" -maxdepth 1 ! -type d \( -name "${stem##*/}" -o -name "${stem##*/}.*" \
				-o -name ".${stem##*/}.*" \) -delete 2>/dev/null
		done <"$work/stems"
	fi
}

forget_all() { rm -rf -- "$tree/obj" "$tree/configured" || die 4 "$tree/obj: cannot be cleaned"; }

# make compares times, so those of a clock that went back since cannot be relied on.
distrust_the_future() {
	local late
	: >"$tree/now" || die 4 "$tree: cannot be written"
	late=$(find "$tree/obj" "$tree/src" -newer "$tree/now" ! -type d -print -quit 2>/dev/null)
	if [[ -n $late ]]; then
		say "the clock went back behind the time of $late: all objects are made again"
		find "$tree/src" -newer "$tree/now" -exec touch -- {} +
		forget_all
	fi
}
