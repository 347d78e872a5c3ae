// SPDX-License-Identifier: GPL-2.0-or-later
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "record/build_id.h"

static size_t padded(size_t bytes)
{
	return (bytes + 3) & ~(size_t)3;
}

/* Looks through ELF notes: a header, a name and a description, each padded. */
static bool find(const unsigned char *notes, size_t size, char id[BUILD_ID_MAX])
{
	Elf64_Nhdr note;

	for (size_t at = 0; at + sizeof(note) <= size;) {
		memcpy(&note, notes + at, sizeof(note));
		size_t name = at + sizeof(note);
		size_t text = name + padded(note.n_namesz);

		if (text > size || note.n_descsz > size - text)
			break;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
		    !memcmp(notes + name, "GNU", 4) && 2 * note.n_descsz < BUILD_ID_MAX) {
			for (size_t i = 0; i < note.n_descsz; i++)
				snprintf(id + 2 * i, 3, "%02x", notes[text + i]);
			return true;
		}
		at = text + padded(note.n_descsz);
	}
	return false;
}

/* The program itself is the first object; the others are libraries. */
static int look_at_program(struct dl_phdr_info *info, size_t size, void *id)
{
	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type == PT_NOTE &&
		    find((const unsigned char *)info->dlpi_addr + header->p_vaddr, header->p_memsz,
			 id))
			break;
	}
	return 1;
}

void build_id_self(char id[BUILD_ID_MAX])
{
	id[0] = '\0';
	dl_iterate_phdr(look_at_program, id);
}

void build_id_kernel(char id[BUILD_ID_MAX])
{
	unsigned char notes[4096];
	FILE *file = fopen("/sys/kernel/notes", "re");
	size_t size;

	id[0] = '\0';
	if (!file)
		return;
	size = fread(notes, 1, sizeof(notes), file);
	fclose(file);
	find(notes, size, id);
}
