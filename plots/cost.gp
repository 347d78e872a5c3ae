# SPDX-License-Identifier: GPL-2.0-or-later
# What one operation costs: a row an arm, a panel a target, both kernels.
#
#   gnuplot -c cost.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION PANELS
#
# DATA is tab-separated, a block a panel: row, arm, base, new, words, verdict.
# PANELS are the panels' titles, each in double quotes. Writes OUTPUT.svg and
# OUTPUT.png. A dot a kernel, joined by a line, instead of bars: the axis is
# logarithmic and a bar would have no foot to stand on. The two kernels differ
# in shape and fill as well as in colour, so that print without colour works.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = ARG5
new_name = ARG6
caption = ARG7
panels = ARG8

set datafile separator "\t"

stats data using 3 name "B" nooutput
stats data using 4 name "N" nooutput
stats data using 1 name "ROW" nooutput
arm_length = 0
words_length = 0
longer(a, b) = a > b ? a : b
stats data using (arm_length = longer(arm_length, strlen(strcol(2))), \
	words_length = longer(words_length, strlen(strcol(5))), $1) nooutput
rows = int(ROW_max)
n = words(panels)
columns = n > 1 ? 2 : 1
lines = (n + columns - 1) / columns

# Zero has no place on a logarithmic axis: it is drawn at its left end.
smallest = B_min < N_min ? B_min : N_min
largest = B_max > N_max ? B_max : N_max
low = (smallest > 1 ? smallest : 1) / 1.6
high = (largest > low ? largest : low) * 1.6
if (high < low * 10) high = low * 10
visible(v) = v > 0 ? v : low
changed(verdict) = verdict eq "worse" || verdict eq "better"

# in pixels
row_height = 19
panel_height = rows * row_height + 78
head = 66
foot = 78
arm_width = 24 + 8 * arm_length
words_width = 22 + 8 * words_length
panel_width = arm_width + 280 + words_width
width = columns * panel_width + 20
height = lines * panel_height + head + foot
if (width < 900) width = 900

# Okabe and Ito's colours: blue and vermillion differ to every eye.
set style line 1 lc rgb "#0072B2" pt 6 ps 1.75 lw 2.2
set style line 2 lc rgb "#D55E00" pt 9 ps 1.15 lw 1.5
set style line 3 lc rgb "#9a9a9a" lw 2.2
set style line 4 lc rgb "#e2e2e2" lw 1

set border 1 lc rgb "#808080"
set tics nomirror out scale 0.4 textcolor rgb "#202020"
set grid x ls 4
set logscale x
set xrange [low:high]
set yrange [-rows - 0.6:-0.4]
set key off

# Round values to read the axis by: 1, 2 and 5 of a decade where there is room.
set xtics () font ",9"
decades = log10(high / low)
do for [power = int(floor(log10(low))):int(ceil(log10(high)))] {
	do for [step in (decades < 2 ? "1 2 5" : "1")] {
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
	set label 1 title_text at screen 0.012, screen 1 - 22.0 / height left noenhanced font ",14"
	set label 2 base_name at screen 32.0 / width, screen 1 - 48.0 / height left noenhanced
	set label 3 new_name at screen 182.0 / width, screen 1 - 48.0 / height left noenhanced
	set label 4 "right of each row: the cost; in bold what changed; ? is inconclusive" \
		at screen 320.0 / width, screen 1 - 48.0 / height left noenhanced textcolor rgb "#505050"
	set label 5 "" at screen 20.0 / width, screen 1 - 48.0 / height point ls 1
	set label 6 "" at screen 170.0 / width, screen 1 - 48.0 / height point ls 2
	set label 7 caption at screen 0.012, screen 52.0 / height left noenhanced textcolor rgb "#505050" font ",9"

	do for [i = 1:n] {
		column = (i - 1) % columns
		line = (i - 1) / columns
		set lmargin at screen (column * panel_width + arm_width + 0.0) / width
		set rmargin at screen (column * panel_width + arm_width + 280.0) / width
		set tmargin at screen 1 - (head + line * panel_height + 28.0) / height
		set bmargin at screen 1 - (head + line * panel_height + 28.0 + rows * row_height + 6) / height
		set title word(panels, i) noenhanced offset 0, -0.6
		set xlabel unit noenhanced offset 0, 0.6
		plot data index i - 1 using (visible($3)):(-$1):(visible($4) - visible($3)):(0) \
				with vectors nohead ls 3, \
			"" index i - 1 using (visible($3)):(-$1):yticlabel(2) with points ls 1, \
			"" index i - 1 using (visible($4)):(-$1) with points ls 2, \
			"" index i - 1 using (high):(-$1):(changed(strcol(6)) ? "" : strcol(5)) \
				with labels left offset 0.8, 0 noenhanced font ",9" \
				textcolor rgb "#606060", \
			"" index i - 1 using (high):(-$1):(changed(strcol(6)) ? strcol(5) : "") \
				with labels left offset 0.8, 0 noenhanced font ":Bold,9"
		unset label
	}
	unset multiplot
	unset output
}
