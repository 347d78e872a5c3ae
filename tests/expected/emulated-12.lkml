From "01-a" to "12-l", no cost was compared; checks that now pass:
c/mtime updated (ext4 DAX). Of 11 steps, the checks changed with "04-d",
"08-h", "10-j" and "12-l".

Steps, each against the one before
  0 01-a: first of the row
  1 02-b: ext4: avoid a second lookup
    no check changed
  2 03-c: dax: lock the entry earlier
    no check changed
  3 04-d: fs: file_update_time() in pfn_mkwrite
    checks that now pass: c/mtime updated (ext4 DAX)
    (against "01-a": ; 1 check now passes)
  4 05-e to 6 07-g (3 sides): no check changed
  7 08-h: xarray: smaller nodes
    checks that passed, and are skipped now: write noticed by a tool
      (ext4 DAX, ext4 page cache)
    (against "01-a": ; 1 check now passes)
  8 09-i: mm: count faults
    no check changed
  9 10-j: ext4: journal less
    checks that now fail: write to a read-only page held while frozen
      (ext4 DAX)
    (against "01-a": ; 1 check now fails; 1 check now passes)
  10 11-k: splice: whole folios
    no check changed
  11 12-l: the last of the row, whose subject is long enough to be
      wrapped in a mail
    checks that now pass: write to a read-only page held while frozen
      (ext4 DAX)
    (against "01-a": ; 1 check now passes)

Semantics                                  0     3     7     9    11
  ext4 DAX
    c/mtime updated                     FAIL  pass  pass  pass  pass
    write while frozen, page read-only  pass  pass  pass  FAIL  pass
  ext4 DAX, ext4 page cache
    a tool notices the write            pass  pass  skip  skip  skip
  other 4 checks                        pass  pass  pass  pass  pass
  A side without a column changed no check.
  FAIL on ext4 DAX, 2: mtime did not move, ctime did not move
  FAIL on ext4 DAX, 10: the store completed while frozen

Skipped
  1 metric: emulated runs give checks, their figures are no results

Not compared at step "08-h"
  a tool notices the write, ext4 DAX, ext4 page cache (08-h): git is not
    in the guest

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
  6          as 5, the same patches
             image ae533d78a324, build id 93c28a534904
  7          as 6, the same patches
             image 74688e9280d2, build id d0702e0ccb81
  8          as 7, the same patches
             image 9f7e4b62669b, build id 3208a9113ccf
  9          as 8, the same patches
             image a5997c0dd954, build id 667b5f6c1e4c
  10         as 9, the same patches
             image d76f67fd3353, build id 0b25d762f420
  11         as 10, the same patches
             image adf707c3b0f3, build id 81e4a5c22d29
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

  The command for "12-l", seed 1:
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
      results/latest/06-f.jsonl results/latest/07-g.jsonl \
      results/latest/08-h.jsonl results/latest/09-i.jsonl \
      results/latest/10-j.jsonl results/latest/11-k.jsonl \
      results/latest/12-l.jsonl
