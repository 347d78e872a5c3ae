#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/deps, with stand-ins for dpkg-query, apt-get and pkg-config, so that nothing is ever installed.

# Conditions are quoted for check to evaluate.
# shellcheck disable=SC2016,SC2034,SC2317

set -u -o pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
deps=$here/scripts/deps
tmp=$(mktemp -d "${TMPDIR:-/tmp}/daxmark-test.XXXXXX") || exit 1
trap 'rm -rf -- "$tmp"' EXIT
failed=0

check() { # NAME CONDITION...
	local name=$1 condition
	shift
	for condition; do
		if ! eval "$condition"; then
			printf 'not ok %s: does not hold: %s; status %s, said: %s\n' "$name" "$condition" "$status" \
				"$(cat "$tmp/out" "$tmp/err" | tr '\n' ' ')"
			failed=1
			return
		fi
	done
	printf 'ok %s\n' "$name"
}

# run PATH ARGUMENT...
run() {
	local path=$1
	shift
	status=0
	TMPDIR=$tmp PATH=$path "$BASH" "$deps" "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
}
silent() { [[ ! -s $tmp/out && ! -s $tmp/err ]]; }
said() { grep -qF -e "$1" "$tmp/err"; }

tool() { cat >"$1"; chmod +x "$1"; }
# The everyday commands that the script itself uses, and nothing else.
for dir in bare apt; do
	mkdir "$tmp/$dir"
	for name in sed sort tr grep cat mktemp rm tail env head bash dirname readlink; do
		ln -s "$(command -v "$name")" "$tmp/$dir/$name"
	done
done

# --- A machine with apt. Installed packages are lines of $tmp/installed, those that can be had are in $tmp/archive.

tool "$tmp/apt/dpkg-query" <<STANDIN
#!/bin/bash
shift 3
if ((\$# == 0)); then echo 'installed, provided-name (= 1)'; fi
for name; do if grep -qxF "\$name" "$tmp/installed"; then echo "installed \$name"; fi; done
STANDIN
tool "$tmp/apt/apt-get" <<STANDIN
#!/bin/bash
echo "\$*" >>"$tmp/calls"
case " \$* " in
*" update "*) cp "$tmp/archive.new" "$tmp/archive"; exit 0 ;;
esac
for name; do
	case \$name in -* | install) continue ;; esac
	grep -qxF "\$name" "$tmp/archive" || { echo "E: Unable to locate package \$name"; exit 100; }
	echo "\$name" >>"$tmp/installed"
done
STANDIN
ln -s "$(command -v cp)" "$tmp/apt/cp"
printf 'there\n' >"$tmp/installed"
printf 'wanted\n' >"$tmp/archive"
printf 'wanted\nlater\n' >"$tmp/archive.new"
: >"$tmp/calls"

run "$tmp/apt" there
check "nothing missing: nothing printed, apt not called" '((status == 0))' 'silent' '[[ ! -s $tmp/calls ]]'
run "$tmp/apt" provided-name
check "a package that another one provides counts as there" '((status == 0))' 'silent'

if ((EUID == 0)); then
	run "$tmp/apt" there wanted
	check "what is missing is installed, without an update of the lists" '((status == 0))' \
		'grep -qxF wanted "$tmp/installed"' '! grep -q update "$tmp/calls"' 'grep -q no-install-recommends "$tmp/calls"' \
		'! grep -q there "$tmp/calls"'
	run "$tmp/apt" later
	check "a package that the lists do not know makes them be updated" '((status == 0))' \
		'grep -q update "$tmp/calls"' 'grep -qxF later "$tmp/installed"'
	run "$tmp/apt" never-heard-of
	check "a package that cannot be had is named with apt's reason" '((status == 4))' 'said "missing: never-heard-of"' \
		'said "Unable to locate package"'
	: >"$tmp/calls"
	chmod -R a+rwX "$tmp"
	if command -v setpriv >/dev/null; then
		status=0
		cp -- "$deps" "${deps%/*}/lib.sh" "$tmp/" && chmod a+rx "$tmp/deps" "$tmp/lib.sh"
		setpriv --reuid 65534 --regid 65534 --clear-groups env PATH="$tmp/apt" TMPDIR="$tmp" "$BASH" "$tmp/deps" other \
			>"$tmp/out" 2>"$tmp/err" || status=$?
		check "an ordinary user without sudo is told what is missing" '((status == 4))' 'said "missing: other"' \
			'said "not root"' '[[ ! -s $tmp/calls ]]'
	else
		echo "skip an ordinary user without sudo is told what is missing: no setpriv"
	fi
else
	run "$tmp/apt" other
	check "an ordinary user without sudo is told what is missing" '((status == 4))' 'said "missing: other"'
	echo "skip what is missing is installed, without an update of the lists: not root"
fi

run "$tmp/apt"
check "no kernel source is asked for: the plan says which, if any" '((status == 4))' 'said "bison"' \
	'! said "linux-source"' '! grep -q linux-source "$tmp/calls"'

# --- A machine without apt

run "$tmp/bare"
check "without apt the missing commands and libraries are named" '((status == 4))' 'said "qemu-system-x86_64"' \
	'said "jansson (development files)"' 'said "gcc"' '[[ $(wc -l <"$tmp/err") -eq 1 ]]'
# shellcheck disable=SC2016
all=$(sed -n "/^commands='/,/'/p" "$deps" | tr -d "'" | sed 's/^commands=//')
for name in $all; do
	if [[ ! -e $tmp/bare/$name ]]; then tool "$tmp/bare/$name" <<<'#!/bin/sh'; fi
done
run "$tmp/bare"
check "without apt and with all there, nothing is printed" '((status == 0))' 'silent'
rm "$tmp/bare/gnuplot"
run "$tmp/bare"
check "without apt only what is missing is named" '((status == 4))' 'said "missing: gnuplot (no apt"'

run "$tmp/apt" --frob
check "an unknown option is refused" '((status == 2))' 'said "--frob: unknown option"'
run "$tmp/apt" 'Bad;Name'
check "something that is no package name is refused" '((status == 2))' 'said "not the name of a Debian package"'

exit "$failed"
