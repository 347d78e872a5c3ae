#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/kernel: cache, variants, interruption, parallel builds and bad input, shown on a "kernel" of
# three source files that builds in a moment. It has a Makefile with the targets of the real one, and an image with a
# boot header. A source line "broken" makes its object fail, "killed" kills its compiler, "slow" makes it take long while
# the test wants that.

# Conditions are quoted for check to evaluate.
# shellcheck disable=SC2016,SC2034,SC2317

set -u -o pipefail
export LC_ALL=C
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
here=$root kernel=$root/scripts/kernel tmp=$work
export XDG_CACHE_HOME=$tmp/cache HOME=$tmp/home GIT_CONFIG_NOSYSTEM=1
mkdir -p "$HOME"

ok() { printf 'ok %s\n' "$1"; }
not_ok() { printf 'not ok %s: %s\n' "$1" "$(tr '\n' ' ' <<<"$2")"; failed=1; }
skip() { printf 'skip %s: %s\n' "$1" "$2"; }

# check NAME CONDITION...: each condition is a shell expression; the first that does not hold is the reason.
check() {
	local name=$1 condition
	shift
	for condition; do
		if ! eval "$condition"; then
			not_ok "$name" "does not hold: $condition; status ${status:-}, said: $(tail -n 3 "$tmp/err" 2>/dev/null)"
			return
		fi
	done
	ok "$name"
}

# run ARGUMENT...: sets status and out; standard error goes to $tmp/err.
run() {
	status=0
	out=$("$kernel" --config "$tmp/fragment" --jobs 2 "$@" 2>"$tmp/err") || status=$?
}

one_line() { [[ $(wc -l <"$tmp/err") -eq 1 ]]; }
said() { grep -qF -e "$1" "$tmp/err"; }
entries() { find "$tmp/cache/daxmark/kernels" -mindepth 1 -maxdepth 1 | sort; }
# Every file of the trees with its size and time, but for the lock and what is stored of patched files.
tree_state() {
	(cd "$tmp/cache/daxmark/trees" && find . -type f ! -name lock ! -path './*/git/*' -printf '%p %T@ %s\n' | sort)
}
field() { sed -n "s/^$2: //p" "$1/manifest"; }

# --- The tiny kernel

src=$tmp/repo
mkdir -p "$src"
cat >"$src/Kconfig" <<'KCONFIG'
config SMP
	bool
config TINY
	bool
choice
config BIG
	bool
config SMALL
	bool
endchoice
KCONFIG
cat >"$src/Makefile" <<'MAKEFILE'
VERSION = 9
PATCHLEVEL = 8
SUBLEVEL = 7
EXTRAVERSION =
objs := $(O)/a.o $(O)/b.o $(O)/c.o
tinyconfig:
	@printf '# CONFIG_SMP is not set\nCONFIG_SMALL=y\n' >$(O)/.config
allnoconfig:
	@grep -E '^CONFIG_(SMP|TINY)=' $(KCONFIG_ALLCONFIG) >$(O)/.config
	@grep -E '^CONFIG_(BIG|SMALL)=' $(KCONFIG_ALLCONFIG) | tail -n 1 >>$(O)/.config
prepare:
	@:
bzImage: $(O)/arch/x86/boot/bzImage
$(O)/%.o: %.c
	@echo '  CC      $*.o'
	@sh cc.sh $< $@
$(O)/arch/x86/boot/bzImage: $(objs)
	@echo '  LD      vmlinux'
	@mkdir -p $(@D)
	@cat $(objs) >$(O)/System.map
	@{ head -c 514 /dev/zero; printf HdrS; head -c 8 /dev/zero; printf '\020\000'; \
	   printf '9.8.7-tiny (u@h) #1 \000'; cat $(objs); } >$@
MAKEFILE
cat >"$src/cc.sh" <<CC
# Writes half an object first, as a compiler that is killed would leave it.
grep -q killed "\$1" && kill -KILL \$\$
grep -q broken "\$1" && { echo "\$1:1:1: error: this is broken" >&2; exit 1; }
printf half >"\$2"
if [ -e "$tmp/be-slow" ] && grep -q slow "\$1"; then
	sleep 3600 &
	trap "kill \$!; exit 1" TERM
	wait
