# SPDX-License-Identifier: GPL-2.0-or-later
# Writes a result file of timed boots, made in pairs, of one side. Nothing in
# it was measured: what is drawn at random is the same at every call, so that
# the two sides of a session share its order and the drift of its machine.
#
#   awk -v label=new -v change=5 -f timed.awk
#
# label    the side's name; "base" and any other take the two places of a pair
# change   by how many percent a write after a read costs more; cold ones cost
#          as much less
# pairs    of boots, 8 if not given
# arms     at most so many of each benchmark

function put(line)
{
	print line
	lines++
}

# Normal, by twelve uniform ones.
function normal(    i, sum)
{
	for (i = 0; i < 12; i++)
		sum += rand()
	return sum - 6
}

# The lowest value of the bucket a value falls into.
function bucket(value,    width)
{
	width = 1
	while (value / width >= 256)
		width *= 2
	return int(value / width) * width
}

# Of the operations in value[1..n]: most near the typical cost, one in fifty in
# a tail, a few far out.
function draw(typical, n,    i, k, v)
{
	for (i = 1; i <= n; i++) {
		v = typical * exp(0.03 * normal())
		if (rand() < 0.02)
			v *= 2 + 2 * rand()
		if (rand() < 0.004)
			v *= 15
		v = int(v + 0.5)
		for (k = i; k > 1 && value[k - 1] > v; k--)
			value[k] = value[k - 1]
		value[k] = v
	}
}

function histogram(n,    i, all, last, count)
{
	for (i = 1; i <= n + 1; i++) {
		if (count && (i > n || bucket(value[i]) != last)) {
			all = all (all == "" ? "" : ",") "[" last "," count "]"
			count = 0
		}
		last = bucket(value[i])
		count++
	}
	return all
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

function sample(bench, arm, metric, typical, more,    n, i, sum)
{
	if (arms && ++made[bench] > arms)
		return
	n = 200
	draw(typical * host * (1 + 0.008 * normal()) * (label == "base" ? 1 : 1 + more / 100), n)
	for (i = 1; i <= n; i++)
		sum += value[i]
	put(sprintf("{\"kind\":\"sample\",\"bench\":\"%s\",\"arm\":\"%s\",\"fs\":\"%s\"," \
		"\"access\":\"%s\",\"metric\":\"%s\",\"unit\":\"ns\",\"better\":\"lower\"," \
		"\"n\":%d,\"min\":%d,\"median\":%.1f,\"median_low\":%d,\"median_high\":%d," \
		"\"mean\":%.3f,\"p90\":%d,\"p99\":%d,\"max\":%d,\"histogram\":[%s]}", bench, arm, fs,
		access, metric, n, value[1], (value[n / 2] + value[n / 2 + 1]) / 2, value[n * 0.4],
		value[n * 0.6], sum / n, value[n * 0.9], value[n * 0.99], value[n], histogram(n)))
}

function measure()
{
	split("", made)
	sample("first-write", "cold", "write", 1400, -change)
	sample("first-write", "read-then-write", "write", 700, change)
	sample("first-write", "hole", "write", 5200, 0)
	sample("first-write", "rewrite", "write", 21, 0)
	sample("splice", "pipe-file-4k", "move", 1900, 0)
	sample("splice", "pipe-file-64k", "move", 15400, change / 2)
	sample("splice", "sendfile-4k", "move", 2600, 0)
	sample("freeze", "idle", "freeze", 3100000, 0)
}

BEGIN {
	if (!pairs)
		pairs = 8
	srand(11)
	for (pair = 1; pair <= pairs; pair++) {
		first[pair] = rand() < 0.5
		drift[pair] = 1 + 0.006 * pair + (pair == 5 ? 0.09 : 0)
	}
	srand(label == "base" ? 5 : 6)
	for (pair = 1; pair <= pairs; pair++) {
		host = drift[pair]
		position = 2 * pair - (first[pair] == (label == "base"))
		printf("{\"kind\":\"run\",\"label\":\"%s\",\"source\":\"git:/linux#v6.12\"," \
			"\"patches\":[],\"mode\":\"time\",\"seed\":%d,\"session\":\"5e55\"," \
			"\"position\":%d,\"pair\":%d,\"order_seed\":11,\"image_sha256\":\"%s\"," \
			"\"command\":\"qemu-system-x86_64\",\"plan_sha256\":\"9a1f\"}\n", label, position,
			position, pair, label == "base" ? "ba5e" : "0e01")
		lines = 0
		put(sprintf("{\"kind\":\"machine\",\"format\":1,\"mode\":\"time\",\"seed\":%d," \
			"\"kernel\":\"6.12.0\",\"cpu\":\"made by a script\",\"cpus\":4," \
			"\"memory_bytes\":8589934592,\"clock\":{\"source\":\"rdtsc\",\"unit\":\"ns\"," \
			"\"ticks_per_unit\":2.5,\"overhead\":20},\"runner\":\"5d41402abc4b\"}", position))
		words()
		for (t = 0; t < 4; t++) {
			fs = t < 2 ? "ext4" : "xfs"
			access = t % 2 ? "page-cache" : "dax"
			put(sprintf("{\"kind\":\"target\",\"fs\":\"%s\",\"access\":\"%s\",\"dax\":%s}", fs,
				access, t % 2 ? "false" : "true"))
		}
		for (t = 0; t < 4; t++) {
			fs = t < 2 ? "ext4" : "xfs"
			access = t % 2 ? "page-cache" : "dax"
			measure()
		}
		printf("{\"kind\":\"end\",\"lines\":%d}\n", lines)
	}
}
