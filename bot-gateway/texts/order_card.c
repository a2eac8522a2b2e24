/* order_card.c - the card of one order */
#include "bot-gateway/texts/order_card.h"

#include "common/base/clock.h"

#define IN(state) (1u << ORDER_##state)
#define AT_WORK (IN(IN_WORK) | IN(WAITING_CLIENT))
#define OPEN (IN(NEW) | AT_WORK)
#define TALKING (AT_WORK | IN(DONE))
#define ENDED (IN(CLOSED) | IN(CANCELLED))
#define ANY_STATE (IN(NEW) | TALKING | ENDED)
#define ALL_INSIDE (VIEW_CLIENT | VIEW_WORKER | VIEW_STAFF)

/* ---- what it says ---- */

enum condition {
    ALWAYS,
    IN_TIME,
    LATE,
    RATED,
    UNRATED,
    RATEABLE,
    UNNAMED,
    EXTENDABLE,
    HAS_WISH,
    HAS_FILES,
    NO_FILES,
    SEES_CONTACT,
    HAS_REPORT,
    HAS_WORDS,
    HAS_CATEGORY,
    DECLINED,
    UNDECLINED,
    HAS_CREDENTIALS,
    NO_CREDENTIALS,
    ALERTED,    /* an alert stands */
    HEEDED,     /* an alert, and a manager is on it */
    UNHEEDED,   /* an alert, and nobody is */
    COMPLAINED, /* an open complaint */
    LASTING,    /* an alert that time does not solve */
    NAMESAKE,   /* the account is called like the client */
    OTHERWISE_CALLED
};

/* The number of a button that is about the alert. */
#define THE_ALERT (-1)

static bool outlasts_its_cause(const struct alert_facts *alert)
{
    return alert->id != 0 && (alert->cause == CAUSE_COMPLAINT || alert->cause == CAUSE_LOW_RATING ||
                              alert->cause == CAUSE_REWORKED);
}

bool card_account_is_namesake(const struct card *card)
{
    const char *account = card->order.account, *client = card->order.client.name;
    return account && client && str_eq(account, client);
}

static bool holds(const struct card *card, enum condition condition)
{
    const struct order_facts *o = &card->order;
    int64_t now = card->viewer.reader.now_ms;
    switch (condition) {
    case ALWAYS:
        return true;
    case IN_TIME:
        return o->due_at > now;
    case LATE:
        return o->due_at > 0 && o->due_at <= now;
    case RATED:
        return o->rating > 0;
    case UNRATED:
        return o->rating == 0;
    case RATEABLE:
        return o->rating == 0 && now < o->ended_at + RATE_DAYS * DAY_MS;
    case UNNAMED:
        return !o->estimate_named;
    case EXTENDABLE:
        return o->estimate_named && (o->state != ORDER_IN_WORK || o->due_at > now);
    case HAS_WISH:
        return o->wish && *o->wish;
    case HAS_FILES:
        return o->files > 0;
    case NO_FILES:
        return o->files == 0;
    case SEES_CONTACT:
        return o->sees_contacts && o->contractor.person_id > 0;
    case HAS_REPORT:
        return card->report && *card->report;
    case HAS_WORDS:
        return card->words && *card->words;
    case HAS_CATEGORY:
        return o->category && *o->category;
    case DECLINED:
        return card->declined;
    case UNDECLINED:
        return !card->declined;
    case HAS_CREDENTIALS:
        return o->has_credentials;
    case NO_CREDENTIALS:
        return !o->has_credentials;
    case ALERTED:
        return card->alert.id != 0;
    case HEEDED:
        return card->alert.id != 0 && card->alert.acknowledged_at != 0;
    case UNHEEDED:
        return card->alert.id != 0 && card->alert.acknowledged_at == 0;
    case COMPLAINED:
        return card->alert.id != 0 && card->alert.cause == CAUSE_COMPLAINT;
    case NAMESAKE:
        return card_account_is_namesake(card);
    case OTHERWISE_CALLED:
        return !card_account_is_namesake(card);
    case LASTING:
        return outlasts_its_cause(&card->alert);
    }
    return false;
}

