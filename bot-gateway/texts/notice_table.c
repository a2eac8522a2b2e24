/* notice_table.c - what each notice says */
#include "bot-gateway/texts/notice_table.h"

#include "common/base/text.h"
#include "common/wire/parameters.h"

#define IN(state) (1u << ORDER_##state)
#define AT_WORK (IN(IN_WORK) | IN(WAITING_CLIENT))
#define ALIVE (IN(NEW) | AT_WORK)
#define ALWAYS (~0u)
#define CARD NOTICE_IS_CARD
#define THREAD NOTICE_IS_THREAD
#define ALERT (NOTICE_IS_ALERT | NOTICE_IS_CARD)
#define ANSWERS NOTICE_ANSWERS
#define ASKED NOTICE_IS_ASKED
#define ASKS (NOTICE_IS_ASKED | NOTICE_IS_REWRITTEN)
#define ASKED_BEFORE (NOTICE_IS_ASKED | NOTICE_REWRITES)

/* clang-format off */
static const struct notice_row rows[] = {
    {NOTICE_welcome,           0,            ALWAYS,     0,              N_("Welcome!"), NULL}, /* the words of the role follow */
    {NOTICE_member_joined,     0,            ALWAYS,     0,              N_("👋 {third} has joined: {role}."), NULL},

    {NOTICE_role_lost,         0,            ALWAYS,     0,              N_("🚪 This role is no longer yours: {role}."),
                                                                         N_("🚪 This role is no longer yours: {role}. It was your last one, so nothing is passed on to you or from you any more; if this is a mistake, ask whoever invited you.")},
    {NOTICE_application_sent,  0,            ALWAYS,     ASKS,           N_("🙋 <b>Application</b>: {third} would like to be a {role}.\n\n{message}"), NULL},
    {NOTICE_application_answered, 0,         ALWAYS,     ASKED_BEFORE,   N_("🙋 {third} has asked to be a {role}.\n\n{message}\n\n✅ Approved: {who}, {at}."),
                                                                         N_("🙋 {third} has asked to be a {role}.\n\n{message}\n\n✖️ Declined: {who}, {at}.")},
    {NOTICE_application_declined, 0,         ALWAYS,     0,              N_("Thank you for your interest. We cannot take you on now; you can apply again in a month."), NULL},

    {NOTICE_inquiry_sent,      0,            ALWAYS,     ASKS | THREAD,  N_("✉️ {third} ({account}) writes to you:\n\n{message}"), NULL},
    {NOTICE_inquiry_answered,  0,            ALWAYS,     ASKED_BEFORE,   N_("✉️ {third} ({account}) has written:\n\n{message}\n\n💬 {who} has answered, {at}:\n\n{answer}"), NULL},
    {NOTICE_inquiry_answer,    0,            ALWAYS,     ASKED | THREAD, N_("✉️ <b>A manager answers</b>\n\n{message}"), NULL},

    {NOTICE_order_created,     VIEW_CLIENT,  ALWAYS,     CARD,           N_("✅ <b>Order №{order}</b> is accepted.\nWe will take it by {due}."), NULL},
    {NOTICE_offer,             VIEW_OFFERED, IN(NEW),    CARD,           N_("🆕 <b>Order №{order}</b>\n\n{task}\n\n⏱ To be taken by {due} (within {left})\n💰 Rate: {rate}"), NULL},
    {NOTICE_please_take,       VIEW_OFFERED, IN(NEW),    CARD,           N_("🙏 A manager asks you to take <b>order №{order}</b>\n\n{task}\n\n⏱ To be taken by {due} (within {left})\n💰 Rate: {rate}"), NULL},
    {NOTICE_orders_wait,       0,            ALWAYS,     0,              N_("🕐 Orders wait to be taken: {n}"), NULL}, /* the first of them follow */
    {NOTICE_order_taken,       VIEW_CLIENT,  ALWAYS,     CARD,           N_("🛠 <b>Order №{order}</b> is taken.\nIt will be done by {due} (the estimate is {estimate})."), NULL},
    {NOTICE_order_assigned,    VIEW_CLIENT,  ALWAYS,     CARD,           N_("🛠 <b>Order №{order}</b> is assigned to a contractor.\nIt will be done by {due}; a more exact time follows."), NULL},
    {NOTICE_work_yours,        VIEW_WORKER,  AT_WORK,    CARD,           N_("📌 <b>Order №{order}</b> is assigned to you.\nPlease say by {due} how long you need.\n\n{task}\n\n💰 Rate: {rate}"), NULL},
    {NOTICE_order_reassigned,  VIEW_CLIENT,  ALWAYS,     CARD,           N_("🛠 <b>Order №{order}</b>: another contractor goes on with it.\nIt will be done by {due}; a more exact time follows."), NULL},
    {NOTICE_order_requeued,    VIEW_CLIENT,  ALWAYS,     CARD,           N_("🔄 <b>Order №{order}</b> is looking for another contractor.\nWe will take it by {due}."), NULL},
    {NOTICE_order_returned,    VIEW_STAFF,   ALWAYS,     CARD | THREAD,  N_("↩️ <b>Order №{order}</b> is back in the queue, {author}:\n\n{message}\n\nTo be taken by {due}."), NULL},
    {NOTICE_work_lost,         0,            ALWAYS,     0,              N_("🔄 <b>Order №{order}</b> is not yours any more.\n\n{message}"), NULL},
    {NOTICE_work_returned,     VIEW_WORKER,  ALWAYS,     CARD | THREAD,  N_("↩️ <b>Order №{order}</b>: the client returns the work\n\n{message}\n\n⏱ The time begins anew: to be done by {due}."), NULL},
    {NOTICE_estimate_set,      VIEW_CLIENT,  ALWAYS,     CARD,           N_("⏱ <b>Order №{order}</b>: it will be done by {due} (the estimate is {estimate})."), NULL},
    {NOTICE_estimate_moved,    VIEW_CLIENT,  ALWAYS,     CARD,           N_("⏱ <b>Order №{order}</b>: the time has moved, the estimate is {estimate} now.\n\n{message}"), NULL},
    {NOTICE_work_extended,     VIEW_WORKER,  AT_WORK,    CARD,           N_("⏱ <b>Order №{order}</b>: a manager has moved the time, the estimate is {estimate} now.\n\n{message}"), NULL},

    {NOTICE_question,          VIEW_CLIENT,  ALWAYS,     CARD | THREAD,  N_("❓ <b>Order №{order}</b>: the contractor asks\n\n{message}\n\nThe work waits for your answer: reply to this message."), NULL},
    {NOTICE_answer,            VIEW_WORKER,  ALWAYS,     CARD | THREAD,  N_("💬 <b>Order №{order}</b>: the answer is here\n\n{message}\n\n⏱ Your time goes on: to be done by {due}."), NULL},
    {NOTICE_resumed,           VIEW_CLIENT,  ALWAYS,     CARD,           N_("▶️ <b>Order №{order}</b>: the contractor goes on without the answer.\nIt will be done by {due}."), NULL},
    {NOTICE_complaint_answered,VIEW_CLIENT,  ALWAYS,     CARD | THREAD,  N_("💬 <b>Order №{order}</b>: a manager answers your complaint\n\n{message}"), NULL},
    {NOTICE_thread_message,    0,            ALWAYS,     THREAD | ANSWERS, N_("✉️ <b>Order №{order}</b>, {author}:\n\n{message}"), NULL},

    {NOTICE_order_done,        VIEW_CLIENT,  IN(DONE),   CARD | THREAD,  N_("✅ <b>Order №{order}</b> is done.\n\n{message}\n\nPlease accept the work with a mark. Without an answer the order closes by itself at {due}."), NULL},
    {NOTICE_order_closed,      VIEW_WORKER,  ALWAYS,     CARD,           N_("🏁 <b>Order №{order}</b> is accepted and closed.\n💰 You have earned {amount}."), NULL},
    {NOTICE_order_auto_closed, VIEW_CLIENT,  ALWAYS,     CARD,           N_("🏁 <b>Order №{order}</b> has closed by itself: there was no answer about the finished work."), NULL},
    {NOTICE_order_cancelled,   VIEW_CLIENT,  ALWAYS,     CARD,           N_("✖️ <b>Order №{order}</b> is cancelled by a manager.\n\n{message}"), NULL},
    {NOTICE_work_cancelled,    0,            ALWAYS,     0,              N_("✖️ <b>Order №{order}</b> is cancelled by a manager, no more work is needed.\n\n{message}"), NULL},
    {NOTICE_order_orphaned,    VIEW_STAFF,   ALWAYS,     CARD,           N_("✖️ <b>Order №{order}</b> is cancelled: the account {account} has nobody left."), NULL},
    {NOTICE_quota_low,         0,            ALWAYS,     0,              N_("Orders left in this month: {quota}. The next month begins on {until}."), NULL},

    {NOTICE_subscription_ends, 0,            ALWAYS,     0,              N_("⏳ The subscription of {account} ends on {until}.\nAfter that the current orders go on; new ones can be made once it is extended."), NULL},
    {NOTICE_subscription_ended,0,            ALWAYS,     0,              N_("⌛ The subscription of {account} has ended: it was paid until {until}.\nThe current orders go on; new ones can be made once it is extended."), NULL},
    {NOTICE_upgrade_requested, 0,            ALWAYS,     ASKS,           N_("⬆️ {third} ({account}) asks for a larger tariff. Now: {tariff}."), NULL},
    {NOTICE_upgrade_passed,    0,            ALWAYS,     ASKED_BEFORE,   N_("⬆️ {third} ({account}) asks for a larger tariff. Now: {tariff}.\n\n📤 {who} has passed it on to the owners, {at}."), NULL},
    {NOTICE_upgrade_answered,  0,            ALWAYS,     ASKED_BEFORE,   N_("⬆️ {third} ({account}) has asked for a larger tariff.\n\n✅ {who}, {at}: {tariff}"),
                                                                         N_("⬆️ {third} ({account}) has asked for a larger tariff.\n\n✖️ {who} has declined, {at}.\n\n{answer}")},
    {NOTICE_upgrade_granted,   0,            ALWAYS,     ASKED,          N_("⬆️ Your request for a larger tariff has been seen to. What you have now: /menu"),
                                                                         N_("⬆️ Your tariff is {tariff} now. What you have: /menu")},
    {NOTICE_upgrade_declined,  0,            ALWAYS,     ASKED,          N_("Your request for a larger tariff was declined.\n\n{message}"), NULL},

    {NOTICE_work_reminder,     VIEW_WORKER,  IN(IN_WORK),CARD,           N_("⏰ <b>Order №{order}</b>: to be done by {due}, {left} left."), NULL},
    {NOTICE_confirm_reminder,  VIEW_WORKER,  IN(IN_WORK),CARD,           N_("⏰ <b>Order №{order}</b>: please say how long you need, by {due}. The client waits for it."), NULL},
    {NOTICE_answer_reminder,   VIEW_CLIENT,  IN(WAITING_CLIENT), CARD,   N_("⏰ <b>Order №{order}</b>: the contractor still waits for your answer; the work stands."), NULL},
    {NOTICE_accept_reminder,   VIEW_CLIENT,  IN(DONE),   CARD,           N_("⏰ <b>Order №{order}</b>: is all well? Please accept the work. It closes by itself at {due}."), NULL},
    {NOTICE_order_late,        VIEW_CLIENT,  ALIVE,      CARD,           N_("😔 <b>Order №{order}</b> is late: we promised it by {due}. The managers know and are on it."), NULL},

    {NOTICE_alert_not_taken,   VIEW_STAFF,   IN(NEW),    ALERT,          N_("🟠 <b>Order №{order}</b>: nobody has taken it\nCreated at {created}, to be taken by {due}, {left} left."),
                                                                         N_("🔴 <b>Order №{order}</b>: nobody has taken it, the promise is broken\nCreated at {created}, was to be taken by {due}.")},
    {NOTICE_alert_late,        VIEW_STAFF,   AT_WORK,    ALERT,          N_("🟠 <b>Order №{order}</b>: the work runs late\nTaken at {taken}, to be done by {due}, {left} left."),
                                                                         N_("🔴 <b>Order №{order}</b>: the work is late, the promise is broken\nTaken at {taken}, was to be done by {due}.")},
    {NOTICE_alert_unconfirmed, VIEW_STAFF,   AT_WORK,    ALERT,          N_("🟠 <b>Order №{order}</b>: the assigned contractor names no time\nAssigned at {taken}."), NULL},
    {NOTICE_alert_no_answer,   VIEW_STAFF,   IN(WAITING_CLIENT), ALERT,  N_("🟠 <b>Order №{order}</b>: the client does not answer the contractor's question\nThe answer was awaited until {due}."), NULL},
    {NOTICE_alert_unreachable, VIEW_STAFF,   ALWAYS,     ALERT,          N_("🔕 <b>Order №{order}</b>: {third} cannot be reached in Telegram."), NULL},
    {NOTICE_alert_complaint,   VIEW_STAFF,   ALWAYS,     ALERT | THREAD, N_("🆘 <b>Order №{order}</b>: the client complains\n\n{message}"), NULL},
    {NOTICE_alert_low_rating,  VIEW_STAFF,   ALWAYS,     ALERT,          N_("👎 <b>Order №{order}</b>: the client is not content, {stars}\n\n{message}"), NULL},
    {NOTICE_alert_reworked,    VIEW_STAFF,   ALWAYS,     ALERT | THREAD, N_("🔁 <b>Order №{order}</b>: the client returns the work again and again\n\n{message}"), NULL},
    {NOTICE_watch_report,      0,            ALWAYS,     0,              N_("🩺 Something is wrong."), NULL}, /* the words of the concern follow */
    {NOTICE_digest,            0,            ALWAYS,     0,              N_("🗞 Digest"), NULL}, /* the figures follow */
    {NOTICE_cards_changed,     0,            ALWAYS,     0,              N_("Order №{order}"), NULL}, /* nobody reads it: the cards are redrawn */
};

