/* former_card.c - a message that was an order's card shrinks to a line when the card has moved on
 */
#include "bot-gateway/texts/message.h"
#include "bot-gateway/texts/notice_table.h"
#include "bot-gateway/texts/notice_text.h"
#include "sql/bot_gateway_queries.h"

struct shrinking { /* one under way: freed with its only callback */
    int64_t chat_id, order_id;
    notice_ready_fn ready;
    void *ctx;
    struct viewer reader;
    int kind; /* enum notice_kind; -1: it was opened by its reader */
};

enum { COLUMN_KIND = 9 }; /* behind the reader's */

static void on_former_card(void *ctx, const struct db_result *result)
{
    struct shrinking *s = ctx;
    if (db_rows(result) > 0) {
        viewer_read(result, 0, 0, &s->reader);
        s->kind = notice_kind_parse(db_text(result, 0, COLUMN_KIND));
    }
}

static void on_former_card_end(void *ctx, const struct err *err)
{
    struct shrinking *s = ctx;
    scoped(buf_fini) struct buf html = {0}, payload = {0};
    scoped(keyboard_fini) struct keyboard none = {0};
    if (err || s->reader.person_id == 0) {
        s->ready(s->ctx, NULL, err ? NULL : "person removed", err);
    } else {
        bool shrinks = notice_say_line(s->kind, &s->reader.reader, s->order_id, &html);
        if (shrinks) {
            message_print(&payload, 0, buf_text(&html), &none);
        }
        s->ready(s->ctx,
                 &(struct notice_message){.person_id = s->reader.person_id,
                                          .chat_id = s->chat_id,
                                          .order_id = s->order_id,
                                          .kind = CARD_OPENED,
                                          .payload = shrinks ? buf_text(&payload) : NULL},
                 NULL, NULL);
    }
    viewer_fini(&s->reader);
    free(s);
}

void former_card_prepare(struct db *db, int64_t chat_id, int64_t order_id, int64_t message_id,
                         notice_ready_fn ready, void *ctx)
{
    struct shrinking *s = xcalloc(1, sizeof *s);
    *s = (struct shrinking){
        .chat_id = chat_id, .order_id = order_id, .ready = ready, .ctx = ctx, .kind = -1};
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, chat_id);
    db_arg_i64(&args, order_id);
    db_arg_i64(&args, message_id);
    db_call(db, Q_load_former_card, &args, on_former_card, s);
    db_end(db, on_former_card_end, s);
}
