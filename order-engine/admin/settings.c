/* settings.c - what administrators set: parameters, tariffs, accounts */
#include <inttypes.h>

#include "common/base/zone.h"
#include "order-engine/admin/admin.h"
#include "order-engine/admin/dates.h"
#include "order-engine/rules/subscription.h"
#include "sql/order_engine_queries.h"

/* ---- parameters ---- */

struct currency_facts {
    bool is_fixed;
};

static void on_currency(void *ctx, const struct db_result *r)
{
    ((struct currency_facts *)ctx)->is_fixed = db_bool(r, 0, 0);
}

static void parameter_load(struct admin_work *work)
{
    work->job->facts = xcalloc(1, sizeof(struct currency_facts));
    admin_call(work, Q_lock_parameters, on_currency);
}

/* Days end elsewhere now. What moves into the past is due at once. */
static void move_subscriptions(struct admin_work *work, const char *zone)
{
    db_array_open(work->args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
        db_item_text(work->args, clock_step_name(subscription_steps[i].step));
    db_array_close(work->args);
    db_array_open(work->args, DB_I64_ARRAY);
    for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
        db_item_i64(work->args, subscription_steps[i].days_before);
    db_array_close(work->args);
    db_arg_text(work->args, zone);
    admin_call(work, Q_move_subscriptions, NULL);
    save_earlier(work->save, work->world->now);
}

/* The audit keeps the value: what held when can be told years later. */
static void after_parameter(struct admin_work *work, const char *name,
                            const struct parameters *now_is)
{
    char subject[80];
    scoped(buf_fini) struct buf value = {0}, detail = {0};
    parameter_format(now_is, (enum parameter)parameter_find(name), &value);
    buf_add_text(&detail, "{\"value\": ");
    buf_add_json(&detail, buf_text(&value));
    buf_add_char(&detail, '}');
    snprintf(subject, sizeof subject, "parameter:%s", name);
    admin_audit(work, subject, buf_text(&detail));
    if (now_is->CONTRACTOR_MAX_ORDERS < work->world->parameters.CONTRACTOR_MAX_ORDERS)
        save_became_busy(work->save, 0, now_is);
    if (!str_eq(now_is->TIME_ZONE, work->world->parameters.TIME_ZONE))
        move_subscriptions(work, now_is->TIME_ZONE);
    work->changed = "parameters";
    job_ok(work->job);
}

/* The parameters as they would be; false: the reason is answered. */
static bool parameter_is_good(struct admin_work *work, const char *name, const char *value,
                              struct parameters *would_be)
{
    const struct currency_facts *facts = work->job->facts;
    struct err err = {0};
    *would_be = work->world->parameters;
    if (parameter_find(name) < 0)
        job_refuse_plain(work->job, REFUSE_no_such_parameter);
    else if (parameters_set(would_be, name, value, &err) != 0 ||
             parameters_check(would_be, &err) != 0)
        job_refuse_hint(work->job, err.text);
    else if (!zone_exists(would_be->TIME_ZONE))
        job_refuse_hint(work->job, "a time zone of the tz database, such as Europe/Moscow");
    else if (facts->is_fixed && !str_eq(would_be->CURRENCY, work->world->parameters.CURRENCY))
        job_refuse_hint(work->job, "the currency is fixed once there is an order or a payout");
    else
        return true;
    return false;
}

static void parameter_set_run(struct admin_work *work)
{
    const struct msg_parameter_set *b = &work->job->msg.body.parameter_set;
    struct parameters would_be;
    if (!admin_may(work, ROLE_OWNER) || !parameter_is_good(work, b->name, b->value, &would_be))
        return;
    scoped(buf_fini) struct buf value = {0};
    parameter_format(&would_be, (enum parameter)parameter_find(b->name), &value);
    db_arg_text(work->args, b->name);
    db_arg_text(work->args, buf_text(&value));
    db_arg_i64(work->args, work->world->now);
    db_arg_text(work->args, work->job->msg.actor);
    admin_call(work, Q_save_parameter, NULL);
    after_parameter(work, b->name, &would_be);
}

const struct admin_command admin_parameter_set = {parameter_load, parameter_set_run};

static void parameter_reset_run(struct admin_work *work)
{
    const char *name = work->job->msg.body.parameter_reset.name;
    int parameter = parameter_find(name);
    struct parameters would_be;
    if (!admin_may(work, ROLE_OWNER) ||
        !parameter_is_good(work, name, parameter < 0 ? "" : parameter_rows[parameter].fallback,
                           &would_be))
        return;
    db_arg_text(work->args, name);
    admin_call(work, Q_delete_parameter, NULL);
    after_parameter(work, name, &would_be);
}

const struct admin_command admin_parameter_reset = {parameter_load, parameter_reset_run};

/* ---- tariffs ---- */

struct tariff_facts {
    bool exists, name_taken, calendar_exists;
    int64_t new_id;
};

static void on_tariff(void *ctx, const struct db_result *r)
{
    *(struct tariff_facts *)ctx = (struct tariff_facts){.exists = db_bool(r, 0, 0),
                                                        .name_taken = db_bool(r, 0, 1),
                                                        .new_id = db_i64(r, 0, 2),
                                                        .calendar_exists = db_bool(r, 0, 3)};
}

static void tariff_load(struct admin_work *work)
{
    const struct msg_tariff_save *b = &work->job->msg.body.tariff_save;
    work->job->facts = xcalloc(1, sizeof(struct tariff_facts));
    db_arg_i64(work->args, b->has_tariff_id ? b->tariff_id : 0);
    db_arg_text(work->args, b->name);
    db_arg_i64(work->args, b->has_calendar_id ? b->calendar_id : 0);
    admin_call(work, Q_read_tariff_names, on_tariff);
}

/* The ranges the table's constraints repeat. */
static const char *tariff_hint(const struct msg_tariff_save *b)
{
    const struct {
        int64_t value, min, max;
        const char *hint;
    } ranges[] = {
        {(int64_t)strlen(b->name),              1, 100,                   "a name of 1 to 100 bytes"             },
        {b->orders_per_month,                   0, 100000,                "orders per month from 0 to 100000"    },
        {b->reaction_minutes,                   1, 43200,                 "reaction time from 1 to 43200 minutes"},
        {b->price_minor,                        0, INT64_C(100000000000), "a price of 0 or more"                 },
        {b->open_orders,                        1, 1000,                  "open orders at once from 1 to 1000"   },
        {b->has_rate_minor ? b->rate_minor : 0, 0, INT64_C(100000000000), "a rate of 0 or more"                  },
    };
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
        if (ranges[i].value < ranges[i].min || ranges[i].value > ranges[i].max)
            return ranges[i].hint;
    return NULL;
}

static void tariff_run(struct admin_work *work)
{
    const struct msg_tariff_save *b = &work->job->msg.body.tariff_save;
    const struct tariff_facts *facts = work->job->facts;
    const char *hint = tariff_hint(b);
    if (!admin_may(work, ROLE_OWNER))
        return;
    if (hint != NULL) {
        job_refuse_hint(work->job, hint);
        return;
    }
    if ((b->has_tariff_id && !facts->exists) || facts->name_taken) {
        job_refuse_plain(work->job, facts->name_taken ? REFUSE_name_taken : REFUSE_no_such_tariff);
        return;
    }
    if (!facts->calendar_exists) {
        job_refuse_plain(work->job, REFUSE_no_such_calendar);
        return;
    }
    int64_t id = b->has_tariff_id ? b->tariff_id : facts->new_id;
    char subject[40];
    snprintf(subject, sizeof subject, "tariff:%" PRId64, id);
    db_arg_i64(work->args, id);
    db_arg_text(work->args, b->name);
    db_arg_i64(work->args, b->orders_per_month);
    db_arg_i64(work->args, b->reaction_minutes);
    db_arg_i64(work->args, b->price_minor);
    db_arg_i64(work->args, b->open_orders);
    db_arg_bool(work->args, b->may_pin);
    db_arg_bool(work->args, b->sees_contacts);
    db_arg_bool(work->args, b->on_sale);
    db_arg_i64_or_null(work->args, b->has_rate_minor, b->rate_minor);
    db_arg_i64(work->args, work->world->now);
    db_arg_i64_or_null(work->args, b->has_calendar_id, b->calendar_id);
    admin_call(work, Q_save_tariff, NULL);
    admin_audit(work, subject, NULL);
    work->changed = "parameters";
    job_ok(work->job);
    work->job->answer.created_id = id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_tariff_save = {tariff_load, tariff_run};

/* ---- accounts ---- */

struct account_facts {
    bool exists, tariff_exists;
};

static void on_account(void *ctx, const struct db_result *r)
{
    if (db_rows(r) > 0)
        *(struct account_facts *)ctx = (struct account_facts){true, db_bool(r, 0, 1)};
}

static void account_load(struct admin_work *work)
{
    const struct msg_account_update *b = &work->job->msg.body.account_update;
    work->job->facts = xcalloc(1, sizeof(struct account_facts));
    db_arg_i64(work->args, b->account_id);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    admin_call(work, Q_lock_account, on_account);
}

static void account_run(struct admin_work *work)
{
    const struct msg_account_update *b = &work->job->msg.body.account_update;
    const struct account_facts *facts = work->job->facts;
    if (!admin_may(work, ROLE_OWNER))
        return;
    if (!facts->exists || (b->has_tariff_id && !facts->tariff_exists)) {
        job_refuse_plain(work->job, facts->exists ? REFUSE_no_such_tariff : REFUSE_no_such_account);
        return;
    }
    if (b->paid_until != NULL && !date_is_good(b->paid_until)) {
        job_refuse_hint(work->job, "a date YYYY-MM-DD");
        return;
    }
    if (b->name != NULL && (b->name[0] == '\0' || strlen(b->name) > PERSON_NAME_MAX)) {
        job_refuse_hint(work->job, "a name of 1 to 200 bytes");
        return;
    }
    char subject[40];
    snprintf(subject, sizeof subject, "account:%" PRId64, b->account_id);
    db_arg_i64(work->args, b->account_id);
    db_arg_text(work->args, b->name);
    db_arg_i64_or_null(work->args, b->has_tariff_id, b->tariff_id);
    db_arg_text(work->args, b->paid_until);
    admin_call(work, Q_update_account, NULL);
    if (b->paid_until != NULL)
        admin_write_subscription(work, b->account_id, b->paid_until);
    admin_audit(work, subject, NULL);
    work->changed = "people";
    job_ok(work->job);
}

const struct admin_command admin_account_update = {account_load, account_run};
