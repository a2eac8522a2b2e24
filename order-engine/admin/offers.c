/* offers.c - what contractors say about offers: not this one, only those kinds */
#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "order-engine/rules/order_fsm.h"
#include "sql/order_engine_queries.h"

/* ---- offer.decline: nothing of the order changes, so it is no event of the order ---- */

struct offer {
    bool exists, is_own_account, is_open_to;
    int state; /* enum order_state */
    int64_t taken_at, person_id;
};

static void on_offer(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct offer *)ctx = (struct offer){
            .exists = true,
            .state = order_state_parse(db_text(r, 0, 0)),
            .taken_at = db_i64(r, 0, 1),
            .person_id = db_i64(r, 0, 2),
            .is_own_account = db_bool(r, 0, 3),
            .is_open_to = db_bool(r, 0, 4),
        };
}

static void decline_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct offer));
    admin_lock_actor(work);
    db_arg_i64(work->args, work->job->msg.body.offer_decline.order_id);
    db_arg_i64(work->args, work->job->telegram_id);
    admin_call(work, Q_read_offer, on_offer);
}

static bool may_decline(struct admin_work *work, const struct offer *o)
{
    struct refused refused = {0};
    if (!admin_may(work, ROLE_CONTRACTOR))
        return false;
    if (!o->exists)
        refuse(&refused, REFUSE_no_such_order);
    else if (o->state != ORDER_NEW && o->taken_at != 0)
        refuse_number(&refused, REFUSE_taken_already, "at", o->taken_at);
    else if (o->state != ORDER_NEW)
        refuse_text(&refused, REFUSE_wrong_state, "state",
                    order_state_name((enum order_state)o->state));
    else if (o->is_own_account)
        refuse(&refused, REFUSE_own_account);
    else if (!o->is_open_to)
        refuse(&refused, REFUSE_not_offered);
    else
        return true;
    job_refuse(work->job, &refused);
    return false;
}

static void decline_run(struct admin_work *work)
{
    const struct offer *o = work->job->facts;
    int64_t order_id = work->job->msg.body.offer_decline.order_id;
    if (!may_decline(work, o))
        return;
    db_arg_i64(work->args, order_id);
    db_arg_i64(work->args, o->person_id);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_decline, NULL);
    save_became_busy(work->save, o->person_id, &work->world->parameters);
    job_ok(work->job);
    work->job->answer.order_id = order_id;
    work->job->answer.has_order_id = true;
}

const struct admin_command admin_offer_decline = {decline_load, decline_run};

/* ---- person.set_categories ---- */

struct categories {
    uint64_t all; /* bits of CATEGORY_BIT: what may be followed */
};

static void on_categories(void *ctx, const struct db_result *r)
{
    ((struct categories *)ctx)->all = (uint64_t)db_i64(r, 0, 0);
}

static void categories_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct categories));
    admin_call(work, Q_read_categories, on_categories);
}

static void categories_run(struct admin_work *work)
{
    const struct msg_strings *chosen = &work->job->msg.body.person_set_categories.category_ids;
    const struct categories *categories = work->job->facts;
    int64_t ids[CATEGORIES_MAX];
    if (!admin_may(work, ROLE_CONTRACTOR))
        return;
    for (size_t i = 0; i < chosen->count; i++) {
        if (i == CATEGORIES_MAX || text_to_i64(chosen->items[i], 1, CATEGORIES_MAX, &ids[i]) != 0 ||
            (categories->all & CATEGORY_BIT(ids[i])) == 0) {
            job_refuse_plain(work->job, REFUSE_no_such_category);
            return;
        }
    }
    db_arg_i64(work->args, work->job->telegram_id);
    db_array_open(work->args, DB_I64_ARRAY);
    for (size_t i = 0; i < chosen->count; i++)
        db_item_i64(work->args, ids[i]);
    db_array_close(work->args);
    admin_call(work, Q_set_categories, NULL);
    job_ok(work->job);
}

const struct admin_command admin_person_set_categories = {categories_load, categories_run};
