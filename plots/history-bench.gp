# SPDX-License-Identifier: GPL-2.0-or-later
# All costs of a benchmark over the same nights, a small panel each.
#
#   gnuplot -c history-bench.gp LIST FOLDER
#
# LIST has a line a figure, tab-separated: how many panels, whether they are of
# counts, its name, its title, what the values are, which they are.
# FOLDER/NAME.panels.tsv has a line a panel: the first and last night of its axis,
# the least and most of its values' axis, whether that is logarithmic, the name of
# its data, arm, target. FOLDER/DATA.tsv is as for history.gp; FOLDER/NAME.svg and
# .png are written.

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
set style line 24 lw 1.8
set style line 25 lc rgb "#8c8c8c" lw 0.8

panel_width = 262
panel_left = 58
panel_height = 74
line_height = panel_height + 60

stats list using 1 name "L" nooutput
do for [k = 0:int(L_records) - 1] {
	eval(free_axes)
	stats list every ::k::k using (n = int($1), counts = int($2), name = strcol(3), title_text = strcol(4), \
		axis_name = strcol(5), which = strcol(6), 0) name "K" nooutput
	panels = folder . "/" . name . ".panels.tsv"
	columns = n < 4 ? n : 4
	lines = (n + columns - 1) / columns
	width = larger(4 * panel_width + 16, 900)
	height = 62 + lines * line_height + 8
	do for [kind in "svg png"] {
		eval(terminal(kind))
		set output sprintf("%s/%s.%s", folder, name, kind)
		set multiplot
		unset label
		set label 1 title_text at screen across(15), screen down(20) left font title_font
		set label 2 axis_name . ", " . which at screen across(width - 15), screen down(20) right font small_font \
			textcolor rgb dark
		eval(legend)
		do for [i = 0:n - 1] {
			eval(free_axes)
			stats panels every ::i::i using (x_low = $1, x_high = $2, y_low = $3, y_high = $4, log_axis = int($5), \
				data = strcol(6), arm = strcol(7), target = strcol(8), 0) name "K" nooutput
			data = folder . "/" . data . ".tsv"
			left = 8 + i % columns * panel_width + panel_left
			top = 62 + i / columns * line_height + 40
			set lmargin at screen across(left)
			set rmargin at screen across(left + panel_width - panel_left - 14)
			set tmargin at screen down(top)
			set bmargin at screen down(top + panel_height)
			set label 30 arm at screen across(left - panel_left + 10), screen down(top - 30) left font small_font
			set label 31 target at screen across(left - panel_left + 10), screen down(top - 15) left font small_font \
				textcolor rgb dark
			set border 3 lc rgb "#808080"
			set xrange [x_low:x_high]
			set yrange [y_low:y_high]
			unset logscale
			if (log_axis) { set logscale y }
			unset xtics
			eval(few_values_axis)
			unset grid
			set grid y ls 4
			few = x_high - x_low < 40
			plot data index 3 using 1:(y_low):(0):(y_high - y_low):(20 + $2) with vectors as variable notitle, \
				"" index 0 using 1:2 with lines ls 25 notitle, \
				"" index 1 using 1:3:2:(0) with vectors nohead ls 24 notitle, \
				"" index 0 using (few ? $1 : nowhere):2 with points ls 25 ps 0.35 lc rgb "#303030" notitle
			unset label
			unset arrow
		}
		unset multiplot
		unset output
	}
}