/* clang-format off */
static const struct card_line {
    unsigned       views, states;
    enum condition when;
    const char    *msgid;
} card_lines[] = {
    {ALL_INSIDE | VIEW_OFFERED, ANY_STATE, ALWAYS, N_("<b>Order №{order}</b> · {state}")},

    {VIEW_CLIENT,  IN(NEW),            IN_TIME,  N_("⏱ We will take it by {due} (within {left}).")},
    {VIEW_CLIENT,  IN(NEW),            LATE,     N_("⏱ It was to be taken by {due}. We are late; the managers know.")},
    {VIEW_CLIENT,  IN(IN_WORK),        ALWAYS,   N_("🛠 Taken at {taken}, the estimate is {estimate}.")},
    {VIEW_CLIENT,  IN(IN_WORK),        IN_TIME,  N_("⏱ It will be done by {due} (in {left}).")},
    {VIEW_CLIENT,  IN(IN_WORK),        LATE,     N_("⏱ It was to be done by {due}. It is late; the managers know.")},
    {VIEW_CLIENT,  IN(WAITING_CLIENT), ALWAYS,   N_("❓ The contractor waits for your answer; the work stands meanwhile.")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   N_("✅ The work is done. Please accept it; on its own the order closes at {due}.")},
    {VIEW_CLIENT,  IN(CLOSED),         RATED,    N_("Closed at {ended}. Your mark: {stars}")},
    {VIEW_CLIENT,  IN(CLOSED),         UNRATED,  N_("Closed at {ended}.")},
    {VIEW_CLIENT,  TALKING,            SEES_CONTACT, N_("Contractor: {contractor}")},

    {VIEW_WORKER,  IN(IN_WORK),        IN_TIME,  N_("⏱ To be done by {due} (in {left}).")},
    {VIEW_WORKER,  IN(IN_WORK),        LATE,     N_("⏱ It was to be done by {due}: late by {left}.")},
    {VIEW_WORKER,  IN(IN_WORK),        UNNAMED,  N_("Please say how long you need.")},
    {VIEW_WORKER,  IN(WAITING_CLIENT), ALWAYS,   N_("⏸ The client owes an answer; your time stands meanwhile.")},
    {VIEW_WORKER,  IN(DONE),           ALWAYS,   N_("✅ Handed over. The client accepts it by {due} at the latest.")},
    {VIEW_WORKER,  IN(CLOSED),         RATED,    N_("Closed at {ended}. The client's mark: {stars}")},
    {VIEW_WORKER,  IN(CLOSED),         UNRATED,  N_("Closed at {ended}.")},
    {VIEW_WORKER,  ANY_STATE,          ALWAYS,   N_("Rate: {rate}")},

    {VIEW_STAFF,   ANY_STATE,          ALERTED,  N_("🔔 Needs a manager: {cause}.")},
    {VIEW_STAFF,   ANY_STATE,          HEEDED,   N_("🙋 {who} is on it since {at}.")},
    {VIEW_STAFF,   IN(NEW),            IN_TIME,  N_("⏱ To be taken by {due} (within {left}).")},
    {VIEW_STAFF,   IN(NEW),            LATE,     N_("🔴 Was to be taken by {due}: late by {left}.")},
    {VIEW_STAFF,   IN(IN_WORK),        IN_TIME,  N_("⏱ To be done by {due} (in {left}).")},
    {VIEW_STAFF,   IN(IN_WORK),        LATE,     N_("🔴 Was to be done by {due}: late by {left}.")},
    {VIEW_STAFF,   IN(WAITING_CLIENT), ALWAYS,   N_("⏸ The client is to answer by {due}.")},
    {VIEW_STAFF,   IN(DONE),           ALWAYS,   N_("✅ Done; closes by itself at {due}.")},
    {VIEW_STAFF,   ENDED,              ALWAYS,   N_("Ended at {ended}.")},
    {VIEW_STAFF,   IN(CLOSED),         RATED,    N_("The client's mark: {stars}")},
    {VIEW_STAFF,   ANY_STATE,          NAMESAKE, N_("Client: {client}")},
    {VIEW_STAFF,   ANY_STATE,          OTHERWISE_CALLED, N_("Client: {client} ({account})")},
    {VIEW_STAFF,   TALKING | IN(CLOSED), ALWAYS, N_("Contractor: {contractor}")},

    {VIEW_OFFERED, IN(NEW),            IN_TIME,  N_("⏱ To be taken by {due} (within {left}). Rate: {rate}")},
    {VIEW_OFFERED, IN(NEW),            LATE,     N_("⏱ Was to be taken by {due}; it still can be. Rate: {rate}")},
    {VIEW_OFFERED, IN(NEW),            DECLINED, N_("🙅 You have declined it. If you change your mind, you can still take it.")},
    {VIEW_OFFERED, TALKING,            ALWAYS,   N_("Already taken at {taken}.")},
    {VIEW_OFFERED, IN(CANCELLED),      ALWAYS,   N_("The client has cancelled it.")},

    {VIEW_CLIENT,  OPEN,               HAS_CREDENTIALS, N_("🔑 Access is handed over, sealed. Who has looked at it stands in the history.")},
    {VIEW_WORKER,  AT_WORK,            HAS_CREDENTIALS, N_("🔑 The client has handed over access.")},
    {VIEW_STAFF,   OPEN,               HAS_CREDENTIALS, N_("🔑 The client has handed over access; only the contractor can see it.")},

    {ALL_INSIDE,   ANY_STATE,          HAS_CATEGORY, N_("🏷 {category}")},
    {VIEW_OFFERED, IN(NEW),            HAS_CATEGORY, N_("🏷 {category}")},
    {ALL_INSIDE,   ANY_STATE,          ALWAYS,   N_("\n{task}")},
    {VIEW_OFFERED, IN(NEW),            ALWAYS,   N_("\n{task}")},
    {ALL_INSIDE,   ANY_STATE,          HAS_WISH, N_("Wanted: {wish}")},
    {VIEW_OFFERED, IN(NEW),            HAS_WISH, N_("Wanted: {wish}")},
    {ALL_INSIDE,   ANY_STATE,          HAS_FILES,N_("📎 Attachments: {files}")},
    {VIEW_OFFERED, IN(NEW),            HAS_FILES,N_("📎 Attachments: {files}")},
    {ALL_INSIDE,   IN(DONE) | IN(CLOSED), HAS_REPORT, N_("\n<b>What was done</b>\n{report}")},
    {ALL_INSIDE,   OPEN | IN(CANCELLED), HAS_WORDS, N_("\n💬 {words}")},
};

