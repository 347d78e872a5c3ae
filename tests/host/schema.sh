#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# docs/compare.schema.json says what daxmark compare and show write as JSON: all of it, in every mode, and nothing else
# passes for it.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 4
daxmark=${DAXMARK:-$root/build/daxmark}
make_side=$root/tests/unit/data/side.awk
schema=$root/docs/compare.schema.json

# Debian's package is for Debian's python3, which need not be the first one in PATH.
python=
for each in python3 /usr/bin/python3; do
	if [ -z "$python" ] && "$each" -c 'from jsonschema import Draft202012Validator' 2>"$work/err"; then python=$each; fi
done

cat >schema.py <<'END'
import copy, json, sys
from jsonschema import Draft202012Validator as Validator

def objects(schema):
    """Every object that the schema describes, by its name."""
    return {name: part for name, part in schema["$defs"].items() if part.get("type") == "object"}

def closed(schema):
    """The schema that takes no field it does not describe."""
    schema = copy.deepcopy(schema)
    for part in objects(schema).values():
        part["additionalProperties"] = False
    return schema

def reason(schema, document):
    error = next(Validator(schema).iter_errors(document), None)
    return error and "%s: %s" % (error.json_path, error.message[:200])

def kinds(part):
    kind = part.get("type", [])
    return kind if isinstance(kind, list) else [kind]

def described(schema):
    """Fields without a description, and numbers without a unit."""
    units = ("in the unit", "in percent", "in bytes", "per second", "page faults", "probability", "how many",
             "operations", "counted from 0", "counted from 1", "seed", "in clock_unit", "ratio", "without a unit")
    for name, part in objects(schema).items():
        for field, about in part["properties"].items():
            words = about.get("description", "").lower()
            number = {"number", "integer"} & set(kinds(about)) or isinstance(about.get("const"), int)
            if not words or (number and not any(unit in words for unit in units)):
                yield name + "." + field

def one_of_each(document):
    """The document with one item in each list, the others only make it longer."""
    if isinstance(document, dict):
        return {key: one_of_each(value) for key, value in document.items()}
    if isinstance(document, list):
        return [one_of_each(value) for value in (document if len(document) == 2 else document[:1])]
    return document

