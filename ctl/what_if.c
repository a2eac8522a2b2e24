/* what_if.c - what itsupportctl replay is asked to change, and the table it answers with */
#include "ctl/what_if.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/text.h"

/* ---- what is changed ---- */

static int read_minutes(const char *value, int64_t *ret)
{
    return text_to_i64(value, 1, 43200, ret);
}

static int read_switch(const char *value, int64_t *ret)
{
    if (!str_eq(value, "on") && !str_eq(value, "off"))
        return -1;
    *ret = str_eq(value, "on");
    return 0;
}

/* clang-format off */
static const struct {
    const char *name;
    size_t      offset;
    int       (*read)(const char *value, int64_t *ret);
    const char *hint;
} tariff_fields[] = {
    {"reaction_minutes", offsetof(struct tariff_change, reaction_minutes), read_minutes,  "a whole number from 1 to 43200"},
    {"rate",             offsetof(struct tariff_change, rate_minor),       text_to_minor, "an amount, such as 500 or 500.50"},
    {"may_pin",          offsetof(struct tariff_change, may_pin),          read_switch,   "on or off"},
};
/* clang-format on */

static int read_field(struct tariff_change *change, const char *name, const char *value,
                      struct err *err)
{
    if (str_eq(name, "calendar")) {
        change->calendar = xstrdup(value);
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(tariff_fields); i++) {
        int64_t number;
        if (!str_eq(tariff_fields[i].name, name))
            continue;
        if (tariff_fields[i].read(value, &number) != 0)
            return err_set(err, ERR_INPUT, "a tariff's %s is %s", name, tariff_fields[i].hint);
        memcpy((char *)change + tariff_fields[i].offset, &number, sizeof number);
        return 0;
    }
    return err_set(err, ERR_INPUT,
                   "of a tariff, reaction_minutes, rate, may_pin and calendar can be changed");
}

int tariff_change_parse(const char *text, struct tariff_change *ret, struct err *err)
{
    const char *value = strchr(text, '=');
    const char *field = value != NULL ? memrchr(text, '.', (size_t)(value - text)) : NULL;
    if (field == NULL || field == text)
        return err_set(err, ERR_INPUT, "\"%.60s\" is not like VIP.reaction_minutes=30", text);
    scoped(str_free) char *name = xmemdup_text(field + 1, (size_t)(value - field - 1));
    struct tariff_change change = {.reaction_minutes = -1, .rate_minor = -1, .may_pin = -1};
    if (read_field(&change, name, value + 1, err) != 0)
        return -1;
    change.name = xmemdup_text(text, (size_t)(field - text));
    *ret = change;
    return 0;
}

void tariff_change_fini(struct tariff_change *change)
{
    str_free(&change->name);
    str_free(&change->calendar);
}

int terms_set(struct terms_since *items, size_t count, const char *assignment, struct err *err)
{
    const char *value = strchr(assignment, '=');
    if (value == NULL)
        return err_set(err, ERR_INPUT, "\"%.60s\" is not like ORDER_RATE=650", assignment);
    scoped(str_free) char *name = xmemdup_text(assignment, (size_t)(value - assignment));
    for (size_t i = 0; i < count; i++)
        if (parameters_set(&items[i].parameters, name, value + 1, err) != 0) {
            err->kind = ERR_INPUT;
            return -1;
        }
    return 0;
}

/* ---- sums ---- */

static struct money *money_of(struct totals *t, const char *currency)
{
    for (size_t i = 0; i < t->money_count; i++)
        if (str_eq(t->money[i].currency, currency))
            return &t->money[i];
    assert(t->money_count < WHAT_IF_CURRENCIES_MAX); /* it is fixed once somebody has earned */
    struct money *money = &t->money[t->money_count++];
    snprintf(money->currency, sizeof money->currency, "%s", currency);
    return money;
}

void totals_add(struct totals *t, const struct outcome *o, const char *currency)
{
    for (size_t cause = 0; cause < CAUSE_COUNT; cause++)
        t->sum.alerts[cause] += o->alerts[cause];
    t->sum.repeats += o->repeats;
    t->sum.reaction_breaches += o->reaction_breaches;
    t->sum.work_breaches += o->work_breaches;
    t->sum.closed_by_itself += o->closed_by_itself;
    t->sum.compensated += o->compensated;
    struct money *money = money_of(t, currency);
    money->payouts += o->payouts;
    money->minor += o->paid_minor;
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
    return memcmp(a->alerts, b->alerts, sizeof a->alerts) == 0 && a->repeats == b->repeats &&
           a->reaction_breaches == b->reaction_breaches && a->work_breaches == b->work_breaches &&
           a->closed_by_itself == b->closed_by_itself && a->compensated == b->compensated &&
           a->payouts == b->payouts && a->paid_minor == b->paid_minor;
}

static void compare_opening(struct what_if_report *r, int64_t was, int64_t is)
{
    int64_t moved_ms = was != 0 && is != 0 ? is - was : 0;
    r->opened_earlier += moved_ms < 0 || (was == 0 && is != 0);
    r->opened_later += moved_ms > 0 || (was != 0 && is == 0);
    r->earlier_ms += moved_ms < 0 ? -moved_ms : 0;
    r->later_ms += max_i64(moved_ms, 0);
}

