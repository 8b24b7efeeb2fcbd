/* A disk that fails when it is told to: loaded before the C library, for the files below one folder.
   `fail_writes(error, after)` lets so many writes pass and fails all others with that error; 0 ends it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int write_error, read_error;
static long left;

void fail_writes(int error, long after) { write_error = error; left = after; }
void fail_reads(int error) { read_error = error; }

static int below(const char *path) {
    const char *folder = getenv("FAULTY_FOLDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int below_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static int fails(void) {
    if (!write_error || __sync_fetch_and_sub(&left, 1) > 0) return 0;
    errno = write_error;
    return 1;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))
#define ON_FILE(type, name, parameters, arguments, ...)                        \
    type name parameters {                                                     \
        if (write_error && below_fd(fd) && fails()) return -1;                 \
        return REAL(type, name, __VA_ARGS__) arguments;                        \
    }
#define ON_PATH(name, parameters, arguments, ...)                              \
    int name parameters {                                                      \
        if (write_error && below(path) && fails()) return -1;                  \
        return REAL(int, name, __VA_ARGS__) arguments;                         \
    }
#define ON_READ(name, parameters, arguments, ...)                              \
    ssize_t name parameters {                                                  \
        if (read_error && below_fd(fd)) { errno = read_error; return -1; }     \
        return REAL(ssize_t, name, __VA_ARGS__) arguments;                     \
    }

ON_FILE(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size), int, const void *, size_t)
ON_FILE(ssize_t, pwrite, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), int, const void *, size_t, off_t)
ON_FILE(ssize_t, pwrite64, (int fd, const void *from, size_t size, off_t at), (fd, from, size, at), int, const void *, size_t, off_t)
ON_FILE(ssize_t, writev, (int fd, const struct iovec *from, int count), (fd, from, count), int, const struct iovec *, int)
ON_FILE(int, fsync, (int fd), (fd), int)
ON_FILE(int, fdatasync, (int fd), (fd), int)
ON_FILE(int, ftruncate, (int fd, off_t size), (fd, size), int, off_t)
ON_FILE(int, ftruncate64, (int fd, off_t size), (fd, size), int, off_t)
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
ON_READ(pread, (int fd, void *to, size_t size, off_t at), (fd, to, size, at), int, void *, size_t, off_t)
ON_READ(pread64, (int fd, void *to, size_t size, off_t at), (fd, to, size, at), int, void *, size_t, off_t)

#define OPEN(name)                                                             \
    int name(const char *path, int flags, ...) {                               \
        va_list more;                                                          \
        va_start(more, flags);                                                 \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;      \
        va_end(more);                                                          \
        if (write_error && flags & O_CREAT && below(path) && fails()) return -1; \
        return REAL(int, name, const char *, int, ...)(path, flags, mode);     \
    }
OPEN(open)
OPEN(open64)
