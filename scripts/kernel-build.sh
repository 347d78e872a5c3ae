# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Read in by scripts/kernel: configures and builds the kernel whose source is in $tree/src, with its objects in $tree/obj,
# and tells a kernel that does not build from a machine that cannot build it.

# shellcheck disable=SC2154,SC2034 # set or read by scripts/kernel
# shellcheck disable=SC2015 # die is meant to run when any of a chain fails

# The kernel's own make: nothing of the caller's environment reaches it. Its temporary files are made in the tree.
kmake() {
	exec env -i PATH="$PATH" HOME="${HOME:-/}" TMPDIR="$tree/tmp" LC_ALL=C \
		KBUILD_BUILD_TIMESTAMP="$stamp_time" KBUILD_BUILD_USER=daxmark KBUILD_BUILD_HOST=daxmark \
		KBUILD_BUILD_VERSION=1 LOCALVERSION='' \
		make -C "$tree/src" O="$tree/obj" ARCH=x86 CC=gcc "$@" </dev/null 3>&-
}

child=''
building=0

# Runs a command in the background and calls "$1" each second until it ends; its status is the result.
watch() {
	local show=$1 ticker status=0
	shift
	"$@" &
	child=$!
	while sleep 1 >/dev/null 2>&1 && kill -0 "$child" 2>/dev/null; do "$show"; done 3>&- 9>&- &
	ticker=$!
	wait "$child" || status=$?
	child=''
	kill "$ticker" 2>/dev/null
	wait "$ticker" 2>/dev/null
	next_plain=$(((SECONDS / 30 + 1) * 30))
	if [[ -t 2 ]]; then line_open=1; fi
	return "$status"
}

# make removes the files it was writing when it is asked to stop, so an orderly end leaves no marker.
interrupted() {
	local status=$1
	trap '' INT TERM HUP
	if [[ -n $child ]]; then
		kill -TERM "$child" 2>/dev/null
		wait "$child"
		if ((building)); then rm -f -- "$tree/building"; fi
	fi
	die "$status" "interrupted"
}

kmake_log() { kmake "$@" >>"$log" 2>&1; }

# Names of the objects in make's output, one a line. Those of the boot loader part are few and come last; a dry run
# cannot see them before the kernel is linked.
objects_of() {
	grep -oE "^(.*echo ')?  (CC|AS) +[^ ']+" | sed -E "s/.* +//" | grep -vE '(^|/)\.tmp_|^arch/x86/boot/|\.s$' | sort -u
}

objects() { if (($1 == 1)); then echo '1 object'; else echo "$1 objects"; fi; }
show_configure() { progress "configuring, $(elapsed)"; }
show_prepare() { progress "preparing, $(elapsed)"; }
show_build() {
	local seen
	seen=$(tail -c "+$log_from" "$log" | objects_of | wc -l)
	if grep -qE '^  LD +(\.tmp_)?vmlinux(\.o)?$' <(tail -c "+$log_from" "$log"); then
		progress "$label: $seen objects compiled, linking, $(elapsed)"
	elif ((total > 0)); then
		progress "$label: $seen of $((seen > total ? seen : total)) objects, $(elapsed)"
	else
		progress "$label: $seen objects, $(elapsed)"
	fi
}

# --- Failures

