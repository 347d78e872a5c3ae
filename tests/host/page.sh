#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark history page: its files, what is drawn again and when, that names stay names, and the page in a browser.
# shellcheck disable=SC2015,SC2317 # the functions are called by test_that, and a chain fails as a whole

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${BUILD:-$root/build}/daxmark
export LC_ALL=C
results=$work/results graphs=$work/results/graphs
mkdir "$results" "$work/nights"
cd "$work" || exit 4

if ! command -v gnuplot >/dev/null; then
	skip_that "a history becomes a page" "gnuplot is not installed"
	finish
fi

# Twelve nights of counts on main, six of times on a branch whose names mean something to HTML, shells and gnuplot.
python3 - "$work/nights" <<'PYTHON'
import json, math, sys
WILD = ['"><img src=x onerror="window.planted=1" data-planted>', "'; set output '|touch planted", "`touch planted`",
        "</script><script>window.planted=1</script>", "../../planted", "a\tb\nc\\", "$(touch planted) %s%n &amp; {/*2 x}"]
def sample(bench, arm, metric, fs, access, unit, value):
    low = int(value)
    width = 1
    while low // width >= 256:
        width *= 2
    return {"kind": "sample", "bench": bench, "arm": arm, "fs": fs, "access": access, "metric": metric, "unit": unit,
            "better": "lower", "n": 100, **{k: low for k in ("min", "median", "mean", "p90", "p99", "max")},
            "histogram": [[low // width * width, 100]]}
def write(night, side, mode, kernel, runner, targets, samples):
    image = kernel if side == "new" else "baseline"
    lines = [{"kind": "machine", "format": 1, "mode": mode, "seed": 1, "kernel": kernel, "cpu": "p",
              "clock": {"source": "tsc", "unit": "ns", "ticks_per_unit": 1, "overhead": 9}, "runner": runner}]
    lines += [{"kind": "target", "fs": fs, "access": access, "dax": access == "dax"} for fs, access in targets] + samples
    lines += [{"kind": "end", "lines": len(lines)}]
    run = {"kind": "run", "label": side, "source": "image:/bzImage", "patches": [], "mode": mode, "seed": 1,
           "image_sha256": image, "config_sha256": "c", "command": "x", "plan_sha256": "cafe"}
    if mode == "time":
        run.update(session="s%d%s" % (night, side), position=1)
    with open("%s/%s%d.%s.jsonl" % (sys.argv[1], mode, night, side), "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in [run] + lines)
targets = [("ext2", "dax"), ("ext2", "page-cache"), ("ext4", "dax"), ("ext4", "page-cache")]
for night in range(1, 13):
    for side in ("base", "new"):
        samples = []
        for fs, access in targets:
            for bench, arm, metric in (("first-write", "cold", "write"), ("first-write", "hole", "write"),
                                       ("freeze", "idle", "freeze"), ("freeze", "idle", "thaw")):
                value = 4000 + 7 * len(samples)
                if side == "new" and (fs, arm) == ("ext4", "cold"):
                    value *= 1 + 0.05 * (night >= 5) + (access == "dax" and night >= 12)
                if side == "new" and (fs, access, arm) == ("ext4", "dax", "hole"):
                    value *= 1 + 0.03 * (night >= 6)
                if (arm, fs, access, night) != ("hole", "ext2", "dax", 8):
                    samples.append(sample(bench, arm, metric, fs, access, "instructions", value))
        broken = side == "new" and night >= 12
        samples.append({"kind": "check", "name": "ctime-mtime", "label": "c/mtime updated", "fs": "ext4", "access": "dax",
                        "verdict": "fail" if broken else "pass", "evidence": WILD[0]})
        write(night, side, "count", "6.%d" % night if side == "new" else "6.0", "r2" if night >= 9 else "r1", targets, samples)
for night in range(1, 7):
    for side in ("base", "new"):
        kernel = "6.%d %s" % (night, WILD[night % len(WILD)]) if side == "new" else "6.0"
        samples = [sample(WILD[i - 1], WILD[i], WILD[i - 2], WILD[i - 3], WILD[i - 4], "ns", 10000) for i in range(len(WILD))]
        write(night, side, "time", kernel, "r", [(WILD[i - 3], WILD[i - 4]) for i in range(len(WILD))], samples)
PYTHON

add() { # MODE NIGHT BRANCH
	run 0 "$daxmark" history add -r "$results" -b "$3" -d "$(printf '2026-03-%02d' "$2")" -R "rev$2" \
		"$work/nights/$1$2.base.jsonl" "$work/nights/$1$2.new.jsonl"
}
page() { run 0 "$daxmark" history page -r "$results" "$@" && [ ! -s "$work/err" ] || { why=${why:-$(cat "$work/err")}; return 1; }; }
# What else a history has to show: the reports of a night, and an ack.
fed() {
	local night folder
	for night in 1 2 3 4 5 6 7 8 9 10 11; do add count "$night" main || return 1; done
	for folder in "$results"/2026*; do echo report >"$folder/report.txt"; done
	run 0 "$daxmark" history ack -r "$results" first-write/cold/write/ext4/page-cache/count@main \
		--note 'known <b data-planted>so</b> & "so"' || return 1
	add count 12 main
}
cold="first-write_cold_write_ext4_dax_count_main"

drawn() {
	page && says out "^$results/index.html: 16 of 16 series drawn" || return 1
	local ending
	for ending in svg png html csv; do
		[ -s "$graphs/$cold.$ending" ] || { why="$cold.$ending is not there"; return 1; }
	done
	[ -s "$graphs/first-write_count_main.svg" ] && [ -s "$graphs/freeze_count_main.png" ] || { why='figures of benchmarks'; return 1; }
	why=$(find "$graphs" -mindepth 1 -not -name '*.svg' -not -name '*.png' -not -name '*.html' -not -name '*.csv' -printf '%P ')
	[ "$why" = 'stamps ' ]
}
graph_says() {
	local words
	for words in '+95.3% worse: 6.12, after 6.11' '+5.0% worse: 6.5, after 6.4' 'other runner' '2026-03-12'; do
		why="the graph lacks \"$words\""
		grep -qF "$words" "$graphs/$cold.svg" || return 1
	done
	why='what is acknowledged is not muted'
	grep -q '+5.0% acknowledged: 6.5' "$graphs/first-write_cold_write_ext4_page-cache_count_main.svg"
}
skipped_said() { # a cross more than in the explanation
	local all skipped
	all=$(grep -c "xlink:href='#gpPt1'" "$graphs/first-write_hole_write_ext4_dax_count_main.svg")
	skipped=$(grep -c "xlink:href='#gpPt1'" "$graphs/first-write_hole_write_ext2_dax_count_main.svg")
	why="$skipped crosses where $all are without a skipped night"
	[ "$all" -gt 0 ] && [ "$skipped" -eq $((all + 1)) ]
}
data() {
	why=$(sed -n '1p;6p' "$graphs/$cold.csv")
	[ "$(wc -l <"$graphs/$cold.csv")" -eq 13 ] && sed -n 6p "$graphs/$cold.csv" |
		grep -qE '^2026-03-05T00:00:00Z,6.5,rev5,20260305T000000Z,[0-9]+,[0-9]+,4\.98[0-9]+,.*,2,[0-9a-f]{8}$'
}
news_first() {
	why="title: $(grep '<title>' "$results/index.html")"
	grep -q '<title>daxmark: 1 check newly failing, 1 new worse</title>' "$results/index.html" || return 1
	why=$(grep -nE 'New, worse|Open since|id="costs"' "$results/index.html" | tr '\n' ' ')
	[ "$(grep -oE '<h4>[^<]*' "$results/index.html" | tr '\n' ' ')" = '<h4>Checks that came out differently <h4>New, worse: 1 <h4>Open since earlier, worse: 1 ' ] || return 1
	sed -n '/New, worse/,/Open since/p' "$results/index.html" | grep -q "graphs/$cold.html" &&
		sed -n '/Open since/,/id="costs"/p' "$results/index.html" | grep -q 'graphs/first-write_hole_write_ext4_dax_count_main.html'
}
stamps() { (cd "$graphs" && stat -c '%n %i' -- *.* | sort); }
broken_first() {
	why=$(grep -nE '<h3>main|<h4>|FAIL' "$results/index.html" | sed 's/<[^>]*>//g' | head -n 4)
	[ "$(cut -d : -f 2- <<<"$why" | cut -c 1-34)" = 'main, counts: 1 check newly failin
Checks that came out differently
FAIL c/mtime updated, ext4 DAX; &q
New, worse: 1' ]
}
nothing_again() {
	stamps >"$work/before"
	page && says out ': 0 of 16 series drawn' || return 1
	why=$(diff "$work/before" <(stamps) | head -n 3)
	[ -z "$why" ]
}
only_changed() {
	local id
	id=$("$daxmark" history changes -r "$results" -N | sed -n 's/^ *change //p')
	stamps >"$work/before"
	run 0 "$daxmark" history ack -r "$results" "$id" --note why && page && says out ': 8 of 16 series drawn' || return 1
	grep -q 'acknowledged: 2</p>' "$results/index.html" || { why='acks are not counted'; return 1; }
	grep -q '+95.3% acknowledged' "$graphs/$cold.svg" || { why='the ack is not drawn'; return 1; }
	why=$(diff "$work/before" <(stamps) | sed -n 's/^> //p' | grep -v first-write | head -n 3)
	[ -z "$why" ]
}
lost_file() {
	rm "$graphs/freeze_idle_thaw_ext2_dax_count_main.png"
	page && says out ': 8 of 16 series drawn' && [ -s "$graphs/freeze_idle_thaw_ext2_dax_count_main.png" ]
}
# What a drawing that was killed left goes; while one cannot be drawn all stays.
failing() {
	mkdir "$work/fake" "$graphs/.drawing-abcdef"
	printf '#!/bin/sh\nexit 1\n' >"$work/fake/gnuplot"
	chmod +x "$work/fake/gnuplot"
	: >"$graphs/.drawing-abcdef/x.svg"
	rm "$graphs/freeze_idle_thaw_ext2_dax_count_main.csv"
	cp -a "$results/index.html" "$work/index.html"
	stamps >"$work/before"
	run 4 env PATH="$work/fake:$PATH" "$daxmark" history page -r "$results" && says err 'gnuplot failed' || return 1
	why=$(diff "$work/before" <(stamps) | head -n 3)$(find "$graphs" -name '.drawing*')
	[ -z "$why" ] && cmp "$results/index.html" "$work/index.html" && page && says out ': 8 of 16'
}
at_once() {
	local first
	rm "$graphs/stamps"
	"$daxmark" history page -r "$results" >"$work/one" 2>&1 &
	first=$!
	page && wait "$first" || { why="$(cat "$work/one")"; return 1; }
	[ "$(sort "$work/one" "$work/out" | sed 's/.*: //' | tr '\n' ' ')" = '0 of 16 series drawn 16 of 16 series drawn ' ] ||
		{ why=$(cat "$work/one" "$work/out"); return 1; }
}
# Every link of every page is to something.
no_dead_link() { # INDEX
	python3 - "$1" "$(dirname "$1")"/graphs/*.html >"$work/dead" <<-'PYTHON'
	import html.parser, os, sys, urllib.parse
	links = 0
	class Links(html.parser.HTMLParser):
	    def handle_starttag(self, tag, attributes):
	        global links
	        for name, value in attributes:
	            if name in ("href", "src") and not value.startswith("#"):
	                links += 1
	                if not os.path.exists(os.path.join(os.path.dirname(page), urllib.parse.unquote(value))):
	                    print(os.path.basename(page), value)
	for page in sys.argv[1:]:
	    with open(page) as file:
	        Links().feed(file.read())
	sys.exit(links < 50)
	PYTHON
	set -- $?
	why="dead, or too few: $(head -n 3 "$work/dead")"
	[ "$1" -eq 0 ] && [ ! -s "$work/dead" ]
}
linked() { no_dead_link "$results/index.html"; }
elsewhere() {
	mkdir -p "$work/some where"
	page -o "$work/some where/page" && no_dead_link "$work/some where/page/index.html" &&
		grep -q 'href="../../results/20260305T000000Z/report.txt"' "$work/some where/page/index.html"
}
lost_results() {
	mv "$results/20260312T000000Z" "$work/aside"
	page && grep -q 'results are gone' "$results/index.html" && no_dead_link "$results/index.html"
	set -- $?
	mv "$work/aside" "$results/20260312T000000Z"
	[ "$1" -eq 0 ] && page
}
gone() {
	mv "$results" "$work/all"
	run 2 "$daxmark" history page -r "$results" && says err 'results: No such file or directory'
	set -- $?
	mv "$work/all" "$results"
	return "$1"
}
plain() {
	local night
	# shellcheck disable=SC2016 # as a name
	for night in 1 2 3 4 5 6; do add time "$night" 'x/../<i data-planted>"'"'"'`touch planted`' || return 1; done
	page && says out ': 14 of 30 series drawn' || return 1
	why=$(find "$work" -name '*planted*' -not -name '*.svg' -not -name '*.png' -not -name '*.html' -not -name '*.csv')
	[ -z "$why" ] || return 1
	why=$(find "$graphs" -mindepth 1 -printf '%P\n' | grep -vE '^[A-Za-z0-9._+=-]+$')
	[ -z "$why" ] || return 1
	[ "$(find "$graphs" -name '*.svg' | wc -l)" -eq $((30 + 2 + 7)) ] || { why="a name took the place of another: $(find "$graphs" -name '*.svg' | wc -l)"; return 1; }
	why='a name is not whole in its figure'
	grep -qF ' a b c/<' "$graphs"/*.svg || return 1
	python3 - "$graphs"/*.svg <<-'PYTHON' || { why='a figure is no XML'; return 1; }
	import sys, xml.dom.minidom
	for path in sys.argv[1:]:
	    figure = xml.dom.minidom.parse(path)
	    assert not any(figure.getElementsByTagName(name) for name in ("script", "img", "i")), path
	PYTHON
}
no_longer() {
	for night in 1 2 3 4 5 6; do rm -r "${results:?}/$(printf 202603%02dT000000Z-2 "$night")"; done
	run 0 "$daxmark" history rebuild "$results" && page || return 1
	why=$(find "$graphs" -name '*=*' -o -name '*time*' | head -n 3)
	[ -z "$why" ]
}
options() {
	run 2 "$daxmark" history page -r "$results" -b main && says err 'b means nothing to page' &&
		run 4 "$daxmark" history page -r "$results" -o /dev/null/x && says err '/dev/null/x: Not a directory'
}

test_that "nights are fed" fed
test_that "a history becomes a page, and a graph and data for every series" drawn
test_that "a graph names its changes, their size and kernels, and mutes what is acknowledged" graph_says
test_that "a night in which a series was not measured is shown" skipped_said
test_that "the data of a graph are beside it" data
test_that "what is new stands first" news_first
test_that "a check that fails since the last night stands before all costs" broken_first
test_that "what did not change is not drawn again" nothing_again
test_that "an ack draws what it belongs to again, and nothing else" only_changed
test_that "a lost file is made again" lost_file
test_that "when nothing can be drawn, all stays as it was" failing
test_that "two at once draw once" at_once
test_that "no link is dead" linked
test_that "a page elsewhere finds the results" elsewhere
test_that "results that vanished are said to be gone" lost_results
test_that "a folder without a history is named" gone
test_that "names are nothing but names in figures and files" plain
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
	"$root/tests/browser.py" "$results/index.html" || failed=1
else
	skip_that "the page is looked at in a browser" "chromium and chromium-driver are not installed"
fi
test_that "the files of a series that is gone go" no_longer
test_that "wrong options and a place that cannot be are named" options
finish