/* ---- which buttons it has ---- */

static const struct card_button {
    unsigned       views, states;
    enum condition when;
    enum press     press;
    int64_t        arg;
    bool           new_row;
    const char    *label;
} card_button_rows[] = {
    {VIEW_OFFERED, IN(NEW),            ALWAYS,   PRESS_take,     0, true,  N_("🙋 Take it")},
    {VIEW_OFFERED, IN(NEW),            UNDECLINED, PRESS_decline, 0, false, N_("🙅 Not for me")},
    {VIEW_OFFERED, IN(NEW),            HAS_FILES,PRESS_files,    0, false, N_("📎 Attachments")},

    {VIEW_CLIENT,  IN(NEW),            ALWAYS,   PRESS_add,      0, true,  N_("➕ Add details")},
    {VIEW_CLIENT,  IN(NEW),            ALWAYS,   PRESS_cancel,   0, false, N_("✖️ Cancel the order")},
    {VIEW_CLIENT,  IN(WAITING_CLIENT), ALWAYS,   PRESS_answer,   0, true,  N_("💬 Answer")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   1, true,  N_("1 ⭐")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   2, false, N_("2 ⭐")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   3, false, N_("3 ⭐")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   4, false, N_("4 ⭐")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   5, false, N_("5 ⭐")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_review,   0, true,  N_("💬 Accept with a few words")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_accept,   0, true,  N_("✅ Accept without a mark")},
    {VIEW_CLIENT,  IN(DONE),           ALWAYS,   PRESS_rework,   0, true,  N_("↩️ Return the work")},
    {VIEW_CLIENT,  TALKING,            ALWAYS,   PRESS_write,    0, true,  N_("✍️ Write to the contractor")},
    {VIEW_CLIENT,  OPEN,               NO_CREDENTIALS,  PRESS_hand_over, 0, true, N_("🔑 Hand over access")},
    {VIEW_CLIENT,  OPEN,               HAS_CREDENTIALS, PRESS_hand_over, 0, true, N_("🔑 Hand over other access")},
    {VIEW_CLIENT,  IN(CLOSED),         RATEABLE, PRESS_mark,     1, true,  N_("1 ⭐")},
    {VIEW_CLIENT,  IN(CLOSED),         RATEABLE, PRESS_mark,     2, false, N_("2 ⭐")},
    {VIEW_CLIENT,  IN(CLOSED),         RATEABLE, PRESS_mark,     3, false, N_("3 ⭐")},
    {VIEW_CLIENT,  IN(CLOSED),         RATEABLE, PRESS_mark,     4, false, N_("4 ⭐")},
    {VIEW_CLIENT,  IN(CLOSED),         RATEABLE, PRESS_mark,     5, false, N_("5 ⭐")},
    {VIEW_CLIENT,  ENDED,              ALWAYS,   PRESS_repeat,   0, true,  N_("🔁 The same again")},
    {VIEW_CLIENT,  ENDED,              ALWAYS,   PRESS_new_order,0, false, N_("🆕 New order")},

    {VIEW_WORKER,  IN(IN_WORK),        UNNAMED,  PRESS_estimate, 0, true,  N_("⏱ Name the time")},
    {VIEW_WORKER,  IN(WAITING_CLIENT), ALWAYS,   PRESS_resume,   0, true,  N_("▶️ Go on without the answer")},
    {VIEW_WORKER,  IN(IN_WORK),        ALWAYS,   PRESS_ask,      0, true,  N_("❓ Ask the client")},
    {VIEW_WORKER,  TALKING,            ALWAYS,   PRESS_write,    0, false, N_("✍️ Write to the client")},
    {VIEW_WORKER,  AT_WORK,            HAS_CREDENTIALS, PRESS_reveal, 0, true, N_("🔑 Show access")},
    {VIEW_WORKER,  AT_WORK,            ALWAYS,   PRESS_finish,   0, true,  N_("✅ Hand the work over")},
    {VIEW_WORKER,  AT_WORK,            EXTENDABLE, PRESS_extend, 0, true,  N_("⏱ More time")},
    {VIEW_WORKER,  AT_WORK,            ALWAYS,   PRESS_give_back,0, false, N_("↩️ Give it back")},

    {VIEW_STAFF,   ANY_STATE,          UNHEEDED, PRESS_mine,     THE_ALERT, true,  N_("🙋 I am on it")},
    {VIEW_STAFF,   ANY_STATE,          LASTING,  PRESS_settle,   THE_ALERT, false, N_("✔️ Settled")},
    {VIEW_STAFF,   ANY_STATE,          COMPLAINED, PRESS_answer_complaint, THE_ALERT, true, N_("💬 Answer")},
    {VIEW_STAFF,   IN(NEW),            ALWAYS,   PRESS_assign,   0, true,  N_("👤 Assign a contractor")},
    {VIEW_STAFF,   IN(NEW),            ALWAYS,   PRESS_call_off, 0, false, N_("✖️ Cancel")},
    {VIEW_STAFF,   IN(WAITING_CLIENT), ALWAYS,   PRESS_answer_for, 0, true,  N_("💬 Answer for the client")},
    {VIEW_STAFF,   IN(DONE),           ALWAYS,   PRESS_accept_for, 0, true,  N_("✅ Accept for the client")},
    {VIEW_STAFF,   IN(DONE),           ALWAYS,   PRESS_rework_for, 0, false, N_("🔁 Return the work")},
    {VIEW_STAFF,   AT_WORK,            ALWAYS,   PRESS_prolong,  0, true,  N_("⏱ More time")},
    {VIEW_STAFF,   AT_WORK,            ALWAYS,   PRESS_reassign, 0, false, N_("👥 To another")},
    {VIEW_STAFF,   AT_WORK,            ALWAYS,   PRESS_release,  0, true,  N_("🔄 Into the queue")},
    {VIEW_STAFF,   TALKING,            ALWAYS,   PRESS_call_off_work, 0, false, N_("✖️ Cancel")},
    {VIEW_STAFF,   TALKING,            ALWAYS,   PRESS_speak_to, ROLE_CLIENT, true,  N_("✍️ To the client")},
    {VIEW_STAFF,   TALKING,            ALWAYS,   PRESS_speak_to, ROLE_CONTRACTOR, false, N_("✍️ To the contractor")},

    {ALL_INSIDE,   ANY_STATE,          HAS_FILES,PRESS_files,    0, true,  N_("📎 Attachments")},
    {ALL_INSIDE,   ANY_STATE,          HAS_FILES,PRESS_history,  0, false, N_("🕓 History")},
    {ALL_INSIDE,   ANY_STATE,          NO_FILES, PRESS_history,  0, true,  N_("🕓 History")},
    {VIEW_CLIENT,  ANY_STATE,          ALWAYS,   PRESS_complain, 0, false, N_("🆘 Complain")},
};
/* clang-format on */

