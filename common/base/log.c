/* log.c - one line per event on stderr */
#include "common/base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/text.h"

#define LINE_MAX_BYTES 2048
#define PREFIX_BYTES 128
#define SECRETS_MAX 16
#define SECRET_MIN_LEN 6

static const struct level {
    const char *name;
    int priority; /* syslog's number, read by the journal */
} levels[] = {
    [LOG_LEVEL_ERROR] = {"error", 3},
    [LOG_LEVEL_WARN] = {"warn",  4},
    [LOG_LEVEL_INFO] = {"info",  6},
    [LOG_LEVEL_DEBUG] = {"debug", 7},
};

/* Written at start and on SIGHUP by the main thread, read by all. */
static const char *program = "itsupport";
static _Atomic int threshold = LOG_LEVEL_INFO;
static bool to_journal;
static char *secrets[SECRETS_MAX];
static _Atomic size_t secret_count;

/* $JOURNAL_STREAM names the stream's device and inode: it is inherited by children whose stderr
 * goes elsewhere. */
static bool stderr_is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat st;
    if (!stream || fstat(STDERR_FILENO, &st) < 0) {
        return false;
    }
    char mine[64];
    snprintf(mine, sizeof(mine), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    return str_eq(stream, mine);
}

void log_init(const char *name, enum log_level level)
{
    program = name;
    threshold = (int)level;
    to_journal = stderr_is_journal();
}

int log_level_parse(const char *text, enum log_level *ret)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        if (str_eq(levels[i].name, text)) {
            *ret = (enum log_level)i;
            return 0;
        }
    }
    return -1;
}

void log_secret(const char *value)
{
    if (!value || strlen(value) < SECRET_MIN_LEN) {
        return;
    }
    for (size_t i = 0; i < secret_count; i++) {
        if (str_eq(secrets[i], value)) {
            return;
        }
    }
    if (secret_count < SECRETS_MAX) {
        secrets[secret_count] = xstrdup(value);
        secret_count++;
    }
}

static void mask_secrets(char *line)
{
    for (size_t i = 0; i < secret_count; i++) {
        size_t len = strlen(secrets[i]);
        for (char *hit = line; (hit = strstr(hit, secrets[i])); hit += 3) {
            memset(hit, '*', 3);
            memmove(hit + 3, hit + len, strlen(hit + len) + 1);
        }
    }
}

/* A line is one line, and nobody's text steers a terminal: C0, DEL and C1 (0xc2 0x80 to 0x9f)
 * become '?'. */
static void mask_controls(char *line)
{
    for (unsigned char *c = (unsigned char *)line; *c; c++) {
        if (*c < 0x20 || *c == 0x7f) {
            *c = '?';
        } else if (*c == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f) {
            c[0] = '?';
            c[1] = '?';
        }
    }
}

static int line_prefix(enum log_level level, char *into, size_t size)
{
    if (to_journal) {
        return snprintf(into, size, "<%d>", levels[level].priority);
    }
    struct timespec now;
    struct tm utc;
    char when[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &utc);
    return snprintf(into, size, "%s.%03dZ %-5s %s: ", when, (int)(now.tv_nsec / 1000000),
                    levels[level].name, program);
}

/* Masks before it cuts: half a secret at the end of a line would be readable. */
static void write_line(enum log_level level, char *message)
{
    mask_secrets(message);
    mask_controls(message);

    char line[LINE_MAX_BYTES + 1];
    int prefix = line_prefix(level, line, PREFIX_BYTES);
    size_t used = (size_t)min_i64(prefix, PREFIX_BYTES - 1);
    size_t len = text_cut_bytes(message, LINE_MAX_BYTES - 1 - used);
    memcpy(line + used, message, len);
    line[used + len] = '\n';
    ssize_t ignored =
        write(STDERR_FILENO, line, used + len + 1); /* one write: lines of threads do not mix */
    (void)ignored;
}

__attribute__((format(printf, 2, 0))) static void log_at(enum log_level level, const char *fmt,
                                                         va_list args)
{
    int saved = errno;
    char *message = NULL;
    if (vasprintf(&message, fmt, args) >= 0) {
        write_line(level, message);
        free(message);
    }
    errno = saved;
}

#define LOG_BODY_(level)            \
    if ((int)(level) > threshold) { \
        return;                     \
    }                               \
    va_list args;                   \
    va_start(args, fmt);            \
    log_at(level, fmt, args);       \
    va_end(args)

void log_error(const char *fmt, ...)
{
    LOG_BODY_(LOG_LEVEL_ERROR);
}

void log_warn(const char *fmt, ...)
{
    LOG_BODY_(LOG_LEVEL_WARN);
}

void log_info(const char *fmt, ...)
{
    LOG_BODY_(LOG_LEVEL_INFO);
}

void log_debug(const char *fmt, ...)
{
    LOG_BODY_(LOG_LEVEL_DEBUG);
}
