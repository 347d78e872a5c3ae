# SPDX-License-Identifier: GPL-2.0-or-later
# How single first writes are distributed: a column a target, both kernels.
#
#   gnuplot -c first-write.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is tab-separated, two blocks a target, base and new: a value, the share
# of operations at or below it, the share at or above it. Above the whole
# distribution; below the tail on a logarithmic axis, where one operation in a
# thousand (a journal commit, a timer tick) can be seen at all.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = ARG5
new_name = ARG6
caption = ARG7
panels = ARG8

set datafile separator "\t"

stats data using 1 name "X" nooutput
stats data using 3 name "TAIL" nooutput
n = words(panels)
low = (X_min > 1 ? X_min : 1) / 1.5
high = (X_max > low ? X_max : low) * 1.5
rarest = 10 ** floor(log10(TAIL_min * 0.99))
visible(v) = v > 0 ? v : low

# in pixels
panel_width = 330
left_margin = 70
upper = 230
lower = 230
head = 92
foot = 132
width = left_margin + n * panel_width + 10
height = head + upper + 30 + lower + foot
if (width < 900) width = 900

set style line 1 lc rgb "#0072B2" lw 2.6 dt 1
set style line 2 lc rgb "#D55E00" lw 2.6 dt (8, 4)
set style line 4 lc rgb "#e2e2e2" lw 1

set border 3 lc rgb "#808080"
set tics nomirror out scale 0.4 textcolor rgb "#202020"
set grid x y ls 4
set logscale x
set xrange [low:high]
set key off

# Round values to read the axis by: 1, 2 and 5 of a decade where there is room.
set xtics () font ",9"
decades = log10(high / low)
do for [power = int(floor(log10(low))):int(ceil(log10(high)))] {
	do for [step in (decades < 2.5 ? "1 2 5" : "1")] {
		tick = step * 10 ** power
		if (tick >= low && tick <= high) {
			set xtics add (tick < 1000 ? sprintf("%g", tick) : tick < 1000000 ? \
				sprintf("%gk", tick / 1000) : sprintf("%gM", tick / 1000000) tick)
		}
	}
}

do for [kind in "svg png"] {
	if (kind eq "svg") {
		set terminal svg size width, height enhanced font "sans,13" background "white"
	} else {
		set terminal pngcairo size width, height enhanced font "sans,10" background "white"
	}
	set output sprintf("%s.%s", output_base, kind)
	set multiplot

	unset label
	unset arrow
	set label 1 title_text at screen 0.012, screen 1 - 22.0 / height left noenhanced font ",14"
	set arrow 1 from screen 20.0 / width, screen 1 - 48.0 / height rto screen 50.0 / width, 0 nohead ls 1
	set label 2 base_name at screen 78.0 / width, screen 1 - 48.0 / height left noenhanced
	set arrow 2 from screen 220.0 / width, screen 1 - 48.0 / height rto screen 50.0 / width, 0 nohead ls 2
	set label 3 new_name at screen 278.0 / width, screen 1 - 48.0 / height left noenhanced
	set label 7 caption at screen 0.012, screen 52.0 / height left noenhanced textcolor rgb "#505050" font ",9"

	do for [i = 1:n] {
		set lmargin at screen (left_margin + (i - 1) * panel_width + 0.0) / width
		set rmargin at screen (left_margin + i * panel_width - 25.0) / width
		do for [part in "all tail"] {
			if (part eq "all") {
				set tmargin at screen 1 - (head + 0.0) / height
				set bmargin at screen 1 - (head + upper + 0.0) / height
				unset logscale y
				set yrange [0:1.02]
				set format y (i == 1 ? "%.1f" : "")
				set xtics format ""
				set title word(panels, i) noenhanced offset 0, -0.4
				unset xlabel
				set ylabel (i == 1 ? "share of writes at or below" : "") noenhanced
				plot data index 2 * i - 2 using (visible($1)):2 with steps ls 1, \
					"" index 2 * i - 2 using (visible($1)):(0):(0):2 every ::0::0 with vectors nohead ls 1, \
					"" index 2 * i - 1 using (visible($1)):2 with steps ls 2, \
					"" index 2 * i - 1 using (visible($1)):(0):(0):2 every ::0::0 with vectors nohead ls 2
				unset label
				unset arrow
			} else {
				set tmargin at screen 1 - (head + upper + 30.0) / height
				set bmargin at screen 1 - (head + upper + 30.0 + lower) / height
				set logscale y
				set yrange [rarest:1.2]
				set format y (i == 1 ? "10^{%T}" : "")
				unset title
				set xlabel unit noenhanced
				set ylabel (i == 1 ? "share of writes at or above" : "") noenhanced
				plot data index 2 * i - 2 using (visible($1)):3 with fsteps ls 1, \
					"" index 2 * i - 1 using (visible($1)):3 with fsteps ls 2
			}
		}
	}
	unset multiplot
	unset output
}
