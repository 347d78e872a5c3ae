#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/source with the machine's own apt, and an archive in a folder: what is taken from where, and that nothing of
# the machine changes.
# shellcheck disable=SC2015,SC2317 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C XDG_CACHE_HOME=$work/cache APT_CONFIG=$work/apt.conf
cache=$work/cache/daxmark/sources

for tool in apt-get apt-cache apt-config dpkg dpkg-deb xz; do
	command -v "$tool" >/dev/null || {
		skip_that "source packages of other suites" "$tool is missing"
		finish
	}
done

# --- An archive: $work/debian and $work/security, with suites

architecture=$(dpkg --print-architecture)
# package ARCHIVE SUITE PACKAGE VERSION
package() {
	local pool=$work/$1/pool lists=$work/$1/dists/$2/main/binary-$architecture built=$work/built/usr/src deb=$3_$4_all.deb
	rm -rf "$work/built"
	mkdir -p "$pool" "$lists" "$built" "$work/built/DEBIAN"
	echo "$3 $4" | xz >"$built/$3.tar.xz"
	printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: a <a@b>\nDescription: x\n' "$3" "$4" \
		>"$work/built/DEBIAN/control"
	dpkg-deb --root-owner-group -b "$work/built" "$pool/$deb" >/dev/null || exit 4
	{
		cat "$work/built/DEBIAN/control"
		printf 'Filename: pool/%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$pool/$deb")" "$(digest "$pool/$deb")"
	} >>"$lists/Packages"
	release "$1" "$2"
}
digest() { sha256sum <"$1" | cut -d ' ' -f 1; }
release() { # ARCHIVE SUITE
	local folder=$work/$1/dists/$2 file=main/binary-$architecture/Packages
	printf 'Origin: x\nSuite: %s\nCodename: %s\nDate: %s\nArchitectures: %s\nComponents: main\nSHA256:\n %s %s %s\n' "$2" "$2" \
		"$(date -Ru)" "$architecture" "$(digest "$folder/$file")" "$(stat -c %s "$folder/$file")" "$file" >"$folder/Release"
}
package debian next linux-source-9.9 9.9.1-1
package debian next linux-source-9.8 9.8.1-1
package debian next linux-image-9.9 1
package debian old linux-source-9.1 9.1.1-1
package security old-security linux-source-9.2 9.2.1-1

# --- The machine: its sources as the test writes them, and hooks of its own

sources() { # NAME TEXT
	rm -rf "$work/machine-etc"
	mkdir -p "$work/machine-etc/parts"
	printf '%b' "$2" >"$work/machine-etc/parts/$1"
	cat >"$work/apt.conf" <<-CONFIG
	Dir::Etc::sourcelist "$work/machine-etc/none.list";
	Dir::Etc::sourceparts "$work/machine-etc/parts";
	APT::Update::Post-Invoke { "touch $work/hook"; };
	Dir::State::lists "$work/machine";
	CONFIG
}
main="file:$work/debian" security="file:$work/security"
deb822="# a remark\nTypes: deb-src\nURIs: file:/nowhere\nSuites: stable\nComponents: main\n\nTypes: deb deb-src\nURIs: $main\n"
deb822+="Suites: stable stable-updates\nComponents: main contrib\nTrusted: yes\n\n"
deb822+="Types: deb\nURIs: $security\nSuites: stable-security\nComponents:\n main\nTrusted: yes\n"
one_line="deb file:/elsewhere/debian stable contrib\n# deb file:/elsewhere/debian stable main\ndeb-src $main stable main\n"
one_line+="deb [trusted=yes arch=$architecture] $main stable main # ours\ndeb [ trusted=yes ] $security stable-security main\n"
sources a.sources "$deb822"
mkdir -p "$work/machine/partial"

source_of() { run "$1" "$root/scripts/source" "${@:2}"; }
holds() { # SUITE PACKAGE VERSION
	local folder=$cache/$1/$2_$3
	[ "$(cat "$work/out")" = "$folder" ] && [ "$(cat "$folder/version")" = "$3" ] &&
		[ "$(xz -dc "$folder/$2.tar.xz")" = "$2 $3" ] || { why="$(cat "$work/out") is not $2 $3"; return 1; }
}
nothing_left() { # SUITE
	why=$(find "$cache/$1" -mindepth 1 -maxdepth 1 ! -name apt ! -name lock)
	[ -z "$why" ]
}

