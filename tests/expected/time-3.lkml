From "base" to "next", a first write to a page already read costs 8.4%
more on ext4 DAX (708 to 763.5 ns, 95% interval +7.5..+9.3%); checks
that now pass: c/mtime updated (ext4 DAX). Other costs: 2 worse, most of
all splice sendfile-64k on ext4 page cache (+4.7%); 5 better, most of
all a first write to an unmapped page on ext4 DAX (-5.4%); 7 unchanged;
2 inconclusive. Tails (p99): 3 worse, most of all a first write to a
hole on ext4 DAX (15758 to 20587 ns, +30.4%); 6 better, most of all
first-write cold@4-one on ext4 DAX (2346 to 2219 ns, -5.2%). Of 2 steps,
the cost named first changed with "new" (+8.2%); the checks changed with
"new"; the tails changed with "new" and "next"; 1 cost changed on the
way and came back.

Steps, each against the one before
  base
  new: mm: [PATCH 3/7] keep the entry locked
    3 worse (+8.2% to +20.0%), 4 better (-4.9% to -19.8%), 1
      inconclusive; p99: 4 worse (+19.7% to +32.1%), 4 better (-4.9% to
      -19.9%); checks that now pass: c/mtime updated (ext4 DAX)
  next: 3 worse (+3.5% to +25.2%), 2 better (-20.4% to -20.9%), 2
      inconclusive; p99: 3 worse (+4.0% to +25.0%), 3 better (-20.4% to
      -26.1%); no check changed
    (against "base": 3 worse (+3.8% to +8.4%), 5 better (-4.4% to
      -5.4%), 2 inconclusive; p99: 3 worse (+4.0% to +30.4%), 6 better
      (-2.5% to -5.2%); 1 check now passes)

First write to a 4 KiB page (ext4, DAX), ns
  8 pairs, n = 12 to 20  base           new          next      in all
  read-then-write         708           765         763.5       +8.4%
                                      +8.2%               +7.5..+9.3%
                                +7.4..+9.1%
  cold@4-one            784.5           940         742.5       -5.1%
                                     +20.0%        -20.9% -5.9..-4.3%
                              +18.6..+21.4% -21.9..-19.9%
  cold@4-each             385           459           366       -4.9%
                                     +19.5%        -20.4% -6.0..-3.7%
                              +17.8..+21.1% -21.0..-19.7%
  Not shown: 3 better (-4.9% to -5.2%), 1 the same at every step, 3
  inconclusive at some step

First write to a 4 KiB page (ext4, page cache), ns
  8 pairs, n = 20  base            new           next
  cold+64k, mean   1670           1333           1675
                                -19.8%         +25.2%
                         -20.2..-19.4%  +24.7..+25.7%
    median         1521           1210           1521
    page faults     0.1            0.1            0.1
  Not shown: 2 the same at every step

Splice (ext4, DAX), ns
  8 pairs, n = 20   base    new         next       in all
  sendfile-64k     15644  15618        16213        +3.8%
                                       +3.5%  +3.1..+4.5%
                                 +3.0..+4.1%

Splice (ext4, page cache), ns
  8 pairs, n = 20   base    new         next       in all
  sendfile-64k     15566  15591        16280        +4.7%
                                       +4.4%  +3.9..+5.5%
                                 +3.4..+5.3%

Tails, p99 in ns                          base     new    next
  first-write cold, ext4 DAX              4263    4032    4056
                                                 -5.1%
  first-write read-then-write, ext4 DAX   2112    2805    2063
                                                +32.1%  -26.1%
  first-write hole, ext4 DAX             15758   20489   20587
                                                +30.1%
  first-write cold@1, ext4 DAX            4255    4037    4044
                                                 -4.9%
  first-write cold@2-one, ext4 DAX        2638    2491    2504
                                                 -5.3%
  first-write cold@4-one, ext4 DAX        2346    2803    2219
                                                +19.7%  -20.8%
  first-write cold@4-each, ext4 DAX       1145    1373    1093
                                                +19.9%  -20.4%
  splice sendfile-64k, ext4 DAX          23358   23358   24292
                                                         +4.0%
  first-write cold+64k, ext4 page cache   4543    3638    4551
                                                -19.9%  +25.0%
  splice sendfile-64k, ext4 page cache   23358   23358   24292
                                                         +4.0%

All 17 costs: 9 changed at some step, 6 the same at every step, 2
  inconclusive at some and changed at none; the p99 of 10 changed at
  some step

Semantics            base   new  next
  ext4 DAX
    c/mtime updated  FAIL  pass  pass
  1 other check      pass  pass  pass
  FAIL on ext4 DAX, base: mtime did not move, ctime did not move

Skipped
  freeze dirty-cache-1024 on ext4 DAX: a write(2) with DAX leaves
    nothing dirty in the page cache

How it was measured
  base       6.1.192, git:/linux#v6.12, no patches
             image 80053675c133, build id c2990dd85760
  new        6.1.192, git:/linux#v6.13, no patches
             image dbdb2c376d72, build id fcf6dc1bb719
  next       6.1.192, git:/linux#v6.14, no patches
             image 59b6d7d9c011, build id 84e42da94c45
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

  The command for "next", seed 1001:
    qemu-system-x86_64 -M q35 -m 8192 -smp 4 -accel kvm -cpu host \
      -seed 1001 -kernel bzImage -initrd initramfs

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/base.jsonl \
      results/latest/new.jsonl results/latest/next.jsonl