def broken(document, path=()):
    """Ways to break a document: a field is missing, or of another type."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in list(items):
        if isinstance(document, dict):
            old = document.pop(key)
            yield path + (key, "missing")
            document[key] = [[]]
            yield path + (key, "of another type")
            document[key] = old
        if isinstance(value, (dict, list)):
            yield from broken(value, path + (key,))

command, schema = sys.argv[1], json.load(open(sys.argv[2]))
if command == "check":
    Validator.check_schema(schema)
    found = list(described(schema))
    sys.exit(" ".join(found) if found else 0)
document = json.load(open(sys.argv[3]))
if command == "validate":
    sys.exit(reason(schema, document) or reason(closed(schema), document))
if command == "change":
    exec(sys.argv[4])
    sys.exit(0 if reason(schema, document) else "taken all the same: " + sys.argv[4])
if command == "break":
    document, n = one_of_each(document), 0
    assert reason(schema, document) is None
    for how in broken(document):
        n += 1
        if reason(schema, document) is None:
            sys.exit("taken all the same: %s" % (how,))
    print(n)
END
judged() { run 0 "$python" schema.py "$@" || { why=$(tail -n 1 err); return 1; }; }

side() { awk "$@" -f "$make_side"; }
for mode in count time emulated; do
	side -v label=without -v change=0 -v mode=$mode -v boots=6 -v noise=2 -v session=a >$mode-without.jsonl
	side -v label=with -v change=1 -v mode=$mode -v boots=6 -v noise=2 -v session=b -v draw=2 >$mode-with.jsonl
	side -v label=still -v change=0 -v mode=$mode -v boots=6 -v noise=2 -v session=c -v draw=3 >$mode-still.jsonl
done
printf '{"kind":"failed","label":"broken","subject":"mm: break it","reason":"does not build"}\n' >failed.jsonl
side -v label=without -v change=0 -v mode=time -v boots=1 -v session=a >once-without.jsonl
side -v label=with -v change=1 -v mode=time -v boots=1 -v session=b >once-with.jsonl
# a cost of nothing, and arms by threads
sed 's/\("arm":"rewrite".*\)"min":.*,"p90":[0-9]*/\1"min":0,"median":0,"mean":0,"p90":0/' count-without.jsonl >nil-without.jsonl
sed 's/"arm":"plain-64"\(.*\)"passes":1}/"arm":"plain-64@2-one"\1"passes":1,"threads":2,"files":"one"}/' \
	time-with.jsonl >threads-with.jsonl

written() { run 0 "$daxmark" "$1" --format json --output "$work/document" "${@:2}"; }
validates() { written "$@" && judged validate "$schema" document; }
comparisons() {
	local mode
	for mode in count time emulated once; do
		validates compare "$mode-without.jsonl" "$mode-with.jsonl" || { why="$mode: $why"; return 1; }
	done
	written compare count-without.jsonl count-with.jsonl && says document '"verdict": "worse"'
}
no_percentage() {
	validates compare nil-without.jsonl count-with.jsonl && says document '"change_pct": null'
}
one_side() {
	local mode
	for mode in count time emulated once; do
		validates show "$mode-with.jsonl" || { why="$mode: $why"; return 1; }
	done
	validates show threads-with.jsonl && says document '"efficiency": '
}
series() {
	local mode
	for mode in time emulated; do
		validates compare "$mode-without.jsonl" "$mode-still.jsonl" failed.jsonl "$mode-with.jsonl" ||
			{ why="$mode: $why"; return 1; }
	done
	validates compare count-without.jsonl count-with.jsonl failed.jsonl && says document '"next": null'
}
complete() { judged check "$schema"; }
refused() {
	local mode n=0
	for mode in count time; do
		written compare "$mode-without.jsonl" "$mode-with.jsonl" && judged break "$schema" document || return 1
		n=$((n + $(cat out)))
	done
	written show threads-with.jsonl && judged break "$schema" document || return 1
	n=$((n + $(cat out)))
	# one step, so that there are two sides
	written compare count-without.jsonl failed.jsonl count-with.jsonl && judged break "$schema" document || return 1
	n=$((n + $(cat out)))
	[ "$n" -gt 1000 ] || { why="only $n ways to break it"; return 1; }
}
values() {
	local change
	written compare time-without.jsonl time-with.jsonl || return 1
	for change in 'document["metrics"][0]["verdict"] = "slower"' 'document["metrics"][0]["t_p"] = 1.5' \
		'document["metrics"][0]["base"] = -1' 'document["metrics"][0]["n"] = 0.5' \
		'document["checks"][0]["new"] = "FAIL"' 'document["mode"] = "count"' 'document["mode"] = "emulated"' \
		'document["format"] = 2' 'document["sides"].pop()' 'document["sides"][0]["boots"] = []'; do
		judged change "$schema" document "$change" || return 1
	done
	written compare count-without.jsonl count-still.jsonl failed.jsonl count-with.jsonl || return 1
	for change in 'document["costs"][0]["first"][1]["verdict"] = "slower"' 'document["steps"] = []' \
		'document["steps"][1]["step"] = 0' 'document["costs"][0]["on"] = []' 'document["costs"][0]["before"][1]["t_p"] = 1' \
		'document["checks"][0]["on"][2]["verdict"] = "FAIL"' 'document["costs"][0]["first"][0] = 0' \
		'document["sides"] = ["without", "with"]' 'document["failed"][0]["next"] = "with"' 'document["format"] = 1'; do
		judged change "$schema" document "$change" || return 1
	done
}

if [ -n "$python" ]; then
	test_that "the schema is one, and each field has a description with its unit" complete
	test_that "comparisons in each mode are as the schema says, field by field" comparisons
	test_that "a change from 0 is as the schema says" no_percentage
	test_that "comparisons of a series are as the schema says" series
test_that "what is shown of one side is as the schema says" one_side
	test_that "a document with a field missing or of another type is refused" refused
	test_that "values that cannot be are refused" values
else
	skip_that "the schema says what the JSON is" "no python3 has jsonschema (Debian: python3-jsonschema)"
fi
finish
