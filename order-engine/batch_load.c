/* batch_load.c - what a batch reads: everything its commands name, in one round trip, a second one
 * if the first shows the need */
#include "order-engine/batch_state.h"

#include "sql/order_engine_queries.h"

int64_t batch_count_needing(const struct batch *b, unsigned need)
{
    int64_t n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += (b->jobs[i]->row->needs & need) != 0;
    return n;
}

struct admin_work batch_admin_work(struct batch *b, struct job *job)
{
    return (struct admin_work){.job = job,
                               .db = b->opts.db,
                               .store = &b->store,
                               .world = &b->world,
                               .save = b->save,
                               .args = &b->store.args};
}

/* Collects what the batch's commands name. */
static unsigned collect(struct batch *b)
{
    unsigned needs = 0;
#define RESET(name, what) id_list_reset(&b->lists.name);
    BATCH_LISTS(RESET)
    for (size_t i = 0; i < b->count; i++) {
        struct job *job = b->jobs[i];
        unsigned own = job->row->needs;
        int64_t order_id = command_order_id(&job->msg);
        needs |= own;
        id_list_add(&b->lists.actors, job->telegram_id);
        if (job->telegram_id != 0 && world_by_telegram(&b->world, job->telegram_id) == NULL)
            id_list_add(&b->lists.strangers, job->telegram_id);
        id_list_add(&b->lists.orders, order_id);
        if (job->doubts)
            id_list_add(&b->lists.doubted, order_id);
        if (own & NEED_CLOCKS)
            id_list_add(&b->lists.locked, order_id);
        if (own & NEED_PINS)
            id_list_add(&b->lists.pinned, order_id);
        if (own & NEED_ACCOUNT)
            id_list_add(&b->lists.orderers, job->telegram_id);
        if (own & NEED_WORKLOAD) {
            id_list_add(&b->lists.targets, command_target_id(&job->msg));
            if (command_target_id(&job->msg) == 0)
                id_list_add(&b->lists.workers, job->telegram_id);
        }
        if (own & NEED_DEADLINE) {
            const struct msg_deadline_reached *reached = &job->msg.body.deadline_reached;
            id_list_add(&b->lists.deadlines, job->deadline_id = reached->deadline_id);
            id_list_add(&b->lists.alerts, reached->alert_id);
            id_list_add(&b->lists.subscriptions, reached->account_id);
            id_list_add(&b->lists.alerted, reached->alert_id != 0 ? order_id : 0);
        }
    }
    return needs;
}

/* Orders that stay where they are in this batch, and are known, need not be read. */
static void recall_orders(struct batch *b)
{
    for (size_t i = 0; i < b->lists.orders.count; i++) {
        int64_t id = b->lists.orders.items[i];
        const struct order *known = known_orders_find(&b->world.known, id);
        if (known == NULL || id_list_has(&b->lists.locked, id) ||
            id_list_has(&b->lists.doubted, id))
            id_list_add(&b->lists.unread, id);
        else
            *WORLD_ADD(b->world.orders, b->world.order_count, b->world.order_cap) = *known;
    }
}

/* Orders this process has never met: the people around them are read with them. */
static void find_unmet(struct batch *b)
{
    id_list_reset(&b->lists.strange);
    for (size_t i = 0; i < b->lists.unread.count; i++)
        if (!circles_have(&b->world.circles, b->lists.unread.items[i]))
            id_list_add(&b->lists.strange, b->lists.unread.items[i]);
}

void batch_load(struct batch *b)
{
    struct store *s = &b->store;
    const char *ids[BATCH_MAX];
    unsigned needs = collect(b);
    recall_orders(b);
    find_unmet(b);
    bool is_admin = b->jobs[0]->row->admin != NULL;
    for (size_t i = 0; i < b->count; i++)
        ids[i] = b->jobs[i]->msg.id;

    b->in_transaction = is_admin || b->lists.locked.count + b->lists.subscriptions.count > 0 ||
                        (needs & (NEED_ACCOUNT | NEED_WORKLOAD)) != 0;
    if (b->in_transaction)
        db_call(b->opts.db, Q_begin, NULL, NULL, NULL);
    if (b->careful || is_admin)
        load_answers(s, ids, b->count);
    if ((needs & NEED_ACCOUNT) != 0 || b->lists.subscriptions.count > 0)
        lock_accounts(s, &b->lists.orderers, &b->lists.subscriptions);
    if (needs & (NEED_WORKLOAD | NEED_ACCOUNT))
        lock_people(s, &b->lists.workers, &b->lists.targets, &b->lists.orderers);
    if (b->lists.locked.count > 0)
        lock_orders(s, &b->lists.locked, &b->lists.workers, &b->lists.targets);
    if (b->lists.unread.count > 0)
        load_orders(s, &b->lists.unread);
    if (b->lists.strange.count > 0)
        load_circles(s, &b->lists.strange);
    load_installation(s); /* the time after the orders: whatever happened to them was before now */
    if (b->lists.strangers.count + b->lists.targets.count > 0)
        load_people(s, &b->lists.strangers, &b->lists.targets);
    if (needs & NEED_WORKLOAD)
        load_workload(s, &b->lists.workers, &b->lists.targets);
    if (needs & NEED_ACCOUNT)
        load_accounts(s, &b->lists.orderers);
    if (needs & (NEED_PINS | NEED_ACCOUNT))
        load_pins(s, &b->lists.orderers, &b->lists.pinned);
    if (needs & NEED_CLOCKS)
        load_clocks(s, &b->lists.locked);
    if ((needs & NEED_CREW) != 0 && b->world.crew.count == 0)
        load_crew(s);
    if (needs & NEED_CONTRACTORS)
        load_contractors(s);
    if ((needs & NEED_MONTH) != 0 && b->world.month_count == 0)
        load_months(s);
    if (needs & NEED_DEADLINE)
        load_deadlines(s, &b->lists.deadlines);
    if (b->lists.subscriptions.count > 0)
        load_subscribers(s, &b->lists.subscriptions);
    if (b->lists.alerts.count > 0)
        load_waiting(s, &b->lists.alerts, &b->lists.alerted);
    if (needs & (NEED_ORDER_NUMBER | NEED_ALERT_NUMBER))
        load_numbers(s, batch_count_needing(b, NEED_ORDER_NUMBER),
                     batch_count_needing(b, NEED_ALERT_NUMBER));
    if (is_admin) {
        struct admin_work work = batch_admin_work(b, b->jobs[0]);
        b->jobs[0]->row->admin->load(&work);
    }
}