fi
while [ -e "$tmp/be-leisurely" ]; do sleep 0.1; done
printf 'object of %s\n' "\$(cat "\$1")" >"\$2"
CC
for f in a b c; do printf 'line one of %s\nline two\nline three\n' "$f" >"$src/$f.c"; done
git_() { git -C "$src" -c user.name=t -c user.email=t@t -c init.defaultBranch=main "$@"; }
{ git_ init -q && git_ add . && git_ commit -qm one && git_ tag one; } || exit 1
sed -i 's/line two/line 2/' "$src/b.c"
{ git_ commit -qam two && git_ tag two; } || exit 1

cat >"$tmp/fragment" <<'FRAGMENT'
CONFIG_SMP=y
CONFIG_BIG=y
# optional: GONE
CONFIG_GONE=y
# CONFIG_TINY is not set
FRAGMENT
patch_of() { # FILE FROM TO: a patch that changes the third line
	printf -- '--- a/%s\n+++ b/%s\n@@ -1,3 +1,3 @@\n line one of %s\n line two\n-%s\n+%s\n' \
		"$1" "$1" "${1%.c}" "$2" "$3"
}
patch_of a.c 'line three' 'line three changed' >"$tmp/a.patch"
patch_of c.c 'line three' 'slow' >"$tmp/slow.patch"
patch_of c.c 'line three' 'broken' >"$tmp/broken.patch"
patch_of c.c 'line three' 'killed' >"$tmp/killed.patch"
patch_of a.c 'line nine' 'line ten' >"$tmp/wrong.patch"
patch_of zz.c 'line nine' 'line ten' >"$tmp/nofile.patch"
printf -- '--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+new\n' >"$tmp/new.patch"
printf 'no patch at all\n' >"$tmp/garbage.patch"

# --- What a good run gives

run "git:$src#one"
first=$out
check "the folder printed holds image, map, config, manifest and log" '((status == 0))' '[[ $(wc -l <<<"$out") -eq 1 ]]' \
	'[[ -s $out/bzImage && -s $out/System.map && -s $out/config && -s $out/manifest && -s $out/build.log ]]'
check "the manifest names source, digest, release, config and compiler" \
	'[[ $(field "$first" source) == "git:$src#one" ]]' '[[ $(field "$first" release) == 9.8.7-tiny ]]' \
	'[[ $(field "$first" source-digest) == git-tree:$(git_ rev-parse "one^{tree}") ]]' \
	'[[ $(field "$first" config-sha256) == $(sha256sum <"$first/config" | cut -d" " -f1) ]]' \
	'[[ -n $(field "$first" compiler) ]]'
check "progress says how many objects there are" 'said "3 objects"'

before=$(tree_state)
run "git:$src#one"
check "a kernel in the cache is found without building" '((status == 0))' '[[ $out == "$first" ]]' \
	'[[ ! -s $tmp/err ]]' '[[ $(tree_state) == "$before" ]]'

check "the fragment has the last word in a choice" 'grep -qx CONFIG_BIG=y "$first/config"' \
	'! grep -q SMALL "$first/config"'
run "git:$src#one" "$tmp/a.patch"
variant=$out
check "a variant compiles only what its patches change" '((status == 0))' '[[ $variant != "$first" ]]' \
	'grep -q " a\.o" "$variant/build.log"' '! grep -q " [bc]\.o" "$variant/build.log"' \
	'grep -q changed "$variant/bzImage"' 'grep -q "^patch: a.patch sha256:" "$variant/manifest"'

rm -rf -- "$first"
run "git:$src#one"
check "going back to the source without patches gives the same image again" '((status == 0))' '[[ $out == "$first" ]]' \
	'! grep -q changed "$first/bzImage"' '[[ $(field "$first" image-sha256) == $(sha256sum <"$first/bzImage" | cut -d" " -f1) ]]'

run "git:$src#two"
check "another revision compiles only the files that differ" '((status == 0))' 'grep -q "line 2" "$out/bzImage"' \
	'grep -q " b\.o" "$out/build.log"' '! grep -q " [ac]\.o" "$out/build.log"'

run "git:$src#two" "$tmp/a.patch"
run "git:$src#one" "$tmp/new.patch" "$tmp/a.patch"
check "a revision and patches may change together" '((status == 0))' 'grep -q changed "$out/bzImage"' \
	'! grep -q "line 2" "$out/bzImage"'
