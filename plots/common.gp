# SPDX-License-Identifier: GPL-2.0-or-later
# What the scripts beside this one share. They load it after they have copied
# their arguments, which a load takes away:
#
#   ARG1 data          tab-separated; blocks are two empty lines apart
#   ARG2 output_base   OUTPUT.svg and OUTPUT.png are written
#   ARG3 title_text
#   ARG4 unit          of a cost
#   ARG5 base_name     ARG6 new_name
#   ARG7 caption       a few lines
#   ARG8 panels        of titles, each in double quotes
#
# Words come from result files and are shown as they are: no terminal here is
# enhanced, and no word is given to "set xtics", which takes it for a format.
#
# A script sets width and height, then evaluates terminal(kind) and page.

set datafile separator "\t"
set key off

larger(a, b) = a > b ? a : b
smaller(a, b) = a < b ? a : b
lines_of(s) = strstrt(s, "\n") ? 1 + lines_of(s[strstrt(s, "\n") + 1:]) : strlen(s) > 0

# In pixels; characters are 13 of them high, which are 10 points to pngcairo.
head = 66
foot = 26 + 18 * lines_of(caption)
text_width(characters) = 8 * characters
width_least = larger(900, 30 + 10.5 * strlen(title_text))
across(pixels) = (pixels + 0.0) / width
down(pixels) = 1 - (pixels + 0.0) / height

terminal(kind) = kind eq "svg" ? \
	"set terminal svg size width, height noenhanced font 'sans,13' background 'white';" . \
	"title_font = ',18'; small_font = ',12'" : \
	"set terminal pngcairo size width, height noenhanced font 'sans,10' pointscale 1.5 dashlength 1.6" . \
	" background 'white'; title_font = ',14'; small_font = ',9'"

# Title and caption, for the next plot alone: "unset label" after it.
page = "unset label; unset arrow;" . \
	"set label 1 title_text at screen across(15), screen down(22) left font title_font;" . \
	"set label 2 caption at screen across(15), screen down(height - foot + 18) left" . \
	" textcolor rgb dark font small_font"

# Okabe and Ito's colours: blue and vermillion differ to every eye. In print
# without colour shape, fill and dashes tell the sides apart.
dark = "#505050"
faint = "#707070"
set style line 1 lc rgb "#0072B2" pt 6 ps 1.15 lw 2.2 dt 1
set style line 2 lc rgb "#D55E00" pt 9 ps 0.75 lw 1.5 dt 1
set style line 3 lc rgb "#9a9a9a" lw 2.2
set style line 4 lc rgb "#e2e2e2" lw 1
set border 1 lc rgb "#808080"
set tics nomirror out scale 0.4 textcolor rgb "#202020"
set grid x ls 4

# Below the title: which side is drawn how, as a point.
new_at = 60 + text_width(strlen(base_name))
behind_sides = new_at + 40 + text_width(strlen(new_name))
sides = "set label 3 base_name at screen across(32), screen down(48) left;" . \
	"set label 4 new_name at screen across(new_at), screen down(48) left;" . \
	"set label 5 '' at screen across(20), screen down(48) point ls 1;" . \
	"set label 6 '' at screen across(new_at - 12), screen down(48) point ls 2"

# A round value as it is read: 20k, or 20 us where it is a time in ns.
scaled(v, before, names) = v < 1000 || words(names) < 2 ? \
	sprintf("%g%s%s", v, before, word(names, 1)) : \
	scaled(v / 1000.0, before, names[strlen(word(names, 1)) + 2:])
tick_name(v) = unit eq "ns" ? scaled(v, " ", "ns us ms s") : \
	v < 1000 ? sprintf("%g", v) : scaled(v / 1000.0, "", "k M G T")
axis_name = unit eq "ns" ? "time" : unit

# On a linear axis: the step for two to five of them, from a fifth of its length.
round_step(x) = (p = 10.0 ** floor(log10(x)), x <= 2 * p ? 2 * p : x <= 5 * p ? 5 * p : 10 * p)

# On a logarithmic axis from low to high: 1, 2 and 5 of a decade where there is
# room for so many decades, and more of them below one.
steps(low, high, room) = log10(high / low) < 0.8 ? "1 1.5 2 3 4 5 7" : \
	log10(high / low) < room ? "1 2 5" : "1"
log_ticks = "set xtics () font small_font;" . \
	"set for [power = -1:18] for [step in steps(low, high, room)] xtics add" . \
	" (tick_name(step * 10.0 ** power) step * 10.0 ** power)"

# Zero has no place on such an axis: it is drawn at its left end.
visible(v) = v > 0 ? v : low
