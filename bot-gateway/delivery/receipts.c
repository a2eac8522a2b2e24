/* receipts.c - order-engine is told what became of deliveries */
#include "bot-gateway/delivery/receipts.h"

#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

/* What order-engine has to be told of one delivery; freed with the last answer, which may come
 * after the receipts are gone. */
struct telling {
    struct receipts *receipts; /* NULL: gone */
    struct telling *next;
    int64_t delivery_id, notice_id, chat_id;
    char what[32];
    int open; /* commands asked and not answered */
    bool failed;
};

struct receipts {
    struct bus_client *bus;
    void (*on_told)(void *ctx);
    void *ctx;
    struct telling *tellings; /* under way */
    int64_t *told;            /* deliveries whose telling has been answered */
    size_t told_count, told_flying;
};

/* ---- telling ---- */

static bool is_person_gone(const char *what)
{
    return str_eq(what, "blocked") || str_eq(what, "deactivated") || str_eq(what, "never_started");
}

static void forget_telling(struct receipts *r, struct telling *telling)
{
    struct telling **at = &r->tellings;
    while (*at != telling)
        at = &(*at)->next;
    *at = telling->next;
}

static void telling_close(struct telling *telling)
{
    struct receipts *r = telling->receipts;
    if (--telling->open > 0)
        return;
    if (r != NULL)
        forget_telling(r, telling);
    if (r != NULL && !telling->failed) {
        r->told = xrealloc(r->told, r->told_count + 1, sizeof r->told[0]);
        r->told[r->told_count++] = telling->delivery_id;
        r->on_told(r->ctx);
    }
    free(telling);
}

static void on_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct telling *telling = ctx;
    if (err != NULL)
        telling->failed = true; /* the row stays: told at the next start */
    else if (!str_eq(answer->outcome, "ok"))
        log_warn("receipt not wanted delivery=%" PRId64 " notice=%" PRId64 " what=%s outcome=%s",
                 telling->delivery_id, telling->notice_id, telling->what, answer->outcome);
    telling_close(telling);
}

static void ask(struct telling *telling, enum msg_type type, const char *id, union msg_body body)
{
    scoped(str_free) char *actor = xasprintf("tg:%" PRId64, telling->chat_id);
    telling->open++;
    bus_client_ask(
        telling->receipts->bus,
        &(struct msg){.type = type, .id = id, .actor = actor, .at = clock_now_ms(), .body = body},
        on_answer, telling);
}

static void tell_received(struct telling *telling)
{
    scoped(str_free) char *id = xasprintf("dlv:%" PRId64 ":received", telling->notice_id);
    ask(telling, MSG_notice_received, id,
        (union msg_body){
            .notice_received = {.notice_id = telling->notice_id, .has_notice_id = true}
    });
}

static void tell_unreachable(struct telling *telling)
{
    scoped(str_free) char *id = xasprintf("dlv:%" PRId64 ":unreachable", telling->delivery_id);
    ask(telling, MSG_person_reachable, id,
        (union msg_body){
            .person_reachable = {.reachable = false, .has_reachable = true}
    });
}

static void tell_undeliverable(struct telling *telling)
{
    scoped(str_free) char *id = xasprintf("dlv:%" PRId64 ":%s", telling->notice_id, telling->what);
    ask(telling, MSG_notice_undeliverable, id,
        (union msg_body){
            .notice_undeliverable = {
                                     .notice_id = telling->notice_id, .has_notice_id = true, .reason = telling->what}
    });
}

/* A group has no person who could be told so: it is bound no more. */
static void tell_lost(struct telling *telling)
{
    scoped(str_free) char *id = xasprintf("dlv:%" PRId64 ":lost", telling->delivery_id);
    ask(telling, MSG_managers_group_lost, id,
        (union msg_body){
            .managers_group_lost = {.chat_id = telling->chat_id, .has_chat_id = true}
    });
}

void receipts_tell(struct receipts *r, const struct receipt *receipt)
{
    const char *what = receipt->what;
    struct telling *telling = xcalloc(1, sizeof *telling);
    *telling = (struct telling){.receipts = r,
                                .next = r->tellings,
                                .delivery_id = receipt->delivery_id,
                                .notice_id = receipt->notice_id,
                                .chat_id = receipt->chat_id};
    snprintf(telling->what, sizeof telling->what, "%s", what);
    r->tellings = telling;
    telling->open = 1; /* ours, until all was asked */
    if (str_eq(what, "received"))
        tell_received(telling);
    else if (is_person_gone(what) && receipt->chat_id > 0)
        tell_unreachable(telling);
    else if (receipt->chat_id < 0)
        tell_lost(telling);
    if (receipt->is_wanted && !str_eq(what, "received"))
        tell_undeliverable(telling);
    telling_close(telling);
}

static void on_reports(void *ctx, const struct db_result *result)
{
    struct receipts *r = ctx;
    for (int row = 0; row < db_rows(result); row++) {
        int kind = notice_kind_parse(db_text(result, row, 3));
        int64_t chat_id = db_i64(result, row, 2);
        receipts_tell(r,
                      &(struct receipt){.delivery_id = db_i64(result, row, 0),
                                        .notice_id = db_i64(result, row, 1),
                                        .chat_id = chat_id,
                                        .is_wanted = kind >= 0 &&
                                                     notice_wants_receipt((enum notice_kind)kind) &&
                                                     chat_id > 0,
                                        .what = db_text(result, row, 4)});
    }
}

void receipts_read(struct receipts *r, struct db *db, int64_t bot_id)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, bot_id);
    db_call(db, Q_read_reports, &args, on_reports, r);
}

/* ---- what needs not be told again ---- */

size_t receipts_told(const struct receipts *r)
{
    return r->told_count;
}

void receipts_clear(struct receipts *r, struct db *db)
{
    r->told_flying = r->told_count;
    if (r->told_count == 0)
        return;
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    for (size_t i = 0; i < r->told_count; i++)
        db_item_i64(&args, r->told[i]);
    db_array_close(&args);
    db_call(db, Q_clear_reports, &args, NULL, NULL);
}

void receipts_cleared(struct receipts *r)
{
    r->told_count -= r->told_flying;
    if (r->told_flying > 0)
        memmove(r->told, &r->told[r->told_flying], r->told_count * sizeof r->told[0]);
    r->told_flying = 0;
}

/* ---- the whole ---- */

struct receipts *receipts_new(struct bus_client *bus, void (*on_told)(void *ctx), void *ctx)
{
    struct receipts *r = xcalloc(1, sizeof *r);
    r->bus = bus;
    r->on_told = on_told;
    r->ctx = ctx;
    return r;
}

void receipts_free(struct receipts **receipts)
{
    struct receipts *r = *receipts;
    if (r == NULL)
        return;
    for (struct telling *telling = r->tellings; telling != NULL; telling = telling->next)
        telling->receipts = NULL;
    free(r->told);
    free(r);
    *receipts = NULL;
}