run "git:$src#one" "$tmp/a.patch" "$tmp/new.patch"
check "the order of patches makes another entry" '((status == 0))'
rm -rf -- "$first"
run "git:$src#one"
check "a file that a patch has added is gone without the patch" '((status == 0))' \
	'[[ -z $(find "$tmp/cache/daxmark/trees" -name new.c) ]]'

# --- Tarballs

mkdir -p "$tmp/usr-src/linux-source-9.8"
git_ archive one | tar -C "$tmp/usr-src/linux-source-9.8" -xf -
tar -C "$tmp/usr-src" -cJf "$tmp/usr-src/linux-source-9.8.tar.xz" linux-source-9.8
export DAXMARK_USR_SRC=$tmp/usr-src
run debian:linux-source-9.8 "$tmp/a.patch" "$tmp/new.patch"
deb=$out
check "a tarball builds with patches" '((status == 0))' 'grep -q changed "$deb/bzImage"'
run debian:linux-source-9.8
check "a tarball's files come back as they were when the patches go" '((status == 0))' \
	'! grep -q changed "$out/bzImage"' 'cmp -s "$out/bzImage" "$first/bzImage"'
rm -rf -- "$tmp/cache/daxmark/trees"/*/git "$deb"
run debian:linux-source-9.8 "$tmp/a.patch" "$tmp/new.patch"
check "a tarball whose repository was lost builds with patches all the same" '((status == 0))' 'grep -q changed "$deb/bzImage"'
printf 'line one of a\nline two of the update\nline three\n' >"$tmp/usr-src/linux-source-9.8/a.c"
tar -C "$tmp/usr-src" -cJf "$tmp/usr-src/linux-source-9.8.tar.xz" linux-source-9.8
run debian:linux-source-9.8
check "a new version of the tarball is another kernel" '((status == 0))' 'grep -q "of the update" "$out/bzImage"'

cat "$tmp/usr-src/linux-source-9.8.tar.xz" >"$tmp/updated.tar.xz"
tarball=$tmp/usr-src/linux-source-9.8.tar.xz
# The same size, time and inode, but another content.
in_place() { # FILE OTHER
	truncate -r "$1" "$2" && touch -r "$1" "$tmp/time" && cat "$2" >"$1" && touch -r "$tmp/time" "$1"
}
sed -i 's/of the update/in its place/' "$tmp/usr-src/linux-source-9.8/a.c"
tar -C "$tmp/usr-src" -cf - linux-source-9.8 | xz -0 >"$tmp/other.tar.xz"
truncate -s 4096 "$tmp/other.tar.xz" "$tarball" # xz takes zeros after its end
run debian:linux-source-9.8
before_stat=$(stat -c '%s %Y %i' "$tarball")
in_place "$tarball" "$tmp/other.tar.xz"
run debian:linux-source-9.8
check "a tarball replaced in place, of the same size and time, is another kernel" '((status == 0))' \
	'[[ $(stat -c "%s %Y %i" "$tarball") == "$before_stat" ]]' 'grep -q "in its place" "$out/bzImage"'
in_place "$tarball" "$tmp/updated.tar.xz"
printf 'line one of a\nline two of the update\nline three\n' >"$tmp/usr-src/linux-source-9.8/a.c"

# --- Tarballs of another suite

suite=$tmp/cache/daxmark/sources/next
mkdir -p "$suite/linux-source-9.8_9.8.7-1"
run debian:linux-source-9.8
cp -- "$tmp/usr-src/linux-source-9.8.tar.xz" "$suite/linux-source-9.8_9.8.7-1/"
printf '9.8.7-1\n' >"$suite/linux-source-9.8_9.8.7-1/version"
ln -s linux-source-9.8_9.8.7-1 "$suite/linux-source-9.8"
updated=$out
run debian:linux-source-9.8/next
check "the same tarball of another suite is the same kernel" '((status == 0))' '[[ $out == "$updated" ]]'
run debian:linux-source-9.8/next "$tmp/new.patch"
check "a tarball of another suite builds, and its version is kept" '((status == 0))' \
	'[[ $(field "$out" source) == debian:linux-source-9.8/next ]]' '[[ $(field "$out" package) == "linux-source-9.8 9.8.7-1" ]]'

# --- What a kernel may lack

lacks() { # FRAGMENT-LINES...: a fragment that asks for SMP, BIG, and these
	printf '%s\n' CONFIG_SMP=y CONFIG_BIG=y "$@" >"$tmp/fragment.lacks"
	run --config "$tmp/fragment.lacks" "git:$src#one"
}
lacks '# optional: GONE' CONFIG_GONE=y
check "a kernel that lacks what is optional is built, says so and keeps it" '((status == 0))' \
	'said "has none of GONE and is built without"' '[[ $(field "$out" lacking) == GONE ]]'
lacking=$out
lacks '# A remark more.' '# optional: GONE' CONFIG_GONE=y
check "a comment in the fragment makes no other kernel" '((status == 0))' '[[ $out == "$lacking" ]]'
# What is on in a kernel from before its switch is not missing; one that has the switch must have it on.
lacks '# always on where missing: OLD' CONFIG_OLD=y
check "a kernel from before a switch is not said to lack what it switches" '((status == 0))' \
	'! said "is built without"' '[[ -z $(field "$out" lacking) ]]'
lacks CONFIG_SMALL=y '# always on where missing: BIG'
check "a kernel that has the switch must have it on" '((status == 2))' 'said "asks for CONFIG_BIG=y"'
lacks CONFIG_SMALL=y '# optional: BIG when SMP'
check "what another symbol rules out may be missing" '((status == 0))' '[[ $(field "$out" lacking) == BIG ]]' \
	'grep -qx CONFIG_SMALL=y "$out/config"'
lacks CONFIG_SMALL=y '# optional: BIG when TINY'
check "but not where that is not set" '((status == 2))' 'said "asks for CONFIG_BIG=y"'
lacks CONFIG_SMALL=y '# optional: BIG'
check "nor without a symbol that rules it out" '((status == 2))' 'said "asks for CONFIG_BIG=y"'

# --- Images

cp -- "$first/bzImage" "$tmp/bzImage"
printf 'map\n' >"$tmp/System.map-9.8.7-tiny"
run "image:$tmp/bzImage"
check "an image is taken as it is, with the map beside it" '((status == 0))' 'cmp -s "$tmp/bzImage" "$out/bzImage"' \
	'[[ $(field "$out" release) == 9.8.7-tiny ]]' 'cmp -s "$out/System.map" "$tmp/System.map-9.8.7-tiny"' \
	'[[ ! -e $out/config ]]'

taken=$out
cp -- "$tmp/bzImage" "$tmp/bzImage.2"
printf 'X' | dd of="$tmp/bzImage.2" bs=1 seek=540 conv=notrunc status=none
before_stat=$(stat -c '%s %Y %i' "$tmp/bzImage")
in_place "$tmp/bzImage" "$tmp/bzImage.2"
run "image:$tmp/bzImage"
check "an image replaced in place, of the same size and time, is another kernel" '((status == 0))' \
	'[[ $(stat -c "%s %Y %i" "$tmp/bzImage") == "$before_stat" ]]' 'cmp -s "$tmp/bzImage.2" "$out/bzImage"' '[[ $out != "$taken" ]]'
printf 'other\n' >"$tmp/System.map-9.8.7-tiny.2"
truncate -r "$tmp/System.map-9.8.7-tiny" "$tmp/System.map-9.8.7-tiny.2"
in_place "$tmp/System.map-9.8.7-tiny" "$tmp/System.map-9.8.7-tiny.2"
run "image:$tmp/bzImage"
check "so is one whose map was" '((status == 0))' 'cmp -s "$tmp/System.map-9.8.7-tiny" "$out/System.map"'
printf 'X' | dd of="$first/bzImage" bs=1 seek=550 conv=notrunc status=none
run "git:$src#one"
check "an image that has changed in the cache is built again" '((status == 0))' '[[ $out == "$first" ]]' \
	'[[ $(field "$first" image-sha256) == $(sha256sum <"$first/bzImage" | cut -d" " -f1) ]]'

# --- The user's settings and environment

# fresh NAME COMMAND...: the image of "one", checked out and built from nothing, is the one above
fresh() {
	local name=$1
	shift
	rm -rf -- "$tmp/fresh"
	status=0
	out=$(XDG_CACHE_HOME=$tmp/fresh "$@" "$kernel" --config "$tmp/fragment" --jobs 2 "git:$src#one" 2>"$tmp/err") || status=$?
	check "$name" '((status == 0))' 'cmp -s "$first/bzImage" "$out/bzImage"' '[[ ${out##*/} == "${first##*/}" ]]'
}
printf '[core]\n\tautocrlf = true\n\teol = crlf\n\tattributesFile = %s\n[filter "x"]\n\tsmudge = sed s/line/LINE/\n' \
	"$tmp/attributes" >"$HOME/.gitconfig"