void card_read(const struct db_result *result, int row, struct card *card)
{
    *card = (struct card){0};
    order_facts_read(result, row, COLUMNS_OF_ORDER, &card->order);
    viewer_read(result, row, COLUMNS_OF_VIEWER, &card->viewer);
    card->offered = db_bool(result, row, COLUMN_OFFERED);
    card->declined = db_bool(result, row, COLUMN_DECLINED);
    card->report = xstrdup_or_null(db_text_or_null(result, row, COLUMN_REPORT));
    alert_facts_read(result, row, COLUMNS_OF_ALERT, &card->alert);
}

void card_fini(struct card *card)
{
    order_facts_fini(&card->order);
    viewer_fini(&card->viewer);
    alert_facts_fini(&card->alert);
    str_free(&card->report);
    str_free(&card->words);
}

unsigned card_view(const struct card *card, bool alert)
{
    const struct viewer *who = &card->viewer;
    const struct order_facts *o = &card->order;
    bool is_staff = (who->roles & (ROLE_MANAGER | ROLE_OWNER)) != 0;
    bool is_client = (who->roles & ROLE_CLIENT) && who->account_id == o->account_id;
    if (alert && is_staff) {
        return VIEW_STAFF;
    }
    if ((who->roles & ROLE_CONTRACTOR) && who->person_id == o->contractor.person_id) {
        return VIEW_WORKER;
    }
    if (is_client) {
        return VIEW_CLIENT;
    }
    if (is_staff) {
        return VIEW_STAFF;
    }
    return (who->roles & ROLE_CONTRACTOR) && card->offered ? VIEW_OFFERED : 0;
}