static const struct role_words { enum role role; enum press first; const char *label, *msgid; } welcomes[] = {
    {ROLE_CLIENT,     PRESS_new_order, N_("🆕 New order"),   N_("👋 You are a client now.\n\nWrite what you need, and a contractor takes it by the promised time. You see every step here and talk to the contractor through this bot.\n\nBegin: /new, everything else: /menu")},
    {ROLE_CONTRACTOR, PRESS_open,      N_("🕐 Open orders"), N_("👋 You are a contractor now.\n\nHow it goes:\n1. A new order comes as a message; you also find it in the list of open orders.\n2. Whoever first names a time gets it.\n3. Questions go to the client through this bot; your time stands until the answer.\n4. Hand the work over with a short report. When the client accepts it, you have earned {rate_now} (unless the order says otherwise).\n\nIf you cannot work, say that you are away: /duty. Everything else: /menu")},
    {ROLE_MANAGER,    PRESS_board,     N_("📊 Board"),       N_("👋 You are a manager now.\n\nYou are told when nobody takes an order or work runs late: with both contacts, who is free, and buttons to act. On the board you see everything at once: /board, everything else: /menu")},
    {ROLE_OWNER,      PRESS_invite,    N_("🔗 Invite"),      N_("👋 You are an owner now.\n\nInvite people by links, watch the board, read the payouts. You may do all that a manager may. Begin: /menu")},
};

