# SPDX-License-Identifier: GPL-2.0-or-later
# Writes a result file of some boots as the runner would for the default
# plan. Nothing in it was measured; only the shape and the order of magnitude
# are real.
#
#   awk -v label=with -v change=1 -f side.awk
#
# label   the side's name, shown as it is
# change  1: the kernel with the pfn_mkwrite series, 0: without
# mode    count (default), time, emulated
# runner, plan, cpu, kernel   what the records say of them
# session  of a timed run; the seed is the place of a boot in it
# boots   how many (3)
# noise   in percent (0): every cost of every boot is up to so much off, by draws
#         that begin at the number draw (1)

function put(line)
{
	print line
	lines++
}

# The words of the benchmarks, as the runner has them.
function words()
{
	put("{\"kind\":\"bench\",\"bench\":\"first-write\",\"title\":\"First write to a page\",\"arms\":[" \
		"{\"arm\":\"cold\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to an unmapped page\"}," \
		"{\"arm\":\"read-then-write\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a page already read\",\"leads\":true}," \
		"{\"arm\":\"rewrite\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a store to a page already written\"}," \
		"{\"arm\":\"hole\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a hole\"}," \
		"{\"arm\":\"unwritten\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a preallocated page\"}," \
		"{\"arm\":\"after-sync\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write after msync\"}" \
		"]}")
	put("{\"kind\":\"bench\",\"bench\":\"freeze\",\"title\":\"Freeze and thaw\",\"arms\":[]}")
	put("{\"kind\":\"bench\",\"bench\":\"mmap-write\",\"title\":\"Store to a mapped file\",\"rate\":true,\"arms\":[]}")
	put("{\"kind\":\"bench\",\"bench\":\"noop\",\"title\":\"The harness itself\",\"arms\":[]}")
	put("{\"kind\":\"bench\",\"bench\":\"splice\",\"title\":\"Splice\",\"rate\":true,\"arms\":[]}")
}

function sample(bench, arm, metric, median, faults,    n, max, third)
{
	n = 2048
	median = disturbed(median)
	max = median * 9 + 40
	third = bucket(median)
	put(sprintf("{\"kind\":\"sample\",\"bench\":\"%s\",\"arm\":\"%s\",\"fs\":\"%s\"," \
		"\"access\":\"%s\",\"metric\":\"%s\",\"unit\":\"%s\",\"better\":\"lower\"," \
		"\"parameters\":{\"operations\":%d,\"passes\":1},\"n\":%d,\"min\":%d," \
		"\"median\":%d,\"median_low\":%d,\"median_high\":%d,\"mean\":%.3f,\"p90\":%d,\"p99\":%d,\"max\":%d%s," \
		"\"histogram\":[[%d,%d],[%d,%d]]}", bench, arm, fs, access, metric,
		mode == "time" ? "ns" : "instructions", n, n, median,
		median, median, median, (median * 2040 + max * 8) / n, median, median, max,
		faults == "" ? "" : ",\"faults\":" faults, third, n - 8, bucket(max), 8))
}

# The lowest value of the bucket a value falls into.
function bucket(value,    width)
{
	width = 1
	while (value / width >= 256)
		width *= 2
	return int(value / width) * width
}

# The generator of Park and Miller, which every awk computes alike.
function disturbed(value)
{
	if (!noise)
		return value
	state = state * 16807 % 2147483647
	return int(value * (1 + noise / 100 * (2 * state / 2147483647 - 1)) + 0.5)
}

function check(name, verdict, evidence)
{
	put(sprintf("{\"kind\":\"check\",\"name\":\"%s\",\"label\":\"%s\",\"promise\":\"%s\",\"fs\":\"%s\",\"access\":\"%s\"," \
		"\"verdict\":\"%s\",\"evidence\":\"%s\"}", name, label_of[name], promise_of[name], fs, access, verdict, evidence))
}

