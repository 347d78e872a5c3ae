# SPDX-License-Identifier: GPL-2.0-or-later
# What several threads at once reach together: a panel an arm and target.
#
#   gnuplot -c scaling.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is a block a panel: threads, operations a second on one file that all
# share, the same on a file each. PANELS are two titles a panel. BASE and NEW are
# empty. The thin line is what one thread reaches times the threads.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = "on one file"
new_name = "on a file each"
caption = ARG7
panels = ARG8
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
load here . "common.gp"

n = words(panels) / 2
columns = smaller(n, 4)
lines = (n + columns - 1) / columns
left_margin = 80
panel_width = larger(350, 780 / columns)
plot_width = panel_width - left_margin - 20
plot_height = 150
line_height = 54 + plot_height + 54
width = larger(columns * panel_width + 20, width_least)
height = head + lines * line_height + foot

# A cell that is "nan" would make gnuplot leave out the whole row.
known(cell) = strcol(cell) eq "nan" ? 0 : column(cell)

# Of one thread, or NaN; and the most that is drawn.
array single[n]
array most[n]
array high[n]
do for [i = 1:n] {
	single[i] = NaN
	most[i] = 1
	stats data index i - 1 using (most[i] = larger(most[i], $1), \
		$1 == 1 ? (single[i] = known(2)) : 0, larger(known(2), known(3))) name "T" nooutput
	high[i] = 1.12 * larger(T_max, single[i] * most[i] > 0 ? single[i] * most[i] : 0)
}
low = 0
value_ticks = "set ytics () font small_font; step = round_step(high[i] / 5.0);" . \
	"set for [k = 0:floor(high[i] / step)] ytics add (tick_name(k * step) k * step)"

set style line 5 lc rgb "#0072B2" lw 2.2 dt 1
set style line 6 lc rgb "#D55E00" lw 1.8 dt (8, 4)
set border 3 lc rgb "#808080"
unset grid
set grid y ls 4

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	eval(sides)
	set label 7 "thin: what one thread reaches, times the threads" \
		at screen across(behind_sides), screen down(48) left textcolor rgb dark

	do for [i = 1:n] {
		left = ((i - 1) % columns) * panel_width + left_margin
		top = head + ((i - 1) / columns) * line_height + 54
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(top)
		set bmargin at screen down(top + plot_height)
		set xrange [0.7:most[i] + 0.3]
		set yrange [0:high[i]]
		eval(value_ticks)
		step = most[i] > 8 ? round_step(most[i] / 6.0) : 1
		set xtics ("1" 1) font small_font
		set for [k = 1:int(most[i] / step)] xtics add (sprintf("%d", k * step) k * step)
		set label 30 word(panels, 2 * i - 1) at screen across(left - 30), screen down(top - 38) left
		set label 31 word(panels, 2 * i) at screen across(left - 30), screen down(top - 20) left \
			font small_font textcolor rgb dark
		set xlabel "threads" offset 0, 0.4 font small_font
		plot single[i] * x with lines ls 3 lw 1 notitle, \
			data index i - 1 using 1:2 with lines ls 5 notitle, \
			"" index i - 1 using 1:3 with lines ls 6 notitle, \
			"" index i - 1 using 1:2 with points ls 1 notitle, \
			"" index i - 1 using 1:3 with points ls 2 notitle
		unset label
	}
	unset multiplot
	unset output
}
