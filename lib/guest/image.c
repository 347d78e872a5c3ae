// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/guest.h"
#include "base/sha256.h"

/* Adds the patch of a line "NAME sha256:DIGEST"; one without a digest is none. */
static int take_patch(struct image *image, char *value)
{
	size_t size = (image->patches + 1) * sizeof(*image->patch);
	char *sum = strstr(value, " sha256:");
	const char **grown;

	if (!sum)
		return 0;
	grown = realloc(image->patch, size);
	if (!grown)
		return -ENOMEM;
	image->patch = grown;
	grown = realloc(image->patch_sha256, size);
	if (!grown)
		return -ENOMEM;
	image->patch_sha256 = grown;
	*sum = '\0';
	image->patch[image->patches] = value;
	image->patch_sha256[image->patches++] = sum + strlen(" sha256:");
	return 0;
}

/* The value of a line "KEY: VALUE", if it is of that key. */
static char *value_of(char *line, const char *key)
{
	size_t length = strlen(key);

	return !strncmp(line, key, length) && !strncmp(line + length, ": ", 2) ? line + length + 2
									       : NULL;
}

static int take_line(struct image *image, char *line)
{
	const struct {
		const char *key;
		const char **value;
	} known[] = { { "source", &image->source },
		      { "release", &image->release },
		      { "compiler", &image->compiler },
		      { "lacking", &image->lacking } };
	char *value = value_of(line, "patch");

	if (value)
		return take_patch(image, value);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if ((value = value_of(line, known[i].key)))
			*known[i].value = value;
	return 0;
}

/* An image without a manifest says nothing of itself. */
static int read_manifest(struct image *image, const char *path)
{
	size_t room = 0;
	FILE *file = fopen(path, "re");
	char *line, *rest;
	int error = 0;

	if (!file)
		return 0;
	/* a text file has no zero byte */
	if (getdelim(&image->manifest, &room, '\0', file) < 0)
		error = ferror(file) ? -EIO : 0;
	fclose(file);
	rest = image->manifest;
	while (!error && rest && (line = strsep(&rest, "\n")))
		error = take_line(image, line);
	return error;
}

enum status image_read(const char *folder, struct image *image, char reason[GUEST_REASON_MAX])
{
	char *manifest = NULL;
	int error = -ENOMEM;

	*image = (struct image){ .source = "", .release = "", .compiler = "", .lacking = "" };
	image->folder = strdup(folder);
	if (image->folder && asprintf(&image->bzimage, "%s/bzImage", folder) > 0 &&
	    asprintf(&image->config, "%s/config", folder) > 0 &&
	    asprintf(&manifest, "%s/manifest", folder) > 0)
		error = read_manifest(image, manifest);
	free(manifest);
	if (error) {
		snprintf(reason, GUEST_REASON_MAX, "%s/manifest: %s", folder, strerror(-error));
		return STATUS_ENVIRONMENT;
	}
	if (access(image->bzimage, R_OK)) {
		snprintf(reason, GUEST_REASON_MAX, "%s: no such image; scripts/kernel makes one",
			 image->bzimage);
		return STATUS_USAGE;
	}
	return STATUS_DONE;
}

void image_free(struct image *image)
{
	free(image->folder);
	free(image->bzimage);
	free(image->config);
	free(image->manifest);
	free(image->patch);
	free(image->patch_sha256);
}

bool image_knows_pmem(const char *release)
{
	unsigned int major, minor = 0;

	if (sscanf(release, "%u.%u", &major, &minor) < 1)
		return true;
	return major > 4 || (major == 4 && minor >= 1);
}

char *image_digest(const char *path)
{
	char hex[SHA256_HEX_MAX];
	struct sha256_ctx sha;

	sha256_init(&sha);
	if (sha256_file(&sha, path))
		return NULL;
	sha256_hex(&sha, hex);
	return strdup(hex);
}
