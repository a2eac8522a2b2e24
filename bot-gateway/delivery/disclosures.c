/* disclosures.c - what a person may see for a minute */
#include "bot-gateway/delivery/disclosures.h"

#include <inttypes.h>

#include "bot-gateway/texts/values.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct disclosure { /* one row, on its next step */
    struct disclosures *all;
    int64_t id, chat_id, order_id, message_id, left_ms;
    struct reader reader;
    char *sealed; /* NULL: it is shown */
};

struct disclosures {
    struct disclosures_opts opts;
    sd_event_source *timer;
    bool is_open, look_again;
    size_t busy; /* the look itself and the rows that make a step; the next look waits for them */
    int64_t next_ms;
};

static void look(struct disclosures *all);

static void wake_in(struct disclosures *all, int64_t ms)
{
    sd_event_source_set_time(all->timer, (uint64_t)(clock_mono_ms() + ms) * 1000);
    sd_event_source_set_enabled(all->timer, SD_EVENT_ONESHOT);
}

/* One of those the next look waits for is done; it wants to be looked at again in so long. */
static void done(struct disclosures *all, int64_t again_ms)
{
    all->next_ms = again_ms < all->next_ms ? again_ms : all->next_ms;
    if (--all->busy > 0 || !all->is_open)
        return;
    if (all->look_again)
        look(all);
    else if (all->next_ms < INT64_MAX)
        wake_in(all, all->next_ms);
}

static void end_step(struct disclosure *d, int64_t again_ms)
{
    struct disclosures *all = d->all;
    free(d->sealed);
    free(d);
    done(all, again_ms);
}

static void on_written(void *ctx, const struct err *err)
{
    struct disclosure *d = ctx;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("disclosure not written id=%" PRId64 " err=\"%s\"", d->id, err->text);
    end_step(d, err != NULL ? DISCLOSURES_RETRY_MS : 0);
}

static void write_down(struct disclosure *d, int query)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, d->id);
    if (query == Q_place_disclosure)
        db_arg_i64(&args, d->message_id);
    db_call(d->all->opts.db, query, &args, NULL, NULL);
    db_end(d->all->opts.db, on_written, d);
}

/* ---- the steps ---- */

static bool is_over(const struct telegram_answer *answer)
{
    return answer->outcome == TELEGRAM_GONE || answer->outcome == TELEGRAM_REFUSED ||
           answer->outcome == TELEGRAM_UNREACHABLE;
}

static void on_failed(struct disclosure *d, const struct telegram_answer *answer)
{
    if (is_over(answer))
        write_down(d, Q_end_disclosure);
    else
        end_step(d, answer->retry_after_s > 0 ? answer->retry_after_s * SECOND_MS
                                              : DISCLOSURES_RETRY_MS);
}

static void on_removed(void *ctx, const struct telegram_answer *answer)
{
    struct disclosure *d = ctx;
    if (answer->outcome == TELEGRAM_OK)
        write_down(d, Q_end_disclosure);
    else
        on_failed(d, answer);
}

static void on_placed(void *ctx, const struct telegram_answer *answer)
{
    struct disclosure *d = ctx;
    d->message_id = answer->message_id;
    if (answer->outcome == TELEGRAM_OK && d->message_id != 0)
        write_down(d, Q_place_disclosure);
    else
        on_failed(d, answer);
}

static void on_shown(void *ctx, const struct telegram_answer *answer)
{
    struct disclosure *d = ctx;
    if (answer->outcome == TELEGRAM_OK || answer->outcome == TELEGRAM_NOT_MODIFIED)
        write_down(d, Q_note_disclosure);
    else
        on_failed(d, answer);
}

static void add_text(const struct disclosure *d, const char *msgid, const char *secret,
                     struct buf *params)
{
    scoped(values_fini) struct values v;
    scoped(vault_wipe) struct buf html = {0};
    values_init(&v, &d->reader);
    values_number(&v, "order", d->order_id);
    say(&v, msgid, &html);
    if (secret != NULL) { /* not a value: those are not wiped */
        buf_add_text(&html, "\n\n<code>");
        buf_add_html(&html, secret);
        buf_add_text(&html, "</code>");
    }
    buf_add_text(params, ",\"parse_mode\":\"HTML\",\"text\":");
    buf_add_json(params, buf_text(&html));
}

static void place(struct disclosure *d)
{
    scoped(buf_fini) struct buf params = {0};
    buf_printf(&params, "{\"chat_id\":%" PRId64 ",\"protect_content\":true", d->chat_id);
    add_text(d, N_("🔑 Access for order №{order} is being opened …"), NULL, &params);
    buf_add_char(&params, '}');
    telegram_call(d->all->opts.telegram, TG_send_message, buf_text(&params), on_placed, d);
}

