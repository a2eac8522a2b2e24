/* telegram.h - the Bot API as C functions; telegram.c is the only file that knows its URLs and the token
 *
 * The methods in use stand in telegram_methods.def with the fields each is sent; the simulator's spec check must agree.
 */
#pragma once
#include <systemd/sd-event.h>

#include "bot-gateway/telegram_outcomes.h"
#include "common/base/buf.h"
#include "common/base/err.h"

struct telegram;

enum telegram_method {
#define METHOD(name, wire, meaning) TG_##name,
#include "bot-gateway/telegram_methods.def"
    TG_METHOD_COUNT
};

struct telegram_answer { /* borrowed, valid inside the callback */
    enum telegram_outcome outcome;
    long                  status;
    const char           *description;   /* Telegram's words, "" on success */
    const char           *reason;        /* UNREACHABLE: "blocked", "deactivated", "never_started", "kicked" */
    int64_t               retry_after_s;
    int64_t               migrate_to_chat_id;
    int64_t               message_id;    /* of result, if it is a message or a message id; else 0 */
    struct json_object   *result;        /* borrowed; NULL unless OK */
};
typedef void (*telegram_done_fn)(void *ctx, const struct telegram_answer *);

/* token is kept for the URL only, registered with log_secret. api_root without a trailing slash. */
struct telegram *telegram_new(sd_event *loop, const char *api_root, const char *token);
/* What is under way ends with TELEGRAM_UNCERTAIN first. */
void             telegram_free(struct telegram **);
int64_t          telegram_bot_id(const struct telegram *);   /* the digits before the token's colon */
bool             telegram_is_token(const char *);            /* "<digits>:<letters, digits, _ and ->" */

/* params: the JSON object of the method's fields, borrowed. Exactly one callback. */
void telegram_call(struct telegram *, enum telegram_method, const char *params, telegram_done_fn, void *ctx);
/* A picture or file made here: multipart upload of `field` with `bytes`; params as above. */
struct telegram_upload { const char *field, *file_name, *content_type; const void *bytes; size_t len; };
void telegram_upload(struct telegram *, enum telegram_method, const char *params, const struct telegram_upload *, telegram_done_fn, void *ctx);
/* A text field of the answer's result, borrowed; "" if there is none. */
const char *telegram_result_text(const struct telegram_answer *, const char *field);
/* A number there; 0 if there is none. */
int64_t     telegram_result_id(const struct telegram_answer *, const char *field);
/* How many messages the result names: one, or those of an album; 0 if it is none. The nth of them. */
size_t      telegram_result_messages(const struct telegram_answer *);
int64_t     telegram_result_message(const struct telegram_answer *, size_t nth);
const char *telegram_method_name(enum telegram_method);