printf '*.c filter=x text eol=crlf\n' >"$tmp/attributes"
fresh "the user's settings of git change no byte" env
rm -f -- "$HOME/.gitconfig"
mkdir -p "$HOME/.config/git"
printf '*.c text eol=crlf\n' >"$HOME/.config/git/attributes"
fresh "nor do attributes at their usual place" env
rm -r "$HOME/.config"
fresh "nor settings in the environment" env GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=core.autocrlf GIT_CONFIG_VALUE_0=true \
	GIT_CONFIG_KEY_1=core.eol GIT_CONFIG_VALUE_1=crlf
git_ config core.autocrlf true
git_ config filter.x.smudge 'sed s/line/LINE/'
printf '*.c filter=x text eol=crlf\n' >"$src/.git/info/attributes"
fresh "nor settings and attributes of the repository" env
rm -f -- "$src/.git/info/attributes"
git_ config --unset core.autocrlf
git_ replace "$(git_ rev-parse one:b.c)" "$(git_ rev-parse two:b.c)"
fresh "nor an object that the user has replaced" env
git_ replace -d "$(git_ rev-parse one:b.c)" >/dev/null
printf 'echo sourced; exit 9\n' >"$tmp/rc"
fresh "nor do variables of make, tar, xz, grep and bash" env MAKEFLAGS='O=/none KCONFIG_ALLCONFIG=/none' GNUMAKEFLAGS=-n \
	TAR_OPTIONS=--mode=0 XZ_OPT=-9 GREP_OPTIONS=-v POSIXLY_CORRECT=1 BASH_ENV="$tmp/rc" CDPATH=/:/tmp ARCH=arm O=/none \
	CROSS_COMPILE=none- KCFLAGS=-Dx LD=/none TZ=Asia/Tokyo SOURCE_DATE_EPOCH=1 GIT_DIR=/none GIT_INDEX_FILE=/none
