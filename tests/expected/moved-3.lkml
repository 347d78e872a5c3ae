From "01-a" to "moved", none of 7 costs changed by more than 0.2%;
checks that fail on both sides: c/mtime updated (ext4 DAX). Of 2 steps
none is proved to have changed anything in the end; 1 cost changed on
the way and came back.

The sides differ in more than the kernel
  Device     /dev/pmem0 (512 MiB) on 01-a, 02-b; /dev/ram0 (512 MiB) on
             moved
  Memory     1499 MiB on 01-a, 02-b; 3072 MiB on moved

Steps, each against the one before
  01-a: first of the row
  02-b: ext4: avoid a second lookup
    1 better (-4.5%); no check changed
  moved: first of the row
    1 worse (+4.7%); no check changed
    (against "01-a": no cost changed)

First write to a 4 KiB page (ext4, DAX), guest instructions
  n = 100 a side  01-a   02-b  moved
  cold            4447   4247   4447
                        -4.5%  +4.7%
  Not shown: 2 the same at every step

All 7 costs: 1 changed at some step, 6 the same at every step

Semantics            01-a  02-b  moved
  ext4 DAX
    c/mtime updated  FAIL  FAIL   FAIL
  other 7 checks     pass  pass   pass
  FAIL on ext4 DAX, moved: mtime did not move, ctime did not move

How it was measured
  01-a       6.1.192, debian:linux-source-6.1, no patches
             image 9b39fe2d21ef, build id d532745344f8
  02-b       as 01-a, the same patches
             image 913301331dc3, build id 4f71b17e151f
  moved      as 02-b, the same patches
             image 5edd1832df25, build id d532745344f8
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    QEMU Virtual CPU version 2.5+, 1 CPU, 3072 MiB, guest of
             QEMU 7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 7 instructions, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Seeds      1: one boot a seed and side. A spread is that of a side
             over them, a range that of the change. A change of at most
             0.2% is none.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/ram0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  On "02-b":
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  Figures are medians of single operations in guest instructions: the
  length of the path, counted exactly by QEMU. They know nothing of
  caches, TLBs or the latency of memory, and are not time.

  The command for "moved", seed 1:
    qemu-system-x86_64 -M pc -m 2048 -smp 1 -nodefaults \
      -accel tcg,thread=single -cpu qemu64,+rdtscp,+clwb \
      -icount shift=0,sleep=off -seed 1 -kernel bzImage \
      -initrd initramfs \
      -append "console=ttyS0 panic=-1 nokaslr daxmark.seed=1 \
memmap=512M!768M"

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/01-a.jsonl \
      results/latest/02-b.jsonl results/latest/moved.jsonl
