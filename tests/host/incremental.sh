#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel built on top of another has the image that it has when built from nothing, whatever lies between the two. The
# kernel is a small one of a dozen objects, but what builds it is Linux's own: its Makefile, scripts/, Kconfig and fixdep,
# taken from the tarball of linux-source-6.1.
# shellcheck disable=SC2015,SC2016,SC2317 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export LC_ALL=C HOME=$work/home GIT_CONFIG_NOSYSTEM=1
mkdir -p "$HOME"
tarball=/usr/src/linux-source-6.1.tar.xz
for tool in gcc make flex bison bc xz git; do
	command -v "$tool" >/dev/null || tarball=
done
[ -f "$tarball" ] || {
	skip_that "kernels built on top of others" "linux-source-6.1 or what builds it is missing"
	finish
}

repo=$work/repo
mkdir "$repo"
git_() { git -C "$repo" -c user.name=t -c user.email=t@t -c init.defaultBranch=main -c gc.auto=0 "$@"; }
file() { mkdir -p "$repo/$(dirname "$1")" && printf '%b' "$2" >"$repo/$1"; } # NAME TEXT

# --- The small kernel

tar -C "$repo" --strip-components=1 -xf "$tarball" linux-source-6.1/Makefile linux-source-6.1/scripts \
	linux-source-6.1/include/linux/{kconfig,compiler-version,kbuild}.h || exit 4
# modpost would need most of include/; it makes nothing that is linked here
rm -r "$repo"/scripts/{mod,gcc-plugins,coccinelle,selinux,genksyms}
file scripts/mod/Makefile 'hostprogs-always-y += modpost\nalways-y += empty.o\n'
file scripts/mod/modpost.c 'int main(void) { return 0; }\n'
file scripts/mod/empty.c '/* empty */\n'
file Kconfig 'mainmenu "Small"
config CC_VERSION_TEXT
	string
	default "$(CC_VERSION_TEXT)"
config CC_IS_GCC
	def_bool y
config 64BIT
	def_bool y
config CC_OPTIMIZE_FOR_SIZE
	def_bool y
config FRAME_WARN
	int
	default 2048
source "fs/Kconfig"
'
file kernel/configs/tiny-base.config ''
file kernel/configs/tiny.config '# CONFIG_NONE is not set\n'
file Kbuild 'offsets-file := include/generated/asm-offsets.h
targets += arch/x86/kernel/asm-offsets.s
$(offsets-file): arch/x86/kernel/asm-offsets.s FORCE
	$(call filechk,offsets,__ASM_OFFSETS_H__)
PHONY += prepare
prepare: $(offsets-file)
	@:
obj-y += init/ kernel/ fs/ lib/ arch/x86/
'
file include/asm-generic/Kbuild ''
file include/uapi/asm-generic/Kbuild ''
file include/asm-generic/thing.h '#define THING 1\n'
file include/linux/compiler_types.h '/* none */\n'
file include/linux/limit.h '#define LIMIT 1\n'
file include/linux/shape.h 'struct shape { int a, b; };\n'
file arch/x86/include/asm/Kbuild 'generic-y += thing.h\n'
file arch/x86/include/uapi/asm/Kbuild ''
file arch/x86/Makefile 'KBUILD_CFLAGS += -m64 -mcmodel=kernel -mno-red-zone -fno-pic -mno-sse -fno-asynchronous-unwind-tables -ffreestanding
KBUILD_AFLAGS += -m64
KBUILD_LDFLAGS += -m elf_x86_64
libs-y += lib/
PHONY += archheaders archscripts bzImage
archheaders:
archscripts:
bzImage: vmlinux
	$(Q)$(MAKE) $(build)=arch/x86/boot arch/x86/boot/bzImage
'
file arch/x86/Kbuild 'obj-y += kernel/\n'
file arch/x86/kernel/Makefile 'extra-y += vmlinux.lds
obj-y += entry.o capability.o
targets += capability.c
$(obj)/capability.c: $(src)/capability.tbl FORCE
	$(call if_changed,mkcap)
quiet_cmd_mkcap = GEN     $@
      cmd_mkcap = sh $(srctree)/$(src)/mkcapability.sh $< $@
