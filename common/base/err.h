/* err.h - how a function says what went wrong: -1 and a kind that decides the reaction, a text for a person */
#pragma once
#include "common/base/base.h"

enum err_kind {
    ERR_INPUT,     /* what we were given makes no sense: say so to the sender, never retry */
    ERR_REFUSED,   /* understood, and the rules say no: a normal answer, logged at info */
    ERR_TRANSIENT, /* did not happen; try again later: connection lost before sending, 429, lock */
    ERR_UNCERTAIN, /* it may or may not have happened: check before repeating */
    ERR_INTERNAL,  /* our bug */
};

struct err {
    enum err_kind kind;
    char          text[240]; /* cut at a UTF-8 boundary */
};

/* Fills err (NULL allowed: then nothing is kept) and returns -1, so that failing is one line. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the text that is there; returns -1. */
int err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

const char *err_kind_name(enum err_kind); /* "input", "refused", ... */
