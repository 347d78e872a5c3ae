# SPDX-License-Identifier: GPL-2.0-or-later
# Writes the result files of a year of nights that never were: DIR/NNN.base.jsonl
# and DIR/NNN.new.jsonl, and DIR/nights with "NNN DATE" a line.
#
#   awk -v dir=DIR -v mode=time -f year.awk
#
# Timed nights vary by 0.5% and hold, on their night (the first is 1):
#
#   first-write cold    +2.5% from 150 on; nights 40, 120 and 220 are off by 5%
#   first-write hole    nothing; 90 and 300 are off by 5%
#   first-write rewrite drifts by 5% over the year
#   freeze idle         -3% from 260 on
#   splice file-null    +3% from 90 on, and +3% more from 300 on
#   all                 the machine gets slower by 30% over the year, on both sides;
#                       a new build of the runner from 200 on moves all by 4%
#
# Nights 60 to 72 and every 13th are missing. Counts are exact but for 3
# instructions in 5000, and there are 60 nights of them:
#
#   first-write cold    +0.2% from 20 on, -0.4% from 40 on
#   first-write hole    nothing
#   all                 a new build of the runner from 30 on moves all by 1%

# B. Wichmann and I. Hill, Applied Statistics 31, 1982: rand() is another one in every awk.
function uniform(    sum)
{
	one = 171 * one % 30269
	two = 172 * two % 30307
	three = 170 * three % 30323
	sum = one / 30269 + two / 30307 + three / 30323
	return sum - int(sum)
}

function normal()
{
	return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform())
}

function put(file, line)
{
	print line > file
	lines++
}

function open(file, side, image)
{
	print "{\"kind\":\"run\",\"label\":\"" side "\",\"source\":\"image:/bzImage\",\"patches\":[]," \
		"\"mode\":\"" mode "\",\"seed\":1,\"image_sha256\":\"" image "\",\"config_sha256\":\"c\"," \
		(mode == "time" ? "\"session\":\"s" night side "\",\"position\":1," : "") \
		"\"command\":\"x\",\"plan_sha256\":\"cafe\"}" > file
	lines = 0
	put(file, "{\"kind\":\"machine\",\"format\":1,\"mode\":\"" mode "\",\"seed\":1,\"kernel\":\"6." \
		(side == "base" ? "1" : night) "\",\"cpu\":\"p\",\"clock\":{\"source\":\"tsc\",\"unit\":\"" unit \
		"\",\"ticks_per_unit\":1,\"overhead\":9},\"runner\":\"" runner "\"}")
	put(file, "{\"kind\":\"bench\",\"bench\":\"first-write\",\"title\":\"First write to a page\",\"arms\":[" \
		"{\"arm\":\"cold\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to an unmapped page\"}," \
		"{\"arm\":\"read-then-write\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a page already read\",\"leads\":true}," \
		"{\"arm\":\"rewrite\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a store to a page already written\"}," \
		"{\"arm\":\"hole\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a hole\"}," \
		"{\"arm\":\"unwritten\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write to a preallocated page\"}," \
		"{\"arm\":\"after-sync\",\"group\":\"First write to a 4 KiB page\",\"operation\":\"a first write after msync\"}" \
		"]}")
	put(file, "{\"kind\":\"target\",\"fs\":\"ext4\",\"access\":\"dax\",\"dax\":true}")
}

function sample(file, bench, arm, metric, value,    m)
{
	m = int(value + 0.5)
	put(file, "{\"kind\":\"sample\",\"bench\":\"" bench "\",\"arm\":\"" arm "\",\"fs\":\"ext4\"," \
		"\"access\":\"dax\",\"metric\":\"" metric "\",\"unit\":\"" unit "\",\"better\":\"lower\"," \
		"\"n\":100,\"min\":" m ",\"median\":" m ",\"mean\":" m ",\"p90\":" m ",\"p99\":" m ",\"max\":" m \
		",\"histogram\":[[" bucket(m) ",100]]}")
}

# The lowest value of the bucket a value falls into.
function bucket(value,    width)
{
	width = 1
	while (value / width >= 256)
		width *= 2
	return int(value / width) * width
}

function close_file(file)
{
	print "{\"kind\":\"end\",\"lines\":" lines "}" > file
	close(file)
}

function both(bench, arm, metric, base, ratio)
{
	sample(base_file, bench, arm, metric, base)
	sample(new_file, bench, arm, metric, base * ratio)
}

function timed(    host, shift, wild)
{
	host = 1 + 0.3 * night / 365 + 0.002 * normal()
	shift = night >= 200 ? 1.04 : 1
	wild = night == 40 || night == 220 ? 1.05 : night == 120 ? 0.95 : 1
	both("first-write", "cold", "write", 1000000 * host,
		shift * wild * (night >= 150 ? 1.025 : 1) * exp(0.005 * normal()))
	wild = night == 90 || night == 300 ? 1.05 : 1
	both("first-write", "hole", "write", 2000000 * host, shift * wild * exp(0.005 * normal()))
	both("first-write", "rewrite", "write", 300000 * host, shift * exp(0.05 * night / 365 + 0.005 * normal()))
	both("freeze", "idle", "freeze", 5000000 * host, shift * (night >= 260 ? 0.97 : 1) * exp(0.005 * normal()))
	both("splice", "file-null", "move", 700000 * host,
		shift * (night >= 300 ? 1.0609 : night >= 90 ? 1.03 : 1) * exp(0.005 * normal()))
}

function counted(    shift)
{
	shift = night >= 30 ? 50 : 0
	sample(base_file, "first-write", "cold", "write", 5000)
	sample(new_file, "first-write", "cold", "write", 5000 + shift + (night >= 40 ? -10 : night >= 20 ? 10 : 0))
	sample(base_file, "first-write", "hole", "write", 5000)
	sample(new_file, "first-write", "hole", "write", 5000 + shift + int(4 * uniform()))
}

function date(    months, month, day)
{
	split("31 28 31 30 31 30 31 31 30 31 30 31", months, " ")
	day = night
	for (month = 1; day > months[month]; month++)
		day -= months[month]
	return sprintf("2025-%02d-%02d", month, day)
}

BEGIN {
	one = 2026
	two = 11
	three = 24
	unit = mode == "time" ? "ns" : "instructions"
	for (night = 1; night <= (mode == "time" ? 365 : 60); night++) {
		if (mode == "time" && ((night >= 60 && night <= 72) || night % 13 == 0))
			continue
		runner = night >= (mode == "time" ? 200 : 30) ? "second" : "first"
		base_file = dir "/" night ".base.jsonl"
		new_file = dir "/" night ".new.jsonl"
		open(base_file, "base", "baseline")
		open(new_file, "new", mode night)
		if (mode == "time")
			timed()
		else
			counted()
		lines = mode == "time" ? 8 : 5
		close_file(base_file)
		close_file(new_file)
		print night, date() > (dir "/nights")
	}
}
