/* changes.c - what happens to the world besides commands about orders */
#include "tests/simulation/changes.h"

#include <inttypes.h>
#include <stdarg.h>

#define LINE_BYTES 2048
#define STAFF (ROLE_MANAGER | ROLE_OWNER)

void words_cut(struct words *w, char *line)
{
    char *rest = line;
    w->count = 0;
    for (char *word; w->count < WORDS_MAX && (word = strsep(&rest, " \n")) != NULL;)
        if (*word != '\0')
            w->items[w->count++] = word;
}

int64_t words_number(const struct words *w, size_t at)
{
    return at < w->count ? strtoll(w->items[at], NULL, 10) : 0;
}

#define CHANGE(name) static void name(struct shell *s, const struct words *w)
#define N(at) words_number(w, at)

static struct member *member_of(struct shell *s, const struct words *w)
{
    struct member *m = company_member(&s->company, N(1));
    assert(m != NULL);
    return m;
}

/* ---- what is sold ---- */

CHANGE(set)
{
    struct company *c = &s->company;
    assert(w->count == 3 &&
           parameters_set(&c->parameters, w->items[1], w->items[2], &(struct err){0}) == 0);
    for (size_t i = 1; i <= c->member_count; i++) /* a lowered limit ends windows too */
        company_end_windows(c, (int64_t)i);
    company_move_subscriptions(c);
}

CHANGE(calendar)
{
    struct company *c = &s->company;
    struct calendar *calendar = &c->calendars[c->calendar_count++];
    *calendar = (struct calendar){.id = N(1)};
    snprintf(calendar->zone, sizeof calendar->zone, "%s", w->items[2]);
    for (size_t i = 3; i < w->count; i++) {
        char *hours = strchr(w->items[i], '=');
        if (hours == NULL) {
            calendar_add_holiday(calendar, N(i));
        } else {
            *hours = ' ';
            calendar_add_interval(calendar, w->items[i]);
        }
    }
}

CHANGE(tariff)
{
    struct company *c = &s->company;
    c->tariff_count = (size_t)max_i64((int64_t)c->tariff_count, N(1));
    c->tariffs[N(1) - 1] = (struct tariff){.orders_per_month = N(2),
                                           .reaction_minutes = N(3),
                                           .rate_minor = N(4),
                                           .open_limit = N(5),
                                           .may_pin = N(6) != 0,
                                           .sees_contacts = N(7) != 0,
                                           .calendar_id = N(8)};
}

CHANGE(categories)
{
    s->company.categories = (uint64_t)N(1);
}

CHANGE(account)
{
    struct company *c = &s->company;
    struct patron *p = &c->patrons[N(1) - 1];
    c->patron_count = (size_t)max_i64((int64_t)c->patron_count, N(1));
    p->tariff_id = N(2);
    p->has_paid_until = N(3) != 0;
    p->paid_until_day = N(4);
    company_write_subscription(c, N(1));
}

CHANGE(grant)
{
    company_find_month(&s->company);
    company_add_to_quota(&s->company, N(1), N(2));
}

/* ---- who there is ---- */

static void come(struct company *c)
{
    assert(c->member_count < PEOPLE_MAX);
    int64_t id = (int64_t)c->member_count + 1;
    c->members[c->member_count++] = (struct member){
        .who = {.id = id, .telegram_id = 1000 + id, .on_duty = true, .reachable = true}
    };
}

/* A stranger who comes, or somebody known in one more role. Whom a shortened history has left out
 * holds none. */
CHANGE(person)
{
    struct company *c = &s->company;
    while (company_member(c, N(1)) == NULL)
        come(c);
    struct member *m = member_of(s, w);
    m->roles |= (unsigned)N(2);
    if (N(3) != 0)
        m->account_id = N(3);
    company_set_roles(c, m, m->who.roles | (unsigned)N(2));
}

/* Whoever is away, gone or unreachable is on no alert and can be offered nothing. */
static void leave(struct shell *s, const struct member *m)
{
    company_reopen_alerts(&s->company, m->who.id);
    company_end_windows(&s->company, m->who.id);
}

CHANGE(duty)
{
    struct member *m = member_of(s, w);
    m->who.on_duty = N(2) != 0;
    m->who.away_until = N(3);
    if (!m->who.on_duty || m->who.away_until != 0)
        leave(s, m);
}

CHANGE(reach)
{
    struct member *m = member_of(s, w);
    m->who.reachable = N(2) != 0;
    if (!m->who.reachable)
        leave(s, m);
}

/* What a removed person leaves behind: the system moves it on (DOMAIN.md, below the state table).
 */
