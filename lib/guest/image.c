// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "guest/guest.h"

/* The value of a line "KEY: VALUE"; NULL where the line has another key. */
static char *value_of(char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0 || strncmp(line + length, ": ", 2) != 0)
		return NULL;
	return line + length + 2;
}

static void take_line(struct image *image, char *line)
{
	const struct {
		const char *key;
		const char **value;
	} known[] = { { "source", &image->source },
		      { "release", &image->release },
		      { "compiler", &image->compiler },
		      { "lacking", &image->lacking } };
	char *value = value_of(line, "patch"), *sum = value ? strstr(value, " sha256:") : NULL;

	if (sum) {
		*sum = '\0';
		image->patches[image->n_patches++] =
			(struct side_patch){ .file = value, .sha256 = sum + strlen(" sha256:") };
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if ((value = value_of(line, known[i].key)))
			*known[i].value = value;
}

static size_t count_lines(const char *text)
{
	size_t lines = 1;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* An image without a manifest is fine. */
static void read_manifest(struct image *image)
{
	const char *path = guest_text("%s/manifest", image->folder);
	FILE *file = fopen(path, "re");
	char *line, *rest;
	size_t room = 0;

	if (!file)
		return;
	/* a text file has no zero byte */
	if (getdelim(&image->manifest, &room, '\0', file) < 0 && ferror(file))
		guest_die(STATUS_ENVIRONMENT, "%s: %s", path, strerror(errno));
	fclose(file);
	rest = image->manifest;
	image->patches = guest_alloc(count_lines(rest) * sizeof(*image->patches));
	while ((line = strsep(&rest, "\n")))
		take_line(image, line);
}

void image_read(const char *folder, struct image *image)
{
	*image = (struct image){ .folder = folder,
				 .bzimage = guest_text("%s/bzImage", folder),
				 .config = guest_text("%s/config", folder),
				 .source = "",
				 .release = "",
				 .compiler = "",
				 .lacking = "" };
	read_manifest(image);
	if (access(image->bzimage, R_OK))
		guest_die(STATUS_USAGE, "%s: no such image; scripts/kernel makes one",
			  image->bzimage);
}

bool image_knows_pmem(const char *release)
{
	unsigned int major, minor = 0;

	if (sscanf(release, "%u.%u", &major, &minor) < 1)
		return true;
	return major > 4 || (major == 4 && minor >= 1);
}
