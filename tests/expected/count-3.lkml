From "without" to "later", a first write to a page already read costs
260.8% more on ext2 DAX (994 to 3586 instructions) and 328.6% more on
ext4 DAX (994 to 4260 instructions); checks that now fail: write noticed
by a tool (ext4 DAX); checks that now pass: c/mtime updated, write to a
read-only page held while frozen (ext2 DAX, ext4 DAX). Other costs: 6
worse, most of all a first write to an unmapped page (fill 64k) on ext4
page cache (+7.0%); 2 better, most of all freeze dirty-mapped-64 on ext4
DAX (-14.8%); 37 unchanged. Of 2 steps, the cost named first changed
with "with" (+260.8% to +327.6%) and "later" (+0.2%); the checks changed
with "with" and "later"; 17 costs changed on the way and came back.

Steps, each against the one before
  without
  with: 12 worse (+0.5% to +327.6%), 10 better (-14.8% to -56.4%), 1
      inconclusive; checks that now pass: c/mtime updated, write to a
      read-only page held while frozen (ext2 DAX, ext4 DAX)
  later: dax: fault in less
    14 worse (+0.2% to +129.3%), 10 better (-1.3% to -17.4%), 1
      inconclusive; checks that now fail: write noticed by a tool (ext4
      DAX)
    (against "without": 8 worse (+0.4% to +328.6%), 2 better (-10.0% to
      -14.8%); 1 check now fails; 4 checks now pass)

First write to a 4 KiB page (ext2, DAX), guest instructions
  n = 200 a side   without     with  later   in all
  read-then-write      994     3586   3586  +260.8%
                            +260.8%
  Not shown: 3 the same at every step

First write to a 4 KiB page (ext4, DAX), guest instructions
  n = 200 a side   without     with  later   in all
  read-then-write      994     4250   4260  +328.6%
                            +327.6%  +0.2%
  Not shown: 1 changed by less than 1%, 3 the same at every step

First write to a 2 MiB page (ext4, DAX), guest instructions
  n = 32 a side  without    with   later  in all
  huge-hole       144499  144499  130000  -10.0%
                                  -10.0%

First write to a 4 KiB page, MAP_SYNC (ext4, DAX), guest instructions
  n = 200 a side  without  with  later  in all
  sync-cold          4456  4456   4700   +5.5%
                                 +5.5%

First write to a 4 KiB page (ext4, page cache), guest instructions
  n = 200 a side  without    with    later  in all
  hole, mean         1750   763.2     1750
                           -56.4%  +129.3%
    median              8       8        8
    page faults      0.25    0.25     0.25
  cold+64k           2150    2150     2300   +7.0%
                                     +7.0%
  Not shown: 1 changed by less than 1%, 4 the same at every step

Splice (ext2, DAX), guest instructions
  n = 40 a side   without    with    later
  pipe-file-pipe   820543  492326   820543
                           -40.0%   +66.7%
  sendfile-pipe   1450000  994700  1450000
                           -31.4%   +45.8%
  Not shown: 6 worse (+4.4% to +42.9%), 2 the same at every step

Splice (ext4, DAX), guest instructions
  n = 40 a side   without    with    later
  pipe-file-pipe   820543  492326   820543
                           -40.0%   +66.7%
  sendfile-pipe   1450000  994700  1450000
                           -31.4%   +45.8%
  Not shown: 6 worse (+4.4% to +42.9%), 1 the same at every step, 1
  inconclusive at some step

Freeze and thaw (ext4, DAX), guest instructions
  n = 20 a side           without         with        later       in all
  idle freeze               88800        91200        90000        +1.4%
                                         +2.7%        -1.3%  +0.7..+2.0%
                                   +1.3..+4.1%  -2.0..-0.7%
  dirty-mapped-64 freeze   271000       231000       231000       -14.8%
                                        -14.8%
  Not shown: 2 the same at every step, 1 inconclusive at some step

All 48 costs: 27 changed at some step, 19 the same at every step, 2
  inconclusive at some and changed at none

Semantics                               without  with  later
  ext2 DAX, ext4 DAX
    c/mtime updated                        FAIL  pass   pass
    write while frozen, page read-only     FAIL  pass   pass
  ext4 DAX
    a tool notices the write               pass  pass   FAIL
  other 6 checks                           pass  pass   pass
  FAIL on ext2 DAX, without: mtime did not move, ctime did not move; the
    store completed while frozen
  FAIL on ext4 DAX, later: git status reports no change after a write
    through the mapping

Skipped
  first-write unwritten on ext2 DAX: fallocate: Operation not supported
  first-write huge-hole on ext2 DAX: a fault brings in less than 2 MiB:
    the pages beside took faults of their own
  first-write sync-cold on ext2 DAX, ext4 page cache: mmap with
    MAP_SYNC: Operation not supported
  freeze after-pause on ext4 DAX: waiting is no number of instructions
  first-write huge-hole on ext4 page cache: a fault of 2 MiB takes DAX
  a tool notices the write, ext4 page cache: git is not in the guest

Not compared at step "with"
  freeze writer on ext4 DAX (without): no write came through in 10 s

Not compared at step "later"
  everything on xfs DAX (with): mkfs.xfs is not in the guest

How it was measured
  without    6.1.192, debian:linux-source-6.1
             no-pfn_mkwrite.patch, sha256 ca978112ca1b
             default-splice.patch, sha256 3e23e8160039
             image 55837abdf152, build id 0fcec0f0d20a
  with       as without, less no-pfn_mkwrite.patch; default-splice.patch
             image 0ca627ec17d0, build id 3422305d7881
  later      as with, and later.patch, sha256 2e7d2c03a950
             image 20fbaee78c13, build id 006d36620448
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
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  On "with":
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

  The command for "later", seed 1:
    qemu-system-x86_64 -M pc -m 2048 -smp 1 -nodefaults \
      -accel tcg,thread=single -cpu qemu64,+rdtscp,+clwb \
      -icount shift=0,sleep=off -seed 1 -kernel bzImage \
      -initrd initramfs \
      -append "console=ttyS0 panic=-1 nokaslr daxmark.seed=1 \
memmap=512M!768M"

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/without.jsonl \
      results/latest/with.jsonl results/latest/later.jsonl