function target(dax)
{
	put(sprintf("{\"kind\":\"target\",\"fs\":\"%s\",\"access\":\"%s\"," \
		"\"device\":\"/dev/pmem0\",\"size_bytes\":536870912," \
		"\"mkfs\":\"mkfs.%s -q -F -b 4096 /dev/pmem0\"," \
		"\"mount\":\"rw,relatime%s\",\"dax\":%s,\"proof\":\"%s\"}", fs, access, fs,
		dax ? (fs == "ext2" ? ",dax" : ",dax=always") : "", dax ? "true" : "false",
		dax ? "statx reports STATX_ATTR_DAX" : "statx reports no STATX_ATTR_DAX"))
}

# A cost that moves a little from seed to seed.
function jitter(value, percent)
{
	return int(value * (1 + percent * (seed - 2) / 100))
}

function measure(    dax, on, i, k, sizes, ways, way, moved, cost)
{
	dax = access == "dax"
	on = dax && change
	cost = dax ? (fs == "ext4" ? 908 : 905) : (fs == "ext4" ? 2238 : 1822)
	sample("first-write", "cold", "write", cost * 2 + 800, dax ? 2048 : 2048)
	sample("first-write", "read-then-write", "write",
		on ? (fs == "ext4" ? 3833 : 3216) : cost, 2048)
	sample("first-write", "rewrite", "write", 4, 0)
	sample("first-write", "hole", "write", cost * 4 + 2000, 2048)
	sample("first-write", "unwritten", "write", cost * 3 + 2000, 2048)
	sample("first-write", "after-sync", "write", on ? cost + 2900 : cost, 2048)

	split("64 4k 64k", sizes, " ")
	split("plain nontemporal persist write", ways, " ")
	for (i = 1; i <= 4; i++)
		for (k = 1; k <= 3; k++)
			sample("mmap-write", ways[i] "-" sizes[k], "write",
				20 * i + 64 * (4 ^ (2 * k - 2)) * (i == 3 && !dax ? 4 : 1), 0)

	split("idle dirty-mapped-64 dirty-mapped-1024 dirty-cache-1024 writer", ways, " ")
	for (i = 1; i <= 5; i++) {
		sample("freeze", ways[i], "freeze", jitter(90000 * i, i > 2 ? 3 : 0), 0)
		sample("freeze", ways[i], "thaw", 21000 + 100 * i)
		sample("freeze", ways[i], "resume", jitter(30000 * i, i > 3 ? 8 : 0))
	}

	split("4k 64k pipe", sizes, " ")
	split("file-null pipe-file file-file sendfile read-write", ways, " ")
	for (i = 1; i <= 5; i++)
		for (k = 1; k <= 3; k++) {
			moved = i >= 2 && i <= 4 && dax && !change ? 0.87 : 1
			sample("splice", ways[i] "-" sizes[k], "move",
				int((900 + 700 * i) * (4 ^ (2 * k - 2)) * moved), 0)
		}

	check("dax-proved", "pass", "statx agrees with what was asked for")
	check("ctime-mtime", dax && !change ? "fail" : "pass", dax && !change ? \
		"ctime and mtime stayed at 2001-01-01 after a write through the mapping" : \
		"ctime and mtime moved with the write")
	check("frozen-write-readonly", dax && !change ? "fail" : "pass",
		dax && !change ? "the write went through while frozen" : \
		"the write waited until the thaw")
	check("frozen-write-writable", dax && !change ? "fail" : "pass",
		dax && !change ? "the write went through while frozen" : \
		"the write waited until the thaw")
	check("splice-content", "pass", "1048576 bytes came out as they went in")
	check("tool-notices", "skip", "git is not in the guest")
}