static const struct concern_words { enum concern concern; const char *msgid; } reports[] = {
    {CONCERN_DEADLINE_MISSED, N_("🩺 <b>Deadlines are not being watched</b>: passed for more than a minute – {n}.\n\nReminders and alerts do not come. Please tell whoever runs the service.")},
    {CONCERN_ALERT_UNHEARD,   N_("🩺 <b>Alerts have reached nobody</b>: {n}, the oldest about order №{about}.\n\nNo manager could be reached in Telegram. Please look at the board: /board")},
    {CONCERN_NOTICE_STUCK,    N_("🩺 <b>Messages were stuck</b>: not sent for more than ten minutes – {n}.\n\nPeople learn late what they should know. Please tell whoever runs the service.")},
};
/* clang-format on */

const struct notice_row *notice_row_find(int kind)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if ((int)rows[i].kind == kind) {
            return &rows[i];
        }
    }
    return NULL;
}

/* ---- words ---- */

static unsigned view_of(const struct notice_facts *n, const struct notice_row *row)
{
    return row->view ? row->view : card_view(&n->card, false);
}

static void add_contact(struct values *v, const char *name, const struct contact *who,
                        bool with_link)
{
    scoped(buf_fini) struct buf cut = {0};
    template_add_cut(&cut, who->name ? who->name : "", CARD_NAME_UNITS);
    values_contact(v, name, buf_text(&cut), with_link ? who->telegram_id : 0,
                   with_link ? who->username : NULL, with_link ? who->phone : NULL);
}