static void show(struct disclosure *d)
{
    scoped(vault_wipe) struct buf secret = {0}, params = {0};
    struct err err;
    buf_printf(&params,
               "{\"chat_id\":%" PRId64 ",\"message_id\":%" PRId64
               ",\"link_preview_options\":{\"is_disabled\":true}",
               d->chat_id, d->message_id);
    if (vault_open_text(d->all->opts.vault, VAULT_CREDENTIALS, d->sealed, &secret, &err) < 0) {
        log_error("credentials do not open order=%" PRId64 " err=\"%s\"", d->order_id, err.text);
        add_text(d,
                 N_("🔑 Access for order №{order} cannot be opened any more. Please ask the client "
                    "to hand it over again."),
                 NULL, &params);
    } else {
        add_text(d, N_("🔑 Access for order №{order}. In a minute it disappears."),
                 buf_text(&secret), &params);
    }
    buf_add_char(&params, '}');
    telegram_call(d->all->opts.telegram, TG_edit_message_text, buf_text(&params), on_shown, d);
}

static void remove_message(struct disclosure *d)
{
    char params[96];
    snprintf(params, sizeof params, "{\"chat_id\":%" PRId64 ",\"message_id\":%" PRId64 "}",
             d->chat_id, d->message_id);
    telegram_call(d->all->opts.telegram, TG_delete_message, params, on_removed, d);
}

static void step(struct disclosure *d)
{
    if (d->left_ms <= 0 && d->message_id == 0)
        write_down(d, Q_end_disclosure);
    else if (d->left_ms <= 0)
        remove_message(d);
    else if (d->message_id == 0)
        place(d);
    else if (d->sealed != NULL)
        show(d);
    else
        end_step(d, d->left_ms < DISCLOSURES_LOOK_MS ? d->left_ms : DISCLOSURES_LOOK_MS);
}

/* ---- looking ---- */

static void on_rows(void *ctx, const struct db_result *rows)
{
    struct disclosures *all = ctx;
    for (int i = 0; i < db_rows(rows); i++) {
        struct disclosure *d = xcalloc(1, sizeof *d);
        *d = (struct disclosure){
            .all = all,
            .id = db_i64(rows, i, 0),
            .chat_id = db_i64(rows, i, 1),
            .order_id = db_i64(rows, i, 2),
            .reader = {.language = language_of(db_text(rows, i, 3), LANGUAGE_RU),
                       .zone = "UTC",
                       .days_zone = "UTC"},
            .sealed = xstrdup_or_null(db_text_or_null(rows, i, 4)),
            .message_id = db_i64(rows, i, 5),
            .left_ms = db_i64(rows, i, 6),
        };
        all->busy++;
        step(d);
    }
}

static void on_looked(void *ctx, const struct err *err)
{
    struct disclosures *all = ctx;
    if (err != NULL && err->kind == ERR_INTERNAL)
        log_error("disclosures not read err=\"%s\"", err->text);
    done(all, err != NULL ? DISCLOSURES_RETRY_MS : INT64_MAX);
}

static void look(struct disclosures *all)
{
    all->look_again = false;
    all->next_ms = INT64_MAX;
    all->busy = 1;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, all->opts.bot_id);
    db_call(all->opts.db, Q_read_disclosures, &args, on_rows, all);
    db_end(all->opts.db, on_looked, all);
}

void disclosures_look(struct disclosures *all)
{
    if (!all->is_open)
        return;
    if (all->busy > 0)
        all->look_again = true;
    else
        look(all);
}

static int on_timer(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source, (void)usec;
    disclosures_look(ctx);
    return 0;
}

void disclosures_open(struct disclosures *all)
{
    all->is_open = true;
    disclosures_look(all);
}

void disclosures_close(struct disclosures *all)
{
    all->is_open = false;
}

struct disclosures *disclosures_new(sd_event *loop, const struct disclosures_opts *opts)
{
    struct disclosures *all = xcalloc(1, sizeof *all);
    all->opts = *opts;
    int failed = sd_event_add_time(loop, &all->timer, CLOCK_MONOTONIC, 0, 1, on_timer, all);
    assert(failed >= 0);
    sd_event_source_set_enabled(all->timer, SD_EVENT_OFF);
    return all;
}

void disclosures_free(struct disclosures **all)
{
    if (*all == NULL)
        return;
    sd_event_source_disable_unref((*all)->timer);
    free(*all);
    *all = NULL;
}
