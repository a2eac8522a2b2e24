/* desk.c - an owner asks for a picture or a workbook: read, made, sent */
#include "bot-gateway/reports/desk.h"

#include "bot-gateway/reports/maker.h"
#include "bot-gateway/texts/cities.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/base/zone.h"
#include "sql/bot_gateway_queries.h"

#define ACTION_EVERY_US (4 * INT64_C(1000000)) /* Telegram shows it for five seconds */
#define TRIES 3
#define TRY_AGAIN_S 2
#define TRY_AGAIN_MAX_S 60

/* clang-format off */
static const struct form_row {
    enum telegram_method method;
    const char *field, *content_type, *suffix, *action;
} forms[REPORT_FORM_COUNT] = {
    [REPORT_CHART]      = {TG_send_photo,    "photo",    "image/png", "png", "upload_photo"},
    [REPORT_CHART_DARK] = {TG_send_photo,    "photo",    "image/png", "png", "upload_photo"},
    [REPORT_TABLE]      = {TG_send_document, "document", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "upload_document"},
};
/* clang-format on */

struct report_job {
    struct report_desk *desk;
    int64_t chat_id, months_ago;
    enum report_form form;
    struct report *report; /* while it is read */
    struct reader reader;
    char zone[ZONE_NAME_MAX], days_zone[ZONE_NAME_MAX]; /* the reader's */
    struct report_totals totals;
    struct buf bytes;
    int tries;
    sd_event_source *again;
};

struct report_desk {
    sd_event *loop;
    struct db *db;
    struct telegram *telegram;
    struct maker *maker;
    sd_event_source *tick; /* shows that something is made */
    struct report_job *jobs[REPORT_JOBS_MAX];
    bool stopping; /* Telegram may be gone */
};

/* ---- jobs ---- */

static void end(struct report_job *job)
{
    for (size_t i = 0; i < REPORT_JOBS_MAX; i++) {
        if (job->desk->jobs[i] == job) {
            job->desk->jobs[i] = NULL;
        }
    }
    sd_event_source_disable_unref(job->again);
    report_free(&job->report);
    buf_fini(&job->bytes);
    free(job);
}

static void on_said(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome != TELEGRAM_OK) {
        log_info("report's chat not told outcome=%d", (int)answer->outcome);
    }
}

/* A sentence in place of the report. */
static void end_with(struct report_job *job, const char *msgid)
{
    if (job->desk->stopping) {
        end(job);
        return;
    }
    scoped(buf_fini) struct buf params = {0};
    buf_printf(&params, "{\"chat_id\":%lld,\"text\":", (long long)job->chat_id);
    buf_add_json(&params, tr(job->reader.language, msgid));
    buf_add_char(&params, '}');
    telegram_call(job->desk->telegram, TG_send_message, buf_text(&params), on_said, NULL);
    end(job);
}

static void end_in_vain(struct report_job *job, const char *why)
{
    log_warn("report is not sent chat=%lld reason=\"%.160s\"", (long long)job->chat_id, why);
    end_with(job, N_("😔 The report could not be made just now. Please ask for it again."));
}

/* ---- sent ---- */

static void upload(struct report_job *job);

static int on_again(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)source;
    (void)now_us;
    upload(ctx);
    return 0;
}

static void try_again(struct report_job *job, int64_t after_s)
{
    uint64_t us = (uint64_t)max_i64(after_s, TRY_AGAIN_S) * 1000000;
    job->again = sd_event_source_disable_unref(job->again);
    int rc = sd_event_add_time_relative(job->desk->loop, &job->again, CLOCK_MONOTONIC, us, 1,
                                        on_again, job);
    assert(rc >= 0);
    (void)rc;
}

