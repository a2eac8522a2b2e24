/* values.c - the facts one sentence may name */
#include "bot-gateway/texts/values.h"

#include "common/base/text.h"

void values_init(struct values *v, const struct reader *reader)
{
    *v = (struct values){.reader = *reader};
}

void values_fini(struct values *v)
{
    for (size_t i = 0; i < v->count; i++) {
        free(v->owned[i]);
    }
    v->count = 0;
}

static void put(struct values *v, const char *name, char *text /* takes */, bool is_html)
{
    size_t i = 0;
    while (i < v->count && !str_eq(v->items[i].name, name)) {
        i++;
    }
    assert(i < VALUES_MAX);
    if (i == v->count) {
        v->count++;
    } else {
        free(v->owned[i]);
    }
    v->owned[i] = text;
    v->items[i] = (struct template_value){name, text, is_html};
}

void values_text(struct values *v, const char *name, const char *text)
{
    put(v, name, xstrdup_or_null(text), false);
}

void values_cut(struct values *v, const char *name, const char *text, size_t units)
{
    struct buf cut = {0};
    template_add_cut(&cut, text ? text : "", units);
    put(v, name, buf_take(&cut), false);
}

void values_html(struct values *v, const char *name, struct buf *html)
{
    put(v, name, buf_take(html), true);
}

void values_number(struct values *v, const char *name, int64_t number)
{
    struct buf b = {0};
    buf_add_i64(&b, number);
    put(v, name, buf_take(&b), false);
}

void values_instant(struct values *v, const char *name, int64_t at_ms)
{
    struct buf b = {0};
    format_instant(&v->reader, at_ms, &b);
    put(v, name, buf_take(&b), false);
}

void values_day(struct values *v, const char *name, int64_t at_ms)
{
    struct buf b = {0};
    format_day(&v->reader, at_ms, &b);
    put(v, name, buf_take(&b), false);
}

void values_span(struct values *v, const char *name, int64_t span_ms)
{
    struct buf b = {0};
    format_span(&v->reader, span_ms, &b);
    put(v, name, buf_take(&b), false);
}

void values_money(struct values *v, const char *name, int64_t minor, const char *currency)
{
    struct buf b = {0};
    format_money(&v->reader, minor, currency, &b);
    put(v, name, buf_take(&b), false);
}

void values_contact(struct values *v, const char *name, const char *person, int64_t telegram_id,
                    const char *username, const char *phone)
{
    struct buf b = {0};
    format_contact(person ? person : "", telegram_id, username, phone, &b);
    put(v, name, buf_take(&b), true);
}

void values_word(struct values *v, const char *name, const char *msgid)
{
    put(v, name, xstrdup(tr(v->reader.language, msgid)), false);
}

size_t say(const struct values *v, const char *msgid, struct buf *into)
{
    return template_render(tr(v->reader.language, msgid), v->items, v->count, into);
}

size_t say_n(const struct values *v, const char *one, const char *many, int64_t n, struct buf *into)
{
    return template_render(tr_n(v->reader.language, one, many, n), v->items, v->count, into);
}

/* ---- words of the domain ---- */

const char *state_word(enum order_state state)
{
    /* clang-format off */
    static const char *const words[ORDER_STATE_COUNT] = {
        [ORDER_NEW]            = N_("waiting for a contractor"),
        [ORDER_IN_WORK]        = N_("in work"),
        [ORDER_WAITING_CLIENT] = N_("waiting for the client's answer"),
        [ORDER_DONE]           = N_("done, waiting to be accepted"),
        [ORDER_CLOSED]         = N_("closed"),
        [ORDER_CANCELLED]      = N_("cancelled"),
    };
    /* clang-format on */
    return (unsigned)state < ORDER_STATE_COUNT ? words[state] : "?";
}

/* What happened, in the order's history. */
const char *event_word(enum order_event event)
{
    /* clang-format off */
    static const char *const words[ORDER_EVENT_COUNT] = {
        [EVENT_CREATE]          = N_("ordered"),
        [EVENT_ADD_DETAILS]     = N_("details added"),
        [EVENT_CANCEL]          = N_("cancelled"),
        [EVENT_TAKE]            = N_("taken"),
        [EVENT_ASSIGN]          = N_("a contractor is assigned"),
        [EVENT_SET_ESTIMATE]    = N_("time named"),
        [EVENT_REASSIGN]        = N_("given to another contractor"),
        [EVENT_ASK]             = N_("question"),
        [EVENT_ANSWER]          = N_("answer"),
        [EVENT_RESUME]          = N_("goes on without the answer"),
        [EVENT_SAY]             = N_("message"),
        [EVENT_EXTEND]          = N_("time extended"),
        [EVENT_GIVE_BACK]       = N_("given back"),
        [EVENT_RELEASE]         = N_("taken from the contractor"),
        [EVENT_FINISH]          = N_("work handed over"),
        [EVENT_ACCEPT]          = N_("accepted"),
        [EVENT_AUTO_CLOSE]      = N_("closed by itself"),
        [EVENT_REWORK]          = N_("returned for rework"),
        [EVENT_RATE]            = N_("rated"),
        [EVENT_COMPLAIN]        = N_("complaint"),
        [EVENT_OPEN_OFFER]      = N_("open to all contractors"),
        [EVENT_ALERT]           = N_("managers alerted"),
        [EVENT_REMIND]          = N_("reminder"),
        [EVENT_BREACH]          = N_("the promise is broken"),
        [EVENT_ACKNOWLEDGE]     = N_("a manager is on it"),
        [EVENT_SETTLE]          = N_("dealt with by a manager"),
        [EVENT_REPEAT]          = N_("managers alerted again"),
        [EVENT_UNACKNOWLEDGE]   = N_("nobody is on it any more"),
    };
    /* clang-format on */
    return (unsigned)event < ORDER_EVENT_COUNT ? words[event] : "?";
}