fresh "nor does a umask" bash -c 'umask 077; exec "$@"' -
git_ worktree add -q "$tmp/linked" one 2>/dev/null
before=$(find "$tmp/cache/daxmark/trees" -mindepth 1 -maxdepth 1)
run "git:$tmp/linked#one" "$tmp/new.patch" "$tmp/a.patch"
check "a worktree of a repository has no tree of its own" '((status == 0))' \
	'[[ $(find "$tmp/cache/daxmark/trees" -mindepth 1 -maxdepth 1) == "$before" ]]'
git_ worktree remove --force "$tmp/linked"

git_ checkout -q one
printf '*.c text eol=crlf ident\n' >"$src/.gitattributes"
{ git_ add .gitattributes && git_ commit -qm attributes && git_ tag attributes && git_ checkout -q main; } 2>/dev/null
run "git:$src#attributes"
check "a file has the bytes that are stored, whatever attributes the tree has" '((status == 0))' 'cmp -s "$first/bzImage" "$out/bzImage"'

# --- Bad input: one line, exit 2, nothing changed

before_tree=$(tree_state)
before_entries=$(entries)
unchanged() { [[ $(tree_state) == "$before_tree" && $(entries) == "$before_entries" ]]; }
bad() { # NAME STATUS WORDS ARGUMENT...
	local name=$1 want=$2 words=$3
	shift 3
	run "$@"
	check "$name" "((status == $want))" 'one_line' "said $(printf %q "$words")" 'unchanged' '[[ -z $out ]]'
}
bad "a patch that does not apply leaves the tree and the cache as they were" 2 "wrong.patch: does not apply: a.c, hunk 1" \
	"git:$src#one" "$tmp/wrong.patch"
bad "a second patch that does not apply is the one named" 2 "wrong.patch: does not apply: a.c" \
	"git:$src#one" "$tmp/a.patch" "$tmp/wrong.patch"
bad "a patch for a file that the kernel lacks names the file" 2 "zz.c is not in this kernel" \
	"git:$src#one" "$tmp/nofile.patch"
