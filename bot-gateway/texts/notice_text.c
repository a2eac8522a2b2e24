/* notice_text.c - the shell around notice_table: loads the facts, hands over the message */
#include "bot-gateway/texts/notice_text.h"

#include <inttypes.h>

#include "bot-gateway/texts/message.h"
#include "bot-gateway/texts/notice_table.h"
#include "common/base/text.h"
#include "common/wire/parameters.h"
#include "sql/bot_gateway_queries.h"

#define COPIES_MAX 64 /* attachments of one message and the message itself */

/* One preparation under way: freed with its only callback. */
struct preparing {
    struct db *db;
    int64_t notice_id, chat_id, order_id, message_id;
    struct notice_place place; /* to be said in; message_id 0: in a new message */
    notice_ready_fn ready;
    void *ctx;
    bool found;
    struct notice_facts facts;
};

static struct preparing *preparing_new(struct db *db, notice_ready_fn ready, void *ctx)
{
    struct preparing *p = xcalloc(1, sizeof *p);
    p->db = db;
    p->ready = ready;
    p->ctx = ctx;
    return p;
}

static void finish(struct preparing *p, const struct notice_message *msg, const char *moot,
                   const struct err *err)
{
    p->ready(p->ctx, msg, moot, err);
    notice_facts_fini(&p->facts);
    free(p);
}

/* ---- attachments ---- */

struct copies {
    const char *items[COPIES_MAX];
    size_t count;
};

/* Cuts the lines apart in place. The message's own line is a copy only if its words did not fit. */
static void list_copies(char *lines, bool was_cut, struct copies *copies,
                        struct notice_message *msg)
{
    char *rest = lines;
    for (char *line; (line = strsep(&rest, "\n")) && copies->count < COPIES_MAX;) {
        if (!*line) {
            continue;
        }
        if (msg->mark_message_id == 0 && !message_is_line_of(MESSAGE_QUOTE_KIND, line)) {
            message_address(line, &msg->mark_chat_id, &msg->mark_message_id);
        }
        if (message_is_line_of(MESSAGE_MASKED_KIND, line) ||
            message_is_line_of(MESSAGE_QUOTE_KIND, line)) {
            continue;
        }
        if (was_cut || !message_is_line_of(MESSAGE_TEXT_KIND, line)) {
            copies->items[copies->count++] = line;
        }
    }
}

/* ---- a notice ---- */

static char *name_topic(const struct order_facts *o)
{
    return xasprintf("№%" PRId64 " · %s", o->order_id, o->client.name ? o->client.name : "");
}

static void print_where_it_belongs(const struct preparing *p, const char *html,
                                   struct keyboard *keyboard, struct buf *payload)
{
    if (p->place.is_caption) {
        message_print_caption(payload, p->place.message_id, html, keyboard);
    } else if (p->place.message_id) {
        message_print(payload, p->place.message_id, html, keyboard);
    } else {
        message_print(payload, p->facts.rewritten, html, keyboard);
        message_answers(payload, p->facts.reply_to);
    }
}

static bool is_of_inquiry(int kind)
{
    return kind == NOTICE_inquiry_sent || kind == NOTICE_inquiry_answer;
}

static void hand_over_notice(struct preparing *p)
{
    const struct notice_row *row = notice_row_find(p->facts.kind);
    scoped(buf_fini) struct buf html = {0}, payload = {0};
    scoped(keyboard_fini) struct keyboard keyboard = {.language =
                                                          p->facts.card.viewer.reader.language};
    bool was_cut = notice_say(&p->facts, &html);
    if (!p->place.is_former) {
        notice_buttons(&p->facts, &keyboard);
    }
    print_where_it_belongs(p, buf_text(&html), &keyboard, &payload);

    struct notice_message msg = {
        .notice_id = p->notice_id,
        .person_id = p->facts.card.viewer.person_id,
        .chat_id = p->facts.card.viewer.telegram_id,
        .order_id = p->facts.card.order.order_id,
        .kind = notice_kind_name((enum notice_kind)p->facts.kind),
        .payload = buf_text(&payload),
        .is_card = (row->flags & NOTICE_IS_CARD) != 0,
        .is_thread = (row->flags & NOTICE_IS_THREAD) != 0,
        .is_rewritten = (row->flags & NOTICE_IS_REWRITTEN) != 0,
        .rewrites = p->facts.rewritten,
        .inquiry_id = is_of_inquiry(p->facts.kind) ? p->facts.asked_id : 0,
    };
    scoped(str_free) char *topic_name = name_topic(&p->facts.card.order);
    if (p->facts.in_forum && msg.order_id != 0) {
        msg.topic_name = topic_name;
        msg.topic_id = p->facts.topic_id;
    }
    struct copies copies = {0};
    scoped(str_free) char *lines = xstrdup(p->facts.files ? p->facts.files : "");
    if (msg.is_thread) {
        list_copies(lines, was_cut, &copies, &msg);
    }
    msg.copies = copies.items;
    msg.copies_count = copies.count;
    finish(p, &msg, NULL, NULL);
}