static void add_stars(struct values *v, int64_t rating)
{
    scoped(buf_fini) struct buf stars = {0};
    for (int64_t i = 0; i < 5; i++) {
        buf_add_text(&stars, i < rating ? "★" : "☆");
    }
    values_text(v, "stars", buf_text(&stars));
}

static void add_contact(struct values *v, const char *name, const struct contact *who,
                        bool with_link)
{
    scoped(buf_fini) struct buf cut = {0};
    template_add_cut(&cut, who->name ? who->name : "", CARD_NAME_UNITS);
    values_contact(v, name, buf_text(&cut), with_link ? who->telegram_id : 0,
                   with_link ? who->username : NULL, with_link ? who->phone : NULL);
}

void card_values(const struct card *card, unsigned view, struct values *v)
{
    const struct order_facts *o = &card->order;
    values_number(v, "order", o->order_id);
    values_word(v, "state", state_word(o->state));
    values_cut(v, "task", o->task, CARD_TASK_UNITS);
    values_cut(v, "account", o->account, CARD_NAME_UNITS);
    values_cut(v, "category", o->category, CARD_NAME_UNITS);
    values_cut(v, "wish", o->wish, CARD_WISH_UNITS);
    values_cut(v, "report", card->report, CARD_REPORT_UNITS);
    values_cut(v, "words", card->words, CARD_REPORT_UNITS);
    values_number(v, "files", o->files);
    values_money(v, "rate", o->rate_minor, o->currency ? o->currency : "");
    values_instant(v, "due", o->due_at);
    values_span(v, "left", o->due_at - v->reader.now_ms);
    values_span(v, "estimate", o->estimate_minutes * MINUTE_MS);
    values_instant(v, "taken", o->taken_at);
    values_instant(v, "ended", o->ended_at);
    add_stars(v, o->rating);
    values_word(v, "cause", cause_word(card->alert.cause));
    values_cut(v, "who", card->alert.acknowledged_by, CARD_NAME_UNITS);
    values_instant(v, "at", card->alert.acknowledged_at);
    /* people are reached by those who may: managers reach both, a client the contractor only by
     * tariff */
    add_contact(v, "client", &o->client, view == VIEW_STAFF);
    add_contact(v, "contractor", &o->contractor,
                view == VIEW_STAFF || (view == VIEW_CLIENT && o->sees_contacts));
}