bad "a file that is no patch is refused" 2 "garbage.patch" "git:$src#one" "$tmp/garbage.patch"
bad "a missing patch is named" 2 "$tmp/none.patch: no such patch" "git:$src#one" "$tmp/none.patch"
bad "an unknown revision is named" 2 "unknown revision 'three'" "git:$src#three"
bad "a path that is no repository is named" 2 "no git repository: $tmp/home" "git:$tmp/home#one"
bad "a path that does not exist is named" 2 "no such folder: $tmp/none" "git:$tmp/none#one"
bad "a git source without a revision is refused" 2 "names no revision" "git:$src"
bad "a missing image is named" 2 "$tmp/none: no such file" "image:$tmp/none"
bad "a file that is no kernel image is refused" 2 "no bzImage" "image:$tmp/fragment"
bad "an image takes no patches" 2 "takes no patches" "image:$tmp/bzImage" "$tmp/a.patch"
bad "an unknown kind of source names the three choices" 2 \
	"choices: debian:linux-source-6.1, git:/path#rev, image:/path/to/bzImage" "tar:$tmp/x"
bad "no source at all names the three choices" 2 "choices: debian:"
bad "an unknown option names the choices" 2 "--config, --jobs, --why, --help" --frob "git:$src#one"
bad "a senseless number of jobs is refused" 2 "--jobs 0" --jobs 0 "git:$src#one"

# The everyday commands, and no apt.
mkdir -p "$tmp/no-apt"
for name in bash dirname readlink mktemp rm mkdir date cat cut find grep head nproc sed sha256sum sort tail tr wc; do
	ln -s "$(command -v "$name")" "$tmp/no-apt/"
done
PATH=$tmp/no-apt bad "without apt a missing source package is named with what to do" 4 \
	"there is no apt to install it; put a tarball there, or name the kernel as git:" debian:linux-source-9.9

PATH=$tmp/no-apt bad "so is one of another suite" 4 "debian:linux-source-9.9/next: apt-get is missing" \
	debian:linux-source-9.9/next

mkdir -p "$tmp/bin"
printf '#!/bin/sh\necho H\necho x 1 1 1024 1 /\n' >"$tmp/bin/df"
chmod +x "$tmp/bin/df"
PATH=$tmp/bin:$PATH bad "a disk without room is named before anything is built" 4 "1 MiB free" "git:$src#two" "$tmp/new.patch"

printf 'CONFIG_SMP=y\nCONFIG_NONSENSE=y\n' >"$tmp/fragment.bad"
run --config "$tmp/fragment.bad" "git:$src#one"
check "a symbol that the kernel does not grant is named" '((status == 2))' 'said "CONFIG_NONSENSE=y"' \
	'[[ $(entries) == "$before_entries" ]]'

run "image:$tmp/bzImage"
rm -rf -- "$out"
before_entries=$(entries)
run --check "image:$tmp/bzImage"
check "--check looks at an image and keeps nothing of it" '((status == 0))' '[[ -z $out ]]' \
	'[[ $(entries) == "$before_entries" ]]'

# --- Builds that fail or are cut off

run "git:$src#one" "$tmp/broken.patch"
check "a failed build prints the first error and where the log is" '((status == 1))' 'said "c.c:1:1: error: this is broken"' \
	'[[ -s $(sed -n "s/.*log: //p" "$tmp/err") ]]' '[[ $(entries) == "$before_entries" ]]'
run --why "$tmp/why" "git:$src#one" "$tmp/broken.patch"
check "a failed build fails again, and its reason is kept without the folder of the tree" '((status == 1))' \
	'[[ $(cat "$tmp/why") == "does not build: c.c:1:1: error: this is broken" ]]'
rm -f -- "$tmp/why"
run --why="$tmp/why" "git:$src#one" "$tmp/wrong.patch"
check "so is that of a patch that does not apply" '((status == 2))' \
	'[[ $(cat "$tmp/why") == "$tmp/wrong.patch: does not apply: a.c, hunk 1 at line 1 (kernel git:$src#one, 9.8.7)" ]]'
rm -f -- "$tmp/why"
run --config "$tmp/fragment.bad" --why "$tmp/why" "git:$src#one"
check "so is that of a symbol that is not granted" '((status == 2))' \
	'[[ $(cat "$tmp/why") == "does not give CONFIG_NONSENSE=y, which fragment.bad asks for, but no such symbol" ]]'
rm -f -- "$tmp/why"
rm -rf -- "$first"
run "git:$src#one"
check "after a failed build the next one is sound" '((status == 0))' '! grep -q -e broken -e half "$out/bzImage"'