/* Owners have all that managers have; both may see whom they deal with. */
static bool is_staff(const struct notice_facts *n)
{
    return (n->card.viewer.roles & (ROLE_MANAGER | ROLE_OWNER)) != 0;
}

/* The managers' group: owners read there, too. */
static bool is_group(const struct notice_facts *n)
{
    return n->card.viewer.telegram_id < 0;
}

/* An alert says much besides; what is answered stands beside the answer. */
static size_t units_of_message(const struct notice_row *row)
{
    return row && (row->flags & (NOTICE_IS_ALERT | NOTICE_REWRITES)) ? ALERT_MESSAGE_UNITS
                                                                     : NOTICE_MESSAGE_UNITS;
}

static void add_answer(const struct notice_facts *n, struct values *v, size_t units)
{
    values_word(v, "tariff", N_("seen to"));
    if (n->tariff) {
        values_text(v, "tariff", n->tariff);
    }
    if (n->answered_at != 0) {
        values_word(v, "who", N_("by a link"));
        if (n->answered_by) {
            values_cut(v, "who", n->answered_by, CARD_NAME_UNITS);
        }
        values_instant(v, "at", n->answered_at);
        values_cut(v, "answer", n->answer, units);
    }
}

void notice_values(const struct notice_facts *n, struct values *v)
{
    const struct notice_row *row = notice_row_find(n->kind);
    const struct order_facts *o = &n->card.order;
    unsigned view = row ? view_of(n, row) : 0;
    card_values(&n->card, view, v);
    size_t message_units = units_of_message(row);
    if (row && (row->flags & NOTICE_IS_ALERT)) {
        values_cut(v, "task", o->task, ALERT_TASK_UNITS);
    }
    int64_t due_at = n->due_at ? n->due_at : o->due_at;
    values_instant(v, "due", due_at);
    values_span(v, "left", max_i64(due_at - v->reader.now_ms, 0));
    values_instant(v, "created", o->created_at);
    values_cut(v, "message", n->message, message_units);
    add_answer(n, v, message_units);
    if (n->account) {
        values_cut(v, "account", n->account, CARD_NAME_UNITS);
    }
    values_number(v, "repeat", n->repeat);
    values_number(v, "n", n->waiting_count);
    values_number(v, "quota", n->quota_left);
    values_day(v, "until", n->until);
    values_money(v, "amount", n->amount_minor, n->amount_currency ? n->amount_currency : "");
    values_money(v, "rate_now", n->order_rate, n->currency ? n->currency : "");
    values_word(v, "role", role_word((enum role)max_i64(n->role, 0)));
    values_word(v, "author", role_word((enum role)max_i64(n->author_role, 0)));
    add_contact(v, "third", &n->third, is_staff(n));
}