static void on_free_for_notice(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    notice_facts_read_free(result, &p->facts);
}

static void on_free_for_notice_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    if (err) {
        finish(p, NULL, NULL, err);
    } else {
        hand_over_notice(p);
    }
}

static void ask_who_is_free(struct preparing *p, db_end_fn end)
{
    int64_t usual = 1;
    text_to_i64(parameter_rows[PARAMETER_CONTRACTOR_MAX_ORDERS].fallback, 1, 1000, &usual);
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, p->facts.card.order.order_id);
    db_arg_i64(&args, (int64_t)ARRAY_LEN(p->facts.free));
    db_arg_i64(&args, usual);
    db_call(p->db, Q_list_free_for_order, &args, on_free_for_notice, p);
    db_end(p->db, end, p);
}

static void on_waiting(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    notice_facts_read_waiting(result, &p->facts);
}

static void on_waiting_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    if (err || p->facts.waiting_count == 0) {
        finish(p, NULL, err ? NULL : "nothing waits any more", err);
    } else {
        hand_over_notice(p);
    }
}

static void ask_what_waits(struct preparing *p)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, p->facts.card.viewer.telegram_id);
    db_arg_i64(&args, 0);
    db_arg_i64(&args, (int64_t)ARRAY_LEN(p->facts.waiting));
    db_call(p->db, Q_list_open_orders, &args, on_waiting, p);
    db_end(p->db, on_waiting_end, p);
}

static void on_digest(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    digest_facts_read(result, &p->facts.digest);
}

static void on_digest_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    if (err) {
        finish(p, NULL, NULL, err);
    } else {
        hand_over_notice(p);
    }
}

static void ask_for_digest(struct preparing *p)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, p->notice_id);
    db_call(p->db, Q_read_digest, &args, on_digest, p);
    db_end(p->db, on_digest_end, p);
}

/* ---- what managers were asked ---- */

static void on_asked(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    notice_facts_read_asked(result, &p->facts);
}

/* A message that was never sent, or is gone, has no place to be taken. */
static const char *asked_moot(const struct notice_facts *n)
{
    bool rewrites = (notice_row_find(n->kind)->flags & NOTICE_REWRITES) != 0;
    return rewrites && n->rewritten == 0 ? "nobody was asked" : notice_moot(n);
}

static void on_asked_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    struct err wait;
    const char *moot = err ? NULL : asked_moot(&p->facts);
    if (!err && p->facts.is_on_its_way) {
        err_set(&wait, ERR_TRANSIENT, "what it rewrites is on its way");
        finish(p, NULL, NULL, &wait);
    } else if (err || moot) {
        finish(p, NULL, moot, err);
    } else {
        hand_over_notice(p);
    }
}

static void ask_what_was_asked(struct preparing *p)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, p->notice_id);
    db_call(p->db, Q_load_asked, &args, on_asked, p);
    db_end(p->db, on_asked_end, p);
}

static void on_notice(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    if (db_rows(result) > 0) {
        p->found = true;
        notice_facts_read(result, 0, &p->facts);
    }
}

static void on_notice_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    const char *moot = err ? NULL : p->found ? notice_moot(&p->facts) : "no such notice";
    if (err || moot) {
        finish(p, NULL, moot, err);
    } else if (notice_row_find(p->facts.kind)->flags & NOTICE_IS_ALERT) {
        ask_who_is_free(p, on_free_for_notice_end);
    } else if (notice_row_find(p->facts.kind)->flags & NOTICE_IS_ASKED) {
        ask_what_was_asked(p);
    } else if (p->facts.kind == NOTICE_orders_wait) {
        ask_what_waits(p);
    } else if (p->facts.kind == NOTICE_digest) {
        ask_for_digest(p);
    } else {
        hand_over_notice(p);
    }
}

