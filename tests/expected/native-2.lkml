From Linux 6.12.9 to Linux 6.13.1, a first write to an unmapped page
costs 5.4% more on ext4 DAX (914 to 960 ns, 95% interval +4.5..+6.3%);
no check fails. Other costs: 2 unchanged.

The sides differ in more than the kernel
  Device     /dev/pmem0 (126976 MiB) on base; /dev/pmem1 (126976 MiB) on
             new

First write to a 4 KiB page (ext4, DAX), ns
  6 pairs, n = 20  base  new  change   95% interval  verdict
  cold              914  960   +5.4%    +4.5..+6.3%  worse
  read-then-write   480  480   -0.2%  -0.80..+0.39%  same

All 3 costs: 1 worse, 2 the same
  No change proved: splice, DAX (1 the same)

Semantics            base   new
  ext4 DAX
    c/mtime updated  pass  pass

How it was measured
  base       6.12.9, native, no patches
             image ffbff37ea192, build id ecfacfaa7a17
  new        6.13.1, native, no patches
             image ffbff37ea192, build id ecfacfaa7a17
  Built with config b79606fb3afe, initramfs 9752c38a9065
  Machine    Xeon of two sockets, 96 CPUs, 196608 MiB, guest of QEMU
             7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 18 ns, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Placement  bound to CPU 0 where there is no device; topology package:2
             node:2 core:48 PU:96
             /dev/pmem1: node 0 (sysfs); CPU 24; memory of node 0
  Device     /dev/pmem1 (126976 MiB)
  Pairs      6, each of one run a side, the first with the first and so
             on; seeds 1, 2, 3, 4, 5, 6. n is the operations of a run. A
             change is the geometric mean over the pairs, with its 95%
             interval by Student's t. It is none where that lies within
             2%, and worse or better where Holm's adjustment over all
             costs is at most 5% and the signed-rank test agrees.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem1; ext4 DAX mounted
    rw,relatime,dax=always
  DAX: statx of a new file: STATX_ATTR_DAX is set
  Figures are medians of single operations in nanoseconds. The boot is
  the unit of sampling: below 5 pairs of boots there is no verdict.

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), once a run under each of the two
  kernels, in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare BASE.jsonl,... NEW.jsonl,...
