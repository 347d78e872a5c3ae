#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A guest that goes wrong is reported as what happened to it and leaves no records: panic, oops, hang, time limit,
# cut-off output, a runner that fails, no memory left, a flood on the console, QEMU missing or killed. And what is
# recorded of its kernel's patches. What this machine lacks is another status than a guest that died.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
cc=${CC:-cc}
"$cc" -O1 -o "$work/fake" "$root/tests/guest/fake_runner.c" || exit
printf '[plan]\nmode = count\n' >"$work/plan.ini"
"$root/scripts/initramfs" "$work/fake" "$work/plan.ini" "$work/initramfs" || exit

guest() { # STATUS SEED OPTION...
	local want=$1 seed=$2
	shift 2
	rm -f "$work/records"
	run "$want" "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" \
		--records "$work/records" --seed "$seed" "$@"
}
no_records() {
	[ ! -e "$work/records" ] && [ ! -e "$work/records.part" ] && return 0
	why="records were left behind"
	return 1
}

whole() { guest 0 1 && grep -q '"kind":"end"' "$work/records"; }
# On a busy machine it has not yet begun to speak.
hang() { guest 5 2 --silence-limit 5 && says err 'hangs: it has said nothing( at all)? for 5 s' && no_records; }
limit() { guest 5 2 --time-limit 3 && says err 'took longer than its limit of 3 s' && no_records; }
cut_off() { guest 5 3 && says err 'was cut off: its 1 records' && no_records; }
fails() {
	guest 5 4 && says err 'runner ended with status 5' && says err 'the target is on fire' && no_records
}
silent() {
	guest 5 5 --why "$work/why" && says err 'sent no records' && no_records || return 1
	why=$(cat "$work/why")
	[ "$why" = 'its guest (seed 5) sent no records' ]
}
miscount() { guest 5 6 && says err 'was cut off' && no_records; }
crash() { guest 5 7 && says err 'runner ended with status 134' && no_records; }
greedy() {
	guest 5 8 --memory 1400 --time-limit 3000 && says err 'runner ended with status 137' &&
		says err 'Out of memory: Killed process' && no_records
}
# It is ended for how much it says, or for how long it takes.
flood() {
	guest 5 9 --time-limit 20 && says err '(said more than|took longer than its limit)' && no_records
}
# The clock is set a thousand seconds ahead whenever the program looks at it.
"$cc" -O1 -shared -fPIC -o "$work/set_clock.so" "$root/tests/guest/set_clock.c" || exit
clock_set() { LD_PRELOAD=$work/set_clock.so guest 0 1 && grep -q '"kind":"end"' "$work/records"; }
panic() {
	rm -f "$work/records"
	(cd "$work" && mkdir -p empty && find empty | cpio --quiet -o -H newc >nothing) || return 1
	run 5 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/nothing" --records "$work/records" &&
		says err 'panicked: Kernel panic' && says err 'the end of its console' && no_records
}
# A QEMU that has nothing but a console: what a kernel said there is told for what it was.
mkdir "$work/fake-qemu"
cat >"$work/fake-qemu/qemu-system-x86_64" <<'QEMU'
#!/bin/sh
for word; do
	case $word in
	file:*/console) cat "${0%/*}/said" >"${word#file:}" ;;
	file:*/records) printf '{"kind":"end","lines":0}\n' >"${word#file:}" ;;
	esac
