# SPDX-License-Identifier: GPL-2.0-or-later
# How single operations are distributed: a panel a target, both kernels.
#
#   gnuplot -c operations.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is two blocks a panel, base and new: a value, the share of operations at
# or below it, the share at or above it. Above, where 95% of the operations are,
# each panel at its own scale; below, all of them, the tail on a logarithmic
# axis, where one operation in a thousand (a journal commit, a timer tick) can
# be seen at all.

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

stats data using 1 name "X" nooutput
stats data using 3 name "TAIL" nooutput
n = words(panels)
low_all = larger(X_min, 1) / 1.3
high_all = larger(X_max, low_all) * 1.3
rarest = 10 ** floor(log10(TAIL_min * 0.99))

# From the lowest value to the one that 5% of either side reach; and the largest.
array from[n]
array to[n]
array base_last[n]
array new_last[n]
do for [i = 1:n] {
	stats data index 2 * i - 2 using 1 name "B" nooutput
	base_last[i] = B_max
	stats data index 2 * i - 1 using 1 name "N" nooutput
	new_last[i] = N_max
	stats data index 2 * i - 2 using ($3 >= 0.05 ? $1 : NaN) name "B" nooutput
	stats data index 2 * i - 1 using ($3 >= 0.05 ? $1 : NaN) name "N" nooutput
	from[i] = smaller(B_min, N_min)
	to[i] = larger(B_max, N_max)
	margin = larger(0.06 * (to[i] - from[i]), 0.02 * to[i])
	from[i] = larger(from[i] - margin, 0)
	to[i] = larger(to[i] + margin, from[i] + 1)
}

columns = smaller(n, 4)
lines = (n + columns - 1) / columns
panel_width = larger(330, 780 / columns)
left_margin = 92
upper = 190
lower = 180
line_height = 30 + upper + 44 + lower + 66
width = larger(left_margin + columns * panel_width + 10, width_least)
height = head + lines * line_height + foot
set style line 5 lc rgb "#0072B2" lw 3.4 dt 1
set style line 6 lc rgb "#D55E00" lw 2.0 dt (8, 4)
set border 3 lc rgb "#808080"
set grid x y ls 4

# Round values from[i] to to[i]; what is at an end would touch the next panel's.
linear_ticks = "set xtics () font small_font; step = round_step((to[i] - from[i]) / 5.0);" . \
	"spare = 0.04 * (to[i] - from[i]);" . \
	"set for [k = ceil((from[i] + spare) / step):floor((to[i] - spare) / step)] xtics add (tick_name(k * step) k * step)"
percent_ticks = "set ytics () font small_font;" . \
	"set for [k = 0:4] ytics add (i % columns == 1 % columns ? sprintf('%g%%%%', 25 * k) : '' k / 4.0)"
tail_ticks = "set ytics () font small_font;" . \
	"set for [k = -9:0] ytics add (i % columns == 1 % columns ? sprintf('%g%%%%', 100 * 10.0 ** k) : '' 10.0 ** k)"

# The share of the largest value, from where the line falls to none.
at_last(value, last) = value == last ? column(3) : NaN

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	new_at = 160 + text_width(strlen(base_name))
	set arrow 1 from screen across(15), screen down(48) to screen across(65), screen down(48) nohead ls 5
	set label 3 base_name at screen across(72), screen down(48) left
	set arrow 2 from screen across(new_at - 57), screen down(48) to screen across(new_at - 7), screen down(48) nohead ls 6
	set label 4 new_name at screen across(new_at), screen down(48) left

	do for [i = 1:n] {
		left = left_margin + ((i - 1) % columns) * panel_width
		line_top = head + ((i - 1) / columns) * line_height + 30
		first = i % columns == 1 % columns
		set lmargin at screen across(left)
		set rmargin at screen across(left + panel_width - 25)

		set tmargin at screen down(line_top)
		set bmargin at screen down(line_top + upper)
		unset logscale
		set xrange [from[i]:to[i]]
		set yrange [0:1.02]
		eval(linear_ticks)
		eval(percent_ticks)
		set title word(panels, i) offset 0, -0.4
		unset xlabel
		set ylabel (first ? "share at or below" : "") offset 1, 0
		plot data index 2 * i - 2 using 1:2 with steps ls 5 notitle, \
			"" index 2 * i - 2 using 1:(0):(0):2 every ::0::0 with vectors nohead ls 5 notitle, \
			"" index 2 * i - 1 using 1:2 with steps ls 6 notitle, \
			"" index 2 * i - 1 using 1:(0):(0):2 every ::0::0 with vectors nohead ls 6 notitle
		unset label
		unset arrow

		low = low_all
		high = high_all
		room = 2.5
		set tmargin at screen down(line_top + upper + 44)
		set bmargin at screen down(line_top + upper + 44 + lower)
		set logscale xy
		set xrange [low:high]
		set yrange [rarest:1.3]
		eval(log_ticks)
		eval(tail_ticks)
		unset title
		set xlabel axis_name offset 0, 0.4
		set ylabel (first ? "share at or above" : "") offset 1, 0
		plot data index 2 * i - 2 using (visible($1)):3 with fsteps ls 5 notitle, \
			"" index 2 * i - 2 using (visible(base_last[i])):(at_last($1, base_last[i])):(0):(rarest - $3) \
				with vectors nohead ls 5 notitle, \
			"" index 2 * i - 1 using (visible($1)):3 with fsteps ls 6 notitle, \
			"" index 2 * i - 1 using (visible(new_last[i])):(at_last($1, new_last[i])):(0):(rarest - $3) \
				with vectors nohead ls 6 notitle
	}
	unset multiplot
	unset output
}
