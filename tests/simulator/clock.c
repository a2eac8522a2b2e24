/* clock.c - the test clock is somebody else's: commands that move it and show it */
#include "clock.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

bool clock_command_init(struct clock_command *command, const char *line)
{
    *command = (struct clock_command){0};
    while (*line) {
        while (isspace((unsigned char)*line))
            line++;
        if (!*line)
            break;
        if (command->count == CLOCK_WORDS)
            return false;
        struct text word = {0};
        text_adds(&word, "");
        for (char quote = '\0'; *line && (quote || !isspace((unsigned char)*line)); line++) {
            if (quote ? *line == quote : *line == '"' || *line == '\'')
                quote = quote ? '\0' : *line;
            else
                text_add(&word, line, 1);
        }
        command->words[command->count++] = word.s;
    }
    return command->count > 0;
}

void clock_command_fini(struct clock_command *command)
{
    for (int i = 0; i < command->count; i++)
        free(command->words[i]);
    *command = (struct clock_command){0};
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads until the other end closes; false when that takes too long or too much is said. */
static bool read_all(int fd, int64_t deadline_ms, struct text *out)
{
    enum { MOST = 1 << 20 };
    for (;;) {
        int64_t left = deadline_ms - now_ms();
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            return false;
        char block[4096];
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        if (out->len + (size_t)got > MOST)
            return false;
        text_add(out, block, (size_t)got);
    }
}

int clock_run(const struct clock_command *command, const char *argument, int most_s,
              struct text *out)
{
    char *argv[CLOCK_WORDS + 2] = {0};
    for (int i = 0; i < command->count; i++)
        argv[i] = command->words[i];
    char *last = mem_dup(argument);
    argv[command->count] = last;
    int ends[2];
    pid_t child = 0;
    text_adds(out, "");
    if (command->count == 0 || pipe2(ends, O_CLOEXEC) != 0) {
        free(last);
        return -1;
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int failed = posix_spawnp(&child, argv[0], &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(ends[1]);
    free(last);
    int code = -1, status = 0;
    if (failed) {
        text_addf(out, "%s cannot be started: %s", argv[0], strerror(failed));
    } else {
        bool whole = read_all(ends[0], now_ms() + most_s * 1000, out);
        if (!whole)
            kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
        code = whole && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    close(ends[0]);
    return code;
}

bool clock_find_time(const char *text, int64_t *unix_s)
{
    for (const char *at = text; *at; at++) {
        struct tm when = {0};
        int read = 0;
        char between;
        if (!isdigit((unsigned char)*at) ||
            sscanf(at, "%4d-%2d-%2d%c%2d:%2d:%2d%n", &when.tm_year, &when.tm_mon, &when.tm_mday,
                   &between, &when.tm_hour, &when.tm_min, &when.tm_sec, &read) != 7 ||
            (between != 'T' && between != ' '))
            continue;
        when.tm_year -= 1900;
        when.tm_mon -= 1;
        const char *zone = at + read;
        if (*zone == '.')
            zone += 1 + strspn(zone + 1, "0123456789");
        int hours = 0, minutes = 0;
        char sign = *zone;
        if (sign == '+' || sign == '-')
            if (sscanf(zone + 1, "%2d:%2d", &hours, &minutes) < 1)
                hours = minutes = 0;
        int64_t shift = (hours * 60 + minutes) * 60;
        *unix_s = (int64_t)timegm(&when) - (sign == '-' ? -shift : shift);
        return true;
    }
    return false;
}

int64_t clock_parse_span(const char *span)
{
    int64_t total = 0;
    if (!*span)
        return -1;
    while (*span) {
        char *end = NULL;
        if (!isdigit((unsigned char)*span))
            return -1;
        long n = strtol(span, &end, 10);
        int64_t unit = *end == 's'   ? 1
                       : *end == 'm' ? 60
                       : *end == 'h' ? 3600
                       : *end == 'd' ? 86400
                                     : 0;
        if (!unit || n < 0 || n > 100000000)
            return -1;
        total += n * unit;
        span = end + 1;
    }
    return total;
}
