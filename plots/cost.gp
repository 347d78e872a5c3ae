# SPDX-License-Identifier: GPL-2.0-or-later
# What one operation costs: a row an arm, a panel a target, both kernels.
#
#   gnuplot -c cost.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is a block a panel: row, arm, base, new, words, verdict. A dot a kernel,
# joined by a line, instead of bars: the axis is logarithmic and a bar would
# have no foot to stand on.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = ARG5
new_name = ARG6
caption = ARG7
panels = ARG8
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
load here . "common.gp"

stats data using 3 name "B" nooutput
stats data using 4 name "N" nooutput
arm_length = 0
words_length = 0
stats data using (arm_length = larger(arm_length, strlen(strcol(2))), \
	words_length = larger(words_length, strlen(strcol(5))), $1) nooutput
n = words(panels)
columns = n > 1 ? 2 : 1
low = larger(smaller(B_min, N_min), 1) / 1.6
high = larger(larger(B_max, N_max), low) * 1.6
if (high < low * 10) high = low * 10
room = 2

row_height = 19
arm_width = 24 + text_width(arm_length)
words_width = 22 + text_width(words_length)
plot_width = 280
panel_width = arm_width + plot_width + words_width

# A line of panels is as high as the one with the most rows.
lines = (n + columns - 1) / columns
array rows[lines]
array top[lines]
height = head
do for [line = 1:lines] {
	rows[line] = 1
	do for [i = (line - 1) * columns:smaller(line * columns, n) - 1] {
		stats data index i using 1 name "ROW" nooutput
		rows[line] = larger(rows[line], int(ROW_max))
	}
	top[line] = height + 28
	height = height + 28 + rows[line] * row_height + 68
}
height = height + foot
width = larger(columns * panel_width + 20, width_least)

changed(verdict) = verdict eq "worse" || verdict eq "better"
set logscale x
set xrange [low:high]
unset ytics

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	eval(sides)
	set label 7 "right of each row: the cost; in black what changed; ? is inconclusive" \
		at screen across(behind_sides), screen down(48) left textcolor rgb dark
	eval(log_ticks)

	do for [i = 1:n] {
		left = ((i - 1) % columns) * panel_width + arm_width
		line = (i - 1) / columns + 1
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(top[line])
		set bmargin at screen down(top[line] + rows[line] * row_height + 6)
		set yrange [-rows[line] - 0.6:-0.4]
		set title word(panels, i) offset 0, -0.6
		set xlabel axis_name offset 0, 0.4
		plot data index i - 1 using (visible($3)):(-$1):(visible($4) - visible($3)):(0) \
				with vectors nohead ls 3 notitle, \
			"" index i - 1 using (low):(-$1):2 with labels right offset -0.8, 0 notitle, \
			"" index i - 1 using (visible($3)):(-$1) with points ls 1 notitle, \
			"" index i - 1 using (visible($4)):(-$1) with points ls 2 notitle, \
			"" index i - 1 using (high):(-$1):(changed(strcol(6)) ? "" : strcol(5)) \
				with labels left offset 0.8, 0 font small_font \
				textcolor rgb faint notitle, \
			"" index i - 1 using (high):(-$1):(changed(strcol(6)) ? strcol(5) : "") \
				with labels left offset 0.8, 0 font small_font notitle
		unset label
	}
	unset multiplot
	unset output
}
