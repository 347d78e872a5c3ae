# SPDX-License-Identifier: GPL-2.0-or-later
# What a cost is on each of several kernels in a row: a panel an arm, a line a target.
#
#   gnuplot -c steps.gp DATA OUTPUT TITLE UNIT TARGETS SIDES CAPTION PANELS EXTRA
#
# DATA: lib/figure/plot_steps.h says what its blocks are; EXTRA is the ends of the axis
# and the style of each target.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
targets = ARG5
sides_text = ARG6
caption = ARG7
panels = ARG8
extra = ARG9
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
base_name = ""
new_name = ""
load here . "common.gp"

# Blue and a circle for DAX, vermillion and a triangle for the page cache; a full point
# and an unbroken line for each second file system.
set style line 11 lc rgb "#0072B2" pt 6 ps 1.15 lw 1.6 dt (7, 4)
set style line 12 lc rgb "#D55E00" pt 8 ps 1.15 lw 1.6 dt (7, 4)
set style line 13 lc rgb "#0072B2" pt 7 ps 1.05 lw 2.2 dt 1
set style line 14 lc rgb "#D55E00" pt 9 ps 1.15 lw 2.2 dt 1
set style line 15 lc rgb "#000000" pt 4 ps 1.05 lw 1.6 dt (2, 3)
set style line 16 lc rgb "#009E73" pt 12 ps 1.15 lw 1.6 dt (2, 3)
set style line 17 lc rgb "#000000" pt 5 ps 0.95 lw 1.6 dt (10, 3, 2, 3)
set style line 18 lc rgb "#009E73" pt 13 ps 1.15 lw 1.6 dt (10, 3, 2, 3)
colours = "#0072B2 #B84A00 #0072B2 #B84A00 #000000 #00785A #000000 #00785A"
style(t) = 11 + (int(word(extra, 2 + t)) - 1) % 8

low = real(word(extra, 1))
high = real(word(extra, 2))
n = words(panels)
lines_in = words(targets)
sides_n = words(sides_text)
longest = 0
do for [s = 1:sides_n] { longest = larger(longest, strlen(word(sides_text, s))) }

columns = smaller(n, 3)
lines = (n + columns - 1) / columns
left_margin = 64
right_margin = 66
# room for a label between two points; longer ones are turned
side_width = smaller(larger(52, text_width(longest) + 10), 92)
turned = text_width(longest) + 10 > 92
side_labels = turned ? "right rotate by 45 offset 0.3, -0.7" : "center offset 0, -1"
plot_width = larger(190, side_width * sides_n)
panel_width = left_margin + plot_width + right_margin
plot_height = 210
line_height = 40 + plot_height + (turned ? 20 + 0.75 * text_width(longest) : 30)
width = larger(columns * panel_width + 20, width_least)
height = head + lines * line_height + foot

value_ticks = "set ytics () font small_font;" . \
	"set for [power = -1:18] for [step in steps(low, high, 3)] ytics add" . \
	" (tick_name(step * 10.0 ** power) step * 10.0 ** power)"
set logscale y
set yrange [low:high]
set xrange [0.6:sides_n + 0.4]
unset xtics
unset grid
set grid y ls 4
set border 3 lc rgb "#808080"

legend_at = 20
legend = ""
do for [t = 1:lines_in] {
	legend = legend . sprintf("set label %d '' at screen across(%g), screen down(48) point ls %d;", 30 + 2 * t, \
		legend_at, style(t)) . \
		sprintf("set label %d word(targets, %d) at screen across(%g), screen down(48) left;", 31 + 2 * t, t, \
		legend_at + 12)
	legend_at = legend_at + 44 + text_width(strlen(word(targets, t)))
}

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	eval(legend)
	set label 7 axis_name at screen across(legend_at), screen down(48) left textcolor rgb dark
	eval(value_ticks)

	do for [i = 1:n] {
		left = ((i - 1) % columns) * panel_width + left_margin
		top = head + ((i - 1) / columns) * line_height + 34
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(top)
		set bmargin at screen down(top + plot_height)
		set label 90 word(panels, i) at screen across(left - 30), screen down(top - 16) left
		plot for [t = 1:lines_in] data index i - 1 every :::t - 1::t - 1 using 1:2 with lines ls style(t) notitle, \
			for [t = 1:lines_in] "" index i - 1 every :::t - 1::t - 1 using 1:2 with points ls style(t) notitle, \
			for [t = 1:lines_in] "" index n + i - 1 using (sides_n + 0.3):($3 == t ? $1 : NaN):2 with labels left \
				font small_font textcolor rgb word(colours, style(t) - 10) notitle, \
			"" index 2 * n using 1:(low):2 with labels @side_labels font small_font notitle
		unset label
	}
	unset multiplot
	unset output
}