static void say_welcome(const struct notice_facts *n, const struct values *v, struct buf *into)
{
    for (size_t i = 0; i < ARRAY_LEN(welcomes); i++) {
        if ((int)welcomes[i].role == n->role) {
            buf_reset(into);
            say(v, welcomes[i].msgid, into);
        }
    }
}

static void say_report(const struct notice_facts *n, struct values *v, struct buf *into)
{
    for (size_t i = 0; i < ARRAY_LEN(reports); i++) {
        if ((int)reports[i].concern == n->concern) {
            values_number(v, "n", n->count);
            values_number(v, "about", n->about_order_id);
            buf_reset(into);
            say(v, reports[i].msgid, into);
        }
    }
}

static void say_line(const struct values *v, const char *msgid, struct buf *into)
{
    buf_add_char(into, '\n');
    say(v, msgid, into);
}

static void say_free(const struct notice_facts *n, struct values *v, struct buf *into)
{
    values_number(v, "n", n->free_count);
    buf_add_text(into, "\n\n");
    if (n->free_count == 0) {
        say(v, N_("Nobody is free now."), into);
        return;
    }
    say(v, N_("Free contractors: {n}"), into);
    for (size_t i = 0; i < n->free_listed; i++) {
        add_contact(v, "third", &n->free[i], true);
        say_line(v, N_("• {third}"), into);
    }
    if (n->free_count > (int64_t)n->free_listed) {
        values_number(v, "n", n->free_count - (int64_t)n->free_listed);
        say_line(v, N_("and {n} more"), into);
    }
}

