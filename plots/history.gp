# SPDX-License-Identifier: GPL-2.0-or-later
# A cost over nights, a graph a series, all of them in one run.
#
#   gnuplot -c history.gp LIST FOLDER
#
# LIST has a line a graph, tab-separated: the first and last night of its axis,
# the least and most of its values' axis, whether that is logarithmic, lanes of
# labels, nights of the whole history, whether a strip shows these, the least and
# most of that, whether these are counts, its name, its title, what its values
# are, which they are. FOLDER/NAME.tsv is its data, whose blocks are described in
# lib/site/graph.h; FOLDER/NAME.svg and .png are written.

list = ARG1
folder = ARG2
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
title_text = ""
caption = ""
unit = ""
base_name = ""
new_name = ""
load here . "common.gp"
load here . "history-marks.gp"

axis_left = 78
axis_width = 900
width = axis_left + axis_width + 44
main_height = 250
strip_height = 62

stats list using 1 name "L" nooutput
do for [k = 0:int(L_records) - 1] {
	eval(free_axes)
	stats list every ::k::k using (x_low = $1, x_high = $2, y_low = $3, y_high = $4, log_axis = int($5), \
		lanes = int($6), nights = int($7), strip = int($8), strip_low = $9, strip_high = $10, counts = int($11), \
		name = strcol(12), title_text = strcol(13), axis_name = strcol(14), which = strcol(15), 0) \
		name "K" nooutput
	data = folder . "/" . name . ".tsv"
	top = 66 + 16 * lanes
	height = top + main_height + 62 + (strip ? strip_height + 44 : 0)

	labels = 0
	stats data index 4 using (labels = labels + 1, label_at[labels] = $1, label_lane[labels] = int($2), \
		label_left[labels] = int($3), label_kind[labels] = int($4), label_words[labels] = strcol(5), 0) name "K" nooutput
	ticks = 0
	stats data index 6 using (ticks = ticks + 1, tick_at[ticks] = $1, tick_date[ticks] = strcol(2), \
		tick_kernel[ticks] = strcol(3), 0) name "K" nooutput
	gaps = 0
	stats data index 5 using ($2 >= 3 && gaps < 100 ? (gaps = gaps + 1, gap_at[gaps] = $1, gap_days[gaps] = int($2)) : 0, 0) \
		name "K" nooutput

	do for [kind in "svg png"] {
		eval(terminal(kind))
		set output sprintf("%s/%s.%s", folder, name, kind)
		set multiplot
		unset label
		set label 1 title_text at screen across(15), screen down(20) left font title_font
		set label 2 which at screen across(width - 15), screen down(20) right font small_font textcolor rgb dark
		eval(legend)

		# The words of the changes, each from its mark up to its lane.
		do for [i = 1:labels] {
			if (label_at[i] > nowhere) {
				lane = down(top - 9 - 16 * label_lane[i])
				set arrow from first label_at[i], graph 1 to first label_at[i], screen lane nohead ls 20 + label_kind[i]
				if (label_left[i]) {
					set label label_words[i] at first label_at[i], screen lane offset -0.4, 0.15 \
						right font small_font textcolor rgb mark_colour(label_kind[i])
				} else {
					set label label_words[i] at first label_at[i], screen lane offset 0.4, 0.15 \
						left font small_font textcolor rgb mark_colour(label_kind[i])
				}
			}
		}
		do for [i = 1:ticks] {
			if (tick_at[i] > nowhere) {
				set arrow from first tick_at[i], graph 0 to first tick_at[i], screen down(top + main_height + 5) \
					nohead lc rgb "#808080" lw 1
				set label tick_date[i] at first tick_at[i], screen down(top + main_height + 15) center font small_font
				set label tick_kernel[i] at first tick_at[i], screen down(top + main_height + 31) center font small_font \
					textcolor rgb dark
			}
		}
		do for [i = 1:gaps] {
			set label sprintf("%d days", gap_days[i]) at first gap_at[i], graph 0 offset 0, 0.9 center font small_font \
				textcolor rgb faint
		}

		set lmargin at screen across(axis_left)
		set rmargin at screen across(axis_left + axis_width)
		set tmargin at screen down(top)
		set bmargin at screen down(top + main_height)
		set border 3 lc rgb "#808080"
		set xrange [x_low:x_high]
		set yrange [y_low:y_high]
		unset logscale
		if (log_axis) { set logscale y }
		unset xtics
		eval(value_axis)
		unset grid
		set grid y ls 4
		set label axis_name at screen across(14), screen down(top + main_height / 2) rotate by 90 center \
			font small_font textcolor rgb dark
		many = x_high - x_low > 120
		plot data index 2 using ($1 > nowhere ? ($1 + $2) / 2 : nowhere):(y_low):1:($1 > nowhere ? $2 : nowhere):(y_low):(y_high) with boxxyerror \
			fs solid noborder fc rgb "#e8e8e8" notitle, \
			"" index 3 using 1:(y_low):(0):(y_high - y_low):(20 + $2) with vectors as variable notitle, \
			"" index 0 using 1:3:(0):($4 - $3) with vectors nohead ls (many ? 27 : 26) notitle, \
			"" index 1 using 1:3:2:(0) with vectors nohead ls 24 notitle, \
			"" index 0 using 1:2 with points ls 25 ps (many ? 0.35 : x_high - x_low > 40 ? 0.6 : 1) notitle, \
			"" index 5 using ($2 == 0 ? $1 : nowhere):(y_low) with points ls 28 notitle, \
			"" index 5 using ($2 > 0 ? $1 : nowhere):(y_low) with points ls 29 notitle
		unset arrow
		unset label

		# The whole history below, by the least, the median and the most of stretches.
		if (strip) {
			strip_top = top + main_height + 62
			set tmargin at screen down(strip_top)
			set bmargin at screen down(strip_top + strip_height)
			unset logscale
			set xrange [0.5:nights + 0.5]
			pad = larger(0.05 * (strip_high - strip_low), 1e-9 + 1e-9 * abs(strip_high))
			set yrange [strip_low - pad:strip_high + pad]
			unset ytics
			unset grid
			set object 1 rectangle from x_low, graph 0 to x_high, graph 1 behind fs solid noborder fc rgb "#eef3f8"
			set label 1 sprintf("all %d nights; those above are shaded", nights) at graph 0, screen down(strip_top - 7) left \
				font small_font textcolor rgb dark
			plot data index 7 using 1:2:4 with filledcurves fc rgb "#c4c4c4" notitle, \
				"" index 8 using 1:(strip_low - pad):(0):(strip_high - strip_low + 2 * pad):(20 + $2) \
					with vectors as variable notitle, \
				"" index 7 using 1:3 with lines ls 24 lw 1.4 notitle
			unset object
			unset label
		}
		unset multiplot
		unset output
	}
}
