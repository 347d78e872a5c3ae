// SPDX-License-Identifier: GPL-2.0-or-later
#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "medium/claim.h"

#define TRIES	   100

#define TEXT_BYTES 768
#define COUNT_AT   4096
#define FILE_BYTES 8192

/* A claim being written is not taken for one. */
#define NEW_SUFFIX ".new"

const char *claim_folder = "/run/daxmark";

void claim_boot(char boot[40])
{
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");

	if (!file || fscanf(file, "%36s", boot) != 1)
		boot[0] = '\0';
	if (file)
		fclose(file);
}

/* Whether nobody but root and this user can have put it there. */
static bool is_trusted(const struct stat *st)
{
	return (!st->st_uid || st->st_uid == geteuid()) && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

int claim_open_folder(void)
{
	struct stat st;
	int error = 0, fd = open(claim_folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		error = -errno;
	else if (!is_trusted(&st))
		error = -EPERM;
	if (!error)
		return fd;
	close(fd);
	return error;
}

/* Not to be read by others: who can open it can lock it, and keep each run of root waiting. */
static int make_folder(void)
{
	char parent[128];
	char *slash;

	snprintf(parent, sizeof(parent), "%s", claim_folder);
	slash = strrchr(parent, '/');
	if (slash && slash != parent) {
		*slash = '\0';
		mkdir(parent, 0755);
	}
	return mkdir(claim_folder, 0700) && errno != EEXIST ? -errno : 0;
}

/* Of a folder that an earlier version made, too. */
static int open_own_folder(void)
{
	int error = make_folder();
	int fd = error ? error : claim_open_folder();

	if (fd < 0 || !fchmod(fd, 0700))
		return fd;
	error = -errno;
	close(fd);
	return error;
}

/* One write, which no signal divides. */
static int write_text(const struct claim *c)
{
	char text[TEXT_BYTES] = "";
	ssize_t written;

	snprintf(text, sizeof(text),
		 "daxmark 1 boot %s run %" PRIu64 " %d %" PRIu64 " guard %d %" PRIu64
		 " mounts %" PRIu64 " device %u %u file %" PRIu64 " %" PRIu64
		 " filesystem %s %s path %s\n",
		 c->boot, c->run.namespace, c->run.pid, c->run.start, c->guard.pid, c->guard.start,
		 c->mounts, c->major, c->minor, c->file_device, c->file_inode,
		 c->fs[0] ? c->fs : "-", c->uuid[0] ? c->uuid : "-", c->path);
	written = pwrite(c->fd, text, sizeof(text), 0);
	if (written < 0)
		return -errno;
	return written == sizeof(text) ? 0 : -ENOSPC;
}

/* All of it has room from the beginning: a store to a page without would be SIGBUS. */
static int fill(struct claim *claim)
{
	int error = posix_fallocate(claim->fd, 0, FILE_BYTES);
	void *page;

	if (error)
		return -error;
	error = write_text(claim);
	if (error)
		return error;
	page = mmap(NULL, FILE_BYTES - COUNT_AT, PROT_READ | PROT_WRITE, MAP_SHARED, claim->fd,
		    COUNT_AT);
	if (page == MAP_FAILED)
		return -errno;
	claim->freezes = page;
	return 0;
}

static void let_go(struct claim *claim)
{
	if (claim->freezes)
		munmap(claim->freezes, FILE_BYTES - COUNT_AT);
	if (claim->fd >= 0)
		close(claim->fd);
	claim->freezes = NULL;
	claim->fd = -1;
}

/* It gets its name when it is whole. */
static int make_in(int folder, struct claim *claim)
{
	char name[sizeof(claim->name) + sizeof(NEW_SUFFIX)];
	int error;

	snprintf(name, sizeof(name), "%s" NEW_SUFFIX, claim->name);
	unlinkat(folder, name, 0);
	claim->fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (claim->fd < 0)
		return -errno;
	error = flock(claim->fd, LOCK_EX | LOCK_NB) ? -errno : fill(claim);
	if (!error && renameat(folder, name, folder, claim->name))
		error = -errno;
	if (!error)
		return 0;
	unlinkat(folder, name, 0);
	let_go(claim);
	return error;
}

/*
 * Whoever removes the last claim removes the folder: then it is made once more. And
 * whoever reads the new claim locks it for a moment.
 */
static int make(struct claim *claim)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	int error = -ENOENT;

	for (int i = 0; i < TRIES && (error == -ENOENT || error == -EAGAIN); i++) {
		int folder = open_own_folder();

		if (error == -EAGAIN)
			nanosleep(&pause, NULL);
		error = folder < 0 ? folder : make_in(folder, claim);
		if (folder >= 0)
			close(folder);
	}
	return error;
}

int claim_begin(struct claim *claim, const char *path, dev_t device, const struct stat *file,
		char reason[CLAIM_REASON_MAX])
{
	char real[PATH_MAX];
	int error, length;

	if (realpath(path, real))
		path = real;
	memset(claim, 0, sizeof(*claim));
	claim->fd = -1;
	claim_boot(claim->boot);
	error = process_identify(getpid(), &claim->run);
	claim->guard.namespace = claim->run.namespace;
	claim->major = major(device);
	claim->minor = minor(device);
	if (file) {
		claim->file_device = file->st_dev;
		claim->file_inode = file->st_ino;
	}
	if (!error && (strlen(path) >= sizeof(claim->path) || strchr(path, '\n')))
		error = -ENAMETOOLONG;
	snprintf(claim->path, sizeof(claim->path), "%.*s", (int)sizeof(claim->path) - 1, path);
	length = snprintf(claim->name, sizeof(claim->name), "%" PRIu64 "-%d-%" PRIu64 "-%u-%u",
			  claim->run.namespace, claim->run.pid, claim->run.start, claim->major,
			  claim->minor);
	if (!error && (size_t)length >= sizeof(claim->name))
		error = -ENAMETOOLONG;
	if (!error)
		error = make(claim);
	if (!error)
		return 0;
	claim->name[0] = '\0';
	snprintf(reason, CLAIM_REASON_MAX,
		 "%s: %s; the claim of what a run freezes is written there", claim_folder,
		 error == -EPERM ? "others than root can write to it" : strerror(-error));
	return -ENOTSUP;
}

/* 0 when a file system was found, 1 when there is none, or a negative errno. */
static int probe_for(blkid_probe probe, const char *fs)
{
	char *only[] = { (char *)fs, NULL };
	int status;

	blkid_probe_enable_superblocks(probe, 1);
	blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_UUID);
	/* a signature that mkfs has left, as of a pool, makes the whole ambiguous */
	blkid_probe_filter_superblocks_type(probe, BLKID_FLTR_ONLYIN, only);
	errno = 0;
	status = blkid_do_safeprobe(probe);
	return status >= 0 ? status : errno ? -errno : -EIO;
}

