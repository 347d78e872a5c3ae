// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How a history grows: the time that a night takes, and the size of the file,
 * with 100, 1,000 and 10,000 nights of 200 timed series.
 *
 * Nights are drawn, not measured, and go through the functions that real ones go
 * through once their result files are read. Those before a line of the table are
 * put in without a look; the last 20 are added one by one as they would be, each
 * in transactions of its own that are on the disk when they return. Then the page
 * is drawn, which after a night means every series, and drawn again. Prints a table
 * and exits 1 where a bound is missed. $DAXMARK_DATADIR names the folder with plots/.
 */
#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "compare/stats.h"
#include "history/add.h"
#include "history/detect.h"
#include "history/read.h"
#include "site/draw.h"
#include "tests/calibrate/boots.h"

#define SERIES	    200
#define TIMED	    20
#define ADD_MS_MAX  50
#define LOOK_MS_MAX 1000
#define FILE_MB_MAX 1000
#define PAGE_MS_MAX 30000

/* One series in so many gets a step in the middle of the nights that are timed. */
#define STEP_EVERY 20

static struct cost costs[SERIES];
static struct change changes[SERIES];
static struct change *changed[SERIES][2];
static char arms[SERIES][16];
static struct side_boot base_boot, new_boot;
static uint64_t randomness = 20261124;

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void must(struct history *h, int err)
{
	if (!err)
		return;
	fprintf(stderr, "%s\n", h->error);
	exit(4);
}

static void name_series(void)
{
	for (size_t i = 0; i < SERIES; i++) {
		snprintf(arms[i], sizeof(arms[i]), "arm-%zu", i);
		changed[i][1] = &changes[i];
		costs[i] = (struct cost){
			.name = { "first-write", arms[i], "write", "ext4", "dax", "", "", 0, "" },
			.unit = "ns",
			.first = changed[i],
		};
	}
}

/* A boot of which no more than what a night is known by is filled in. */
static struct side_boot boot(const char *image)
{
	return (struct side_boot){
		.run = { .image_sha256 = image, .config_sha256 = "c", .qemu = "q" },
		.machine = { .kernel = image,
			     .kernel_version = "",
			     .kernel_build_id = "",
			     .cpu = "p",
			     .runner = "r" },
	};
}

static void draw(struct night_results *results, size_t night, size_t step_from, char *image)
{
	for (size_t i = 0; i < SERIES; i++) {
		struct judgement *j = &changes[i].median;
		bool stepped = i % STEP_EVERY == 0 && night >= step_from;
		double ratio = 0.005 * boots_standard(&randomness) + (stepped ? 0.03 : 0);

		j->base = 1000 + (double)i;
		j->other = j->base * exp(ratio);
		j->other_low = j->other_high = j->other;
		j->change_pct = j->low_pct = j->high_pct = expm1(ratio) * 100;
	}
	snprintf(image, SHA256_HEX_MAX, "%064zu", night);
	base_boot = boot("baseline");
	new_boot = boot(image);
	*results = (struct night_results){
		.base = { .mode = SIDE_TIME, .boots = &base_boot, .n_boots = 1 },
		.new = { .mode = SIDE_TIME, .boots = &new_boot, .n_boots = 1 },
		.comparison = { .side = { &results->base, &results->new },
				.n_sides = 2,
				.limits = { .margin_pct = 2 },
				.costs = costs,
				.n_costs = SERIES },
	};
	snprintf(results->content, sizeof(results->content), "%s", image);
}

/* A night a day, the first in 1990. */
static void name_night(struct night *night, size_t number)
{
	time_t at = (time_t)((7305 + number) * 24 * 3600);
	struct tm tm;

	memset(night, 0, sizeof(*night));
	strftime(night->date, sizeof(night->date), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &tm));
	snprintf(night->folder, sizeof(night->folder), "%zu", number);
	snprintf(night->branch, sizeof(night->branch), "main");
	snprintf(night->kernel, sizeof(night->kernel), "6.%zu", number);
	snprintf(night->base, sizeof(night->base), "base.jsonl");
	snprintf(night->new, sizeof(night->new), "new.jsonl");
}

struct times {
	double add[TIMED], look[TIMED];
};