void report_add(struct what_if_report *r, const struct outcome *recorded,
                const struct rerun_result *result, const char *currency)
{
    struct outcome as_was = result->as_was, after = result->what_if;
    r->orders++;
    /* raised beside the rules: when somebody could not be reached */
    as_was.alerts[CAUSE_UNREACHABLE] = after.alerts[CAUSE_UNREACHABLE] =
        recorded->alerts[CAUSE_UNREACHABLE];
    if (result->strange || !is_same(recorded, &as_was)) {
        r->strange++;
        return;
    }
    totals_add(&r->before, recorded, currency);
    totals_add(&r->after, &after, currency);
    compare_opening(r, as_was.opened_at, after.opened_at);
    r->left_out += result->left_out;
    r->waited += result->waited;
}

/* ---- the table ---- */

struct line {
    char name[48];
    int64_t before, after;
    bool is_money;
};

#define LINES_MAX (CAUSE_COUNT + 5 + 2 * WHAT_IF_CURRENCIES_MAX)

static size_t lines_of(const struct what_if_report *r, struct line lines[static LINES_MAX])
{
    const struct outcome *b = &r->before.sum, *a = &r->after.sum;
    size_t count = 0;
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        struct line *line = &lines[count++];
        *line = (struct line){.before = b->alerts[cause], .after = a->alerts[cause]};
        snprintf(line->name, sizeof line->name, "alerts %s",
                 alert_cause_name((enum alert_cause)cause));
    }
    const struct line fixed[] = {
        {"alerts repeated",    b->repeats,           a->repeats,           false},
        {"taken late",         b->reaction_breaches, a->reaction_breaches, false},
        {"done late",          b->work_breaches,     a->work_breaches,     false},
        {"closed by itself",   b->closed_by_itself,  a->closed_by_itself,  false},
        {"orders compensated", b->compensated,       a->compensated,       false},
    };
    memcpy(&lines[count], fixed, sizeof fixed);
    count += ARRAY_LEN(fixed);
    for (size_t i = 0; i < r->before.money_count; i++) { /* in both, in the same order */
        const struct money *before = &r->before.money[i], *after = &r->after.money[i];
        struct line payouts = {.before = before->payouts, .after = after->payouts};
        struct line minor = {.before = before->minor, .after = after->minor, .is_money = true};
        snprintf(payouts.name, sizeof payouts.name, "payouts in %s", before->currency);
        snprintf(minor.name, sizeof minor.name, "paid in %s", before->currency);
        lines[count++] = payouts;
        lines[count++] = minor;
    }
    return count;
}

static void format_number(int64_t number, bool is_money, const char *plus, char out[static 32])
{
    int64_t size = number < 0 ? -number : number;
    const char *sign = number < 0 ? "-" : number > 0 ? plus : "";
    if (is_money)
        snprintf(out, 32, "%s%" PRId64 ".%02" PRId64, sign, size / 100, size % 100);
    else
        snprintf(out, 32, "%s%" PRId64, sign, size);
}

static void add_moved(struct buf *b, const char *how, int64_t orders, int64_t ms)
{
    if (orders > 0)
        buf_printf(b, "%" PRId64 " orders open to all %s, by %" PRId64 " min on average\n", orders,
                   how, ms / orders / MINUTE_MS);
}

static void add_count(struct buf *b, int64_t count, const char *what)
{
    if (count > 0)
        buf_printf(b, "%" PRId64 " %s\n", count, what);
}

void report_add_text(const struct what_if_report *r, struct buf *b)
{
    struct line lines[LINES_MAX];
    size_t count = lines_of(r, lines);
    buf_printf(b, "%-24s %14s %14s %14s\n", "", "before", "after", "change");
    for (size_t i = 0; i < count; i++) {
        char before[32], after[32], change[32];
        format_number(lines[i].before, lines[i].is_money, "", before);
        format_number(lines[i].after, lines[i].is_money, "", after);
        format_number(lines[i].after - lines[i].before, lines[i].is_money, "+", change);
        buf_printf(b, "%-24s %14s %14s %14s\n", lines[i].name, before, after, change);
    }
    buf_printf(b, "\n%" PRId64 " orders run again\n", r->orders);
    add_moved(b, "earlier", r->opened_earlier, r->earlier_ms);
    add_moved(b, "later", r->opened_later, r->later_ms);
    add_count(b, r->waited, "takings waited until the order was open");
    add_count(b, r->left_out, "things done were not possible any more and are left out");
    add_count(b, r->strange, "orders were recorded by other rules and stand in neither column");
}

void report_add_json(const struct what_if_report *r, struct buf *b)
{
    struct line lines[LINES_MAX];
    size_t count = lines_of(r, lines);
    buf_printf(b,
               "{\"orders\": %" PRId64 ", \"strange\": %" PRId64 ", \"left_out\": %" PRId64
               ", \"waited\": %" PRId64 ", \"opened_earlier\": %" PRId64
               ", \"opened_later\": %" PRId64 ",\n \"table\": {",
               r->orders, r->strange, r->left_out, r->waited, r->opened_earlier, r->opened_later);
    for (size_t i = 0; i < count; i++)
        buf_printf(b, "%s\n  \"%s\": {\"before\": %" PRId64 ", \"after\": %" PRId64 "}",
                   i == 0 ? "" : ",", lines[i].name, lines[i].before, lines[i].after);
    buf_add_text(b, "}}\n");
}