done
QEMU
chmod +x "$work/fake-qemu/qemu-system-x86_64"
console() { # STATUS LINE...
	local want=$1
	shift
	printf '%s\r\n' "$@" >"$work/fake-qemu/said"
	rm -f "$work/records"
	PATH=$work/fake-qemu:$PATH run "$want" "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" \
		--records "$work/records"
}
oops() {
	console 5 'BUG: kernel NULL pointer dereference, address: 0000000000000008' 'Oops: 0002 [#1] PREEMPT SMP' \
		'Kernel panic - not syncing: Fatal exception' &&
		says err 'has a kernel with a bug: BUG: kernel NULL pointer dereference, address: 0000000000000008$' && no_records
}
bug_that_goes_on() {
	console 5 'BUG: Bad page state in process daxmark-run' 'daxmark: the runner ended with status 0' &&
		says err 'has a kernel with a bug: BUG: Bad page state' && no_records
}
warning() {
	console 0 'WARNING: CPU: 0 PID: 1 at fs/dax.c:344 dax_entry' 'daxmark: the runner ended with status 0' &&
		says err 'its kernel warned: WARNING: CPU: 0 PID: 1 at fs/dax.c:344' && [ -s "$work/records" ]
}
asks_for_oops() {
	run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --print-command &&
		says out ' oops=panic ' && says out ' loglevel=5 '
}
quiet_boot() {
	guest 0 1 --console "$work/console" || return 1
	[ "$(wc -l <"$work/console")" -le 10 ] || {
		why=$(head -n 12 "$work/console")
		return 1
	}
}

# The cache names patches as whoever came first did; what is recorded is what this plan calls them.
patched() { # STATUS OPTION...
	local want=$1
	shift
	mkdir -p "$work/patched"
	cp "$image/bzImage" "$work/patched/"
	printf 'source: git:/first#one\nrelease: 6.1\npatch: theirs.patch sha256:%064d\npatch: b.patch sha256:%064d\n' \
		1 2 >"$work/patched/manifest"
	run "$want" "$root/build/daxmark-guest" --image "$work/patched" --initramfs "$work/initramfs" \
		--records "$work/records" "$@"
}
patch_names() {
	patched 0 --source git:/mine#two --subject 'mm: do "it"' --patch series/mine.patch --patch series/b.patch || return 1
	why=$(jq -r 'select(.kind == "run") | .source, .subject, (.patches[] | .file, (.sha256 | ltrimstr("0" * 63)))' \
		"$work/records" | tr '\n' ' ')
	[ "$why" = 'git:/mine#two mm: do "it" series/mine.patch 1 series/b.patch 2 ' ]
}
patch_count() {
	rm -f "$work/records"
	patched 2 --patch one.patch && says err '1 patch\(es\) named, and the image has 2' && no_records
}