fetched() {
	source_of 0 linux-source-9.9/next && holds next linux-source-9.9 9.9.1-1 && says err "fetching .* of next from $main"
}
machine_unchanged() {
	why=$(find "$work/machine" "$work/machine-etc" -type f ! -name a.sources; ls "$work/hook" 2>/dev/null)
	[ -z "$why" ] && ! grep -q next "$work/machine-etc/parts/a.sources" && source_of 0 linux-source-9.9/next && [ ! -s "$work/err" ]
}
offline() {
	mv "$work/debian" "$work/away"
	source_of 0 linux-source-9.9/next && holds next linux-source-9.9 9.9.1-1
	set -- $?
	mv "$work/away" "$work/debian"
	return "$1"
}
newer() {
	package debian next linux-source-9.9 9.9.2-1
	source_of 0 linux-source-9.9/next && holds next linux-source-9.9 9.9.1-1 &&
		source_of 0 --update linux-source-9.9/next && holds next linux-source-9.9 9.9.2-1 &&
		[ -e "$cache/next/linux-source-9.9_9.9.1-1" ] || return 1
	package debian next linux-source-9.9 9.9.10-1
	source_of 0 --update linux-source-9.9/next && holds next linux-source-9.9 9.9.10-1 || return 1
	why="the version before the last is still there"
	[ ! -e "$cache/next/linux-source-9.9_9.9.1-1" ] && [ -e "$cache/next/linux-source-9.9_9.9.2-1" ]
}
one_line() {
	sources b.list "$one_line"
	source_of 0 linux-source-9.8/next && holds next linux-source-9.8 9.8.1-1
	set -- $?
	sources a.sources "$deb822"
	return "$1"
}
in_security() {
	source_of 0 linux-source-9.2/old && holds old linux-source-9.2 9.2.1-1 &&
		source_of 0 linux-source-9.2/old-security && holds old-security linux-source-9.2 9.2.1-1
}
unsigned() {
	sources a.sources "${deb822//Trusted: yes/Trusted: no}"
	source_of 4 linux-source-9.1/old && says err 'linux-source-9.1/old: the lists of old cannot be fetched.*not signed'
	set -- $?
	sources a.sources "$deb822"
	[ "$1" -eq 0 ] && [ ! -e "$cache/old/linux-source-9.1" ]
}
altered() {
	package debian new linux-source-9.7 9.7.1-1
	printf x | dd of="$work/debian/pool/linux-source-9.7_9.7.1-1_all.deb" bs=1 seek=100 conv=notrunc status=none
	source_of 4 linux-source-9.7/new && says err 'linux-source-9.7 9.7.1-1 cannot be fetched from' && nothing_left new
}
no_suite() {
	source_of 2 linux-source-9.9/nosuch && says err "$main has no suite nosuch, $security has no suite nosuch-security" &&
		says err 'choices: the suites' && [ "$(wc -l <"$work/err")" -eq 1 ]
}
no_package() {
	source_of 2 linux-source-9.7/old && says err "old of $main has no linux-source-9.7, old-security of $security has no linux-source-9.7 \(choices: linux-source-9.1 in old; linux-source-9.2 in old-security\)" &&
		[ "$(wc -l <"$work/err")" -eq 1 ]
}
no_archive() {
	sources a.sources 'Types: deb\nURIs: file:/x\nSuites: noble\nComponents: universe\n'
	source_of 4 linux-source-9.1/old && says err 'no entry of .* names the component main of a Debian archive'
	set -- $?
	sources a.sources "Types: deb\nURIs: http://127.0.0.1:9/debian\nSuites: stable\nComponents: main\n"
	[ "$1" -eq 0 ] && source_of 4 linux-source-9.1/old && says err 'cannot be fetched from http://127.0.0.1:9/debian: .*127.0.0.1'
	set -- $?
	sources a.sources "$deb822"
	return "$1"
}
wrong_names() {
	source_of 2 linux-source-9.9 && says err 'such as linux-source-7.2/forky' && source_of 2 linux-image-9.9/next &&
		source_of 2 linux-source-9.9/../x && source_of 2 --fast && says err 'choices: --update' &&
		source_of 2 linux-source-9.9/a linux-source-9.9/b && says err 'one package at a time'
}
ordinary_user() {
	chmod a+rx "$work"
	mkdir "$work/user"
	chown 65534:65534 "$work/user"
	XDG_CACHE_HOME=$work/user run 0 setpriv --reuid 65534 --regid 65534 --clear-groups "$root/scripts/source" linux-source-9.1/old &&
		[ "$(xz -dc "$work/user/daxmark/sources/old/linux-source-9.1/linux-source-9.1.tar.xz")" = "linux-source-9.1 9.1.1-1" ]
}

test_that "a package of another suite is taken from the archive of the machine's sources" fetched
test_that "the machine's apt keeps its sources and lists, and its hooks are not run" machine_unchanged
test_that "what is there is not fetched again" offline
test_that "a newer version is taken when it is asked for, and one before it kept" newer
test_that "sources of one line each are read, too" one_line
test_that "what the suite lacks is taken from its security archive" in_security
test_that "a suite that nobody signed is refused" unsigned
test_that "a package with other content than the lists say is refused and leaves nothing" altered
test_that "a suite that is not there is named with where it was looked for" no_suite
test_that "a package that is not there is named with those that are" no_package
test_that "sources without a Debian archive, and an archive out of reach, are named" no_archive
test_that "wrong names are refused" wrong_names
if [ "$EUID" -eq 0 ] && setpriv --reuid 65534 test -r "$root/scripts/source"; then
	test_that "an ordinary user can fetch" ordinary_user
else
	skip_that "an ordinary user can fetch" "not root, so the tests above have shown it, or a checkout nobody else may read"
fi
finish
