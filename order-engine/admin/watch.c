/* watch.c - what the watch has found: owners are told, the months to come get their place. That it
 * happens once is in the commands' ids */
#include <inttypes.h>

#include "order-engine/admin/admin.h"
#include "sql/order_engine_queries.h"

#define PARTITIONS_MAX 60 /* months at a time */

static void load_nothing(struct admin_work *work)
{
    (void)work;
}

/* ---- partitions.make ---- */

static void partitions_run(struct admin_work *work)
{
    int64_t months = work->job->msg.body.partitions_make.months;
    if (months < 1 || months > PARTITIONS_MAX) {
        job_refuse_hint(work->job, "1 to 60 months");
        return;
    }
    db_arg_i64(work->args, work->world->now);
    db_arg_i64(work->args, months);
    admin_call(work, Q_make_partitions, NULL);
    job_ok(work->job);
}

const struct admin_command admin_partitions_make = {load_nothing, partitions_run};

/* ---- system.report ---- */

static void print_detail(const struct msg_system_report *b, enum concern concern, char *out,
                         size_t size)
{
    snprintf(out, size,
             "{\"concern\":\"%s\",\"count\":%" PRId64 ",\"since\":%" PRId64 ",\"order_id\":%" PRId64
             "}",
             concern_name(concern), b->count, b->has_since ? b->since : 0,
             b->has_order_id ? b->order_id : 0);
}

/* Owners who cannot be reached find it in the panel and in itsupportctl status. */
static void report_run(struct admin_work *work)
{
    const struct msg_system_report *b = &work->job->msg.body.system_report;
    int concern = concern_parse(b->kind);
    char detail[160];
    if (concern < 0) {
        job_refuse_hint(work->job, "a kind of concern");
        return;
    }
    print_detail(b, (enum concern)concern, detail, sizeof detail);
    for (size_t i = 0; i < work->world->crew.count; i++) {
        const struct person *who = &work->world->crew.items[i];
        if ((who->roles & ROLE_OWNER) && who->reachable)
            save_notice(work->save, NOTICE_watch_report, who->id, 0, work->world->now, detail);
    }
    job_ok(work->job);
}

const struct admin_command admin_system_report = {load_nothing, report_run};
