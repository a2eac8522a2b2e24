/* world.c - what one batch has read from the database */
#include "order-engine/world.h"

#include "order-engine/rules/billing.h"

/* items: the address of a pointer of any object type, hence the copies. */
void *world_grow_(void *items, size_t *count, size_t *cap, size_t size)
{
    char *all;
    memcpy(&all, items, sizeof all);
    if (*count == *cap) {
        *cap = *cap == 0 ? 64 : *cap * 2;
        all = xrealloc(all, *cap, size);
        memcpy(items, &all, sizeof all);
    }
    return memset(all + (*count)++ * size, 0, size);
}

static void forget_answers(struct world *w)
{
    for (size_t i = 0; i < w->answer_count; i++) {
        free(w->answers[i].id);
        free(w->answers[i].answer);
    }
    w->answer_count = 0;
}

void world_reset(struct world *w)
{
    forget_answers(w);
    w->contractors.count = 0;
    if (w->people.count > WORLD_PEOPLE_MAX)
        world_forget_people(w);
    w->order_count = w->account_count = w->pin_count = w->deadline_count = w->waiting_count =
        w->subscriber_count = w->months_new = 0;
    w->order_number_count = w->alert_number_count = w->touched_count = 0;
    w->months_widened = false;
    w->month = (struct billing_month){0};
}

void world_widen_months(struct world *w, int64_t month_day)
{
    bool first = w->last_month == 0;
    w->first_month = first ? month_day : min_i64(w->first_month, month_day);
    w->last_month = first ? month_day : max_i64(w->last_month, month_day);
    w->months_widened = true;
}

void world_fini(struct world *w)
{
    forget_answers(w);
    free(w->people.items);
    free(w->by_telegram);
    free(w->crew.items);
    free(w->contractors.items);
    free(w->orders);
    free(w->touched);
    free(w->accounts);
    free(w->pins);
    circles_fini(&w->circles);
    known_orders_forget(&w->known);
    free(w->deadlines);
    free(w->waiting);
    for (size_t i = 0; i < w->calendar_count; i++)
        free(w->calendars[i]);
    free(w->calendars);
    free(w->subscribers);
    free(w->answers);
    free(w->months);
    free(w->order_numbers);
    free(w->alert_numbers);
    *w = (struct world){0};
}

struct order *world_order(struct world *w, int64_t id)
{
    for (size_t i = 0; i < w->order_count; i++)
        if (w->orders[i].id == id)
            return &w->orders[i];
    return NULL;
}

struct account *world_account(struct world *w, int64_t id)
{
    for (size_t i = 0; i < w->account_count; i++)
        if (w->accounts[i].id == id)
            return &w->accounts[i];
    return NULL;
}

const struct calendar *world_calendar(const struct world *w, int64_t id)
{
    for (size_t i = 0; i < w->calendar_count; i++)
        if (w->calendars[i]->id == id)
            return w->calendars[i];
    return NULL;
}

struct calendar *world_add_calendar(struct world *w)
{
    struct calendar *calendar = xcalloc(1, sizeof *calendar);
    *WORLD_ADD(w->calendars, w->calendar_count, w->calendar_cap) = calendar;
    return calendar;
}

void world_link(struct world *w)
{
    for (size_t i = 0; i < w->order_count; i++) {
        struct order *o = &w->orders[i];
        const struct circle *circle = circles_find(&w->circles, o);
        if (circle != NULL)
            circle_link(circle, o);
        o->calendar = world_calendar(w, o->calendar_id);
        o->clocks[CLOCK_REACTION].calendar = o->calendar;
    }
    for (size_t i = 0; i < w->account_count; i++)
        w->accounts[i].calendar = world_calendar(w, w->accounts[i].calendar_id);
}

