From "02-b" to "04-d", no cost was compared; checks that now pass:
c/mtime updated (ext4 DAX). Of 2 steps, the checks changed with "08-h"
and "04-d".

Steps, each against the one before
  02-b: ext4: avoid a second lookup
  08-h: xarray: smaller nodes
    checks that now pass: c/mtime updated (ext4 DAX); checks that
      passed, and are skipped now: write noticed by a tool (ext4 DAX,
      ext4 page cache)
  04-d: fs: file_update_time() in pfn_mkwrite
    checks that pass, and were not tried before: write noticed by a tool
      (ext4 DAX, ext4 page cache)
    (against "02-b": ; 1 check now passes)

Semantics                     02-b  08-h  04-d
  ext4 DAX
    c/mtime updated           FAIL  pass  pass
  ext4 DAX, ext4 page cache
    a tool notices the write  pass  skip  pass
  other 5 checks              pass  pass  pass
  FAIL on ext4 DAX, 02-b: mtime did not move, ctime did not move

Skipped
  1 metric: emulated runs give checks, their figures are no results

Not compared at step "08-h"
  a tool notices the write, ext4 DAX, ext4 page cache (08-h): git is not
    in the guest

Not compared at step "04-d"
  a tool notices the write, ext4 DAX, ext4 page cache (08-h): git is not
    in the guest

How it was measured
  02-b       6.1.192, debian:linux-source-6.1, no patches
             image 913301331dc3, build id 4f71b17e151f
  08-h       as 02-b, the same patches
             image 74688e9280d2, build id d0702e0ccb81
  04-d       as 08-h, the same patches
             image 952c8fd8b461, build id 2b11c4371d1a
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

  The command for "04-d", seed 1:
    qemu-system-x86_64 -M pc -m 2048 -smp 1 -nodefaults \
      -accel tcg,thread=single -cpu qemu64,+rdtscp,+clwb \
      -icount shift=0,sleep=off -seed 1 -kernel bzImage \
      -initrd initramfs \
      -append "console=ttyS0 panic=-1 nokaslr daxmark.seed=1 \
memmap=512M!768M"

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/02-b.jsonl \
      results/latest/08-h.jsonl results/latest/04-d.jsonl