# What this machine lacks, in one line: a command or header that is missing, memory, room. A compiler that was killed or
# found no memory says nothing about the kernel. A source line that a compiler quotes begins with blanks and a number.
lack_of_machine() {
	local line name
	# sh: 1: flex: not found; but a script of the tree that is missing is named with its folder
	line=$(grep -m 1 -E '^(/bin/)?(ba|da)?sh: ([a-z]* ?[0-9]+: )?[A-Za-z0-9_.+-]+: (command )?not found$|^make(\[[0-9]+\])?: [A-Za-z0-9_.+-]+: No such file or directory$' "$log")
	if [[ -n $line ]]; then
		name=$(sed -E 's/: ((command )?not found|No such file or directory)$//; s/.*: //' <<<"$line")
		printf 'missing: %s\n' "$name"
		return 0
	fi
	line=$(grep -m 1 -oE 'fatal error: (libelf|gelf|elf|openssl/[a-z0-9_]+|zlib)\.h: No such file or directory' "$log")
	if [[ -n $line ]]; then
		line=${line#fatal error: }
		printf 'missing: the header %s of a library\n' "${line%%:*}"
		return 0
	fi
	line=$(grep -vE '^[^ :]+\.[chS]:[0-9]+:' "$log" | grep -m 1 -E "$out_of_room")
	[[ -n $line ]] && printf '%s\n' "${line:0:300}"
}
out_of_room='^[^ |][^|]*(No space left on device|Disk quota exceeded|File too large|Input/output error|Read-only file system)'
out_of_room+='|^[^ |][^|]*(Cannot allocate memory|Too many open files|Resource temporarily unavailable|annot create temporary file)'
out_of_room+='|^[^ |][^|]*(virtual memory exhausted|: out of memory|memory exhausted|std::bad_alloc)'
out_of_room+='|: (fatal|internal compiler) error: [A-Z][A-Za-z ]* (signal terminated|\(program)|error while loading shared libraries'
out_of_room+='|terminated with signal (1|2|7|9|15|24|25)( |$)'
out_of_room+='|^(Killed|Terminated|Bus error)( \(core dumped\))?$|^(/bin/)?(ba|da)?sh: .*[0-9] (Killed|Terminated|Bus error) '
out_of_room+='|^make(\[[0-9]+\])?: \*\*\* .*(Killed|Terminated|Bus error|Error 1(29|30|35|37|43|52|53))$'

# The first line of the log that says what went wrong.
first_error() {
	grep -m1 -E ': (fatal )?[Ee]rror: |undefined reference to|^ERROR: |: not found$|\*\*\* ' "$log" ||
		tail -n 1 "$log"
}

build_failed() {
	local status=$1 error lack=''
	if ((status >= 128)); then
		lack="make was killed by signal $((status - 128))"
	else
		lack=$(lack_of_machine)
	fi
	clear_line
	if [[ -n $lack ]]; then
		# Half a file may be left: the marker stays.
		lack=${lack//"$tree/src/"/}
		lack=${lack//"$tree/obj/"/}
		die 4 "$label cannot be built on this machine: $lack; log: $log"
	fi
	error=$(first_error)
	rm -f -- "$tree/building"
	printf 'kernel: %s\nkernel: the build of %s failed; log: %s\n' "$error" "$label" "$log" >&2
	because "does not build: $error"
	exit 1
}

# Kernels build where a path is made of these characters, names differ by case, and programs can be run.
fit_for_builds() {
	local probe=$cache/probe.$$ bad
	bad=$(tr -d 'A-Za-z0-9/._+-' <<<"$tree")
	[[ -z $bad ]] ||
		die 4 "$cache: kernels do not build in a path with \"${bad:0:1}\" (choices: letters, digits, / . _ + -); choose another with XDG_CACHE_HOME"
	mkdir -p -- "$probe" && printf '#!/bin/sh\n' >"$probe/a" && chmod +x -- "$probe/a" && ln -s a "$probe/link" 2>/dev/null || {
		rm -rf -- "$probe"
		die 4 "$cache: files and links cannot be made there"
	}
	if [[ -e $probe/A ]]; then bad='its file system does not tell a from A'; fi
	if ! "$probe/a" 2>/dev/null; then bad='no program can be run there (noexec)'; fi
	rm -rf -- "$probe"
	[[ -z $bad ]] || die 4 "$cache: kernels do not build there: $bad; choose another place with XDG_CACHE_HOME"
}

# --- Configuring and building

# tinyconfig, the fragment on top, no to every other question; then look whether all of it was granted.
# The fragment comes last: of the answers to one choice Kconfig takes the last.
configure() {
	local bad status=0 sym want got optional known lacking=''
	watch show_configure kmake_log tinyconfig || build_failed $?
	awk '
		{ sym = "" }
		/^CONFIG_[A-Za-z0-9_]+=/ { sym = $1; sub(/=.*/, "", sym) }
		/^# CONFIG_[A-Za-z0-9_]+ is not set/ { sym = $2 }
		NR == FNR { if (sym != "") asked[sym] = 1; fragment = fragment $0 "\n"; next }
		!(sym in asked)
		END { printf "%s", fragment }
	' "$work/fragment" "$tree/obj/.config" >"$tree/obj/all.config" ||
		die 4 "$tree/obj: cannot be written"
	watch show_configure kmake_log KCONFIG_ALLCONFIG="$tree/obj/all.config" allnoconfig || build_failed $?
	bad=$(awk '
		FNR == 1 { file++ }
		file == 1 { if ($0 ~ /^CONFIG_/) { sym = $0; sub(/=.*/, "", sym); got[sym] = $0 } next }
		/^# optional: / {
			optional["CONFIG_" $3] = $4 == "when" && ("CONFIG_" $5) in got ? "excluded" : "undefined"
			next
		}
		/^# always on where missing: / { optional["CONFIG_" $6] = "always"; next }
		/^CONFIG_[A-Za-z0-9_]+=/ { sym = $0; sub(/=.*/, "", sym); want[sym] = $0 }
		/^# CONFIG_[A-Za-z0-9_]+ is not set/ { want[$2] = "" }
		END {
			for (sym in want) {
				w = want[sym]; sub(/^[^=]*=/, "", w); if (w == "n") w = ""
				g = got[sym]; sub(/^[^=]*=/, "", g)
				if (w != g) print sym, (w == "" ? "n" : w), (g == "" ? "n" : g), optional[sym]
			}
		}' "$tree/obj/.config" "$work/fragment" | sort) || die 2 "$fragment: cannot be read"
	while read -r sym want got optional; do
		if [[ -z $sym ]]; then continue; fi
		known=1
		grep -rqE --include='Kconfig*' "^[[:space:]]*(menu)?config[[:space:]]+${sym#CONFIG_}[[:space:]]*\$" \
			"$tree/src" || known=0
		# a kernel from before the switch has what it switches
		if [[ $optional == always && $want == y && $known -eq 0 ]]; then continue; fi
		if [[ $optional == excluded || $optional == undefined && $known -eq 0 ]]; then
			lacking+="${lacking:+ }${sym#CONFIG_}"
			continue
		fi
		if ((!known)); then got='no such symbol'; fi
		if ((status == 0)); then
			rm -f -- "$tree/building"
			clear_line
		fi
		status=2
		say "$fragment: asks for $sym=$want, $label gives $got"
		because "does not give $sym=$want, which ${fragment##*/} asks for, but $got"
	done <<<"$bad"
	if ((status)); then exit "$status"; fi
	printf '%s\n' "$lacking" >"$tree/lacking" || die 4 "$tree/lacking: cannot be written"
	if [[ -n $lacking ]]; then say "$label has none of $lacking and is built without"; fi
}

build() {
	local status=0 configured
	mkdir -p -- "$tree/obj" || die 4 "$tree: cannot be written"
	rm -rf -- "$tree/tmp"
	mkdir -- "$tree/tmp" || die 4 "$tree: cannot be written"
	if [[ -e $tree/building ]]; then
		say "the last build in this tree was cut off: its newest objects are made again"
		find "$tree/obj" -newer "$tree/building" ! -type d -delete || die 4 "$tree/obj: cannot be cleaned"
		rm -f -- "$tree/configured"
	fi
	: >"$tree/building" || die 4 "$tree: cannot be written"
	building=1

	# The configuration follows from the Kconfig files, what they call, the fragment and the compiler.
	configured=$({
		printf '%s\n' "$fragment_sum" "$compiler"
		ours ls-tree -r "$target" |
			grep -E '	(.*/)?Kconfig|	(scripts|kernel/configs|arch/x86/configs)/|	(arch/x86/)?Makefile'
	} | digest /dev/stdin)
	if [[ $(cat "$tree/configured" 2>/dev/null) != "$configured" ]]; then
		rm -f -- "$tree/configured"
		configure
	fi

	watch show_prepare kmake_log -j"$jobs" prepare || build_failed $?
	total=$( (kmake -n -k bzImage) 2>/dev/null | objects_of | wc -l)
	log_from=$(($(stat -c %s "$log") + 1))
	say "building $label: $(objects "$total") to compile, $jobs at a time"
	watch show_build kmake_log -j"$jobs" bzImage || status=$?
	if ((status)); then build_failed "$status"; fi
	rm -f -- "$tree/building"
	printf '%s\n' "$configured" >"$tree/configured"
	clear_line
	say "built $label: $(objects "$(tail -c "+$log_from" "$log" | objects_of | wc -l)"), $(elapsed)"
}

make_entry() {
	local patch i release
	new=$cache/kernels/.new.$key.$$
	mkdir -p -- "$new" &&
		cp -- "$tree/obj/arch/x86/boot/bzImage" "$tree/obj/System.map" "$new/" &&
		cp -- "$tree/obj/.config" "$new/config" &&
		cp -- "$log" "$new/build.log" || die 4 "$new: cannot be written"
	release=$(image_release "$new/bzImage") || die 1 "$label: the image that was built has no boot header"
	{
		printf 'source: %s\n' "$spec"
		printf 'source-digest: %s\n' "$source_digest"
		if [[ -n $package ]]; then printf 'package: %s\n' "$package"; fi
		if [[ -n $commit ]]; then printf 'commit: %s\n' "$commit"; fi
		printf 'release: %s\n' "$release"
		for i in "${!patches[@]}"; do
			patch=${patches[i]}
			printf 'patch: %s sha256:%s\n' "${patch##*/}" "${patch_sums[i]}"
		done
		printf 'config-sha256: %s\n' "$(digest "$new/config")"
		printf 'fragment-sha256: %s\n' "$fragment_sum"
		if [[ -s $tree/lacking && -n $(<"$tree/lacking") ]]; then printf 'lacking: %s\n' "$(<"$tree/lacking")"; fi
		printf 'compiler: %s\n' "$compiler"
		printf 'image-sha256: %s\n' "$(digest "$new/bzImage")"
	} >"$new/manifest" || die 4 "$new: cannot be written"
	publish "$new" "$entry"
	rm -f -- "$log"
}