const char *role_word(enum role role)
{
    switch (role) {
    case ROLE_CLIENT:
        return N_("client");
    case ROLE_CONTRACTOR:
        return N_("contractor");
    case ROLE_MANAGER:
        return N_("manager");
    case ROLE_OWNER:
        return N_("owner");
    case ROLE_SYSTEM:
        break;
    }
    return N_("the system");
}

const char *cause_word(enum alert_cause cause)
{
    static const char *const words[CAUSE_COUNT] = {
        [CAUSE_NOT_TAKEN] = N_("nobody has taken it"),
        [CAUSE_LATE] = N_("the work runs late"),
        [CAUSE_UNCONFIRMED] = N_("the contractor names no time"),
        [CAUSE_NO_ANSWER] = N_("the client does not answer"),
        [CAUSE_UNREACHABLE] = N_("somebody cannot be reached"),
        [CAUSE_COMPLAINT] = N_("the client complains"),
        [CAUSE_LOW_RATING] = N_("a low mark"),
        [CAUSE_REWORKED] = N_("returned again and again"),
    };
    return (unsigned)cause < CAUSE_COUNT ? words[cause] : "?";
}

/* ---- refusals ---- */

enum arg_kind { ARG_INSTANT, ARG_DAY, ARG_STATE, ARG_AS_IT_IS };

/* clang-format off */
static const struct arg_row { const char *name; enum arg_kind kind; } arg_rows[] = {
    {"at",    ARG_INSTANT},
    {"until", ARG_DAY},
    {"state", ARG_STATE},
    {"limit", ARG_AS_IT_IS},
    {"left",  ARG_AS_IT_IS},
    {"hint",  ARG_AS_IT_IS},
    {"who",   ARG_AS_IT_IS},
};
/* clang-format on */

static const struct arg_row *arg_find(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(arg_rows); i++) {
        if (strncmp(arg_rows[i].name, name, len) == 0 && arg_rows[i].name[len] == '\0') {
            return &arg_rows[i];
        }
    }
    return NULL;
}

bool refusal_arg_is_known(const char *name)
{
    return arg_find(name, strlen(name)) != NULL;
}

/* "Ended on" means the last day that was paid, while the engine names the first instant after it.
 */
static int64_t day_meant(enum refusal why, int64_t at_ms)
{
    return why == REFUSE_subscription_ended ? at_ms - 1 : at_ms;
}

static void put_arg(struct values *v, enum refusal why, const char *arg)
{
    const char *value = strchr(arg, '=');
    const struct arg_row *row = value ? arg_find(arg, (size_t)(value - arg)) : NULL;
    if (!row) {
        return;
    }
    value++;
    int64_t at_ms = 0;
    bool is_number = text_to_i64(value, INT64_MIN, INT64_MAX, &at_ms) == 0;
    int state = order_state_parse(value);
    if (row->kind == ARG_INSTANT && is_number) {
        values_instant(v, row->name, at_ms);
    } else if (row->kind == ARG_DAY && is_number) {
        values_day(v, row->name, day_meant(why, at_ms));
    } else if (row->kind == ARG_STATE && state >= 0) {
        values_word(v, row->name, state_word((enum order_state)state));
    } else {
        values_text(v, row->name, value);
    }
}

void say_refusal(const struct reader *reader, const char *refusal, const char *const *args,
                 size_t count, struct buf *into)
{
    int why = refusal ? refusal_parse(refusal) : -1;
    if (why <= 0) {
        buf_add_text(into, tr(reader->language, N_("This is not possible now.")));
        return;
    }
    scoped(values_fini) struct values v;
    values_init(&v, reader);
    for (size_t i = 0; i < count; i++) {
        put_arg(&v, (enum refusal)why, args[i]);
    }
    say(&v, refusal_sentence((enum refusal)why), into);
}