static struct person *find_person(struct people_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

struct person *world_person(struct world *w, int64_t id)
{
    return find_person(&w->people, id);
}

/* The first place in by_telegram whose person has this Telegram id or a higher one. */
static size_t telegram_place(const struct world *w, int64_t telegram_id)
{
    size_t low = 0, high = w->people.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->people.items[w->by_telegram[middle]].telegram_id < telegram_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct person *world_by_telegram(struct world *w, int64_t telegram_id)
{
    size_t place = telegram_place(w, telegram_id);
    if (place == w->people.count)
        return NULL;
    struct person *who = &w->people.items[w->by_telegram[place]];
    return who->telegram_id == telegram_id ? who : NULL;
}

void world_add_person(struct world *w, const struct person *who)
{
    struct person *known = find_person(&w->people, who->id);
    if (known != NULL && known->telegram_id == who->telegram_id) {
        *known = *who;
        return;
    }
    if (known != NULL) /* another Telegram account now: the places would be out of order */
        world_forget_people(w);
    size_t place = telegram_place(w, who->telegram_id), count = w->people.count;
    size_t cap = w->people.cap;
    *WORLD_ADD(w->people.items, w->people.count, w->people.cap) = *who;
    if (cap != w->people.cap)
        w->by_telegram = xrealloc(w->by_telegram, w->people.cap, sizeof *w->by_telegram);
    memmove(w->by_telegram + place + 1, w->by_telegram + place,
            (count - place) * sizeof *w->by_telegram);
    w->by_telegram[place] = (uint32_t)count;
}

void world_forget_people(struct world *w)
{
    w->people.count = w->crew.count = 0;
    w->people_version = 0;
    circles_forget(&w->circles);
}

void world_forget_all(struct world *w)
{
    w->parameters_version = 0;
    known_orders_forget(&w->known);
    world_forget_months(w);
    world_forget_people(w);
}

const struct read_deadline *world_deadline(const struct world *w, int64_t id)
{
    for (size_t i = 0; i < w->deadline_count; i++)
        if (w->deadlines[i].id == id)
            return &w->deadlines[i];
    return NULL;
}

const char *world_answer(const struct world *w, const char *command_id)
{
    for (size_t i = 0; i < w->answer_count; i++)
        if (str_eq(w->answers[i].id, command_id))
            return w->answers[i].answer;
    return NULL;
}

static const struct billing_month *present_month(const struct world *w)
{
    for (size_t i = 0; i < w->month_count; i++)
        if (w->months[i].starts_at <= w->now && w->now < w->months[i].ends_at)
            return &w->months[i];
    return NULL;
}

bool world_has_month(const struct world *w)
{
    return present_month(w) != NULL;
}

void world_forget_months(struct world *w)
{
    w->month_count = w->months_new = 0;
}

void world_find_month(struct world *w)
{
    const struct billing_month *present = present_month(w);
    if (present != NULL) {
        w->month = *present;
        return;
    }
    struct billing_month newest = {0};
    for (size_t i = 0; i < w->month_count; i++)
        if (w->months[i].ends_at > newest.ends_at)
            newest = w->months[i];
    const struct parameters *p = &w->parameters;
    do {
        newest = newest.id == 0 ? billing_first(p->BILLING_DAY, p->TIME_ZONE, w->now)
                                : billing_next(&newest, p->BILLING_DAY, p->TIME_ZONE);
        *WORLD_ADD(w->months, w->month_count, w->month_cap) = newest;
        w->months_new++;
    } while (newest.ends_at <= w->now);
    w->month = newest;
}

/* What this batch did to an order; the list grows as orders are read or made. */
static enum touched *touched(struct world *w, int64_t order_id)
{
    while (w->touched_count < w->order_count)
        *WORLD_ADD(w->touched, w->touched_count, w->touched_cap) = UNTOUCHED;
    for (size_t i = 0; i < w->order_count; i++)
        if (w->orders[i].id == order_id)
            return &w->touched[i];
    return NULL;
}

bool world_takes(struct world *w, const struct decision *d)
{
    const enum touched *t = touched(w, d->after.id);
    return t == NULL || *t == UNTOUCHED || (*t == SAID && d->only_said);
}

/* A contractor's work in hand, wherever this batch holds the person. */
static void count_work(struct world *w, int64_t person_id, int change)
{
    struct person *who = find_person(&w->people, person_id);
    if (who != NULL)
        who->open_orders += change;
    who = find_person(&w->contractors, person_id);
    if (who != NULL)
        who->open_orders += change;
}

static bool is_at_work(enum order_state state)
{
    return state == ORDER_IN_WORK || state == ORDER_WAITING_CLIENT;
}

static bool is_open(enum order_state state)
{
    return state == ORDER_NEW || is_at_work(state);
}

void world_apply(struct world *w, const struct decision *d)
{
    struct order *order = world_order(w, d->after.id);
    if (order == NULL)
        order = WORLD_ADD(w->orders, w->order_count, w->order_cap);
    int64_t worked = is_at_work(d->from) ? order->contractor_id : 0;
    int64_t works = is_at_work(d->after.state) ? d->after.contractor_id : 0;
    *order = d->after;
    *touched(w, order->id) = d->only_said ? SAID : MOVED;

    if (worked != works) {
        count_work(w, worked, -1);
        count_work(w, works, 1);
    }
    struct account *account = world_account(w, order->account_id);
    if (account == NULL)
        return;
    if (is_open(d->from) != is_open(order->state))
        account->open_orders += is_open(order->state) ? 1 : -1;
    if (d->quota == LEDGER_RESERVE)
        account->quota_balance--;
    if ((d->quota == LEDGER_RETURN || d->quota == LEDGER_COMPENSATE) &&
        order->billing_month_id == w->month.id)
        account->quota_balance++;
}