void card_say(const struct card *card, unsigned view, struct buf *into)
{
    scoped(values_fini) struct values v;
    values_init(&v, &card->viewer.reader);
    card_values(card, view, &v);
    size_t start = into->len;
    for (size_t i = 0; i < ARRAY_LEN(card_lines); i++) {
        const struct card_line *line = &card_lines[i];
        if ((line->views & view) && (line->states & (1u << card->order.state)) &&
            holds(card, line->when)) {
            if (into->len > start) {
                buf_add_char(into, '\n');
            }
            say(&v, line->msgid, into);
        }
    }
}

static bool button_fits(const struct card *card, unsigned view, const struct card_button *button)
{
    return (button->views & view) && (button->states & (1u << card->order.state)) &&
           holds(card, button->when);
}

void card_buttons(const struct card *card, unsigned view, struct keyboard *keyboard)
{
    for (size_t i = 0; i < ARRAY_LEN(card_button_rows); i++) {
        const struct card_button *button = &card_button_rows[i];
        if (!button_fits(card, view, button)) {
            continue;
        }
        if (button->new_row) {
            keyboard_row(keyboard);
        }
        int64_t arg = button->arg == THE_ALERT ? card->alert.id : button->arg;
        keyboard_add(keyboard, button->label,
                     (struct pressed){button->press, card->order.order_id, arg});
    }
}

/* What opens from a button of the card stands or falls with that button. */
static enum press button_behind(enum press press)
{
    switch ((int)press) {
    case PRESS_take_for:
    case PRESS_take_other:
        return PRESS_take;
    case PRESS_estimate_for:
    case PRESS_estimate_other:
        return PRESS_estimate;
    case PRESS_rate:
        return PRESS_mark;
    case PRESS_extend_to:
    case PRESS_extend_other:
        return PRESS_extend;
    case PRESS_stars:
        return PRESS_review;
    case PRESS_cancel_now:
        return PRESS_cancel;
    case PRESS_give:
        return PRESS_assign;
    case PRESS_reassign_to:
        return PRESS_reassign;
    case PRESS_prolong_to:
        return PRESS_prolong;
    case PRESS_call_off_paid:
        return PRESS_call_off_work;
    default:
        return press;
    }
}

bool card_offers(const struct card *card, unsigned view, enum press press)
{
    enum press behind = button_behind(press);
    bool is_of_cards = false;
    for (size_t i = 0; i < ARRAY_LEN(card_button_rows); i++) {
        const struct card_button *button = &card_button_rows[i];
        if (button->press != behind) {
            continue;
        }
        is_of_cards = true;
        if (button_fits(card, view, button)) {
            return true;
        }
    }
    return !is_of_cards;
}

void card_each_sentence(void (*each)(void *ctx, const char *msgid), void *ctx)
{
    for (size_t i = 0; i < ARRAY_LEN(card_lines); i++) {
        each(ctx, card_lines[i].msgid);
    }
    for (size_t i = 0; i < ARRAY_LEN(card_button_rows); i++) {
        each(ctx, card_button_rows[i].label);
    }
}
