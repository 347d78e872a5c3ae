# SPDX-License-Identifier: GPL-2.0-or-later
# What a cost does as the file comes into the page cache in another way: a panel an
# arm and target, both kernels.
#
#   gnuplot -c fill.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is a block a panel: place, words, base, new. Sizes of a write call are joined
# by a line, as they grow; an empty line ends it, and what follows stands alone.

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
places = 0
length = 0
stats data using (places = larger(places, $1), length = larger(length, strlen(strcol(2))), $1) nooutput
low = larger(smaller(B_min, N_min), 1) / 1.6
high = larger(larger(B_max, N_max), low) * 1.6
if (high < low * 10) high = low * 10

n = words(panels)
columns = smaller(n, 2)
lines = (n + columns - 1) / columns
left_margin = 80
plot_width = larger(280, 32 * places)
panel_width = left_margin + plot_width + 30
plot_height = 190
# words are turned by 45 degrees
words_height = 16 + 0.75 * text_width(length)
line_height = 34 + plot_height + words_height
width = larger(columns * panel_width + 20, width_least)
height = head + lines * line_height + foot

value_ticks = "set ytics () font small_font;" . \
	"set for [power = -1:18] for [step in steps(low, high, 3)] ytics add" . \
	" (tick_name(step * 10.0 ** power) step * 10.0 ** power)"
set logscale y
set yrange [low:high]
unset xtics
set border 3 lc rgb "#808080"
unset grid
set grid y ls 4

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	eval(sides)
	set label 7 axis_name at screen across(behind_sides), screen down(48) left textcolor rgb dark
	eval(value_ticks)

	do for [i = 1:n] {
		left = ((i - 1) % columns) * panel_width + left_margin
		top = head + ((i - 1) / columns) * line_height + 34
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(top)
		set bmargin at screen down(top + plot_height)
		set xrange [0.5:places + 0.5]
		set label 30 word(panels, i) at screen across(left - 30), screen down(top - 16) left
		plot data index i - 1 every :::0::0 using 1:(visible($3)) with lines ls 1 notitle, \
			"" index i - 1 every :::0::0 using 1:(visible($4)) with lines ls 2 dt (8, 4) notitle, \
			"" index i - 1 using 1:(visible($3)) with points ls 1 notitle, \
			"" index i - 1 using 1:(visible($4)) with points ls 2 notitle, \
			"" index i - 1 using 1:(low):2 with labels right rotate by 45 offset 0.3, -0.7 \
				font small_font notitle
		unset label
	}
	unset multiplot
	unset output
}