'
file arch/x86/kernel/capability.tbl 'one 1\n'
file arch/x86/kernel/mkcapability.sh 'while read -r name value; do echo "int cap_$name = $value;"; done <$1 >$2\n'
file arch/x86/kernel/entry.S '.globl startup\nstartup: call start_kernel\n hlt\n'
file arch/x86/kernel/asm-offsets.c '#include <linux/kbuild.h>\n#include <linux/shape.h>
void f(void) { DEFINE(SHAPE_SIZE, sizeof(struct shape)); }\n'
file arch/x86/kernel/vmlinux.lds.S 'ENTRY(startup)
SECTIONS { . = 0xffffffff81000000; .text : { *(.text*) } .rodata : { *(.rodata*) } .data : { *(.data*) *(.bss*) }
	/DISCARD/ : { *(.comment) *(.note*) *(.modinfo) } }
'
file arch/x86/boot/Makefile 'targets += bzImage
$(obj)/bzImage: vmlinux FORCE
	$(call if_changed,image)
quiet_cmd_image = BUILD   $@
      cmd_image = { head -c 514 /dev/zero; printf HdrS; head -c 8 /dev/zero; printf "\\\\020\\\\000%%s (u@h) \\\\000" $(KERNELRELEASE); cat $<; } >$@
'
sed -i 's/%%s/%s/' "$repo/arch/x86/boot/Makefile"
file init/Makefile 'obj-y += main.o version.o\n'
file init/main.c '#include <generated/asm-offsets.h>\n#include <asm/thing.h>\nint shape = SHAPE_SIZE, thing = THING;
int one(void);\nint helper(int);\nvoid start_kernel(void) { helper(one()); }\n'
file init/version.c '#include <generated/utsrelease.h>\nconst char release[] = UTS_RELEASE;\n'
file init/version-timestamp.c '#include <generated/compile.h>\nconst char by[] = LINUX_COMPILE_BY;\n'
file kernel/Makefile 'obj-y += core.o\n'
file kernel/core.c '#include <linux/limit.h>\nint limit = LIMIT;\n'
file fs/Kconfig 'config TWO\n\tbool "two"\n'
file fs/Makefile 'obj-y += one/\nobj-$(CONFIG_TWO) += two/\n'
file fs/one/Makefile 'obj-y += file.o extra.o\n'
file fs/one/file.c '#include "local.h"\nint one(void) { return LOCAL; }\n'
file fs/one/local.h '#define LOCAL 3\n'
file fs/one/extra.c 'int extra = 1;\n'
file fs/two/Makefile 'obj-y += two.o\ntwo-y := a.o b.o\n'
file fs/two/a.c '#ifdef CONFIG_TWO\nint two_a = 1;\n#endif\n'
file fs/two/b.c 'int two_b = 2;\n'
file lib/Makefile 'lib-y += helper.o\nobj-y += table.o\nhostprogs := gen\n$(obj)/table.c: $(obj)/gen\n\t$(obj)/gen >$@\n'
file lib/helper.c 'int helper(int x) { return x; }\n'
file lib/gen.c '#include <stdio.h>\nint main(void) { puts("int table = 7;"); return 0; }\n'
printf 'CONFIG_64BIT=y\nCONFIG_TWO=y\n' >"$work/fragment"
{ git_ init -q && git_ add -Af . && git_ commit -qm base && git_ tag base; } || exit 1

# state NAME COMMAND: a kernel that differs from base by what COMMAND does in the tree
state() {
	git_ checkout -q base && (cd "$repo" && eval "$2") && git_ add -Af . && git_ commit -qm "$1" && git_ tag "$1" || exit 1
}
state without-source 'rm fs/one/extra.c'
state without-header 'rm include/linux/shape.h'
# one kernel for several changes that have nothing to do with each other: each object tells of its own
state files '
	sed -i "s/ extra.o//" fs/one/Makefile && rm fs/one/extra.c
	sed -i "s/core/heart/" kernel/Makefile && git mv kernel/core.c kernel/heart.c
	printf "#define THING 2\n" >arch/x86/include/asm/thing.h
	mkdir -p arch/x86/include/linux && printf "#define LIMIT 2\n" >arch/x86/include/linux/limit.h
	git rm -q lib/helper.c && printf ".globl helper\nhelper: mov %%edi, %%eax\n ret\n" >lib/helper.S
	mkdir fs/two/sub && git mv fs/two/b.c fs/two/sub/b.c && sed -i s,b.o,sub/b.o, fs/two/Makefile'
state headers '
	printf "#define LIMIT 3\n" >kernel/limit.h && sed -i "s,<linux/limit.h>,\"limit.h\"," kernel/core.c
	printf "#include \"../two/moved.h\"\nint one(void) { return LOCAL; }\n" >fs/one/file.c
	git mv fs/one/local.h fs/two/moved.h
	printf "struct shape { int a, b, c; };\n" >include/linux/shape.h'
