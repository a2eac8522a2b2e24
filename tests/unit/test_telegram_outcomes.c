/* test_telegram_outcomes.c - what Telegram says when it says no */
#include "tests/unit/cases.h"

#include "bot-gateway/telegram_outcomes.h"

static void errors_are_understood(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { long code; const char *description; enum telegram_outcome expect; const char *reason; } rows[] = {
        {400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message", TELEGRAM_NOT_MODIFIED, ""},
        {400, "Bad Request: message to edit not found",            TELEGRAM_GONE,         ""},
        {400, "Bad Request: message to delete not found",          TELEGRAM_GONE,         ""},
        {400, "Bad Request: message can't be deleted for everyone", TELEGRAM_GONE,        ""},
        {400, "Bad Request: message can't be edited",              TELEGRAM_GONE,         ""},
        {400, "Bad Request: message can't be deleted for everyone", TELEGRAM_GONE,        ""},
        {400, "Bad Request: MESSAGE_ID_INVALID",                   TELEGRAM_GONE,         ""},
        {400, "Bad Request: query is too old and response timeout expired or query ID is invalid", TELEGRAM_GONE, ""},
        {400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0", TELEGRAM_BAD_FORMAT, ""},
        {400, "Bad Request: message is too long",                  TELEGRAM_TOO_LONG,     ""},
        {400, "Bad Request: MESSAGE_TOO_LONG",                     TELEGRAM_TOO_LONG,     ""},
        {400, "Bad Request: message caption is too long",          TELEGRAM_TOO_LONG,     ""},
        {400, "Bad Request: chat not found",                       TELEGRAM_UNREACHABLE,  "never_started"},
        {400, "Bad Request: PEER_ID_INVALID",                      TELEGRAM_UNREACHABLE,  "never_started"},
        {400, "Bad Request: not enough rights to send text messages to the chat", TELEGRAM_UNREACHABLE, "kicked"},
        {400, "Bad Request: message thread not found",             TELEGRAM_TOPIC_GONE,   ""},
        {400, "Bad Request: BUTTON_DATA_INVALID",                  TELEGRAM_REFUSED,      ""},
        {400, "Bad Request: group chat was upgraded to a supergroup chat", TELEGRAM_REFUSED, ""},
        {400, "",                                                  TELEGRAM_REFUSED,      ""},
        {401, "Unauthorized",                                      TELEGRAM_UNAUTHORIZED, ""},
        {403, "Forbidden: bot was blocked by the user",            TELEGRAM_UNREACHABLE,  "blocked"},
        {403, "Forbidden: user is deactivated",                    TELEGRAM_UNREACHABLE,  "deactivated"},
        {403, "Forbidden: bot can't initiate conversation with a user", TELEGRAM_UNREACHABLE, "never_started"},
        {403, "Forbidden: bot was kicked from the supergroup chat", TELEGRAM_UNREACHABLE, "kicked"},
        {403, "Forbidden: bot is not a member of the channel chat", TELEGRAM_UNREACHABLE, "kicked"},
        {403, "Forbidden: the group chat was deleted",             TELEGRAM_UNREACHABLE,  "kicked"},
        {403, "FORBIDDEN: USER IS DEACTIVATED",                    TELEGRAM_UNREACHABLE,  "deactivated"},
        {404, "Not Found",                                         TELEGRAM_UNAUTHORIZED, ""},
        {404, "Not Found: method not found",                       TELEGRAM_REFUSED,      ""},
        {409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", TELEGRAM_CONFLICT, ""},
        {409, "Conflict: can't use getUpdates method while webhook is active", TELEGRAM_CONFLICT, ""},
        {413, "Request Entity Too Large",                          TELEGRAM_REFUSED,      ""},
        {429, "Too Many Requests: retry after 3",                  TELEGRAM_FLOOD,        ""},
        {500, "Internal Server Error",                             TELEGRAM_TRANSIENT,    ""},
        {502, "Bad Gateway",                                       TELEGRAM_TRANSIENT,    ""},
        {504, "Gateway Timeout",                                   TELEGRAM_UNCERTAIN,    ""},
        {200, "what is this",                                      TELEGRAM_UNCERTAIN,    ""},
        {0,   "",                                                  TELEGRAM_UNCERTAIN,    ""},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *reason = NULL;
        check_case(telegram_classify(rows[i].code, rows[i].description, &reason) == rows[i].expect,
                   rows[i].description);
        check_case_text(reason, rows[i].reason, rows[i].description);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