int claim_uuid(const char *path, const char *fs, char uuid[40])
{
	blkid_probe probe;
	const char *value;
	int error;

	errno = 0;
	probe = blkid_new_probe_from_filename(path);
	if (!probe)
		return errno && errno != ENOENT ? -errno : -EIO;
	error = probe_for(probe, fs);
	if (error > 0)
		error = -ENOENT;
	if (!error &&
	    (blkid_probe_lookup_value(probe, "UUID", &value, NULL) || strlen(value) >= 40))
		error = -ENOENT;
	if (!error)
		memcpy(uuid, value, strlen(value) + 1);
	blkid_free_probe(probe);
	return error;
}

int claim_filesystem(struct claim *claim, const char *fs)
{
	int error = claim_uuid(claim->path, fs, claim->uuid);

	if (error)
		return error;
	snprintf(claim->fs, sizeof(claim->fs), "%s", fs);
	claim->mounts = process_namespace("mnt");
	claim->guard.pid = 0;
	return write_text(claim);
}

int claim_guard(struct claim *claim, pid_t guard)
{
	int error = process_identify(guard, &claim->guard);

	return error ? error : write_text(claim);
}

void claim_end(struct claim *claim)
{
	bool frozen = claim->freezes && atomic_load(claim->freezes) % 2;
	int folder = claim->name[0] && !frozen ? claim_open_folder() : -1;

	if (folder >= 0) {
		unlinkat(folder, claim->name, 0);
		close(folder);
		/* refused while another claim is there */
		rmdir(claim_folder);
	}
	if (claim->name[0])
		let_go(claim);
	claim->name[0] = '\0';
}

