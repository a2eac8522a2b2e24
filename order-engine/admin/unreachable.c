/* unreachable.c - somebody an order needs cannot be reached */
#include "order-engine/admin/unreachable.h"

#include <inttypes.h>

#include "order-engine/rules/alerts.h"
#include "sql/order_engine_queries.h"

/* ---- the look ---- */

static void on_needed(void *ctx, const struct db_result *r)
{
    struct unreachable *u = ctx;
    for (int row = 0; row < db_rows(r) && u->order_count < NEEDED_ORDERS_MAX; row++) {
        u->person_id = db_i64(r, row, 0);
        u->orders[u->order_count++] = (struct needed_order){.order_id = db_i64(r, row, 1),
                                                            .alert_id = db_i64(r, row, 2),
                                                            .in_work = db_bool(r, row, 3),
                                                            .is_known = db_bool(r, row, 4),
                                                            .others_are_back = db_bool(r, row, 5)};
    }
}

static void on_substitutes(void *ctx, const struct db_result *r)
{
    struct unreachable *u = ctx;
    for (int row = 0; row < db_rows(r) && u->count < SUBSTITUTES_MAX; row++)
        u->those[u->count++] = (struct substitute){.id = db_i64(r, row, 0),
                                                   .of_account = db_bool(r, row, 1),
                                                   .is_manager = db_bool(r, row, 2),
                                                   .is_owner = db_bool(r, row, 3),
                                                   .is_on_duty = db_bool(r, row, 4),
                                                   .is_reachable = db_bool(r, row, 5),
                                                   .was_told = db_bool(r, row, 6)};
}

void unreachable_load(struct admin_work *work, struct unreachable *u, int64_t telegram_id,
                      int64_t notice_id)
{
    db_arg_i64(work->args, telegram_id);
    db_arg_i64(work->args, notice_id);
    db_call(work->db, Q_lock_addressee, work->args, NULL, NULL);
    db_call(work->db, Q_lock_needed_orders, work->args, NULL, NULL);
    db_call(work->db, Q_read_needed_orders, work->args, on_needed, u);
    db_call(work->db, Q_read_substitutes, work->args, on_substitutes, u);
    db_args_reset(work->args);
}

/* ---- the alert ---- */

void unreachable_raise(struct admin_work *work, const struct unreachable *u,
                       struct needed_order *order, const char *reason)
{
    char detail[160];
    if (order->is_known)
        return;
    order->is_known = true;
    db_arg_i64(work->args, order->alert_id);
    db_arg_i64(work->args, order->order_id);
    db_arg_text(work->args, alert_cause_name(CAUSE_UNREACHABLE));
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_alert, NULL);
    save_alert_clock(work->save, order->order_id, order->alert_id,
                     alert_repeat_at(work->world->now,
                                     work->world->parameters.MANAGER_REPEAT_MINUTES,
                                     work->world->now));
    snprintf(detail, sizeof detail,
             "{\"alert_id\":%" PRId64 ",\"person_id\":%" PRId64 ",\"reason\":\"%s\"}",
             order->alert_id, u->person_id, reason);
    struct receipt_step step = receipt_alert(u->those, u->count);
    for (size_t i = 0; i < u->count; i++)
        if (receipt_goes_to(&step, &u->those[i]))
            save_notice(work->save, step.kind, u->those[i].id, order->order_id, work->world->now,
                        detail);
    if (work->world->has_managers_group)
        save_notice_to_group(work->save, step.kind, order->order_id, work->world->now, detail);
}

void unreachable_alert(struct admin_work *work, struct unreachable *u, const char *reason)
{
    for (size_t i = 0; i < u->order_count; i++)
        if (u->orders[i].in_work)
            unreachable_raise(work, u, &u->orders[i], reason);
}

void unreachable_solve(struct admin_work *work, const struct unreachable *u)
{
    for (size_t i = 0; i < u->order_count; i++) {
        const struct needed_order *order = &u->orders[i];
        if (!order->is_known || !order->others_are_back)
            continue;
        db_arg_i64(work->args, order->order_id);
        db_arg_i64(work->args, work->world->now);
        admin_call(work, Q_solve_unreachable, NULL);
        save_withdrawal(work->save, order->order_id, NOTICE_alert_unreachable);
        save_notice(work->save, NOTICE_cards_changed, 0, order->order_id, work->world->now, NULL);
    }
}