/* Everything a manager needs to act without opening anything else. */
static void say_alert(const struct notice_facts *n, struct values *v, struct buf *into)
{
    const struct alert_facts *alert = &n->card.alert;
    if (n->repeat > 0 && !alert->acknowledged_at) {
        say_line(v, N_("🔁 Nobody is on it yet (reminder {repeat})."), into);
    }
    if (n->card.order.task) {
        buf_add_char(into, '\n');
        say_line(v, N_("{task}"), into);
    }
    buf_add_char(into, '\n');
    say_line(v,
             card_account_is_namesake(&n->card) ? N_("Client: {client}")
                                                : N_("Client: {client} ({account})"),
             into);
    if (n->card.order.contractor.person_id) {
        say_line(v, N_("Contractor: {contractor}"), into);
    }
    say_free(n, v, into);
    if (alert->acknowledged_at) {
        buf_add_char(into, '\n');
        say_line(v, N_("🙋 {who} is on it since {at}."), into);
    }
}

static void say_waiting(const struct notice_facts *n, struct values *v, struct buf *into)
{
    for (size_t i = 0; i < n->waiting_listed; i++) {
        const struct waiting_order *o = &n->waiting[i];
        bool late = o->due_at <= v->reader.now_ms;
        values_number(v, "order", o->order_id);
        values_span(v, "age", v->reader.now_ms - o->created_at);
        values_span(v, "left", o->due_at - v->reader.now_ms);
        values_money(v, "rate", o->rate_minor, o->currency ? o->currency : "");
        values_cut(v, "task", o->task, WAITING_TASK_UNITS);
        buf_add_char(into, '\n');
        say_line(v,
                 late ? N_("<b>№{order}</b> · {age} old, late by {left} · {rate}")
                      : N_("<b>№{order}</b> · {age} old, {left} left · {rate}"),
                 into);
        say_line(v, N_("{task}"), into);
    }
}

/* Where people wrote nothing an empty line is enough, and at the end none. */
static void close_gaps(struct buf *html)
{
    size_t to = 0;
    for (size_t from = 0; from < html->len; from++) {
        bool is_third = to >= 2 && html->data[from] == '\n' && html->data[to - 1] == '\n' &&
                        html->data[to - 2] == '\n';
        if (!is_third) {
            html->data[to++] = html->data[from];
        }
    }
    while (to > 0 && html->data[to - 1] == '\n') {
        to--;
    }
    html->len = to;
    html->data[to] = '\0';
}

/* A broken promise, a last role, a tariff that was granted by name, a wish that was not. */
static bool is_otherwise(const struct notice_facts *n, const struct notice_row *row)
{
    return (row->flags & NOTICE_IS_ALERT)      ? n->card.alert.level >= 100
           : n->kind == NOTICE_role_lost       ? n->card.viewer.roles == 0
           : n->kind == NOTICE_upgrade_granted ? n->tariff != NULL
                                               : n->is_declined;
}

static const char *sentence_of(const struct notice_facts *n, const struct notice_row *row)
{
    return row->other && is_otherwise(n, row) ? row->other : row->msgid;
}

void notice_say_heading(const struct notice_facts *n, struct buf *into)
{
    const struct notice_row *row = notice_row_find(n->kind);
    scoped(values_fini) struct values v;
    values_init(&v, &n->card.viewer.reader);
    notice_values(n, &v);
    size_t begin = into->len;
    say(&v, sentence_of(n, row), into);
    char *end = strchr(into->data + begin, '\n');
    if (end) {
        into->len = (size_t)(end - into->data);
        *end = '\0';
    }
}