void notice_prepare(struct db *db, int64_t notice_id, notice_ready_fn ready, void *ctx)
{
    notice_prepare_again(db, notice_id, (struct notice_place){0}, ready, ctx);
}

void notice_prepare_again(struct db *db, int64_t notice_id, struct notice_place place,
                          notice_ready_fn ready, void *ctx)
{
    struct preparing *p = preparing_new(db, ready, ctx);
    p->notice_id = notice_id;
    p->place = place;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, notice_id);
    db_call(db, Q_load_notice, &args, on_notice, p);
    db_end(db, on_notice_end, p);
}

/* ---- a card ---- */

static bool is_of_alert(const struct notice_facts *n)
{
    const struct notice_row *row = notice_row_find(n->kind);
    return row && (row->flags & NOTICE_IS_ALERT) && card_view(&n->card, true) == VIEW_STAFF;
}

/* An alert's copy stays an alert while it stands; afterwards a line is left of it, or the order if
 * that has another alert. */
static bool is_alert_card(const struct notice_facts *n)
{
    return is_of_alert(n) && n->card.alert.id &&
           str_eq(notice_kind_name((enum notice_kind)n->kind) + strlen("alert_"),
                  alert_cause_name(n->card.alert.cause));
}

static void hand_over_card(struct preparing *p)
{
    struct card *card = &p->facts.card;
    scoped(buf_fini) struct buf html = {0}, payload = {0};
    scoped(keyboard_fini) struct keyboard keyboard = {.language = card->viewer.reader.language};
    if (is_alert_card(&p->facts)) {
        notice_say(&p->facts, &html);
        notice_buttons(&p->facts, &keyboard);
    } else if (is_of_alert(&p->facts) && card->alert.id == 0) {
        alert_say_over(&p->facts, &html);
        alert_buttons_over(&p->facts, &keyboard);
    } else {
        unsigned view = card_view(card, notice_class((enum notice_kind)max_i64(p->facts.kind, 0)) ==
                                            SEND_ALERT);
        if (view == 0) {
            finish(p, NULL, "not for this person any more", NULL);
            return;
        }
        card_say(card, view, &html);
        card_buttons(card, view, &keyboard);
    }
    message_print(&payload, 0, buf_text(&html), &keyboard);
    finish(p,
           &(struct notice_message){
               .person_id = card->viewer.person_id,
               .chat_id = p->chat_id,
               .order_id = p->order_id,
               .kind = p->facts.kind < 0 ? CARD_OPENED
                                         : notice_kind_name((enum notice_kind)p->facts.kind),
               .payload = buf_text(&payload),
               .is_card = true,
           },
           NULL, NULL);
}

static void on_free_for_card_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    if (err) {
        finish(p, NULL, NULL, err);
    } else {
        hand_over_card(p);
    }
}

static void on_card(void *ctx, const struct db_result *result)
{
    struct preparing *p = ctx;
    if (db_rows(result) > 0) {
        p->found = db_i64(result, 0, COLUMNS_OF_THE_REST + 3) == p->message_id;
        card_read(result, 0, &p->facts.card);
        p->facts.kind = notice_kind_parse(db_text(result, 0, COLUMNS_OF_THE_REST));
        p->facts.message = xstrdup_or_null(db_text_or_null(result, 0, COLUMNS_OF_THE_REST + 1));
        p->facts.card.words = xstrdup_or_null(db_text_or_null(result, 0, COLUMNS_OF_THE_REST + 2));
        p->facts.role = p->facts.author_role = -1;
    }
}

static void on_card_end(void *ctx, const struct err *err)
{
    struct preparing *p = ctx;
    if (err || !p->found) {
        finish(p, NULL, err ? NULL : "no such card", err);
    } else if (is_alert_card(&p->facts)) {
        ask_who_is_free(p, on_free_for_card_end);
    } else {
        hand_over_card(p);
    }
}

void card_prepare(struct db *db, int64_t chat_id, int64_t order_id, int64_t message_id,
                  notice_ready_fn ready, void *ctx)
{
    struct preparing *p = preparing_new(db, ready, ctx);
    p->chat_id = chat_id;
    p->order_id = order_id;
    p->message_id = message_id;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, chat_id);
    db_arg_i64(&args, order_id);
    db_call(db, Q_load_card, &args, on_card, p);
    db_end(db, on_card_end, p);
}
