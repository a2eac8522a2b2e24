/* telegram_outcomes.h - how an answer of the Bot API is to be understood (pure); the reactions stand in delivery/outcomes.c */
#pragma once
#include "common/base/base.h"

enum telegram_outcome {
    TELEGRAM_OK,
    TELEGRAM_NOT_MODIFIED,   /* 400 message is not modified: a success */
    TELEGRAM_GONE,           /* 400 message to edit/delete not found, query is too old: nothing left to do */
    TELEGRAM_BAD_FORMAT,     /* 400 can't parse entities: send it plain */
    TELEGRAM_TOO_LONG,       /* 400 message is too long */
    TELEGRAM_TOPIC_GONE,     /* 400 the topic was deleted, or nobody may write there any more */
    TELEGRAM_UNREACHABLE,    /* 403, chat not found, user is deactivated: reason in .reason */
    TELEGRAM_FLOOD,          /* 429: .retry_after_s */
    TELEGRAM_CONFLICT,       /* 409: another poller, or a webhook is set */
    TELEGRAM_UNAUTHORIZED,   /* 401, or 404 for the token: wrong token */
    TELEGRAM_REFUSED,        /* any other 4xx: our bug or the API's change */
    TELEGRAM_TRANSIENT,      /* 5xx, not sent: repeat later */
    TELEGRAM_UNCERTAIN,      /* the answer was lost: it may have happened */
};

/* An error answer, by its error_code and description. *ret_reason: of UNREACHABLE "blocked", "deactivated", "never_started" or
 * "kicked", else "". */
enum telegram_outcome telegram_classify(long code, const char *description, const char **ret_reason);