bool notice_say(const struct notice_facts *n, struct buf *into)
{
    const struct notice_row *row = notice_row_find(n->kind);
    scoped(values_fini) struct values v;
    values_init(&v, &n->card.viewer.reader);
    notice_values(n, &v);
    say(&v, sentence_of(n, row), into);
    if (n->kind == NOTICE_welcome) {
        say_welcome(n, &v, into);
    }
    if (n->kind == NOTICE_digest) {
        buf_reset(into);
        digest_say(&n->digest, &v.reader, (n->card.viewer.roles & ROLE_OWNER) != 0, into);
    }
    if (n->kind == NOTICE_watch_report) {
        say_report(n, &v, into);
    }
    if ((row->flags & NOTICE_IS_THREAD) && n->is_edited) {
        say_line(&v, N_("✏️ <i>edited</i>"), into);
    }
    if (n->kind == NOTICE_offer && n->card.order.category) {
        say_line(&v, N_("🏷 {category}"), into);
    }
    if (n->kind == NOTICE_offer && n->card.order.wish && *n->card.order.wish) {
        say_line(&v, N_("Wanted: {wish}"), into);
    }
    if (n->kind == NOTICE_offer && n->card.order.files > 0) {
        say_line(&v, N_("📎 Attachments: {files}"), into);
    }
    if (n->kind == NOTICE_offer && n->pinned) {
        say_line(&v, N_("📌 The client has pinned you: you see it first."), into);
    }
    if (n->kind == NOTICE_order_late && n->compensated) {
        say_line(&v,
                 N_("🎁 The promise was not kept: this order does not count against your tariff."),
                 into);
    }
    if (n->kind == NOTICE_work_cancelled && n->amount_minor > 0) {
        say_line(&v, N_("💰 You have earned {amount}."), into);
    }
    bool moves_time = n->kind == NOTICE_estimate_moved || n->kind == NOTICE_work_extended;
    if (moves_time && n->card.order.state == ORDER_IN_WORK) {
        say_line(&v, N_("To be done by {due}."), into);
    }
    if (n->kind == NOTICE_order_taken && n->card.order.sees_contacts) {
        say_line(&v, N_("Contractor: {contractor}"), into);
    }
    if (n->kind == NOTICE_order_created && n->quota_left >= 0) {
        values_number(&v, "n", n->quota_left);
        buf_add_char(into, '\n');
        say_n(&v, "{n} order is left in this month.", "{n} orders are left in this month.",
              n->quota_left, into);
    }
    if (n->kind == NOTICE_order_created && !n->card.order.has_credentials) {
        buf_add_char(into, '\n');
        say_line(&v,
                 N_("🔑 Will logins or passwords be needed? Hand them over by the button: they "
                    "are sealed, and erased at the end."),
                 into);
    }
    if (n->kind == NOTICE_orders_wait) {
        say_waiting(n, &v, into);
    }
    if (n->kind == NOTICE_inquiry_sent && is_group(n)) {
        buf_add_char(into, '\n');
        say_line(&v, N_("↩️ A reply to this message goes to the client."), into);
    }
    if (row->flags & NOTICE_IS_ALERT) {
        say_alert(n, &v, into);
    }
    close_gaps(into);
    return n->message && text_utf16_units(n->message) > units_of_message(row);
}

static bool names_only_the_order(const char *line)
{
    char name[TEMPLATE_NAME_MAX];
    while (template_next_hole(&line, name)) {
        if (!str_eq(name, "order")) {
            return false;
        }
    }
    return true;
}

bool notice_say_line(int kind, const struct reader *reader, int64_t order_id, struct buf *into)
{
    const struct notice_row *row = notice_row_find(kind);
    if (row && row->flags != CARD) {
        return false;
    }
    const char *sentence =
        tr(reader->language, row ? row->msgid : N_("⤵️ Order №{order}: its card is below."));
    size_t len = strcspn(sentence, "\n");
    scoped(str_free) char *line = xmemdup_text(sentence, len);
    if (row && (!sentence[len] || !names_only_the_order(line))) {
        return false;
    }
    scoped(values_fini) struct values v;
    values_init(&v, reader);
    values_number(&v, "order", order_id);
    template_render(line, v.items, v.count, into);
    return true;
}

/* What this role begins with. */
static void add_welcome_buttons(const struct notice_facts *n, struct keyboard *keyboard)
{
    for (size_t i = 0; i < ARRAY_LEN(welcomes); i++) {
        if ((int)welcomes[i].role == n->role) {
            keyboard_add(keyboard, welcomes[i].label, (struct pressed){.press = welcomes[i].first});
            keyboard_add(keyboard, N_("« Menu"), (struct pressed){.press = PRESS_menu});
        }
    }
}

static void add_waiting_buttons(const struct notice_facts *n, struct keyboard *keyboard)
{
    for (size_t i = 0; i < n->waiting_listed; i++) {
        char label[32];
        snprintf(label, sizeof label, "🙋 №%lld", (long long)n->waiting[i].order_id);
        keyboard_add_text(keyboard, label,
                          (struct pressed){PRESS_order, n->waiting[i].order_id, 0});
    }
    keyboard_row(keyboard);
    keyboard_add(keyboard, N_("🕐 Open orders"), (struct pressed){.press = PRESS_open});
}

