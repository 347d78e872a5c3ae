# SPDX-License-Identifier: GPL-2.0-or-later
# How much each metric changed: a row a metric, with its interval.
#
#   gnuplot -c change.gp DATA OUTPUT TITLE UNIT BASE NEW CAPTION LEGEND SCALE
#
# DATA is a block a column of the figure: place in rows, then "head", the name
# of a group and what is not shown of it; or a verdict, the name of a metric, the
# change in words, the change, and the ends of its interval, in percent. LEGEND
# is a title a verdict and one of what is no change; SCALE is the least and the
# largest percentage and that of no change.
#
# The axis is the inverse hyperbolic sine of the percentage: a change of 1% and
# one of 300% are both seen. A verdict has a shape and a fill as well as a colour.

data = ARG1
output_base = ARG2
title_text = ARG3
unit = ARG4
base_name = ARG5
new_name = ARG6
caption = ARG7
panels = ARG8
scale = ARG9
here = ARG0
while (strlen(here) && here[strlen(here):] ne "/") { here = here[:strlen(here) - 1] }
load here . "common.gp"

none = word(scale, 3) + 0.0
# Some room at both ends, and on either side of 0 at least a sixth of the other.
least = asinh(word(scale, 1) + 0.0)
most = asinh(word(scale, 2) + 0.0)
least = smaller(least, -most / 6)
most = larger(most, -least / 6)
low = sinh(least - 0.04 * (most - least))
high = sinh(most + 0.04 * (most - least))

is_row(kind) = kind ne "head"
name_length = 0
words_length = 0
head_length = 0
stats data using (words_length = larger(words_length, strlen(strcol(4))), \
	is_row(strcol(2)) ? (name_length = larger(name_length, strlen(strcol(3)))) : \
	(head_length = larger(head_length, strlen(strcol(3)))), $1) name "ROW" nooutput
columns = ROW_blocks
rows = ROW_max + 1

# The groups, as words: name, column, place
heads = ""
do for [i = 1:columns] {
	stats data index i - 1 using (is_row(strcol(2)) ? 0 : \
		(heads = heads . sprintf(' "%s" %d %g', strcol(3), i, $1), 0)) nooutput
}

row_height = 19
name_width = larger(26 + text_width(name_length), 24 + 7.4 * head_length)
words_width = 26 + 7 * words_length
plot_width = 280
column_width = name_width + plot_width + words_width
legend_width = 100
do for [i = 1:5] { legend_width = legend_width + 40 + text_width(strlen(word(panels, i))) }
width = larger(larger(columns * column_width + 20, width_least), legend_width)
height = head + rows * row_height + 60 + foot

# A verdict's style, in the legend and in the rows.
verdict(i) = word(word(panels, i), 1)
style(name) = name eq "better" ? 11 : name eq "worse" ? 12 : name eq "same" ? 13 : 14
set style line 11 lc rgb "#0072B2" pt 7 ps 0.85 lw 2.6
set style line 12 lc rgb "#D55E00" pt 5 ps 0.75 lw 2.6
set style line 13 lc rgb "#606060" pt 6 ps 0.75 lw 1.6
set style line 14 lc rgb "#000000" pt 12 ps 0.85 lw 1.6
changed(name) = name eq "worse" || name eq "better"
inside(v) = larger(low, smaller(high, v))
only(kind, v) = strcol(2) eq kind ? v : NaN

set nonlinear x via asinh(x) inverse sinh(x)
set xrange [low:high]
set yrange [-rows:0]
unset ytics

# Round percentages, as many as there is room for.
reach = larger(high, -low)
marks = reach < 1 ? "0.2 0.5" : reach < 4 ? "1 2" : reach < 30 ? "1 3 10" : "1 10 100 1000"
percent_ticks = "set xtics ('0' 0) font small_font;" . \
	"set for [side in '-1 1'] for [mark in marks] xtics add" . \
	" (sprintf('%+g%%%%', side * mark) side * mark)"

do for [kind in "svg png"] {
	eval(terminal(kind))
	set output sprintf("%s.%s", output_base, kind)
	set multiplot
	eval(page)
	at = 24
	do for [i = 1:5] {
		if (i < 5) {
			set label 10 + i "" at screen across(at), screen down(48) point ls style(verdict(i))
		} else {
			set object 2 rectangle from screen across(at - 9), screen down(55) \
				to screen across(at + 9), screen down(41) fc rgb "#e4e4e4" fs solid border lc rgb "#c0c0c0"
		}
		set label 20 + i word(panels, i) at screen across(at + 14), screen down(48) left
		at = at + 40 + text_width(strlen(word(panels, i)))
	}
	set for [k = 1:words(heads) / 3] label 100 + k word(heads, 3 * k - 2) left \
		at screen across(15 + column_width * (word(heads, 3 * k - 1) - 1)), \
		screen down(head + row_height * word(heads, 3 * k))
	eval(percent_ticks)
	set object 1 rectangle from first -none, graph 0 to first none, graph 1 \
		fc rgb "#e4e4e4" fs solid noborder behind
	set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead lc rgb "#a0a0a0" lw 1

	do for [i = 1:columns] {
		left = (i - 1) * column_width + name_width
		set lmargin at screen across(left)
		set rmargin at screen across(left + plot_width)
		set tmargin at screen down(head)
		set bmargin at screen down(head + rows * row_height)
		set xlabel "change in percent; logarithmic away from 0" offset 0, 0.4
		plot data index i - 1 using (low):(is_row(strcol(2)) ? -$1 : NaN):(high - low):(0) \
				with vectors nohead ls 4 notitle, \
			"" index i - 1 using (is_row(strcol(2)) ? inside($6) : NaN):(-$1): \
				(inside($7) - inside($6)):(0) with vectors nohead ls 3 notitle, \
			for [v = 1:4] "" index i - 1 using (only(verdict(v), inside($5))):(-$1) \
				with points ls style(verdict(v)) notitle, \
			"" index i - 1 using (low):(is_row(strcol(2)) ? -$1 : NaN):3 \
				with labels right offset -0.8, 0 notitle, \
			"" index i - 1 using (high):(changed(strcol(2)) ? -$1 : NaN):4 \
				with labels left offset 0.8, 0 font small_font notitle, \
			"" index i - 1 using (high):(changed(strcol(2)) ? NaN : -$1):4 \
				with labels left offset 0.8, 0 font small_font textcolor rgb faint notitle
		unset label
		unset object 2
	}
	unset multiplot
	unset output
}
