/* load.c - what a batch reads */
#include "order-engine/store/load.h"

#include "order-engine/rules/dispatch.h"
#include "order-engine/store/world_rows.h"
#include "sql/order_engine_queries.h"

static void arg_ids(struct db_args *args, const struct id_list *ids)
{
    db_array_open(args, DB_I64_ARRAY);
    for (size_t i = 0; i < ids->count; i++)
        db_item_i64(args, ids->items[i]);
    db_array_close(args);
}

static void call(struct store *s, int query, db_rows_fn on_rows)
{
    db_call(s->db, query, &s->args, on_rows, s->world);
    db_args_reset(&s->args);
}

void load_installation(struct store *s)
{
    call(s, Q_read_installation, world_read_installation);
}

void load_parameters(struct store *s)
{
    call(s, Q_read_parameters, world_read_parameters);
    call(s, Q_read_categories, world_read_categories);
}

void load_answers(struct store *s, const char *const *command_ids, size_t count)
{
    db_array_open(&s->args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < count; i++)
        db_item_text(&s->args, command_ids[i]);
    db_array_close(&s->args);
    call(s, Q_read_answers, world_read_answers);
}

void lock_accounts(struct store *s, const struct id_list *telegram_ids, const struct id_list *ids)
{
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, ids);
    call(s, Q_lock_accounts, NULL);
}

void lock_people(struct store *s, const struct id_list *telegram_ids, const struct id_list *ids,
                 const struct id_list *orderers)
{
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, ids);
    arg_ids(&s->args, orderers);
    call(s, Q_lock_people, NULL);
}

void lock_orders(struct store *s, const struct id_list *ids, const struct id_list *telegram_ids,
                 const struct id_list *person_ids)
{
    arg_ids(&s->args, ids);
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, person_ids);
    call(s, Q_lock_orders, NULL);
}

void load_orders(struct store *s, const struct id_list *ids)
{
    arg_ids(&s->args, ids);
    db_arg_i64(&s->args, s->world->first_month);
    db_arg_i64(&s->args, s->world->last_month);
    call(s, Q_read_orders, world_read_orders);
}

void load_circles(struct store *s, const struct id_list *order_ids)
{
    arg_ids(&s->args, order_ids);
    call(s, Q_read_circles, world_read_circles);
}

void load_people(struct store *s, const struct id_list *telegram_ids, const struct id_list *ids)
{
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, ids);
    call(s, Q_read_people, world_read_people);
}

void load_workload(struct store *s, const struct id_list *telegram_ids, const struct id_list *ids)
{
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, ids);
    call(s, Q_read_workload, world_read_workload);
}

void load_accounts(struct store *s, const struct id_list *telegram_ids)
{
    arg_ids(&s->args, telegram_ids);
    call(s, Q_read_accounts, world_read_accounts);
}

void load_pins(struct store *s, const struct id_list *telegram_ids, const struct id_list *order_ids)
{
    arg_ids(&s->args, telegram_ids);
    arg_ids(&s->args, order_ids);
    call(s, Q_read_pins, world_read_pins);
}

void load_crew(struct store *s)
{
    call(s, Q_read_crew, world_read_crew);
}

void load_contractors(struct store *s)
{
    db_arg_i64(&s->args, RATING_MARKS);
    call(s, Q_read_contractors, world_read_contractors);
}

void load_months(struct store *s)
{
    call(s, Q_read_months, world_read_months);
}

void load_clocks(struct store *s, const struct id_list *order_ids)
{
    arg_ids(&s->args, order_ids);
    call(s, Q_read_clocks, world_read_clocks);
    arg_ids(&s->args, order_ids);
    call(s, Q_read_alerts, world_read_alerts);
}

void load_deadlines(struct store *s, const struct id_list *deadline_ids)
{
    arg_ids(&s->args, deadline_ids);
    call(s, Q_read_deadlines, world_read_deadlines);
}

void load_waiting(struct store *s, const struct id_list *alert_ids, const struct id_list *order_ids)
{
    arg_ids(&s->args, alert_ids);
    arg_ids(&s->args, order_ids);
    call(s, Q_read_waiting_alerts, world_read_waiting);
}

void load_subscribers(struct store *s, const struct id_list *account_ids)
{
    arg_ids(&s->args, account_ids);
    call(s, Q_read_subscribers, world_read_subscribers);
}

void load_calendars(struct store *s, const struct id_list *ids)
{
    arg_ids(&s->args, ids);
    call(s, Q_read_calendars, world_read_calendars);
}

void load_numbers(struct store *s, int64_t orders, int64_t alerts)
{
    db_arg_i64(&s->args, orders);
    db_arg_i64(&s->args, alerts);
    call(s, Q_reserve_numbers, world_read_numbers);
}