static void on_uploaded(void *ctx, const struct telegram_answer *answer)
{
    struct report_job *job = ctx;
    bool later = answer->outcome == TELEGRAM_TRANSIENT || answer->outcome == TELEGRAM_FLOOD;
    if (answer->outcome == TELEGRAM_OK) {
        end(job);
    } else if (later && job->tries < TRIES && answer->retry_after_s <= TRY_AGAIN_MAX_S) {
        try_again(job, answer->retry_after_s);
    } else if (answer->outcome == TELEGRAM_UNCERTAIN) { /* it may have arrived */
        log_info("report may be lost chat=%lld", (long long)job->chat_id);
        end(job);
    } else {
        end_in_vain(job, answer->description);
    }
}

static void file_name(const struct report_job *job, char out[48])
{
    struct zone_time first;
    zone_local(job->days_zone, job->totals.starts_at, &first);
    snprintf(out, 48, "report-%04d-%02d-%02d.%s", first.year, first.month, first.day,
             forms[job->form].suffix);
}

static void add_caption(const struct report_job *job, struct buf *params)
{
    scoped(buf_fini) struct buf days = {0}, caption = {0};
    scoped(values_fini) struct values v;
    values_init(&v, &job->reader);
    report_format_days(&job->reader, job->totals.starts_at, job->totals.ends_at, &days);
    values_text(&v, "days", buf_text(&days));
    say(&v, N_("📈 Report: {days}"), &caption);
    say_whose_days(&job->reader, &caption);
    buf_add_json(params, buf_text(&caption));
}

static void upload(struct report_job *job)
{
    const struct form_row *form = &forms[job->form];
    scoped(buf_fini) struct buf params = {0};
    char name[48];
    file_name(job, name);
    buf_printf(&params, "{\"chat_id\":%lld,\"caption\":", (long long)job->chat_id);
    add_caption(job, &params);
    buf_add_char(&params, '}');
    job->tries++;
    telegram_upload(job->desk->telegram, form->method, buf_text(&params),
                    &(struct telegram_upload){form->field, name, form->content_type,
                                              job->bytes.data, job->bytes.len},
                    on_uploaded, job);
}

/* ---- made ---- */

static void on_made(void *ctx, struct made *made)
{
    struct report_job *job = ctx;
    if (made->rc < 0) {
        end_in_vain(job, made->err.text);
        return;
    }
    job->bytes = made->bytes;
    made->bytes = (struct buf){0};
    upload(job);
}

/* ---- read ---- */

static void on_month(void *ctx, const struct db_result *rows)
{
    struct report_job *job = ctx;
    report_read_month(job->report, rows);
}

static void on_payouts(void *ctx, const struct db_result *rows)
{
    struct report_job *job = ctx;
    report_read_payouts(job->report, rows);
}

static void on_clients(void *ctx, const struct db_result *rows)
{
    struct report_job *job = ctx;
    report_read_clients(job->report, rows);
}

static void on_entries(void *ctx, const struct db_result *rows)
{
    struct report_job *job = ctx;
    report_read_entries(job->report, rows);
}

static void on_hours(void *ctx, const struct db_result *rows)
{
    struct report_job *job = ctx;
    report_read_hours(job->report, rows);
}

static void on_read(void *ctx, const struct err *err)
{
    struct report_job *job = ctx;
    if (err) {
        end_in_vain(job, err->text);
        return;
    }
    if (!job->report->exists) {
        end_with(job, N_("There is no month that far back."));
        return;
    }
    struct report *report = job->report;
    job->report = NULL;
    job->totals = report->totals;
    maker_make(job->desk->maker, job->form, report, on_made, job);
}

static void ask_rows(struct report_job *job, int query, int64_t place, bool with_most,
                     db_rows_fn on_rows)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, place);
    if (with_most) {
        db_arg_i64(&args, REPORT_ROWS_MAX);
    }
    db_call(job->desk->db, query, &args, on_rows, job);
}

