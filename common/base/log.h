/* log.h - one line per event on stderr: stable first words, then key=value; secrets are masked, always */
#pragma once
#include "common/base/base.h"

/* Levels mean an action: error = a human must look; warn = odd, handled ("..., ignoring"); info = business facts;
 * debug = mechanics. */
enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* name: the daemon, borrowed for ever. Under systemd (JOURNAL_STREAM) lines carry the <N> priority, otherwise the
 * time and the level's name. */
void log_init(const char *name, enum log_level);
int  log_level_parse(const char *text, enum log_level *); /* -1 if unknown */

/* From now on this value is printed as *** wherever it turns up in a line. Copied. Values shorter than 6 bytes are
 * ignored (they would mask ordinary words). At most 16 secrets. */
void log_secret(const char *value);

/* A line is cut at 2048 bytes; control characters, also in user text, become '?'. errno is kept. */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