static void follow_removal(struct shell *s, const struct member *m, unsigned role)
{
    struct company *c = &s->company;
    static int64_t left[ORDERS_AT_ONCE];
    size_t count = 0;
    bool orphaned = role == ROLE_CLIENT;
    for (size_t i = 0; i < c->member_count; i++)
        orphaned &= c->members[i].who.account_id != m->account_id;
    for (size_t i = 0; i < c->unfinished_count; i++) {
        const struct order *o = company_order(c, c->unfinished[i]);
        bool at_work = o->state == ORDER_IN_WORK || o->state == ORDER_WAITING_CLIENT;
        if ((role == ROLE_CONTRACTOR && at_work && o->contractor_id == m->who.id) ||
            (orphaned && o->state == ORDER_NEW && o->account_id == m->account_id))
            left[count++] = o->id;
    }
    for (size_t i = 0; i < count; i++)
        shell_command(s, &(struct speaker){.acts_as = ROLE_SYSTEM}, left[i], 0,
                      &(struct order_command){.event = orphaned ? EVENT_CANCEL : EVENT_RELEASE,
                                              .id = "simulated"});
}

CHANGE(remove_role)
{
    struct member *m = member_of(s, w);
    unsigned role = (unsigned)N(2);
    company_set_roles(&s->company, m, m->who.roles & ~role);
    if ((role & STAFF) != 0)
        company_reopen_alerts(&s->company, m->who.id);
    if (role == ROLE_CONTRACTOR)
        company_end_windows(&s->company, m->who.id);
    watcher_moved(&s->watcher, &s->company, s->company.now);
    follow_removal(s, m, role);
}

CHANGE(restore_role)
{
    struct member *m = member_of(s, w);
    company_set_roles(&s->company, m, m->who.roles | (unsigned)N(2));
}

/* ---- who is offered what ---- */

CHANGE(pin)
{
    s->company.pins[N(1) - 1][N(2) - 1] = true;
}

CHANGE(unpin)
{
    s->company.pins[N(1) - 1][N(2) - 1] = false;
}

CHANGE(follow)
{
    member_of(s, w)->who.follows = (uint64_t)N(2);
}

CHANGE(decline)
{
    s->company.declined[N(1) % ORDERS_AT_ONCE][N(2) - 1] = true;
    company_end_windows(&s->company, N(2));
}

/* ---- the daemons ---- */

/* Killed and started at once, or away for a while. */
CHANGE(watcher)
{
    if (str_eq(w->items[1], "down"))
        watcher_stop(&s->watcher);
    else
        watcher_start(&s->watcher, &s->company);
}

/* While Telegram cannot be reached what is decided waits. */
CHANGE(sender)
{
    s->company.sender_down = str_eq(w->items[1], "down");
    if (!s->company.sender_down)
        s->company.waiting_count = 0;
}

CHANGE(nothing)
{
    (void)s, (void)w;
}

/* clang-format off */
static const struct {
    const char *name;
    size_t      words; /* at least, with the name */
    void      (*happen)(struct shell *, const struct words *);
    const char *meaning;
} changes[] = {
    {"set",        3, set,          "parameter value"},
    {"calendar",   3, calendar,     "calendar zone, weekday=hours ..., days that do not count ..."},
    {"tariff",     9, tariff,       "tariff orders reaction_minutes rate open_limit may_pin sees_contacts calendar"},
    {"categories", 2, categories,   "on sale, a bit each"},
    {"account",    5, account,      "account tariff is_paid until_day"},
    {"grant",      3, grant,        "account orders: this month's, given or taken away"},
    {"person",     4, person,       "person roles account: comes, or gets these roles as well"},
    {"duty",       4, duty,         "person on_duty away_until"},
    {"reach",      3, reach,        "person reachable"},
    {"remove",     3, remove_role,  "person role"},
    {"restore",    3, restore_role, "person role"},
    {"pin",        3, pin,          "account contractor"},
    {"unpin",      3, unpin,        "account contractor"},
    {"follow",     3, follow,       "contractor categories, a bit each"},
    {"decline",    3, decline,      "order contractor"},
    {"watcher",    2, watcher,      "down or up"},
    {"sender",     2, sender,       "down or up"},
    {"wait",       1, nothing,      "until this instant"},
};
/* clang-format on */

static void happen(struct shell *s, const struct words *w)
{
    for (size_t i = 0; i < ARRAY_LEN(changes); i++)
        if (w->count >= changes[i].words && str_eq(w->items[0], changes[i].name)) {
            changes[i].happen(s, w);
            watcher_moved(&s->watcher, &s->company, s->company.now);
            return;
        }
    fprintf(stderr, "no change of the world: %s\n", w->count > 0 ? w->items[0] : "");
    exit(2);
}

void change_happen(struct shell *s, const char *fmt, ...)
{
    char line[LINE_BYTES];
    struct words words;
    va_list ap;
    va_start(ap, fmt);
    int written = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    assert(written >= 0 && written < LINE_BYTES);
    fprintf(s->trace, "W %" PRId64 " %" PRId64 " %s\n", s->step, s->company.now, line);
    words_cut(&words, line);
    happen(s, &words);
}

void change_tariff(struct shell *s, int64_t id, const struct tariff *t)
{
    change_happen(
        s, "tariff %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %d %d %" PRId64, id,
        t->orders_per_month, t->reaction_minutes, t->rate_minor, t->open_limit, t->may_pin,
        t->sees_contacts, t->calendar_id);
}