no_qemu() {
	mkdir -p "$work/bin"
	local tool
	for tool in bash cat cut dirname readlink env grep sed head tail tr mktemp rm sha256sum stat sleep wc; do
		ln -sf "$(command -v "$tool")" "$work/bin/$tool"
	done
	PATH=$work/bin run 4 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" \
		--records "$work/records" && says err 'qemu-system-x86_64 is missing'
}
qemu_is_there() { # PID of daxmark-guest; sets qemu
	qemu=$(tr ' ' '\n' <"/proc/$1/task/$1/children" 2>/dev/null |
		while read -r pid; do
			[ -n "$pid" ] && grep -qs qemu-system "/proc/$pid/comm" && echo "$pid"
		done)
	[ -n "$qemu" ]
}
killed() {
	rm -f "$work/records"
	"$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/records" \
		--seed 2 >"$work/out" 2>"$work/err" &
	local script=$! qemu=''
	wait_beside "$script" qemu_is_there "$script"
	kill -KILL "$qemu" || return 1
	wait "$script"
	local status=$?
	[ "$status" -eq 4 ] || { why="status $status instead of 4"; return 1; }
	says err 'QEMU was killed from outside \(SIGKILL\); has this machine run out of memory' && no_records
}
# The machine has less memory than the plan gives the guest.
no_memory() {
	(
		ulimit -v 1500000
		guest 4 1 || { echo "$why"; exit 1; }
	) >"$work/reason" || { why=$(cat "$work/reason"); return 1; }
	says err "QEMU gets no memory: .*Cannot allocate memory" && no_records
}
# One that knows an option less, and one whose library is missing.
no_start() {
	mkdir -p "$work/other-qemu"
	printf '#!/bin/sh\nexec %s -no-such-option "$@"\n' "$(command -v qemu-system-x86_64)" \
		>"$work/other-qemu/qemu-system-x86_64"
	chmod +x "$work/other-qemu/qemu-system-x86_64"
	PATH=$work/other-qemu:$PATH guest 4 1 && says err 'QEMU does not start here: .*no-such-option: invalid option' &&
		no_records || return 1
	printf '#!/bin/sh\necho "qemu-system-x86_64: error while loading shared libraries: libx.so" >&2\nexit 127\n' \
		>"$work/other-qemu/qemu-system-x86_64"
	PATH=$work/other-qemu:$PATH guest 4 1 &&
		says err 'QEMU does not start here: error while loading shared libraries: libx.so' && no_records
}
no_processor() {
	guest 2 1 --cpu qemu65 && says err '\[guest\] cpu = qemu65: QEMU does not know it' && no_records &&
		guest 2 1 --cpu qemu64,+flies && says err 'cpu = qemu64,\+flies: QEMU does not know it' && no_records
}
# Too little for the console of a guest and its records.
no_room() {
	local result
	mkdir "$work/small" && mount -t tmpfs -o size=48k tmpfs "$work/small" || return 1
	TMPDIR=$work/small guest 4 2 --time-limit 3 && says err "no room for what the guest says in $work/small" && no_records
	result=$?
	umount "$work/small"
	return "$result"
}
# A processor that the kernel does not run on: it says so where nobody listens.
dies_early() {
	guest 5 1 --cpu 486 --silence-limit 5 --console "$work/console" --why "$work/why" &&
		says err 'hangs: it has said nothing at all for 5 s; its last words with earlyprintk: Unable to boot' &&
		says why 'nothing at all for 5 s; its last words with earlyprintk' &&
		says console 'booted once more with earlyprintk=serial' &&
		says console 'This kernel requires an x86-64 CPU, but only detected' && no_records
}
kvm() {
	guest 4 1 --mode time && says err 'KVM' && says err 'use mode = count' && no_records
}

test_that "a whole stream is taken" whole
test_that "a guest that says nothing any more is a hang" hang
test_that "a guest that takes too long is ended at its limit" limit
test_that "records that stop in the middle are a guest cut off" cut_off
test_that "a runner that fails is named with its status and its words" fails
test_that "a guest without records is no success, and who asks for it gets that as a line" silent
test_that "an end that counts other lines is a guest cut off" miscount
test_that "a runner that crashes is named with its status" crash
test_that "a guest that runs out of memory is named with the status of its runner" greedy
test_that "a guest that floods its console is ended" flood
test_that "a guest is not ended because the clock of this machine is set" clock_set
test_that "a panic is named with the end of the console" panic
test_that "an oops is named as what it was, not as the panic that it ends in" oops
test_that "a bug that the kernel survives is no success" bug_that_goes_on
test_that "a warning of the kernel is passed on" warning
test_that "an oops is made a panic and warnings reach the console" asks_for_oops
test_that "a boot without either says little" quiet_boot
test_that "patches, source and subject are recorded as they are named here, with the digests of the image" patch_names
test_that "names for other patches than the image has are refused" patch_count
test_that "a QEMU that is killed from outside is this machine's fault, not the kernel's" killed
test_that "a QEMU that gets no memory is this machine's fault" no_memory
test_that "a QEMU that does not start is this machine's fault, and its reason is given" no_start
test_that "a processor that QEMU does not know is bad input" no_processor
if [ "$EUID" -eq 0 ]; then
	test_that "a full disk under the temporary folder is this machine's fault" no_room
else
	skip_that "a full disk under the temporary folder is this machine's fault" "takes root, to mount"
fi
test_that "a guest that dies before its console is booted once more for its words" dies_early
test_that "a missing QEMU is named" no_qemu
if guest 0 1 --mode time; then
	skip_that "time mode without a working KVM is refused after a bounded probe" "KVM works here"
else
	test_that "time mode without a working KVM is refused after a bounded probe" kvm
fi
finish
