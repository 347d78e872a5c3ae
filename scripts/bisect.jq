# SPDX-License-Identifier: GPL-2.0-or-later
#
# What scripts/bisect asks of one boot as daxmark show prints it in JSON, on one line:
#
#   = FIGURE lower|higher LEADS    what was asked for; LEADS: the figure that this boot alone would lead by
#   - WHY                    this kernel does not give it
#   ? WHY                    it was asked for wrongly
#
# Takes fs, access and check, or fs, access, bench, arm, metric (empty: the only one there is) and figure: median, mean,
# or empty for the one that leads.

def here: map(select(.fs == $fs and .access == $access));
def reason($bench; $arm): .skipped | here
	| [.[] | select(.bench == null or (.bench == $bench and .arm == $arm)) | "skipped: " + .reason]
	| .[0] // "not in the records";

def metric:
	[.metrics | here[] | select(.bench == $bench and .arm == $arm)] as $all
	| [$all[] | select($metric == "" or .metric == $metric)] as $asked
	| ([$all[].metric] | join(", ")) as $known
	| if $all == [] then "- " + reason($bench; $arm)
	  elif $asked == [] then "? no metric \($metric); known: \($known)"
	  elif ($asked | length) > 1 then "? has several metrics, write one after it: \($known)"
	  else $asked[0] | "= \(if $figure == "" then .value else .[$figure] end) \(.better) \(.figure)" end;

def check:
	[.checks | here[] | select(.name == $check)] as $all
	| if $all == [] then "- " + reason(null; null)
	  elif $all[0].verdict == "skip" then "- skipped: " + $all[0].evidence
	  else "= \($all[0].verdict) lower -" end;

if $check == "" then metric else check end