state added 'mkdir -p arch/x86/include/linux && printf "#define LIMIT 4\n" >arch/x86/include/linux/limit.h
	printf "#define THING 4\n" >include/asm-generic/thing.h'
state rules '
	printf "while read -r name value; do echo \"long cap_\$name = \$value;\"; done <\$1 >\$2\n" >arch/x86/kernel/mkcapability.sh
	sed -i "s/int table = 7/long table = 8/" lib/gen.c
	sed -i "s/ b.o//" fs/two/Makefile
	printf "ccflags-y += -DEXTRA\n" >>fs/one/Makefile && printf "#ifdef EXTRA\nint flagged = 5;\n#endif\n" >>fs/one/extra.c'
state generated 'rm lib/gen.c && sed -i "/hostprogs/,\$d" lib/Makefile && printf "int table = 99;\n" >lib/table.c'
state machinery 'sed -i "s/\${ld} \${ldflags}/& --defsym=planted=0x1234/" scripts/link-vmlinux.sh'
state configuration '
	printf "config TWO\n\tbool \"two\"\nconfig THREE\n\tdef_bool y\n" >fs/Kconfig && printf "obj-\$(CONFIG_THREE) += three.o\n" >>fs/Makefile
	printf "int three = 3;\n" >fs/three.c && printf "#ifdef CONFIG_THREE\nint seen = 3;\n#endif\n" >>kernel/core.c'

kernel() { XDG_CACHE_HOME=$work/$1 "$root/scripts/kernel" --config "$work/fragment" "git:$repo#$2"; } # CACHE STATE

# The image of a state from nothing; those of several are built at a time.
image_of() { printf '%s/from-nothing/%s' "$work" "$1"; }
from_nothing() { # STATE
	local status=0
	mkdir -p "$work/from-nothing"
	kernel "fresh-$1" "$1" >"$work/$1.out" 2>"$work/$1.err" || status=$?
	[ "$status" -ne 0 ] || cp "$(cat "$work/$1.out")/bzImage" "$(image_of "$1")"
	printf '%s\n' "$status" >"$(image_of "$1").status"
	rm -rf "$work/fresh-$1"
}
states='base without-source without-header files headers added rules generated machinery configuration'
at_a_time=$(nproc)
for state in $states; do
	while [ "$(jobs -rp | wc -l)" -ge "$at_a_time" ]; do wait -n; done
	from_nothing "$state" &
done
wait
they_differ() {
	local state count
	for state in $states; do
		case $state in without-*) continue ;; esac
		why="$state does not build: $(tail -n 2 "$work/$state.err")"
		[ -s "$(image_of "$state")" ] || return 1
	done
	count=$(sha256sum "$work"/from-nothing/* | grep -v status | cut -d ' ' -f 1 | sort -u | wc -l)
	why="$count images of 8 states"
	[ "$count" -eq 8 ]
}
test_that "each of the kernels differs from the others" they_differ

# follows STATE...: built one on top of the other, in the same tree; each is what it is from nothing
follows() {
	local state status want
	for state; do
		rm -rf "$work/one/daxmark/kernels"
		want=$(cat "$(image_of "$state").status") status=0
		kernel one "$state" >"$work/out" 2>"$work/err" || status=$?
		why="$state after ${before:-nothing}: status $status, from nothing $want: $(tail -n 2 "$work/err" | tr '\n' ' ')"
		[ "$status" -eq "$want" ] || return 1
		if [ "$status" -eq 0 ]; then
			why="$state after $before: another image than from nothing"
			cmp -s "$(cat "$work/out")/bzImage" "$(image_of "$state")" || return 1
		fi
		before=$state
	done
}
before=
gone() { why='a kernel without a source builds' && [ "$(cat "$(image_of without-source).status")" -eq 1 ] && follows base without-source base; }
gone_header() { [ "$(cat "$(image_of without-header).status")" -eq 1 ] && follows without-header base; }
files() { follows files base files; }
headers() { follows headers files added base added; }
rules() { follows rules base generated rules; }
machinery() { follows machinery base; }
configuration() { follows configuration base configuration generated; }
test_that "a source that is gone takes its object with it" gone
test_that "so does a header that a generated file is made from" gone_header
test_that "files that are renamed, moved, or take the place of another" files
test_that "headers that are moved, or found before others" headers
test_that "rules, tables and programs that make sources" rules
test_that "what links the kernel" machinery
test_that "Kconfig files" configuration

finish
