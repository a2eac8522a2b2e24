/* domain.c - the words of domain.h, both ways */
#include "common/wire/domain.h"

struct word {
    int value;
    const char *wire;
};

static const char *word_of(const struct word *words, size_t count, int value)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].value == value) {
            return words[i].wire;
        }
    }
    return "?";
}

static int value_of(const struct word *words, size_t count, const char *wire)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(words[i].wire, wire)) {
            return words[i].value;
        }
    }
    return -1;
}

/* clang-format off */
#define ROW_STATE(n, w, ...)   {ORDER_##n, w},
#define ROW_EVENT(n, w, ...)   {EVENT_##n, w},
#define ROW_ROLE(n, w, ...)    {ROLE_##n, w},
#define ROW_CLOCK(n, w, ...)   {CLOCK_##n, w},
#define ROW_STEP(n, w, ...)    {STEP_##n, w},
#define ROW_CLASS(n, w, ...)   {SEND_##n, w},
#define ROW_NOTICE(n, w, ...)  {NOTICE_##n, w},
#define ROW_CAUSE(n, w, ...)   {CAUSE_##n, w},
#define ROW_MESSAGE(n, w, ...) {MESSAGE_##n, w},
#define ROW_REFUSAL(n, w, ...) {REFUSE_##n, w},
#define ROW_CONCERN(n, w, ...) {CONCERN_##n, w},
#define ROW_DIGEST(n, w, ...)  {DIGEST_##n, w},
#define ROW_DAEMON(n, w, ...)  {DAEMON_##n, w},

static const struct word states[]   = {ORDER_STATES(ROW_STATE)};
static const struct word events[]   = {ORDER_EVENTS(ROW_EVENT)};
static const struct word roles[]    = {ROLES(ROW_ROLE)};
static const struct word clocks[]   = {CLOCKS(ROW_CLOCK)};
static const struct word steps[]    = {CLOCK_STEPS(ROW_STEP)};
static const struct word classes[]  = {SEND_CLASSES(ROW_CLASS)};
static const struct word notices[]  = {NOTICES(ROW_NOTICE)};
static const struct word causes[]   = {ALERT_CAUSES(ROW_CAUSE)};
static const struct word messages[] = {MESSAGE_KINDS(ROW_MESSAGE)};
static const struct word refusals[] = {REFUSALS(ROW_REFUSAL)};
static const struct word concerns[] = {CONCERNS(ROW_CONCERN)};
static const struct word digests[]  = {DIGESTS(ROW_DIGEST)};
static const struct word daemons[]  = {DAEMONS(ROW_DAEMON)};

#define NAME(function, of, table)                          \
    const char *function(enum of value)                    \
    {                                                      \
        return word_of(table, ARRAY_LEN(table), (int)value); \
    }
#define PARSE(function, table)                             \
    int function(const char *wire)                         \
    {                                                      \
        return value_of(table, ARRAY_LEN(table), wire);    \
    }

NAME(order_state_name,  order_state,  states)
NAME(order_event_name,  order_event,  events)
NAME(role_name,         role,         roles)
NAME(sla_clock_name,    sla_clock,    clocks)
NAME(clock_step_name,   clock_step,   steps)
NAME(send_class_name,   send_class,   classes)
NAME(notice_kind_name,  notice_kind,  notices)
NAME(alert_cause_name,  alert_cause,  causes)
NAME(message_kind_name, message_kind, messages)
NAME(concern_name,      concern,      concerns)
NAME(digest_name,       digest,       digests)
NAME(refusal_name,      refusal,      refusals)
NAME(daemon_name,       daemon_id,    daemons)

PARSE(order_state_parse,  states)
PARSE(order_event_parse,  events)
PARSE(role_parse,         roles)
PARSE(sla_clock_parse,    clocks)
PARSE(clock_step_parse,   steps)
PARSE(notice_kind_parse,  notices)
PARSE(alert_cause_parse,  causes)
PARSE(message_kind_parse, messages)
PARSE(concern_parse,      concerns)
PARSE(digest_parse,       digests)
PARSE(refusal_parse,      refusals)
/* clang-format on */

const char *refusal_sentence(enum refusal refusal)
{
#define SENTENCE(n, w, sentence) {REFUSE_##n, sentence},
    static const struct word sentences[] = {REFUSALS(SENTENCE)};
    return word_of(sentences, ARRAY_LEN(sentences), (int)refusal);
}

const char *concern_meaning(enum concern concern)
{
#define MEANING(n, w, meaning, ...) {CONCERN_##n, meaning},
    static const struct word meanings[] = {CONCERNS(MEANING)};
    return word_of(meanings, ARRAY_LEN(meanings), (int)concern);
}

const char *concern_advice(enum concern concern)
{
#define ADVICE(n, w, meaning, advice) {CONCERN_##n, advice},
    static const struct word advices[] = {CONCERNS(ADVICE)};
    return word_of(advices, ARRAY_LEN(advices), (int)concern);
}

static const struct notice_row {
    enum send_class class;
    bool receipt;
} notice_rows[] = {
#define NOTICE_ROW(n, w, class_, receipt_, ...) [NOTICE_##n] = {SEND_##class_, receipt_},
    NOTICES(NOTICE_ROW)};

enum send_class notice_class(enum notice_kind kind)
{
    assert((size_t)kind < ARRAY_LEN(notice_rows));
    return notice_rows[kind].class;
}

bool notice_wants_receipt(enum notice_kind kind)
{
    assert((size_t)kind < ARRAY_LEN(notice_rows));
    return notice_rows[kind].receipt;
}

bool notice_can_wait(enum notice_kind kind)
{
#define WAITS(n, ...) [NOTICE_##n] = true,
    static const bool waits[NOTICE_COUNT] = {NOTICES_THAT_WAIT(WAITS)};
    assert((size_t)kind < NOTICE_COUNT);
    return waits[kind];
}

enum notice_kind notice_of_alert(enum alert_cause cause)
{
    char name[48];
    snprintf(name, sizeof name, "alert_%s", alert_cause_name(cause));
    int kind = notice_kind_parse(name);
    assert(kind >= 0); /* every cause has its notice */
    return (enum notice_kind)kind;
}
