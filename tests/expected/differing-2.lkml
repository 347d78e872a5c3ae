From "without" to "elsewhere", a first write to a page already read
costs 332.6% more on ext2 DAX (994 to 4300 instructions) and 332.6% more
on ext4 DAX (994 to 4300 instructions); checks that now pass: c/mtime
updated, write to a read-only page held while frozen (ext2 DAX, ext4
DAX). Other costs: 6 worse, most of all a first write to an unmapped
page (fill 64k) on ext4 page cache (+7.0%); 1 better, freeze
dirty-mapped-64 on ext4 DAX (-14.8%); 38 unchanged.

The sides differ in more than the kernel
  Device     /dev/pmem0 (512 MiB) on without; /dev/ram0 (1024 MiB) on
             elsewhere
  Memory     1499 MiB on without; 3072 MiB on elsewhere
  Processor  QEMU Virtual CPU version 2.5+, 1 CPU on without; QEMU
             Virtual CPU version 8, 2 CPUs on elsewhere
  CPU model  qemu64,+rdtscp,+clwb on without; max on elsewhere
  QEMU       QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7) on
             without; QEMU emulator version 10.0.2 on elsewhere
  Clock      rdtsc on without; rdtscp on elsewhere
  Compiler   gcc (Debian 12.2.0-14) 12.2.0, GNU ld 2.40 on without;
             clang version 14.0.6 on elsewhere
  Config     all symbols on without; no CONFIG_FS_DAX_PMD CONFIG_XFS_FS
             on elsewhere
  Initramfs  9752c38a9065 on without; 8c09195c22ad on elsewhere
  libpmem    libpmem API 1.1, flushes with clwb on without; libpmem API
             1.1, flushes with clflushopt on elsewhere
  DAX proof  statx of a new file: STATX_ATTR_DAX is set on without;
             mountinfo says dax=always on elsewhere

First write to a 4 KiB page (ext2, DAX), guest instructions
  n = 200 a side   without  elsewhere   change  spread  verdict
  cold                3868       3988    +3.1%    1.6%  worse
  read-then-write      994       4300  +332.6%          worse
  rewrite                8          8     0.0%          same
  hole               30775      30775     0.0%          same

First write to a 4 KiB page (ext4, DAX), guest instructions
  n = 200 a side   without  elsewhere   change  verdict
  cold                4447       4567    +2.7%  worse
  read-then-write      994       4300  +332.6%  worse
  rewrite                8          8     0.0%  same
  hole               30775      30775     0.0%  same
  unwritten          11173      11173     0.0%  same
  Through the page cache: read-then-write 2569 and 2569, same.
  Page faults an operation (elsewhere), here and through the page cache:
  hole 1 and 0.25.

First write to a 4 KiB page, MAP_SYNC (ext4, DAX), guest instructions
  n = 200 a side  without  elsewhere  change  verdict
  sync-cold          4456       4700   +5.5%  worse

First write to a 4 KiB page (ext4, page cache), guest instructions
  n = 200 a side  without  elsewhere  change  verdict
  cold+64k           2150       2300   +7.0%  worse
  Not shown: 6 the same
  Page faults an operation (elsewhere), here and with DAX: hole 0.25 and
  1.

Freeze and thaw (ext4, DAX), guest instructions
  n = 20 a side      without elsewhere change spread       range verdict
  idle freeze          88800     90000  +1.4%   1.4% +0.7..+2.0% worse
  dirty-mapped-64 freeze
                      271000    231000 -14.8%                    better
  idle thaw            21100     21100   0.0%                    same
  dirty-mapped-64 thaw
                       21700     21700   0.0%                    same

Changes below 1%                 without  elsewhere  change  verdict
  mmap-write plain-4k, ext4 DAX     1100       1105   +0.5%  worse
All 47 costs: 8 worse, 1 better, 38 the same
  No change proved: the harness itself (1 the same); splice, DAX (20 the
    same); first write to a 2 MiB page, DAX (1 the same); first write to
    a 4 KiB page, MAP_PRIVATE, DAX (1 the same); store to a mapped file,
    page cache (1 the same)

Semantics                               without  elsewhere
  ext2 DAX, ext4 DAX
    c/mtime updated                        FAIL       pass
    DAX is what was asked for              pass       pass
    write while frozen, page read-only     FAIL       pass
    a tool notices the write               pass       pass
  ext4 page cache
    c/mtime updated                        pass       pass
    DAX is what was asked for              pass       pass
    write while frozen, page read-only     pass       pass
    a tool notices the write               skip       skip
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
  elsewhere  6.1.192, debian:linux-source-6.1, no patches
             image 7d59eaed848b, build id 1abdefe0da4a
  without    config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  elsewhere  config b79606fb3afe, initramfs 8c09195c22ad, clang version
             14.0.6
  Machine    QEMU Virtual CPU version 8, 2 CPUs, 3072 MiB, guest of QEMU
             10.0.2
  Clock      rdtscp; its own cost, 7 instructions, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with
             clflushopt
  Seeds      1, 3: one boot a seed and side. A spread is that of a side
             over them, a range that of the change. A change of at most
             0.2% is none.
  mke2fs -q -F -b 4096 -t ext2 -E nodiscard /dev/ram0; ext2 DAX, without
    mounted rw,relatime,dax=always (statx of a new file: STATX_ATTR_DAX
    is set); ext2 DAX, elsewhere mounted rw,relatime,dax=always
    (mountinfo says dax=always)
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/ram0; ext4 DAX, without
    mounted rw,relatime,dax=always (statx of a new file: STATX_ATTR_DAX
    is set); ext4 DAX, elsewhere mounted rw,relatime,dax=always
    (mountinfo says dax=always); ext4 page cache mounted rw,relatime
  xfs
  page cache: statx of a new file: STATX_ATTR_DAX is clear
  Figures are medians of single operations in guest instructions: the
  length of the path, counted exactly by QEMU. They know nothing of
  caches, TLBs or the latency of memory, and are not time. Where a cost
  says mean, its figures are means over all operations, on every side:
  one page fault brings in the pages of several operations, or
  operations are of two kinds, so that a median is of one kind alone.

  The command for "elsewhere", seed 1:
    qemu-system-x86_64 -m 4096 -cpu max -kernel bzImage

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/{without,elsewhere}.jsonl