/* A manager cannot move an account to another tariff, but knows who can. */
static void add_upgrade_buttons(const struct notice_facts *n, struct keyboard *keyboard)
{
    bool is_owner = (n->card.viewer.roles & ROLE_OWNER) != 0;
    if (is_owner || is_group(n)) {
        keyboard_add(keyboard, N_("💼 Choose the tariff"),
                     (struct pressed){PRESS_upgrade_tariff, 0, n->request_id});
    }
    if (!is_owner && !n->is_passed) {
        keyboard_add(keyboard, N_("📤 To the owners"),
                     (struct pressed){PRESS_upgrade_pass, 0, n->request_id});
    }
    keyboard_add(keyboard, N_("✖️ Decline"),
                 (struct pressed){PRESS_upgrade_decline, 0, n->request_id});
}

void notice_buttons(const struct notice_facts *n, struct keyboard *keyboard)
{
    const struct notice_row *row = notice_row_find(n->kind);
    const struct card *card = &n->card;
    int64_t order_id = card->order.order_id;
    bool ends = n->kind == NOTICE_subscription_ends || n->kind == NOTICE_subscription_ended;
    if (n->kind == NOTICE_quota_low || (ends && card->viewer.account_id != 0)) {
        keyboard_add(keyboard, N_("⬆️ Ask for more"), (struct pressed){.press = PRESS_upgrade});
    }
    if (n->kind == NOTICE_upgrade_requested || n->kind == NOTICE_upgrade_passed) {
        add_upgrade_buttons(n, keyboard);
    }
    if (n->kind == NOTICE_application_sent) {
        enum press approve = n->role == ROLE_CLIENT ? PRESS_approve_client : PRESS_approve;
        keyboard_add(keyboard, N_("✅ Approve"), (struct pressed){approve, 0, n->asked_id});
        keyboard_add(keyboard, N_("✖️ Decline"),
                     (struct pressed){PRESS_turn_down, 0, n->asked_id});
    }
    if (n->kind == NOTICE_inquiry_sent) {
        keyboard_add(keyboard, N_("💬 Answer"),
                     (struct pressed){PRESS_answer_inquiry, 0, n->asked_id});
    }
    if (n->kind == NOTICE_inquiry_answer) {
        keyboard_add(keyboard, N_("✍️ Write again"),
                     (struct pressed){.press = PRESS_write_managers});
    }
    if (n->kind == NOTICE_upgrade_declined) {
        keyboard_add(keyboard, N_("✉️ Write to the managers"),
                     (struct pressed){.press = PRESS_write_managers});
    }
    if (n->kind == NOTICE_welcome) {
        add_welcome_buttons(n, keyboard);
    }
    if (n->kind == NOTICE_orders_wait) {
        add_waiting_buttons(n, keyboard);
    }
    if (row->flags & NOTICE_IS_CARD) {
        card_buttons(card, view_of(n, row), keyboard);
    }
    if (row->flags & NOTICE_ANSWERS) {
        keyboard_add(keyboard, N_("↩️ Reply"), (struct pressed){PRESS_write, order_id, 0});
    }
}

/* ---- an alert that is over ---- */

void alert_say_over(const struct notice_facts *n, struct buf *into)
{
    scoped(values_fini) struct values v;
    values_init(&v, &n->card.viewer.reader);
    card_values(&n->card, VIEW_STAFF, &v);
    int cause = alert_cause_parse(notice_kind_name((enum notice_kind)n->kind) + strlen("alert_"));
    values_word(&v, "cause", cause_word((enum alert_cause)max_i64(cause, 0)));
    say(&v, N_("✔️ <b>Order №{order}</b>: {cause} – over; the order is {state}."), into);
}

void alert_buttons_over(const struct notice_facts *n, struct keyboard *keyboard)
{
    char label[32];
    snprintf(label, sizeof label, "№%lld", (long long)n->card.order.order_id);
    keyboard_add_text(keyboard, label, (struct pressed){PRESS_order, n->card.order.order_id, 0});
}

void notice_each_sentence(void (*each)(void *ctx, const char *msgid), void *ctx)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        each(ctx, rows[i].msgid);
        if (rows[i].other) {
            each(ctx, rows[i].other);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(reports); i++) {
        each(ctx, reports[i].msgid);
    }
    for (size_t i = 0; i < ARRAY_LEN(welcomes); i++) {
        each(ctx, welcomes[i].msgid);
    }
}
