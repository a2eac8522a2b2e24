/* alert_list_text.c - the shell around alert_list */
#include "bot-gateway/texts/alert_list_text.h"

#include "bot-gateway/texts/alert_list.h"
#include "bot-gateway/texts/message.h"
#include "sql/bot_gateway_queries.h"

/* One preparation under way: freed with its only callback. The rows of each id come in their order.
 */
struct listing {
    alert_list_ready_fn ready;
    void *ctx;
    size_t count, loaded;
    struct notice_facts facts[ALERT_LIST_MAX];
    bool found[ALERT_LIST_MAX];
};

static void listing_free(struct listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        notice_facts_fini(&l->facts[i]);
    }
    free(l);
}

static void on_notice(void *ctx, const struct db_result *result)
{
    struct listing *l = ctx;
    size_t at = l->loaded++;
    l->found[at] = db_rows(result) > 0;
    if (l->found[at]) {
        notice_facts_read(result, 0, &l->facts[at]);
    }
}

static void hand_over(struct listing *l, const struct notice_facts *const *alerts, size_t count,
                      const char *const *moot)
{
    scoped(buf_fini) struct buf html = {0}, payload = {0};
    const struct viewer *viewer = &alerts[0]->card.viewer;
    scoped(keyboard_fini) struct keyboard keyboard = {.language = viewer->reader.language};
    alert_list_say(alerts, count, &html);
    alert_list_buttons(alerts, count, &keyboard);
    message_print(&payload, 0, buf_text(&html), &keyboard);
    l->ready(l->ctx,
             &(struct notice_message){.person_id = viewer->person_id,
                                      .chat_id = viewer->telegram_id,
                                      .kind = notice_kind_name((enum notice_kind)alerts[0]->kind),
                                      .payload = buf_text(&payload)},
             moot, NULL);
}

static void on_loaded(void *ctx, const struct err *err)
{
    struct listing *l = ctx;
    const struct notice_facts *alerts[ALERT_LIST_MAX];
    const char *moot[ALERT_LIST_MAX] = {NULL};
    size_t count = 0;
    for (size_t i = 0; !err && i < l->count; i++) {
        moot[i] = l->found[i] ? notice_moot(&l->facts[i]) : "no such notice";
        if (!moot[i]) {
            alerts[count++] = &l->facts[i];
        }
    }
    if (err || count < ALERT_LIST_MIN) {
        l->ready(l->ctx, NULL, moot, err);
    } else {
        hand_over(l, alerts, count, moot);
    }
    listing_free(l);
}

void alert_list_prepare(struct db *db, const int64_t *ids, size_t count, alert_list_ready_fn ready,
                        void *ctx)
{
    assert(count <= ALERT_LIST_MAX);
    struct listing *l = xcalloc(1, sizeof *l);
    l->ready = ready;
    l->ctx = ctx;
    l->count = count;
    for (size_t i = 0; i < count; i++) {
        scoped(db_args_fini) struct db_args args = {0};
        db_arg_i64(&args, ids[i]);
        db_call(db, Q_load_notice, &args, on_notice, l);
    }
    db_end(db, on_loaded, l);
}
