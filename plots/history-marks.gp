# SPDX-License-Identifier: GPL-2.0-or-later
# How what happened to a cost is drawn: by line, by colour and in words, so that
# it reads in print without colours, too. For history.gp and history-bench.gp.

# In the order of enum graph_mark (lib/site/graph.h).
mark_colour(k) = k == 0 ? "#B34700" : k == 1 ? "#00664C" : "#707070"
set style line 20 lc rgb "#D55E00" lw 2 dt 1
set style line 21 lc rgb "#009E73" lw 2 dt (9, 4)
set style line 22 lc rgb "#9a9a9a" lw 1.4 dt (2, 3)
set style line 23 lc rgb "#9a9a9a" lw 1.2 dt (9, 3, 2, 3)
set for [k = 20:23] style arrow k nohead ls k

set style line 24 lc rgb "#0072B2" lw 2.6
set style line 25 lc rgb "#303030" pt 7
set style line 26 lc rgb "#a0a0a0" lw 1.6
set style line 27 lc rgb "#b8b8b8" lw 0.8
set style line 28 lc rgb "#707070" pt 2 ps 0.7 lw 1.2
set style line 29 lc rgb "#909090" pt 10 ps 0.6 lw 1

# Left of every axis: a row that stands here is none (graph_block(), lib/site/graph.h).
nowhere = -1e9

array label_at[100]
array label_lane[100]
array label_left[100]
array label_kind[100]
array label_words[100]
array tick_at[20]
array tick_date[20]
array tick_kernel[20]
array gap_at[101]
array gap_days[101]

# A line of explanations below the title; numbers are pixels from the left.
sample(at, style) = sprintf("set arrow from screen across(%d), screen down(44) to screen across(%d), screen down(44)" . \
	" nohead ls %d;", at, at + 26, style)
dot(at, style) = sprintf("set label at screen across(%d), screen down(44) point ls %d ps 0.8;", at, style)
said(at, what) = sprintf("set label '%s' at screen across(%d), screen down(44) left font small_font textcolor rgb dark;", what, at)
legend = dot(24, 25) . said(34, "a night") . sample(90, 24) . said(122, "level") . \
	sample(172, 20) . said(204, "worse") . sample(260, 21) . said(292, "better") . \
	sample(350, 22) . said(382, "acknowledged") . sample(486, 23) . said(518, "other environment, not compared") . \
	dot(736, 28) . said(746, "not measured") . dot(846, 29) . said(856, "no night for days")

# Rounds values to read; a percent sign is not a format where it is doubled.
tick_words(v) = counts ? tick_name(v) : v == 0 ? "0%%" : sprintf("%+g%%%%", v)
value_axis = "set ytics nomirror out scale 0.4 () font small_font textcolor rgb '#202020';" . \
	"if (log_axis) {" . \
	" set for [power = -1:18] for [step in steps(y_low, y_high, 2)] ytics add" . \
	"  (tick_name(step * 10.0 ** power) step * 10.0 ** power)" . \
	"} else {" . \
	" step = round_step((y_high - y_low) / 6.0);" . \
	" set for [k = ceil(y_low / step):floor(y_high / step)] ytics add (tick_words(k * step) k * step)" . \
	"}"

# The same for a panel that is not high.
few_values_axis = "set ytics nomirror out scale 0.4 () font small_font textcolor rgb '#202020';" . \
	"if (log_axis) {" . \
	" set for [power = -1:18] ytics add (tick_name(10.0 ** power) 10.0 ** power)" . \
	"} else {" . \
	" step = round_step((y_high - y_low) / 3.0);" . \
	" set for [k = ceil(y_low / step):floor(y_high / step)] ytics add (tick_words(k * step) k * step)" . \
	"}"

# What reads words from a file must not be bound to the axes of the plot before.
free_axes = "unset logscale; set xrange [*:*]; set yrange [*:*]"
