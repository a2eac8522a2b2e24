/* telegram_outcomes.c - the errors of the Bot API, one row each */
#include "bot-gateway/telegram_outcomes.h"

/* clang-format off */
static const struct outcome_rule {
    long                  from, to; /* error codes */
    const char           *fragment; /* of the description, upper or lower case; "" = any */
    enum telegram_outcome outcome;
    const char           *reason;   /* why somebody is unreachable */
} outcome_rules[] = { /* the first that fits */
/*   code      description contains               outcome                reason           */
    {400, 400, "message is not modified",         TELEGRAM_NOT_MODIFIED, ""},
    {400, 400, "message to edit not found",       TELEGRAM_GONE,         ""},
    {400, 400, "message to delete not found",     TELEGRAM_GONE,         ""},
    {400, 400, "message can't be edited",         TELEGRAM_GONE,         ""},
    {400, 400, "message can't be deleted",        TELEGRAM_GONE,         ""},
    {400, 400, "MESSAGE_ID_INVALID",              TELEGRAM_GONE,         ""},
    {400, 400, "query is too old",                TELEGRAM_GONE,         ""},
    {400, 400, "query ID is invalid",             TELEGRAM_GONE,         ""},
    {400, 400, "QUERY_ID_INVALID",                TELEGRAM_GONE,         ""},
    {400, 400, "can't parse entities",            TELEGRAM_BAD_FORMAT,   ""},
    {400, 400, "can't parse caption entities",    TELEGRAM_BAD_FORMAT,   ""},
    {400, 400, "message is too long",             TELEGRAM_TOO_LONG,     ""},
    {400, 400, "MESSAGE_TOO_LONG",                TELEGRAM_TOO_LONG,     ""},
    {400, 400, "caption is too long",             TELEGRAM_TOO_LONG,     ""},
    {400, 400, "message thread not found",        TELEGRAM_TOPIC_GONE,   ""},
    {400, 400, "TOPIC_DELETED",                   TELEGRAM_TOPIC_GONE,   ""},
    {400, 400, "TOPIC_CLOSED",                    TELEGRAM_TOPIC_GONE,   ""},
    {400, 400, "chat not found",                  TELEGRAM_UNREACHABLE,  "never_started"},
    {400, 400, "PEER_ID_INVALID",                 TELEGRAM_UNREACHABLE,  "never_started"},
    {400, 400, "user is deactivated",             TELEGRAM_UNREACHABLE,  "deactivated"},
    {400, 400, "INPUT_USER_DEACTIVATED",          TELEGRAM_UNREACHABLE,  "deactivated"},
    {400, 400, "not enough rights to send",       TELEGRAM_UNREACHABLE,  "kicked"},
    {400, 400, "have no rights to send",          TELEGRAM_UNREACHABLE,  "kicked"},
    {401, 401, "",                                TELEGRAM_UNAUTHORIZED, ""},
    {403, 403, "user is deactivated",             TELEGRAM_UNREACHABLE,  "deactivated"},
    {403, 403, "can't initiate conversation",     TELEGRAM_UNREACHABLE,  "never_started"},
    {403, 403, "can't send messages to bots",     TELEGRAM_UNREACHABLE,  "never_started"},
    {403, 403, "kicked",                          TELEGRAM_UNREACHABLE,  "kicked"},
    {403, 403, "not a member",                    TELEGRAM_UNREACHABLE,  "kicked"},
    {403, 403, "group chat was deleted",          TELEGRAM_UNREACHABLE,  "kicked"},
    {403, 403, "",                                TELEGRAM_UNREACHABLE,  "blocked"},
    {404, 404, "method not found",                TELEGRAM_REFUSED,      ""},
    {404, 404, "",                                TELEGRAM_UNAUTHORIZED, ""}, /* the token is part of the path */
    {409, 409, "",                                TELEGRAM_CONFLICT,     ""},
    {429, 429, "",                                TELEGRAM_FLOOD,        ""},
    {400, 499, "",                                TELEGRAM_REFUSED,      ""},
    {504, 504, "",                                TELEGRAM_UNCERTAIN,    ""}, /* a proxy that had passed it on */
    {500, 599, "",                                TELEGRAM_TRANSIENT,    ""},
};
/* clang-format on */

enum telegram_outcome telegram_classify(long code, const char *description, const char **ret_reason)
{
    for (size_t i = 0; i < ARRAY_LEN(outcome_rules); i++) {
        const struct outcome_rule *rule = &outcome_rules[i];
        if (code >= rule->from && code <= rule->to && strcasestr(description, rule->fragment)) {
            *ret_reason = rule->reason;
            return rule->outcome;
        }
    }
    *ret_reason = "";
    return TELEGRAM_UNCERTAIN;
}