/* The two parts of history_add(), so that each can be timed. */
static void add_timed(struct history *h, size_t number, size_t step_from, struct times *times,
		      size_t at)
{
	char image[SHA256_HEX_MAX], path[HISTORY_PATH_MAX + NIGHT_NAME_MAX + 2];
	struct night_results results;
	enum add_outcome outcome;
	struct night night;
	double start;
	int64_t id;

	name_night(&night, number);
	draw(&results, number, step_from, image);
	snprintf(path, sizeof(path), "%s/%s", h->dir, night.folder);
	if (mkdir(path, 0777)) {
		perror(path);
		exit(4);
	}
	start = now_ms();
	must(h, history_begin(h));
	must(h, history_find(h, &night, &results, &outcome));
	must(h, history_insert(h, &night, &results, &id));
	must(h, night_write(h, &night));
	must(h, history_end(h, 0));
	times->add[at] = now_ms() - start;
	start = now_ms();
	must(h, history_begin(h));
	must(h, detect_from(h, id));
	must(h, history_end(h, 0));
	times->look[at] = now_ms() - start;
}

static void fill(struct history *h, size_t from, size_t to)
{
	must(h, history_begin(h));
	for (size_t number = from; number < to; number++) {
		char image[SHA256_HEX_MAX];
		struct night_results results;
		struct night night;
		int64_t id;

		name_night(&night, number);
		draw(&results, number, SIZE_MAX, image);
		must(h, history_insert(h, &night, &results, &id));
	}
	must(h, history_end(h, 0));
}

static double size_mb(const struct history *h)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	double bytes = 0;

	for (size_t i = 0; i < 3; i++) {
		char path[HISTORY_PATH_MAX + 8];
		struct stat st;

		snprintf(path, sizeof(path), "%s%s", h->path, parts[i]);
		bytes += stat(path, &st) ? 0 : (double)st.st_size;
	}
	return bytes / 1e6;
}

/* How long the page takes; every series must have been drawn, or none. */
static double draw_page(struct history *h, bool all)
{
	struct page_drawn drawn;
	double start = now_ms();

	if (page_draw(h, h->dir, &drawn) != STATUS_DONE)
		exit(4);
	if (drawn.series != SERIES || drawn.drawn != (all ? SERIES : 0)) {
		fprintf(stderr, "%zu of %zu series were drawn\n", drawn.drawn, drawn.series);
		exit(4);
	}
	return now_ms() - start;
}

static double largest(const double *values, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, values[i]);
	return most;
}

static bool measure(struct history *h, size_t from, size_t nights)
{
	double add_most, look_most, add, look, size, read, page, again, start;
	struct times times;
	struct view view;
	bool good;

	fill(h, from, nights - TIMED);
	for (size_t i = 0; i < TIMED; i++)
		add_timed(h, nights - TIMED + i, nights - TIMED / 2, &times, i);
	add_most = largest(times.add, TIMED);
	look_most = largest(times.look, TIMED);
	add = stats_median(times.add, TIMED);
	look = stats_median(times.look, TIMED);
	start = now_ms();
	must(h, read_view(h, NULL, &view));
	read = now_ms() - start;
	size = size_mb(h);
	page = draw_page(h, true);
	again = draw_page(h, false);
	good = add <= ADD_MS_MAX && look_most <= LOOK_MS_MAX && size <= FILE_MB_MAX &&
	       page <= PAGE_MS_MAX;
	printf("  %6zu%8.1f%8.1f%8.1f%8.1f%9zu%8.1f%8.1f%8.0f%8.0f%s\n", nights, add, add_most,
	       look, look_most, view.n_changes, read, size, page, again, good ? "" : "  MISSED");
	fflush(stdout);
	view_free(&view);
	return good;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

int main(void)
{
	static const size_t nights[] = { 100, 1000, 10000 };
	char dir[] = "/var/tmp/daxmark-scale.XXXXXX";
	struct history h;
	size_t from = 0;
	bool good = true;

	if (!mkdtemp(dir)) {
		perror(dir);
		return 4;
	}
	name_series();
	must(&h, history_open(&h, dir, HISTORY_CREATE));
	printf("  %d series, times in ms: of %d nights the median and the largest\n", SERIES,
	       TIMED);
	printf("  %6s%8s%8s%8s%8s%9s%8s%8s%8s%8s\n", "nights", "add", "most", "look", "most",
	       "changes", "read", "MB", "page", "again");
	for (size_t i = 0; i < 3; i++) {
		good &= measure(&h, from, nights[i]);
		from = nights[i];
	}
	printf("  must be: add %d ms, the largest look %d ms, history.db %d MB, page %d ms\n",
	       ADD_MS_MAX, LOOK_MS_MAX, FILE_MB_MAX, PAGE_MS_MAX);
	history_close(&h);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return good ? 0 : 1;
}
