/* telegram.c - the Bot API as C functions; the only file that knows its URLs and the token */
#include "bot-gateway/telegram.h"

#include <ctype.h>
#include <json-c/json.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/io/http.h"

#define CALL_TIMEOUT_MS (20 * SECOND_MS)
#define POLL_TIMEOUT_MS (40 * SECOND_MS) /* a long poll lasts 25 s */
#define UPLOAD_TIMEOUT_MS (60 * SECOND_MS)
#define RESPONSE_CAP \
    (8 * 1024 * 1024) /* 100 updates, each with the longest text and what it replies to */
#define UPLOAD_FIELDS_MAX 32

struct telegram {
    struct http *http;
    json_tokener *tokener;
    char *base_url; /* "<api root>/bot<token>/" */
    int64_t bot_id;
};

struct call {
    struct telegram *telegram;
    enum telegram_method method;
    telegram_done_fn on_done;
    void *ctx;
};

static const char *const method_names[] = {
#define METHOD(name, wire, meaning) [TG_##name] = wire,
#include "bot-gateway/telegram_methods.def"
};

const char *telegram_method_name(enum telegram_method method)
{
    return method_names[method];
}

bool telegram_is_token(const char *token)
{
    size_t digits = strspn(token, "0123456789");
    if (digits == 0 || digits > 16 || token[digits] != ':') {
        return false;
    }
    const char *c = token + digits + 1;
    while (isalnum((unsigned char)*c) || *c == '_' || *c == '-') {
        c++;
    }
    return *c == '\0' && c > token + digits + 1;
}

struct telegram *telegram_new(sd_event *loop, const char *api_root, const char *token)
{
    assert(telegram_is_token(token));
    log_secret(token);
    struct telegram *t = xcalloc(1, sizeof(*t));
    t->http = http_new(loop);
    t->tokener = json_tokener_new();
    json_tokener_set_flags(t->tokener, JSON_TOKENER_STRICT);
    t->base_url = xasprintf("%s/bot%s/", api_root, token);
    t->bot_id = strtoll(token, NULL, 10);
    return t;
}

void telegram_free(struct telegram **t)
{
    if (!*t) {
        return;
    }
    http_free(&(*t)->http);
    json_tokener_free((*t)->tokener);
    free((*t)->base_url);
    free(*t);
    *t = NULL;
}

int64_t telegram_bot_id(const struct telegram *t)
{
    return t->bot_id;
}

/* ---- answers ---- */

static json_object *member(json_object *of, const char *key)
{
    json_object *value = NULL;
    json_object_object_get_ex(of, key, &value);
    return value;
}

static json_object *parse(struct telegram *t, const struct http_response *response)
{
    if (!text_is_utf8(response->body, response->len)) { /* json-c's own check is lenient */
        return NULL;
    }
    json_tokener_reset(t->tokener);
    json_object *root = json_tokener_parse_ex(t->tokener, response->body, (int)response->len);
    if (!json_object_is_type(root, json_type_object) || !member(root, "ok")) {
        json_object_put(root);
        return NULL;
    }
    return root;
}

static void read_success(json_object *root, struct telegram_answer *answer)
{
    answer->outcome = TELEGRAM_OK;
    answer->result = member(root, "result");
    if (json_object_is_type(answer->result, json_type_object)) {
        answer->message_id = json_object_get_int64(member(answer->result, "message_id"));
    }
}

static void read_error(json_object *root, const struct http_response *response,
                       struct telegram_answer *answer)
{
    json_object *code = member(root, "error_code");
    json_object *parameters = member(root, "parameters");
    json_object *description = member(root, "description");
    if (json_object_is_type(code, json_type_int)) {
        answer->status = json_object_get_int(code);
    }
    if (json_object_is_type(description, json_type_string)) {
        answer->description = json_object_get_string(description);
    }
    answer->outcome = telegram_classify(answer->status, answer->description, &answer->reason);
    answer->migrate_to_chat_id = json_object_get_int64(member(parameters, "migrate_to_chat_id"));
    answer->retry_after_s =
        max_i64(json_object_get_int64(member(parameters, "retry_after")), response->retry_after_s);
}

