// SPDX-License-Identifier: GPL-2.0-or-later
#include <nettle/base64.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/markup.h"
#include "history/history_words.h"
#include "site/links.h"

const char *const page_reports[] = { "report.txt", "explain.txt", "summary.txt", NULL };

bool page_has_report(const struct page *page, const struct read_night *night, const char *file)
{
	char path[HISTORY_PATH_MAX + NIGHT_NAME_MAX];

	snprintf(path, sizeof(path), "%s/%s/%s", page->results, night->night.folder, file);
	return !access(path, F_OK);
}

static void add_way(struct text *text, const struct page *page, const struct read_night *night,
		    const char *file, enum page_from from)
{
	text_add(text, "%s", from == FROM_GRAPHS ? "../" : "");
	/* a name alone must not be taken for a scheme, and the way may be empty */
	markup_path(text, page->nights);
	markup_path(text, night->night.folder);
	text_add(text, "/%s", file);
}

void page_date(struct text *text, const char *date)
{
	text_add(text, "<time>");
	markup_escape_part(text, date, 10);
	text_add(text, "</time>");
}

void page_night(struct text *text, const struct page *page, const struct read_night *night,
		enum page_from from)
{
	char words[WORDS_SIZE];
	size_t shown = 0;

	page_date(text, night->night.date);
	text_add(text, " ");
	markup_escape(text, word_kernel(night, words));
	for (size_t i = 0; page_reports[i]; i++) {
		if (!page_has_report(page, night, page_reports[i]))
			continue;
		text_add(text, " <a href=\"");
		add_way(text, page, night, page_reports[i], from);
		text_add(text, "\">%.*s</a>", (int)strcspn(page_reports[i], "."), page_reports[i]);
		shown++;
	}
	if (shown)
		return;
	if (page_has_report(page, night, "")) {
		text_add(text, " <a href=\"");
		add_way(text, page, night, "", from);
		text_add(text, "\">results</a>");
	} else {
		text_add(text, " <span class=\"quiet\">results are gone</span>");
	}
}

void page_report(struct text *text, const struct page *page, const struct read_night *night,
		 const char *words)
{
	if (!page_has_report(page, night, page_reports[0]))
		return;
	text_add(text, " <a href=\"");
	add_way(text, page, night, page_reports[0], FROM_INDEX);
	text_add(text, "\">%s</a>", words);
}

static const char *way(enum page_from from)
{
	return from == FROM_INDEX ? PAGE_GRAPHS "/" : "";
}

void page_files(struct text *text, const struct read_series *series, enum page_from from)
{
	static const char *const kinds[] = { "svg", "png", "csv" };
	char name[PAGE_NAME_MAX];

	page_name_series(series, name);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		text_add(text, "%s<a href=\"%s%s.%s\">%s</a>", i ? " " : "", way(from), name,
			 kinds[i], kinds[i]);
}

void page_link(struct text *text, const struct read_series *series, enum page_from from)
{
	char name[PAGE_NAME_MAX], words[WORDS_SIZE];

	page_name_series(series, name);
	text_add(text, "<a href=\"%s%s.html\">", way(from), name);
	markup_escape(text, word_series(series, words));
	text_add(text, "</a>");
}

/* "sha256-" and the digest of a text in base 64 (RFC 4648), as a policy has it. */
static void add_digest(struct text *text, const char *of)
{
	char base64[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx sha;

	sha256_init(&sha);
	sha256_text(&sha, of);
	sha256_digest(&sha, sizeof(digest), digest);
	base64_encode_raw(base64, sizeof(digest), digest);
	text_add(text, " 'sha256-%s'", base64);
}

void page_begin(struct text *text, const struct page *page, const char *title, bool script)
{
	text_add(text, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		       "img-src 'self' file:; style-src");
	add_digest(text, page->style);
	if (script) {
		text_add(text, "; script-src");
		add_digest(text, page->script);
	}
	text_add(text, "; base-uri 'none'; form-action 'none'\">\n"
		       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		       "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	markup_escape(text, title);
	text_add(text, "</title>\n<style>%s</style>\n</head>\n<body>\n", page->style);
}

void page_end(struct text *text, const struct page *page, bool script)
{
	if (script)
		text_add(text, "<script>%s</script>\n", page->script);
	text_add(text, "</body>\n</html>\n");
}
