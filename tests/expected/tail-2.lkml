From "08-h" to "09-i", none of 2 medians changed by more than 2%. Tails
(p99): 1 worse, a first write to an unmapped page on ext4 DAX (3117 to
4049 ns, +29.8%).

Tails, p99 in ns              08-h  09-i  change   95% interval  verdict
  first-write cold, ext4 DAX  3117  4049  +29.8%  +29.5..+30.1%  worse

All 2 costs: 2 the same; p99: 1 worse (+29.8%)
  No change of a median proved: all with DAX (2 the same)

How it was measured
  08-h       6.1.192, debian:linux-source-6.1, no patches
             image 74688e9280d2, build id d0702e0ccb81
  09-i       6.1.192, debian:linux-source-6.1, no patches
             image 9f7e4b62669b, build id 3208a9113ccf
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

  The command for "09-i", seed 1:
    qemu-system-x86_64 -accel kvm -seed 1

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/{08-h,09-i}.jsonl
