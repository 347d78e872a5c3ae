From "without" to "with", a first write to a page already read costs
260.8% more on ext2 DAX (994 to 3586 instructions) and 327.6% more on
ext4 DAX (994 to 4250 instructions); checks that now pass: c/mtime
updated, write to a read-only page held while frozen (ext2 DAX, ext4
DAX). Other costs: 10 worse, most of all splice pipe-file-64k on ext2
DAX (+21.0%); 10 better, most of all a first write to a hole on ext4
page cache (-56.4%, mean); 24 unchanged; 1 inconclusive.

First write to a 4 KiB page (ext2, DAX), guest instructions
  n = 200 a side   without   with   change  spread  verdict
  read-then-write      994   3586  +260.8%          worse
  cold                3868   3868     0.0%    1.6%  same
  rewrite                8      8     0.0%          same
  hole               30775  30775     0.0%          same

First write to a 4 KiB page (ext4, DAX), guest instructions
  n = 200 a side   without   with   change  verdict
  read-then-write      994   4250  +327.6%  worse
  cold                4447   4447     0.0%  same
  rewrite                8      8     0.0%  same
  hole               30775  30775     0.0%  same
  unwritten          11173  11173     0.0%  same
  Through the page cache: read-then-write 2569 and 2569, same.
  Page faults an operation (with), here and through the page cache: hole
  1 and 0.25.

First write to a 4 KiB page (ext4, page cache), guest instructions
  n = 200 a side  without   with  change  verdict
  hole, mean         1750  763.2  -56.4%  better
      medians 8 and 8; page faults an operation 0.25 and 0.25
  Not shown: 6 the same
  Page faults an operation (with), here and with DAX: hole 0.25 and 1.

Splice (ext2, DAX), guest instructions
  n = 40 a side   without    with  change  verdict
  pipe-file-4k       3824    4130   +8.0%  worse
  pipe-file-64k     51989   62907  +21.0%  worse
  pipe-file-pipe   820543  492326  -40.0%  better
  sendfile-pipe   1450000  994700  -31.4%  better
  Not shown: 2 worse (+4.4% to +4.7%), 2 better (-28.0% to -30.0%), 2
  the same

Splice (ext4, DAX), guest instructions
  As on ext2, arm for arm: 4 worse (+4.4% to +21.0%), 4 better (-28.0%
  to -40.0%), 1 the same, 1 inconclusive

Freeze and thaw (ext4, DAX), guest instructions
  n = 20 a side         without   with change spread       range verdict
  idle freeze             88800  91200  +2.7%   1.4% +1.3..+4.1% worse
  dirty-mapped-64 freeze
                         271000 231000 -14.8%                    better
  idle thaw               21100  21100   0.0%                    same
  dirty-mapped-64 thaw    21700  21700   0.0%                    same

Changes below 1%                 without  with  change  verdict
  mmap-write plain-4k, ext4 DAX     1100  1105   +0.5%  worse
All 47 costs: 12 worse, 10 better, 24 the same, 1 inconclusive
  No change proved: the harness itself (1 the same); first write to a 2
    MiB page, DAX (1 the same); first write to a 4 KiB page, MAP_SYNC,
    DAX (1 the same); first write to a 4 KiB page, MAP_PRIVATE, DAX (1
    the same); store to a mapped file, page cache (1 the same)
  Inconclusive: the seeds disagree about the direction (1)

Semantics                               without  with
  ext2 DAX, ext4 DAX
    c/mtime updated                        FAIL  pass
    DAX is what was asked for              pass  pass
    write while frozen, page read-only     FAIL  pass
    a tool notices the write               pass  pass
  ext4 page cache
    c/mtime updated                        pass  pass
    DAX is what was asked for              pass  pass
    write while frozen, page read-only     pass  pass
    a tool notices the write               skip  skip
  A write while frozen passes when it waits for the thaw.
  FAIL on ext2 DAX, without: mtime did not move, ctime did not move; the
    store completed while frozen

Skipped
  everything on xfs DAX: mkfs.xfs is not in the guest
  first-write unwritten on ext2 DAX: fallocate: Operation not supported
  first-write huge-hole on ext2 DAX: a fault brings in less than 2 MiB:
    the pages beside took faults of their own
  first-write sync-cold on ext2 DAX, ext4 page cache: mmap with
    MAP_SYNC: Operation not supported
  freeze after-pause on ext4 DAX: waiting is no number of instructions
  first-write huge-hole on ext4 page cache: a fault of 2 MiB takes DAX
  a tool notices the write, ext4 page cache: git is not in the guest

Not compared
  freeze writer on ext4 DAX (without): no write came through in 10 s

How it was measured
  without    6.1.192, debian:linux-source-6.1
             no-pfn_mkwrite.patch, sha256 ca978112ca1b
             default-splice.patch, sha256 3e23e8160039
             image 55837abdf152, build id 0fcec0f0d20a
  with       6.1.192, debian:linux-source-6.1, no patches
             image 0ca627ec17d0, build id 3422305d7881
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    QEMU Virtual CPU version 2.5+, 1 CPU, 1499 MiB, guest of
             QEMU 7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 7 instructions, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Seeds      1, 3: one boot a seed and side. A spread is that of a side
             over them, a range that of the change. A change of at most
             0.2% is none.
  mke2fs -q -F -b 4096 -t ext2 -E nodiscard /dev/pmem0; ext2 DAX mounted
    rw,relatime,dax=always
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  xfs
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  Figures are medians of single operations in guest instructions: the
  length of the path, counted exactly by QEMU. They know nothing of
  caches, TLBs or the latency of memory, and are not time. Where a cost
  says mean, its figures are means over all operations, on every side:
  one page fault brings in the pages of several operations, or
  operations are of two kinds, so that a median is of one kind alone.

  The command for "with", seed 1:
    qemu-system-x86_64 -M pc -m 2048 -smp 1 -nodefaults \
      -accel tcg,thread=single -cpu qemu64,+rdtscp,+clwb \
      -icount shift=0,sleep=off -seed 1 -kernel bzImage \
      -initrd initramfs \
      -append "console=ttyS0 panic=-1 nokaslr daxmark.seed=1 \
memmap=512M!768M"

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/{without,with}.jsonl
