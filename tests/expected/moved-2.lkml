From "01-a" to "moved", none of 7 costs changed by more than 0.2%;
checks that fail on both sides: c/mtime updated (ext4 DAX).

The sides differ in more than the kernel
  Device     /dev/pmem0 (512 MiB) on 01-a; /dev/ram0 (512 MiB) on moved
  Memory     1499 MiB on 01-a; 3072 MiB on moved

All 7 costs: 7 the same
  No change proved: all with DAX (4 the same); all with the page cache
    (3 the same)

Semantics                               01-a  moved
  ext4 DAX
    c/mtime updated                     FAIL   FAIL
    DAX is what was asked for           pass   pass
    write while frozen, page read-only  pass   pass
    a tool notices the write            pass   pass
  ext4 page cache
    all 4 checks                        pass   pass
  A write while frozen passes when it waits for the thaw.
  FAIL on ext4 DAX, moved: mtime did not move, ctime did not move

How it was measured
  01-a       6.1.192, debian:linux-source-6.1, no patches
             image 9b39fe2d21ef, build id d532745344f8
  moved      6.1.192, debian:linux-source-6.1, no patches
             image 5edd1832df25, build id d532745344f8
  Built with config b79606fb3afe, initramfs 9752c38a9065, gcc (Debian
             12.2.0-14) 12.2.0, GNU ld 2.40
  Machine    QEMU Virtual CPU version 2.5+, 1 CPU, 3072 MiB, guest of
             QEMU 7.2.22 (Debian 1:7.2+dfsg-7)
  Clock      rdtsc; its own cost, 7 instructions, is in every figure
  Runner     build 527aa9f43153, libpmem API 1.1, flushes with clwb
  Seeds      1: one boot a seed and side. A spread is that of a side
             over them, a range that of the change. A change of at most
             0.2% is none.
  mke2fs -q -F -b 4096 -t ext4 -E nodiscard /dev/ram0; ext4 DAX mounted
    rw,relatime,dax=always; ext4 page cache mounted rw,relatime
  DAX: statx of a new file: STATX_ATTR_DAX is set; page cache: statx of
    a new file: STATX_ATTR_DAX is clear
  Figures are medians of single operations in guest instructions: the
  length of the path, counted exactly by QEMU. They know nothing of
  caches, TLBs or the latency of memory, and are not time.

  The command for "moved", seed 1:
    qemu-system-x86_64 -M pc -m 2048 -smp 1 -nodefaults \
      -accel tcg,thread=single -cpu qemu64,+rdtscp,+clwb \
      -icount shift=0,sleep=off -seed 1 -kernel bzImage \
      -initrd initramfs \
      -append "console=ttyS0 panic=-1 nokaslr daxmark.seed=1 \
memmap=512M!768M"

  To reproduce from the plan.ini kept with these results (sha256
  64879f7d6b96, its patches beside it), in a checkout of daxmark:
    make bench CONFIG=/path/to/plan.ini
    build/daxmark compare results/latest/{01-a,moved}.jsonl
