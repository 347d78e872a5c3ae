From "base" to "new", a first write to a page already read costs 8.2%
more on ext4 DAX (708 to 765 ns, 95% interval +7.4..+9.1%); checks that
now pass: c/mtime updated (ext4 DAX). Other costs: 2 worse, most of all
first-write cold@4-one on ext4 DAX (+20.0%); 4 better, most of all a
first write to an unmapped page (fill 64k) on ext4 page cache (-19.8%,
mean); 9 unchanged; 1 inconclusive. Tails (p99): 4 worse, most of all a
first write to a page already read on ext4 DAX (2112 to 2805 ns,
+32.1%); 4 better, most of all a first write to an unmapped page (fill
64k) on ext4 page cache (4543 to 3638 ns, -19.9%).

First write to a 4 KiB page (ext4, DAX), ns
  8 pairs, n = 12 to 20   base    new  change   95% interval  verdict
  cold                    1425   1345   -5.2%    -6.0..-4.5%  better
  cold@2-one             877.5  826.5   -5.2%    -6.2..-4.2%  better
  cold@4-one             784.5    940  +20.0%  +18.6..+21.4%  worse
  cold@4-each              385    459  +19.5%  +17.8..+21.1%  worse
  Through the page cache: read-then-write 1518 and 1527, same
  (-0.25..+0.85%).
  Not shown: 1 worse (+8.2%), 1 better (-4.9%), 3 the same, 1
  inconclusive

First write to a 4 KiB page (ext4, page cache), ns
  8 pairs, n = 20  base   new  change   95% interval  verdict
  cold+64k, mean   1670  1333  -19.8%  -20.2..-19.4%  better
      medians 1521 and 1210; page faults an operation 0.1 and 0.1
  read-then-write  1518  1527   +0.3%  -0.25..+0.85%  same
  cold+4k          1713  1713   +0.2%  -0.28..+0.71%  same

Tails, p99 in ns                 base   new change  95% interval verdict
  first-write read-then-write, ext4 DAX
                                 2112  2805 +32.1% +31.5..+32.7% worse
  first-write hole, ext4 DAX    15758 20489 +30.1% +29.4..+30.7% worse
  first-write cold+64k, ext4 page cache
                                 4543  3638 -19.9% -20.2..-19.6% better
  first-write cold@4-each, ext4 DAX
                                 1145  1373 +19.9% +19.6..+20.2% worse
  first-write cold@4-one, ext4 DAX
                                 2346  2803 +19.7% +19.1..+20.4% worse
  first-write cold@2-one, ext4 DAX
                                 2638  2491  -5.3%   -5.9..-4.7% better
  first-write cold, ext4 DAX     4263  4032  -5.1%   -5.6..-4.5% better
  first-write cold@1, ext4 DAX   4255  4037  -4.9%   -5.4..-4.3% better

All 17 costs: 3 worse, 4 better, 9 the same, 1 inconclusive; p99: 4
  worse (+19.7% to +32.1%), 4 better (-4.9% to -19.9%)
  No change of a median proved: the harness itself (1 the same); freeze
    and thaw, DAX (1 the same); splice, DAX (1 the same); splice, page
    cache (1 the same)
  Inconclusive: the interval has room for no change and for one beyond
    the margin (1)

Semantics            base   new
  ext4 DAX
    c/mtime updated  FAIL  pass
  ext4 page cache
    c/mtime updated  pass  pass
  FAIL on ext4 DAX, base: mtime did not move, ctime did not move

Skipped
  freeze dirty-cache-1024 on ext4 DAX: a write(2) with DAX leaves
    nothing dirty in the page cache

How it was measured
  base       6.1.192, git:/linux#v6.12, no patches
             image 80053675c133, build id c2990dd85760
  new        6.1.192, git:/linux#v6.13, no patches
             image dbdb2c376d72, build id fcf6dc1bb719
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    AMD EPYC, one of a fleet, 4 CPUs, 8192 MiB, guest of QEMU
             7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 18 ns, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Pairs      8, each of one boot a side, in an order and with seeds
             drawn from order_seed 11. n is the operations of a boot. A
             change is the geometric mean over the pairs, with its 95%
             interval by Student's t. It is none where that lies within
             2%, and worse or better where Holm's adjustment over all
             costs is at most 5% and the signed-rank test agrees.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  Figures are medians of single operations in nanoseconds. The boot is
  the unit of sampling: below 5 pairs of boots there is no verdict.
  Where a cost says mean, its figures are means over all operations, on
  every side: one page fault brings in the pages of several operations,
  or operations are of two kinds, so that a median is of one kind alone.

  The command for "new", seed 1001:
    qemu-system-x86_64 -M q35 -m 8192 -smp 4 -accel kvm -cpu host \
      -seed 1001 -kernel bzImage -initrd initramfs

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/{base,new}.jsonl
