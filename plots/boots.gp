# SPDX-License-Identifier: GPL-2.0-or-later
# One dot a boot and side, joined by pair: a panel a metric.
#
#   gnuplot -c boots.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS PLACES
#
# DATA is a block a panel: place and median of the base's boot, place and median
# of the other one, name of the pair. PANELS are two titles a panel; PLACES says
# what the places are.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = ARG5
new_name = ARG6
caption = ARG7
panels = ARG8
places = ARG9
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
load here . "common.gp"

n = words(panels) / 2
columns = smaller(n, 4)
lines = (n + columns - 1) / columns
stats data index 0 using 1 name "P" nooutput
stats data index 0 using 3 name "Q" nooutput
last = larger(P_max, Q_max)

left_margin = 80
panel_width = larger(350, 780 / columns)
plot_width = panel_width - left_margin - 20
plot_height = 150
line_height = 54 + plot_height + 54
width = larger(columns * panel_width + 20, width_least)
height = head + lines * line_height + foot

# Round values to read a panel by, from low to high. Boots that hardly differ are
# not drawn as if they did: a panel is at least 2% high.
array low[n]
array high[n]
array base_median[n]
array new_median[n]
do for [i = 1:n] {
	stats data index i - 1 using 2 name "B" nooutput
	stats data index i - 1 using 4 name "N" nooutput
	base_median[i] = B_median
	new_median[i] = N_median
	low[i] = smaller(B_min, N_min)
	high[i] = larger(B_max, N_max)
	margin = larger(0.12 * (high[i] - low[i]), 0.01 * high[i] - 0.5 * (high[i] - low[i]))
	low[i] = low[i] - margin
	high[i] = larger(high[i] + margin, low[i] + 1e-9)
}
value_ticks = "set ytics () font small_font; step = round_step((high[i] - low[i]) / 5.0);" . \
	"set for [k = ceil(low[i] / step):floor(high[i] / step)] ytics add (tick_name(k * step) k * step)"

# The names of a few pairs; of many, their places.
names = ""
if (P_records <= 10 && P_max == Q_max && P_min == Q_min && P_max == P_records) {
	stats data index 0 using (names = names . " " . strcol(5), $1) nooutput
}

# Many of them are smaller.
if (last > 40) {
	set style line 1 ps 0.7 lw 1.6
	set style line 2 ps 0.5
	set style line 3 lw 1.2
}
set style line 7 lc rgb "#0072B2" lw 1 dt 1
set style line 8 lc rgb "#D55E00" lw 1 dt (8, 4)
set border 3 lc rgb "#808080"
unset grid
set grid y ls 4
set xrange [0.4:last + 0.6]

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	eval(sides)
	if (strlen(names)) {
		set xtics () font small_font
		set for [k = 1:words(names)] xtics add (word(names, k) k)
	} else {
		set xtics autofreq font small_font
		set format x "%.0f"
	}

	do for [i = 1:n] {
		left = ((i - 1) % columns) * panel_width + left_margin
		top = head + ((i - 1) / columns) * line_height + 54
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(top)
		set bmargin at screen down(top + plot_height)
		set yrange [low[i]:high[i]]
		eval(value_ticks)
		set label 30 word(panels, 2 * i - 1) at screen across(left - 30), screen down(top - 38) left
		set label 31 word(panels, 2 * i) at screen across(left - 30), screen down(top - 20) left \
			font small_font textcolor rgb dark
		set xlabel places offset 0, 0.4 font small_font
		plot base_median[i] with lines ls 7 notitle, new_median[i] with lines ls 8 notitle, \
			data index i - 1 using 1:2:($3 - $1):($4 - $2) with vectors nohead ls 3 notitle, \
			"" index i - 1 using 1:2 with points ls 1 notitle, \
			"" index i - 1 using 3:4 with points ls 2 notitle
		unset label
	}
	unset multiplot
	unset output
}