# What the machine lacks is no fault of the kernel.
rm -f -- "$tmp/why"
before_entries=$(entries)
run --why "$tmp/why" "git:$src#one" "$tmp/killed.patch"
check "a compiler that was killed is status 4, and named" '((status == 4))' 'said "cannot be built on this machine: make"' \
	'said Killed' '[[ $(entries) == "$before_entries" ]]' 'grep -q "cannot be built on this machine" "$tmp/why"'
# lacks_machine STATUS LINE...: whether each line of a build's log tells of the machine, 0, or of the kernel, 1
lacks_machine() {
	local want=$1 line got
	shift
	for line; do
		printf '  CC      a.o\n%s\n' "$line" >"$tmp/one.log"
		got=0
		bash -c 'log=$2; . "$1/scripts/kernel-build.sh"; lack_of_machine' - "$here" "$tmp/one.log" >/dev/null || got=1
		[[ $got == "$want" ]] || { echo "$line" >"$tmp/err"; return 1; }
	done
}
check "messages of memory, room, signals and missing commands tell of the machine" \
	'lacks_machine 0 "gcc: fatal error: Killed signal terminated program cc1" "cc1: out of memory allocating 65536 bytes after a total of 0 bytes" \
		"virtual memory exhausted: Cannot allocate memory" "collect2: fatal error: ld terminated with signal 9 [Killed]" \
		"gcc: internal compiler error: Segmentation fault signal terminated program cc1" "make[2]: *** [Makefile:1: a.o] Error 137" \
		"fatal error: error writing to /tmp/x.s: No space left on device" "/bin/sh: 1: flex: not found" "make: bison: No such file or directory" \
		"tools/x.c:1:10: fatal error: gelf.h: No such file or directory" "sh: 0: cannot fork: Resource temporarily unavailable" \
		"cc1: error while loading shared libraries: libisl.so.23: failed to map segment from shared object"'
check "messages of the source do not" \
	'lacks_machine 1 "fs/a.c:1:2: error: #error No space left on device" "   12 | Killed; No space left on device" \
		"make[2]: *** [Makefile:1: a.o] Error 1" "/bin/sh: 1: ./scripts/gone.sh: not found" "ld: a.o: undefined reference to out_of_memory" \
		"fs/a.c:1:10: fatal error: linux/gone.h: No such file or directory" "fs/a.c:3:1: internal compiler error: in fold, at x.c:1"'
for place in "blank here" colon:here "percent%here" "hash#here"; do
	status=0
	out=$(XDG_CACHE_HOME=$tmp/$place "$kernel" --check --config "$tmp/fragment" "git:$src#two" "$tmp/a.patch" 2>"$tmp/err") || status=$?
	check "a cache at \"$place\", where no kernel builds, is refused before anything is done" '((status == 4))' 'one_line' \
		'said "kernels do not build in a path with"' '[[ -z $(find "$tmp/$place" -name src) ]]'
done
# in_memory OPTIONS COMMAND...: the cache on a file system in memory
in_memory() {
	unshare --mount sh -c 'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"' - "$1" "$tmp/memory" "${@:2}"
}
mkdir -p "$tmp/memory"
if ((EUID == 0)) && in_memory size=1m true 2>/dev/null; then
	status=0
	out=$(XDG_CACHE_HOME=$tmp/memory in_memory noexec,size=20m "$kernel" --config "$tmp/fragment" "git:$src#two" 2>"$tmp/err") || status=$?
	check "a cache where no program can be run is status 4, and named" '((status == 4))' 'one_line' 'said noexec'
	mkdir -p "$tmp/roomy"
	printf '#!/bin/sh\necho H\necho x 1 1 99999999 1 /\n' >"$tmp/roomy/df"
	chmod +x "$tmp/roomy/df"
	git_ checkout -q one
	sed 's/^printf half .*/head -c 16000000 \/dev\/zero >"$2" || exit 1/' "$src/cc.sh" >"$tmp/cc" && cp "$tmp/cc" "$src/cc.sh"
	{ git_ commit -qam large && git_ tag large && git_ checkout -q main; } 2>/dev/null
	status=0
	out=$(XDG_CACHE_HOME=$tmp/memory PATH=$tmp/roomy:$PATH in_memory size=10m "$kernel" --jobs 2 --config "$tmp/fragment" "git:$src#large" 2>"$tmp/err") ||
		status=$?
	check "a disk that is full while a kernel is built is status 4, and named" '((status == 4))' 'said "No space left on device"'