/* Orders read without a lock whose next message is the answer and moves clocks; the key of their
 * events tells who was faster. */
static void find_answered(struct batch *b)
{
    id_list_reset(&b->lists.answered);
    for (size_t i = 0; i < b->count; i++) {
        const struct order *o = world_order(&b->world, command_order_id(&b->jobs[i]->msg));
        if (o != NULL && (b->jobs[i]->row->needs & NEED_CLOCKS) == 0 &&
            o->state == ORDER_WAITING_CLIENT)
            id_list_add(&b->lists.answered, o->id);
    }
}

static void find_calendar(struct batch *b, int64_t id)
{
    if (id != 0 && world_calendar(&b->world, id) == NULL)
        id_list_add(&b->lists.calendars, id);
}

static void find_strange(struct batch *b)
{
    id_list_reset(&b->lists.calendars);
    id_list_reset(&b->lists.strange);
    for (size_t i = 0; i < b->world.order_count; i++) {
        const struct order *o = &b->world.orders[i];
        find_calendar(b, o->calendar_id);
        if (circles_find(&b->world.circles, o) == NULL)
            id_list_add(&b->lists.strange, o->id);
    }
    for (size_t i = 0; i < b->world.account_count; i++)
        find_calendar(b, b->world.accounts[i].calendar_id);
}

/* Few deadlines open an order, so the contractors are read for those alone. */
static bool must_offer(const struct world *w)
{
    for (size_t i = 0; i < w->deadline_count; i++)
        if (w->deadlines[i].step == STEP_OPEN)
            return w->contractors.count == 0;
    return false;
}

/* Somebody has changed since people were read: who matters here is read anew. */
static void meet_again(struct batch *b)
{
    world_forget_people(&b->world);
    b->world.people_version = b->world.installed_people;
    load_people(&b->store, &b->lists.actors, &b->lists.targets);
    load_workload(&b->store, &b->lists.workers, &b->lists.targets);
    if (batch_count_needing(b, NEED_CREW) > 0)
        load_crew(&b->store);
}

/* What only the first look could tell: parameters or people that have changed, orders of another
 * month, messages that are answers, orders that open, a month that has begun. */
static bool look_again(struct batch *b)
{
    struct world *w = &b->world;
    if (b->looked_twice)
        return false;
    b->looked_twice = true;
    bool stale = w->parameters_version != w->installed_version;
    bool changed = w->people_version != w->installed_people;
    bool more = b->jobs[0]->load_more != NULL;
    bool offers = must_offer(w);
    bool turned = batch_count_needing(b, NEED_MONTH) > 0 && !world_has_month(w);
    find_answered(b);
    if (!stale && !changed && !more && !offers && !turned && !w->months_widened &&
        b->lists.answered.count == 0)
        return false;
    if (turned) {
        world_forget_months(w);
        load_months(&b->store);
    }
    if (offers)
        load_contractors(&b->store);
    if (w->months_widened)
        load_orders(&b->store, &b->lists.unread); /* for their versions */
    if (stale)
        load_parameters(&b->store);
    if (changed)
        meet_again(b);
    if (b->lists.answered.count > 0)
        load_clocks(&b->store, &b->lists.answered);
    if (more) {
        struct admin_work work = batch_admin_work(b, b->jobs[0]);
        b->jobs[0]->load_more(&work);
    }
    return true;
}

/* Whatever has been read may name a calendar, or an order whose people are others than those this
 * process has met. */
bool batch_load_more(struct batch *b)
{
    if (look_again(b))
        return true;
    find_strange(b);
    if (b->looked_around || b->lists.calendars.count + b->lists.strange.count == 0)
        return false;
    b->looked_around = true;
    if (b->lists.calendars.count > 0)
        load_calendars(&b->store, &b->lists.calendars);
    if (b->lists.strange.count > 0)
        load_circles(&b->store, &b->lists.strange);
    return true;
}