static void read_rows(struct report_job *job)
{
    int64_t months_ago = job->months_ago, first_page = months_ago * REPORT_PAGES;
    ask_rows(job, Q_read_report, months_ago, false, on_month);
    ask_rows(job, Q_list_report_payouts, first_page, true, on_payouts);
    ask_rows(job, Q_list_report_clients, first_page, true, on_clients);
    ask_rows(job, Q_list_report_entries, months_ago, true, on_entries);
    ask_rows(job, Q_list_report_hours, months_ago, false, on_hours);
    db_end(job->desk->db, on_read, job);
}

/* ---- what the chat sees meanwhile ---- */

static void show_action(const struct report_job *job)
{
    char params[96];
    snprintf(params, sizeof params, "{\"chat_id\":%lld,\"action\":\"%s\"}", (long long)job->chat_id,
             forms[job->form].action);
    telegram_call(job->desk->telegram, TG_send_chat_action, params, on_said, NULL);
}

static int on_tick(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)now_us;
    struct report_desk *desk = ctx;
    bool busy = false;
    for (size_t i = 0; i < REPORT_JOBS_MAX; i++) {
        if (desk->jobs[i]) {
            show_action(desk->jobs[i]);
            busy = true;
        }
    }
    if (busy) {
        sd_event_source_set_time_relative(source, ACTION_EVERY_US);
        sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
    }
    return 0;
}

/* ---- the desk ---- */

static struct report_job **free_place(struct report_desk *desk, int64_t chat_id)
{
    struct report_job **place = NULL;
    for (size_t i = 0; i < REPORT_JOBS_MAX; i++) {
        if (!desk->jobs[i]) {
            place = &desk->jobs[i];
        } else if (desk->jobs[i]->chat_id == chat_id) {
            return NULL;
        }
    }
    return place;
}

bool report_desk_ask(struct report_desk *desk, int64_t chat_id, const struct reader *reader,
                     int64_t months_ago, enum report_form form)
{
    struct report_job **place = free_place(desk, chat_id);
    if (!place) {
        return false;
    }
    struct report_job *job = xcalloc(1, sizeof *job);
    *job = (struct report_job){.desk = desk,
                               .chat_id = chat_id,
                               .months_ago = min_i64(months_ago, REPORT_MONTHS_MAX),
                               .form = form,
                               .report = report_new(reader),
                               .reader = *reader};
    snprintf(job->zone, sizeof job->zone, "%s", reader->zone);
    snprintf(job->days_zone, sizeof job->days_zone, "%s", reader->days_zone);
    job->reader.zone = job->zone;
    job->reader.days_zone = job->days_zone;
    *place = job;
    show_action(job);
    sd_event_source_set_time_relative(desk->tick, ACTION_EVERY_US);
    sd_event_source_set_enabled(desk->tick, SD_EVENT_ONESHOT);
    read_rows(job);
    return true;
}

struct report_desk *report_desk_new(sd_event *loop, struct db *db, struct telegram *telegram)
{
    struct report_desk *desk = xcalloc(1, sizeof *desk);
    desk->loop = loop;
    desk->db = db;
    desk->telegram = telegram;
    desk->maker = maker_new(loop);
    int rc = sd_event_add_time_relative(loop, &desk->tick, CLOCK_MONOTONIC, ACTION_EVERY_US, 1,
                                        on_tick, desk);
    assert(rc >= 0);
    (void)rc;
    sd_event_source_set_enabled(desk->tick, SD_EVENT_OFF);
    return desk;
}

void report_desk_stop(struct report_desk *desk)
{
    desk->stopping = true;
}

void report_desk_free(struct report_desk **pdesk)
{
    struct report_desk *desk = *pdesk;
    if (!desk) {
        return;
    }
    maker_free(&desk->maker);
    for (size_t i = 0; i < REPORT_JOBS_MAX; i++) {
        if (desk->jobs[i]) {
            end(desk->jobs[i]);
        }
    }
    sd_event_source_disable_unref(desk->tick);
    free(desk);
    *pdesk = NULL;
}
