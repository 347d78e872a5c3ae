From "01-a" to "06-f", no cost was compared; checks that now pass:
c/mtime updated (ext4 DAX). Of 5 steps, the checks changed with "04-d".

Steps, each against the one before
  0 01-a: first of the row
  1 02-b: ext4: avoid a second lookup
    no check changed
  2 03-c: dax: lock the entry earlier
    no check changed
  3 04-d: fs: file_update_time() in pfn_mkwrite
    checks that now pass: c/mtime updated (ext4 DAX)
    (against "01-a": ; 1 check now passes)
  4 05-e: doc: fix a typo
    no check changed
  5 06-f: doc: fix another
    no check changed

Semantics               0     3     5
  ext4 DAX
    c/mtime updated  FAIL  pass  pass
  other 7 checks     pass  pass  pass
  A side without a column changed no check.
  FAIL on ext4 DAX, 2: mtime did not move, ctime did not move

Skipped
  1 metric: emulated runs give checks, their figures are no results

How it was measured
  0          6.1.192, debian:linux-source-6.1, no patches
             image 9b39fe2d21ef, build id d532745344f8
  1          as 0, the same patches
             image 913301331dc3, build id 4f71b17e151f
  2          as 1, the same patches
             image d694d3988dd2, build id 22635682c2b6
  3          as 2, the same patches
             image 952c8fd8b461, build id 2b11c4371d1a
  4          as 3, the same patches
             image f07bacb0b3f2, build id a7c8217fcfe8
  5          as 4, the same patches
             image f4443b7cc8fc, build id 630b5a6b0a9c
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    QEMU Virtual CPU version 2.5+, 1 CPU, 1499 MiB, guest of
             QEMU 7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 18 ns, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Seeds      1: one boot a seed and side.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  The guest was emulated without counting instructions: only the checks
  are results.

  The command for "06-f", seed 1:
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
      results/latest/02-b.jsonl results/latest/03-c.jsonl \
      results/latest/04-d.jsonl results/latest/05-e.jsonl \
      results/latest/06-f.jsonl
