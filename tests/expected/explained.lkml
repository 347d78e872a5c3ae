From "without" to "with", a first write to a page already read costs
327.6% more on ext4 DAX (994 to 4250 instructions). Other costs: 1
worse, splice sendfile-4k on ext4 DAX (+4.7%); 1 better, a first write
to a hole on ext4 DAX (-2.5%); 1 unchanged.

First write to a 4 KiB page (ext4, DAX), guest instructions
  n = 100 a side   without   with   change  verdict
  read-then-write      994   4250  +327.6%  worse
      file_update_time +1442
  hole               30775  30000    -2.5%  better
      jbd2_journal_start -500, ext4_dirty_inode -500, ext4_map_blocks
        +225
  cold                4447   4447     0.0%  same

Splice (ext4, DAX), guest instructions
  n = 100 a side  without  with  change  verdict
  sendfile-4k        6568  6875   +4.7%  worse
      file_update_time +295

All 4 costs: 2 worse, 1 better, 1 the same

How it was measured
  without    6.1.192, debian:linux-source-6.1, no patches
             image b1f54cf9455a, build id 0fcec0f0d20a
  with       6.1.192, debian:linux-source-6.1, no patches
             image bdd33643a18a, build id 3422305d7881
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    QEMU Virtual CPU version 2.5+, 1 CPU, 1499 MiB, guest of
             QEMU 7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 7 instructions, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Seeds      1: one boot a seed and side. A spread is that of a side
             over them, a range that of the change. A change of at most
             0.2% is none.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/pmem0; ext4 DAX mounted
    rw,relatime,dax=always
  DAX: statx of a new file: STATX_ATTR_DAX is set
  Figures are medians of single operations in guest instructions: the
  length of the path, counted exactly by QEMU. They know nothing of
  caches, TLBs or the latency of memory, and are not time.

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