else
	skip "caches without programs or room" "needs root and a mount namespace"
fi
rm -rf -- "$first"
run "git:$src#one"
check "after them the next build is sound" '((status == 0))' '! grep -q -e killed -e half "$out/bzImage"'

half_there() { grep -qx half "$tmp/cache/daxmark/trees"/*/obj/c.o 2>/dev/null; }
# start ARGUMENT...: a build in a session of its own, waited for until it is inside the slow object.
start() {
	setsid "$kernel" --config "$tmp/fragment" --jobs 2 "$@" >"$tmp/bg.out" 2>"$tmp/bg.err" &
	bg=$!
	wait_beside "$bg" half_there
}

locks_free() {
	local lock
	for lock in "$tmp/cache/daxmark/trees"/*/lock; do flock -n "$lock" true || return 1; done
}

touch -- "$tmp/be-slow"
rm -rf -- "$variant"
before_entries=$(entries)
start "git:$src#one" "$tmp/slow.patch" "$tmp/a.patch"
kill -KILL -- "-$bg"
{ wait "$bg"; } 2>/dev/null
check "a build that was killed leaves no entry" '[[ $(entries) == "$before_entries" ]]' \
	'half_there'
# The same content is wanted again: c.c must not be taken from the half object.
rm -- "$tmp/be-slow"
run "git:$src#one" "$tmp/slow.patch" "$tmp/a.patch"
check "half an object of a killed build is made again" '((status == 0))' 'grep -q "^object of line one of c" "$out/bzImage"' \
	'! grep -q half "$out/bzImage"' 'said "cut off"'

rm -rf -- "$first"
run "git:$src#one"
touch -- "$tmp/be-slow"
before_entries=$(entries)
start "git:$src#one" "$tmp/slow.patch"
locks_held=0
locks_free || locks_held=1
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
check "a build that is asked to stop stops, leaves no entry and frees the tree" '((status == 143))' '((locks_held))' \
	'grep -q interrupted "$tmp/bg.err"' '! compgen -G "$tmp/cache/daxmark/trees/*/building" >/dev/null' \
	'[[ $(entries) == "$before_entries" ]]' 'locks_free'

touch -- "$tmp/be-leisurely"
"$kernel" --config "$tmp/fragment" "git:$src#two" "$tmp/new.patch" >"$tmp/p1" 2>"$tmp/p1.err" &
one=$!
"$kernel" --config "$tmp/fragment" "git:$src#two" "$tmp/new.patch" >"$tmp/p2" 2>"$tmp/p2.err" &
two=$!
wait_until grep -qs waiting "$tmp/p1.err" "$tmp/p2.err"
rm -f -- "$tmp/be-leisurely"
wait "$one"; s1=$?
wait "$two"; s2=$?
check "two builders of one kernel get one entry, and the second says that it waits" '((s1 == 0 && s2 == 0))' \
	'cmp -s "$tmp/p1" "$tmp/p2"' 'grep -q waiting "$tmp/p1.err" "$tmp/p2.err"' \
	'[[ $(cat "$tmp/p1.err" "$tmp/p2.err" | grep -c "kernel: built") -eq 1 ]]'
check "no unfinished entry stays behind" '[[ -z $(find "$tmp/cache/daxmark/kernels" -name ".*" -mindepth 1) ]]'

if ((EUID == 0)) && command -v setpriv >/dev/null; then
	chmod 755 "$tmp" && mkdir "$tmp/user" && cp -r "$src" "$tmp/user/repo" && chown -R 65534:65534 "$tmp/user"
	status=0
	out=$(XDG_CACHE_HOME=$tmp/user setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$kernel" --config "$tmp/fragment" "git:$tmp/user/repo#one" 2>"$tmp/err") || status=$?
	if said "Permission denied" && [[ ! -s $out/manifest ]] && ! setpriv --reuid 65534 test -r "$kernel"; then
		skip "an ordinary user can build" "the checkout is not readable for other users"
	else
		check "an ordinary user can build" '((status == 0))' '[[ -s $out/manifest ]]'
	fi
else
	skip "an ordinary user can build" "not root, so the tests above have shown it"
fi

run --help
check "--help goes to standard output and exits 0" '((status == 0))' '[[ $out == usage:* ]]'

exit "$failed"
