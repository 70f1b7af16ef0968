/*
 * A disk that fails, for a program that knows nothing of it: LD_PRELOAD on Linux. Counts what the process does to files whose
 * paths contain FAULT_DIR, and fails at the FAULT_AT-th such event as FAULT_KIND says:
 *   kill  the process ends there, by SIGKILL
 *   full  from there on, whatever needs room answers ENOSPC
 *   once  that event answers EIO
 * FAULT_LOG names a file that receives one line for each event: its kind and path.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
#define REAL(name) ((__typeof__(&name)) real(&real_##name, #name))
#define SLOT(name) static void *real_##name;

static char watched[MOST_FILES];
static int events;

static void *real(void **slot, const char *name) {
    if (!*slot) *slot = dlsym(RTLD_NEXT, name);
    return *slot;
}

static int ours(const char *path) {
    const char *folder = getenv("FAULT_DIR");
    return folder && path && strstr(path, folder) != NULL;
}

static int isours(int file) {
    return file >= 0 && file < MOST_FILES && watched[file];
}

/* System calls: what this file replaces would count its own log. */
static void note(const char *what, const char *path) {
    const char *log = getenv("FAULT_LOG");
    char line[2048];
    if (!log) return;
    int length = snprintf(line, sizeof line, "%s\t%s\n", what, path ? path : "");
    int file = (int) syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file < 0) return;
    syscall(SYS_write, file, line, (size_t) length);
    syscall(SYS_close, file);
}

/* 0, or the error to answer. */
static int event(const char *what, const char *path, int room) {
    int number = __sync_add_and_fetch(&events, 1);
    note(what, path);
    const char *kind = getenv("FAULT_KIND");
    const char *at = getenv("FAULT_AT");
    if (!kind || !at) return 0;
    int failing = atoi(at);
    if (!strcmp(kind, "kill") && number == failing) {
        kill(getpid(), SIGKILL);
        pause();
    }
    if (!strcmp(kind, "full") && number >= failing && room) return ENOSPC;
    if (!strcmp(kind, "once") && number == failing) return EIO;
    return 0;
}

#define FAIL(error) do { int answer = (error); if (answer) { errno = answer; return -1; } } while (0)

static int opened(int file, int counted) {
    if (file >= 0 && file < MOST_FILES) watched[file] = (char) counted;
    return file;
}

#define OPEN(name) \
    SLOT(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        int mode = va_arg(more, int); \
        va_end(more); \
        int counted = ours(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT)); \
        if (counted) FAIL(event("open", path, (flags & O_CREAT) != 0)); \
        return opened(((int (*)(const char *, int, ...)) real(&real_##name, #name))(path, flags, mode), counted); \
    }

OPEN(open)
OPEN(open64)

SLOT(close)
int close(int file) {
    if (file >= 0 && file < MOST_FILES) watched[file] = 0;
    return REAL(close)(file);
}

SLOT(write)
ssize_t write(int file, const void *bytes, size_t count) {
    if (isours(file)) FAIL(event("write", NULL, 1));
    return REAL(write)(file, bytes, count);
}

SLOT(pwrite64)
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    if (isours(file)) FAIL(event("write", NULL, 1));
    return REAL(pwrite64)(file, bytes, count, at);
}

SLOT(writev)
ssize_t writev(int file, const struct iovec *parts, int count) {
    if (isours(file)) FAIL(event("write", NULL, 1));
    return REAL(writev)(file, parts, count);
}

SLOT(sendfile64)
ssize_t sendfile64(int to, int from, off64_t *at, size_t count) {
    if (isours(to)) FAIL(event("write", NULL, 1));
    return REAL(sendfile64)(to, from, at, count);
}

SLOT(ftruncate64)
int ftruncate64(int file, off64_t length) {
    if (isours(file)) FAIL(event("truncate", NULL, length > 0));
    return REAL(ftruncate64)(file, length);
}

SLOT(fsync)
int fsync(int file) {
    if (isours(file)) FAIL(event("sync", NULL, 0));
    return REAL(fsync)(file);
}

SLOT(fdatasync)
int fdatasync(int file) {
    if (isours(file)) FAIL(event("sync", NULL, 0));
    return REAL(fdatasync)(file);
}

SLOT(rename)
int rename(const char *from, const char *to) {
    if (ours(from) || ours(to)) FAIL(event("rename", to, 0));
    return REAL(rename)(from, to);
}

SLOT(link)
int link(const char *from, const char *to) {
    if (ours(to)) FAIL(event("link", to, 1));
    return REAL(link)(from, to);
}

SLOT(mkdir)
int mkdir(const char *path, mode_t mode) {
    if (ours(path)) FAIL(event("mkdir", path, 1));
    return REAL(mkdir)(path, mode);
}

SLOT(unlink)
int unlink(const char *path) {
    if (ours(path)) FAIL(event("unlink", path, 0));
    return REAL(unlink)(path);
}

SLOT(rmdir)
int rmdir(const char *path) {
    if (ours(path)) FAIL(event("rmdir", path, 0));
    return REAL(rmdir)(path);
}