static bool is_new(const char *name)
{
	size_t length = strlen(name), suffix = strlen(NEW_SUFFIX);

	return length > suffix && !strcmp(name + length - suffix, NEW_SUFFIX);
}

static int parse(const char *text, struct claim *m)
{
	int n = 0, fields;

	fields = sscanf(text,
			"daxmark 1 boot %36s run %" SCNu64 " %d %" SCNu64 " guard %d %" SCNu64
			" mounts %" SCNu64 " device %u %u file %" SCNu64 " %" SCNu64
			" filesystem %15s %36s path %127[^\n]%n",
			m->boot, &m->run.namespace, &m->run.pid, &m->run.start, &m->guard.pid,
			&m->guard.start, &m->mounts, &m->major, &m->minor, &m->file_device,
			&m->file_inode, m->fs, m->uuid, m->path, &n);
	if (fields != 14 || text[n] != '\n' || text[n + 1])
		return -EINVAL;
	m->guard.namespace = m->run.namespace;
	if (!strcmp(m->fs, "-"))
		m->fs[0] = '\0';
	if (!strcmp(m->uuid, "-"))
		m->uuid[0] = '\0';
	return m->run.pid > 0 && m->run.start && m->path[0] == '/' ? 0 : -EINVAL;
}

/* The name says who made it, also of a claim that is not whole. */
static int parse_name(const char *name, struct claim *m)
{
	return sscanf(name, "%" SCNu64 "-%d-%" SCNu64 "-%u-%u", &m->run.namespace, &m->run.pid,
		      &m->run.start, &m->major, &m->minor) == 5
		       ? 0
		       : -EINVAL;
}

/* Of nothing that is used yet. Its run locks it in a moment, and finds no lock of ours there. */
static int read_new(const char *name, struct claim *claim)
{
	if (!parse_name(name, claim) && process_state(&claim->run) != PROCESS_GONE)
		return -EBUSY;
	return -EINVAL;
}

int claim_read(int folder, const char *name, struct claim *claim)
{
	char text[TEXT_BYTES + 1];
	unsigned int count = 0;
	struct claim named;
	struct stat st;
	bool counted, locked;
	ssize_t got = -1;
	int error = 0, fd;

	memset(claim, 0, sizeof(*claim));
	memset(&named, 0, sizeof(named));
	if (is_new(name))
		return read_new(name, claim);
	fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !is_trusted(&st))
		error = -EPERM;
	else if ((got = read(fd, text, TEXT_BYTES)) < 0)
		error = -errno;
	locked = flock(fd, LOCK_SH | LOCK_NB) != 0;
	counted = pread(fd, &count, sizeof(count), COUNT_AT) == sizeof(count);
	close(fd);
	if (error)
		return error;
	text[got] = '\0';
	error = parse_name(name, &named);
	if (!error)
		error = counted ? parse(text, claim) : -EINVAL;
	claim->frozen_count = count;
	if (!error &&
	    (named.run.namespace != claim->run.namespace || named.run.pid != claim->run.pid ||
	     named.run.start != claim->run.start || named.major != claim->major ||
	     named.minor != claim->minor || strlen(name) >= sizeof(claim->name)))
		error = -EINVAL;
	if (error)
		*claim = named;
	claim->locked = locked;
	snprintf(claim->name, sizeof(claim->name), "%s", name);
	return error;
}