/* Not Telegram's words: a proxy's page, or half an answer. Nobody becomes unreachable by that. */
static void read_foreign(const struct http_response *response, struct telegram_answer *answer)
{
    bool refused = response->status >= 400 && response->status != 504;
    answer->outcome = refused ? TELEGRAM_TRANSIENT : TELEGRAM_UNCERTAIN;
    answer->description = "the answer is not Telegram's";
    answer->retry_after_s = response->retry_after_s;
}

static void on_response(void *ctx, const struct http_response *response, const struct err *err)
{
    struct call *call = ctx;
    struct telegram_answer answer = {.description = "", .reason = ""};
    json_object *root = NULL;
    if (err) {
        bool never_left = err->kind == ERR_TRANSIENT;
        answer.outcome = never_left ? TELEGRAM_TRANSIENT : TELEGRAM_UNCERTAIN;
        answer.description = err->text;
    } else {
        answer.status = response->status;
        root = parse(call->telegram, response);
        if (!root) {
            read_foreign(response, &answer);
        } else if (json_object_get_boolean(member(root, "ok"))) {
            read_success(root, &answer);
        } else {
            read_error(root, response, &answer);
        }
    }
    if (answer.outcome != TELEGRAM_OK) {
        log_debug("telegram answered method=%s status=%ld description=\"%.200s\"",
                  method_names[call->method], answer.status, answer.description);
    }
    call->on_done(call->ctx, &answer);
    json_object_put(root);
    free(call);
}

const char *telegram_result_text(const struct telegram_answer *answer, const char *name)
{
    json_object *value = member(answer->result, name);
    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
}

int64_t telegram_result_id(const struct telegram_answer *answer, const char *name)
{
    json_object *value = member(answer->result, name);
    return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : 0;
}

size_t telegram_result_messages(const struct telegram_answer *answer)
{
    if (json_object_is_type(answer->result, json_type_array))
        return json_object_array_length(answer->result);
    return answer->message_id != 0;
}

int64_t telegram_result_message(const struct telegram_answer *answer, size_t nth)
{
    if (!json_object_is_type(answer->result, json_type_array))
        return answer->message_id;
    return json_object_get_int64(
        member(json_object_array_get_idx(answer->result, nth), "message_id"));
}

/* ---- calls ---- */

static void send_request(struct telegram *t, enum telegram_method method,
                         struct http_request *request, telegram_done_fn on_done, void *ctx)
{
    scoped(str_free) char *url = xasprintf("%s%s", t->base_url, method_names[method]);
    struct call *call = xcalloc(1, sizeof(*call));
    *call = (struct call){.telegram = t, .method = method, .on_done = on_done, .ctx = ctx};
    request->url = url;
    request->log_name = method_names[method];
    request->response_cap = RESPONSE_CAP;
    http_send(t->http, request, on_response, call);
}

void telegram_call(struct telegram *t, enum telegram_method method, const char *params,
                   telegram_done_fn on_done, void *ctx)
{
    struct http_request request = {
        .json_body = params,
        .timeout_ms = method == TG_get_updates ? POLL_TIMEOUT_MS : CALL_TIMEOUT_MS,
    };
    send_request(t, method, &request, on_done, ctx);
}

/* Multipart fields are text: a string as it is, anything else as its JSON. */
static size_t add_fields(json_object *params, struct http_part *parts)
{
    size_t count = 0;
    json_object_object_foreach(params, key, value)
    {
        assert(count < UPLOAD_FIELDS_MAX);
        parts[count++] = (struct http_part){.name = key, .text = json_object_get_string(value)};
    }
    return count;
}

void telegram_upload(struct telegram *t, enum telegram_method method, const char *params,
                     const struct telegram_upload *upload, telegram_done_fn on_done, void *ctx)
{
    struct http_part parts[UPLOAD_FIELDS_MAX + 2] = {0};
    json_object *fields = json_tokener_parse(params);
    assert(json_object_is_type(fields, json_type_object));
    parts[add_fields(fields, parts)] = (struct http_part){
        .name = upload->field,
        .file_name = upload->file_name,
        .content_type = upload->content_type,
        .bytes = upload->bytes,
        .len = upload->len,
    };
    struct http_request request = {.parts = parts, .timeout_ms = UPLOAD_TIMEOUT_MS};
    send_request(t, method, &request, on_done, ctx);
    json_object_put(fields);
}