BEGIN {
	label_of["ctime-mtime"] = "c/mtime updated"
	promise_of["ctime-mtime"] = "c/mtime updated"
	label_of["dax-proved"] = "DAX is what was asked for"
	promise_of["dax-proved"] = "DAX as asked for"
	label_of["frozen-write-readonly"] = "write while frozen, page read-only"
	promise_of["frozen-write-readonly"] = "write to a read-only page held while frozen"
	label_of["frozen-write-writable"] = "write while frozen, page writable"
	promise_of["frozen-write-writable"] = "write to a writable page held while frozen"
	label_of["splice-content"] = "spliced bytes are the same"
	promise_of["splice-content"] = "spliced bytes unchanged"
	label_of["tool-notices"] = "a tool notices the write"
	promise_of["tool-notices"] = "write noticed by a tool"
	if (mode == "")
		mode = "count"
	if (runner == "")
		runner = "5d41402abc4b2a76b9719d911017c592ae01b2c3"
	if (plan == "")
		plan = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"
	if (cpu == "")
		cpu = "QEMU Virtual CPU version 2.5+"
	if (kernel == "")
		kernel = "6.1.159"
	if (boots == "")
		boots = 3
	state = draw == "" ? 1 : draw
	for (seed = 1; seed <= boots; seed++) {
		printf("{\"kind\":\"run\",\"label\":\"%s\",\"source\":\"debian:linux-source-6.1\"," \
			"\"patches\":[%s],\"mode\":\"%s\",\"seed\":%d%s,\"image_sha256\":\"%s\"," \
			"\"config_sha256\":\"1b4f0e9851971998e732078544c96b36\"," \
			"\"initramfs_sha256\":\"60303ae22b998861bce3b28f33eec1be\"," \
			"\"compiler\":\"gcc (Debian 12.2.0-14+deb12u1) 12.2.0\"," \
			"\"qemu\":\"QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)\"," \
			"\"command\":\"qemu-system-x86_64 -nodefaults -display none -no-reboot " \
			"-accel tcg,thread=single -smp 1 -icount shift=0,sleep=off -seed %d " \
			"-rtc base=2020-01-01,clock=vm -cpu qemu64,+rdtscp,+clflushopt,+clwb " \
			"-m 2048 -kernel bzImage -initrd initramfs.cpio.gz -append " \
			"'console=ttyS0 panic=-1 nokaslr memmap=512M!768M daxmark.plan=/plan.ini " \
			"daxmark.seed=%d quiet'\",\"plan_sha256\":\"%s\"}\n", label,
			change ? "" : "{\"file\":\"kernels/linux-6.1/no-pfn_mkwrite.patch\"," \
			"\"sha256\":\"aaaabbbbccccddddeeee\"},{\"file\":" \
			"\"kernels/linux-6.1/default-splice.patch\",\"sha256\":" \
			"\"ddddccccbbbbaaaa9999\"}", mode, seed, session == "" ? "" : \
			sprintf(",\"session\":\"%s\",\"position\":%d", session, seed),
			change ? "fd61a03af4f77d870fc21e05e7e80678" : \
			"a4e624d686e03ed2767c0abd85c14426", seed, seed, plan)
		lines = 0
		put(sprintf("{\"kind\":\"machine\",\"format\":1,\"mode\":\"%s\",\"seed\":%d," \
			"\"kernel\":\"%s\",\"kernel_version\":\"#1 SMP\"," \
			"\"kernel_build_id\":\"\",\"cmdline\":\"console=ttyS0\"," \
			"\"cpu\":\"%s\",\"cpus\":1,\"nodes\":1," \
			"\"memory_bytes\":1535000000,\"page_bytes\":4096," \
			"\"topology\":\"1 package, 1 core\",\"clock\":{\"source\":\"rdtsc\"," \
			"\"unit\":\"%s\",\"ticks_per_unit\":1.0,\"overhead\":4}," \
			"\"runner\":\"%s\",\"pmem\":\"libpmem 1.1, flushes processor caches\"," \
			"\"device\":\"/dev/pmem0\"}", mode, seed, kernel, cpu,
			mode == "time" ? "ns" : "instructions", runner))
		words()
		for (t = 0; t < 4; t++) {
			fs = t < 2 ? "ext2" : "ext4"
			access = t % 2 ? "page-cache" : "dax"
			target(access == "dax")
		}
		for (t = 0; t < 4; t++) {
			fs = t < 2 ? "ext2" : "ext4"
			access = t % 2 ? "page-cache" : "dax"
			measure()
		}
		fs = access = "none"
		sample("noop", "empty", "pair", 4, 0)
		printf("{\"kind\":\"end\",\"lines\":%d}\n", lines)
	}
}
