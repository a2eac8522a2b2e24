/* problem.c - turns an exchange's answer into an RFC 9457 problem */
#include "admin-web/problem.h"

#include <time.h>

#include "admin-web/json.h"
#include "admin-web/routes.h"
#include "common/base/clock.h"
#include "common/base/text.h"

#define RETRY_AFTER_S 3

/* clang-format off */
static const struct problem_text {
    const char *code;
    int         status;
    const char *wrong[2], *hint[2]; /* by enum language */
} problems[PROBLEM_COUNT] = {
#define PROBLEM(code, status, wrong_en, hint_en, wrong_ru, hint_ru) \
    {#code, status, {wrong_en, wrong_ru}, {hint_en, hint_ru}},
#include "admin-web/problems.def"
};

static const struct refusal_text {
    int         status;
    const char *subject, *russian, *hint[2];
} refusals[REFUSAL_END] = { /* by enum refusal */
#define REFUSAL(name, ...) ROW(name, __VA_ARGS__)
#define ROW(name, status, subject, russian, hint_en, hint_ru) \
    [REFUSE_##name] = {status, subject, russian, {hint_en, hint_ru}},
#include "admin-web/refusals.def"
#undef ROW
};
enum {
    REFUSAL_ROWS = 0
#define REFUSAL(...) + 1
#include "admin-web/refusals.def"
};
_Static_assert(REFUSAL_ROWS == REFUSAL_END - REFUSED_NOT - 1, "every refusal has its row");
/* clang-format on */

/* Replaces the answer by a problem and leaves the object open for more members. */
static struct json begin(struct exchange *x, int status, const char *code, const char *wrong,
                         const char *hint)
{
    x->status = status;
    x->content_type = PROBLEM_TYPE;
    x->location[0] = '\0';
    x->retry_after_s = status == 503 ? RETRY_AFTER_S : x->retry_after_s;
    buf_reset(&x->answer);
    struct json j = {.into = &x->answer};
    json_object(&j, NULL);
    json_text(&j, "type", "about:blank");
    json_i64(&j, "status", status);
    json_text(&j, "code", code);
    json_text(&j, "title", wrong);
    json_text(&j, "hint", hint);
    return j;
}

int problem_answer(struct exchange *x, enum problem problem)
{
    const struct problem_text *text = &problems[problem];
    struct json j =
        begin(x, text->status, text->code, text->wrong[x->language], text->hint[x->language]);
    json_end(&j);
    return -1;
}

void field_errors_fini(struct field_errors *errors)
{
    buf_fini(&errors->json);
}

void field_errors_add(struct field_errors *errors, const char *field, const char *english,
                      const char *russian, enum language language)
{
    struct json j = {.into = &errors->json, .comma = errors->count > 0};
    json_object(&j, NULL);
    json_text(&j, "field", field);
    json_text(&j, "detail", language == LANGUAGE_RU ? russian : english);
    json_end(&j);
    errors->count++;
}

int problem_answer_fields(struct exchange *x, const struct field_errors *errors)
{
    const struct problem_text *text = &problems[PROBLEM_invalid];
    struct json j =
        begin(x, text->status, text->code, text->wrong[x->language], text->hint[x->language]);
    json_list(&j, "errors");
    buf_add_text(&x->answer, buf_text(&errors->json));
    json_end(&j);
    json_end(&j);
    return -1;
}

/* {at} and {until} are instants: people get them as RFC 3339, everything else as it is. */
static void add_argument(struct buf *into, const char *name, size_t name_len,
                         const struct msg_strings *args)
{
    for (size_t i = 0; i < args->count; i++) {
        const char *arg = args->items[i];
        if (strncmp(arg, name, name_len) != 0 || arg[name_len] != '=') {
            continue;
        }
        const char *value = arg + name_len + 1;
        int64_t at;
        bool instant = (name_len == 2 && strncmp(name, "at", 2) == 0) ||
                       (name_len == 5 && strncmp(name, "until", 5) == 0);
        if (instant && text_to_i64(value, 0, INT64_C(253402300799000), &at) == 0) {
            struct buf quoted = {0};
            struct json j = {.into = &quoted};
            json_time(&j, NULL, at);
            buf_add(into, quoted.data + 1, quoted.len - 2);
            buf_fini(&quoted);
        } else {
            buf_add_text(into, value);
        }
        return;
    }
    buf_add_char(into, '?');
}

/* The sentence with its {placeholders} filled in. */
static void fill_in(struct buf *into, const char *sentence, const struct msg_strings *args)
{
    while (*sentence) {
        size_t plain = strcspn(sentence, "{");
        buf_add(into, sentence, plain);
        sentence += plain;
        const char *end = *sentence ? strchr(sentence, '}') : NULL;
        if (end) {
            add_argument(into, sentence + 1, (size_t)(end - sentence - 1), args);
            sentence = end + 1;
        } else if (*sentence) {
            buf_add_text(into, sentence);
            return;
        }
    }
}

static int answer_refusal(struct exchange *x, const struct msg_answer *answer)
{
    int parsed = answer->refusal ? refusal_parse(answer->refusal) : -1;
    enum refusal refusal = parsed < 0 ? REFUSE_moot : (enum refusal)parsed;
    const struct refusal_text *text = &refusals[refusal];
    int status = text->status;
    if (text->subject && x->route &&
        strncmp(x->route->path, text->subject, strlen(text->subject)) == 0) {
        status = 404;
    }
    scoped(buf_fini) struct buf wrong = {0};
    const char *sentence = x->language == LANGUAGE_RU ? text->russian : refusal_sentence(refusal);
    fill_in(&wrong, sentence, &answer->args);
    struct json j =
        begin(x, status, refusal_name(refusal), buf_text(&wrong), text->hint[x->language]);
    json_end(&j);
    return -1;
}

int problem_answer_engine(struct exchange *x, const struct msg_answer *answer)
{
    if (str_eq(answer->outcome, "refused")) {
        return answer_refusal(x, answer);
    }
    if (!str_eq(answer->outcome, "input")) {
        return problem_answer(x, PROBLEM_internal);
    }
    const struct problem_text *text = &problems[PROBLEM_invalid];
    struct json j =
        begin(x, text->status, text->code, text->wrong[x->language], text->hint[x->language]);
    json_text(&j, "detail", answer->text ? answer->text : "");
    json_end(&j);
    return -1;
}

enum problem problem_of_status(int status)
{
    if (status == 414) {
        return PROBLEM_headers_too_large;
    }
    if (status == 505) {
        return PROBLEM_not_supported;
    }
    for (size_t i = 0; i < PROBLEM_COUNT; i++) {
        if (problems[i].status == status) {
            return (enum problem)i;
        }
    }
    return status < 500 ? PROBLEM_bad_request : PROBLEM_internal;
}
