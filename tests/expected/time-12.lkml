From "01-a" to "12-l", a first write to an unmapped page costs 10.0%
more on ext4 DAX (1416 to 1559 ns, 95% interval +9.9..+10.1%). Other
costs: 1 better, splice sendfile-64k on ext4 DAX (-9.8%). Tails (p99): 1
worse, a first write to an unmapped page on ext4 DAX (2833 to 4053 ns,
+43.0%); 1 better, splice sendfile-64k on ext4 DAX (21210 to 19156 ns,
-9.8%). Of 11 steps, the cost named first changed with "05-e" (+9.8%);
the tails changed with "02-b", "05-e" and "09-i".

Steps, each against the one before
  0 01-a: first of the row
  1 02-b: ext4: avoid a second lookup
    1 better (-9.8%); p99: 1 better (-9.8%)
  2 03-c: dax: lock the entry earlier
    no cost changed
  3 04-d: fs: file_update_time() in pfn_mkwrite
    no cost changed
  4 05-e: doc: fix a typo
    1 worse (+9.8%); p99: 1 worse (+9.8%)
    (against "01-a": 1 worse (+10.0%), 1 better (-10.0%); p99: 1 worse
      (+10.0%), 1 better (-10.0%))
  5 06-f to 7 08-h (3 sides): no cost changed
  8 09-i: mm: count faults
    no median changed; p99: 1 worse (+29.8%)
    (against "01-a": 1 worse (+10.0%), 1 better (-9.9%); p99: 1 worse
      (+43.0%), 1 better (-9.9%))
  9 10-j to 11 12-l (3 sides): no cost changed

First write to a 4 KiB page (ext4, DAX), ns
  5 pairs, n = 100     0             4    11        in all
  cold              1416          1559  1559        +10.0%
                                 +9.8%        +9.9..+10.1%
                          +9.6..+10.1%

Splice (ext4, DAX), ns
  5 pairs, n = 20      0             1     11        in all
  sendfile-64k     21210         19157  19156         -9.8%
                                 -9.8%         -10.0..-9.5%
                          -10.0..-9.6%

A side without a column changed nothing in its table.

Tails, p99 in ns                    0     1     2     3     4     5
  first-write cold, ext4 DAX     2833  2830  2832  2834  3118  3113
                                                        +9.8%
  splice sendfile-64k, ext4 DAX 21210 19157 19106 19122 19143 19191
                                      -9.8%
Tails, p99 in ns                    6     7      8     9    10    11
  first-write cold, ext4 DAX     3116  3117   4049  4056  4052  4053
                                            +29.8%
  splice sendfile-64k, ext4 DAX 19154 19162  19138 19164 19105 19156


All 2 costs: 2 changed at some step, 0 the same at every step; the p99
  of 2 changed at some step

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
  Machine    AMD EPYC, one of a fleet, 1 CPU, 1499 MiB, guest of QEMU
             7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 18 ns, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Pairs      5, each of one boot a side, in an order and with seeds
             drawn from order_seed 3. n is the operations of a boot. A
             change is the geometric mean over the pairs, with its 95%
             interval by Student's t. It is none where that lies within
             2%, and worse or better where Holm's adjustment over all
             costs is at most 5% and the signed-rank test agrees.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always
  DAX: statx of a new file: STATX_ATTR_DAX is set
  Figures are medians of single operations in nanoseconds. The boot is
  the unit of sampling: below 5 pairs of boots there is no verdict.

  The command for "12-l", seed 1:
    qemu-system-x86_64 -accel kvm -seed 1

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
