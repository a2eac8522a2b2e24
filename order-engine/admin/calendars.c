/* calendars.c - calendar.save: which minutes of the reaction time count */
#include <inttypes.h>

#include "common/base/zone.h"
#include "order-engine/admin/admin.h"
#include "order-engine/admin/dates.h"
#include "order-engine/rules/calendar.h"
#include "sql/order_engine_queries.h"

#define CALENDAR_NAME_MAX 100

struct calendar_facts {
    bool exists, name_taken;
    struct calendar calendar; /* as it is to be; its id is the new row's */
};

static void on_facts(void *ctx, const struct db_result *r)
{
    struct calendar_facts *facts = ctx;
    facts->exists = db_bool(r, 0, 0);
    facts->name_taken = db_bool(r, 0, 1);
    facts->calendar.id = db_i64(r, 0, 2);
}

static void calendar_load(struct admin_work *work)
{
    const struct msg_calendar_save *b = &work->job->msg.body.calendar_save;
    work->job->facts = xcalloc(1, sizeof(struct calendar_facts));
    db_arg_i64(work->args, b->has_calendar_id ? b->calendar_id : 0);
    db_arg_text(work->args, b->name);
    admin_call(work, Q_lock_calendar, on_facts);
}

/* Fills the calendar; NULL, or what is wrong with what was given. */
static const char *read_calendar(const struct msg_calendar_save *b, struct calendar *c)
{
    size_t name = strlen(b->name);
    if (name == 0 || name > CALENDAR_NAME_MAX)
        return "a name of 1 to 100 bytes";
    if (!zone_exists(b->time_zone))
        return "a time zone of the tz database, such as Europe/Moscow";
    snprintf(c->zone, sizeof c->zone, "%s", b->time_zone);
    for (size_t i = 0; i < b->intervals.count; i++) {
        const char *hint = calendar_add_interval(c, b->intervals.items[i]);
        if (hint != NULL)
            return hint;
    }
    for (size_t i = 0; i < b->holidays.count; i++) {
        const char *day = b->holidays.items[i];
        const char *hint = date_is_good(day) ? calendar_add_holiday(c, date_days(day))
                                             : "holidays like 2026-12-31";
        if (hint != NULL)
            return hint;
    }
    return calendar_complaint(c);
}

static void put_column(struct admin_work *work, const struct calendar *c, size_t field)
{
    db_array_open(work->args, DB_I64_ARRAY);
    for (size_t i = 0; i < c->interval_count; i++) {
        const struct calendar_interval *interval = &c->intervals[i];
        const int columns[] = {interval->weekday, interval->from_minute, interval->to_minute};
        db_item_i64(work->args, columns[field]);
    }
    db_array_close(work->args);
}

static void write_calendar(struct admin_work *work, const struct calendar *c)
{
    const struct msg_calendar_save *b = &work->job->msg.body.calendar_save;
    if (b->has_calendar_id) {
        db_arg_i64(work->args, b->calendar_id);
        db_arg_i64(work->args, c->id);
        admin_call(work, Q_retire_calendar, NULL);
    }
    db_arg_i64(work->args, c->id);
    db_arg_text(work->args, b->name);
    db_arg_text(work->args, c->zone);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_insert_calendar, NULL);
    db_arg_i64(work->args, c->id);
    for (size_t field = 0; field < 3; field++)
        put_column(work, c, field);
    admin_call(work, Q_insert_calendar_intervals, NULL);
    db_arg_i64(work->args, c->id);
    db_array_open(work->args, DB_I64_ARRAY);
    for (size_t i = 0; i < c->holiday_count; i++)
        db_item_i64(work->args, c->holidays[i]);
    db_array_close(work->args);
    admin_call(work, Q_insert_calendar_holidays, NULL);
    if (b->has_calendar_id) {
        db_arg_i64(work->args, b->calendar_id);
        db_arg_i64(work->args, c->id);
        admin_call(work, Q_replace_calendar, NULL);
    }
}

static void calendar_run(struct admin_work *work)
{
    const struct msg_calendar_save *b = &work->job->msg.body.calendar_save;
    struct calendar_facts *facts = work->job->facts;
    if (!admin_may(work, ROLE_OWNER))
        return;
    if ((b->has_calendar_id && !facts->exists) || facts->name_taken) {
        job_refuse_plain(work->job,
                         facts->name_taken ? REFUSE_name_taken : REFUSE_no_such_calendar);
        return;
    }
    const char *hint = read_calendar(b, &facts->calendar);
    if (hint != NULL) {
        job_refuse_hint(work->job, hint);
        return;
    }
    char subject[40];
    snprintf(subject, sizeof subject, "calendar:%" PRId64, facts->calendar.id);
    write_calendar(work, &facts->calendar);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
    work->job->answer.created_id = facts->calendar.id;
    work->job->answer.has_created_id = true;
}

const struct admin_command admin_calendar_save = {calendar_load, calendar_run};
