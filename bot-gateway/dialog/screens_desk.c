/* screens_desk.c - what managers are asked about no order, and how they answer */
#include "bot-gateway/dialog/screens.h"
#include "bot-gateway/texts/notice_table.h"

void render_write_managers(struct show *s)
{
    show_say(
        s, N_("✉️ What is it about? Write a question, a wish, whatever is no order; photos and "
              "files are fine. A manager answers here."));
    show_drop(s, N_("✖️ Not now"));
}

void render_answer_complaint(struct show *s)
{
    show_say(s,
             N_("💬 What do you answer the client of order №{order}? It is passed on at once, and "
                "the complaint is settled."));
    show_drop(s, N_("« Never mind"));
}

void render_upgrade_decline(struct show *s)
{
    show_say(s, N_("✖️ Why not? The client reads what you write."));
    show_button(s, N_("Without a word"), (struct pressed){PRESS_decline_silently, 0, s->arg});
    show_drop(s, N_("« Never mind"));
}

/* ---- one question ---- */

static const struct asked_kinds inquiry = {NOTICE_inquiry_sent, NOTICE_inquiry_sent,
                                           NOTICE_inquiry_answered};
static const struct asked_kinds request = {NOTICE_upgrade_requested, NOTICE_upgrade_passed,
                                           NOTICE_upgrade_answered};
static const struct asked_kinds application = {NOTICE_application_sent, NOTICE_application_sent,
                                               NOTICE_application_answered};

static void offer_the_list(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Unanswered"), (struct pressed){.press = PRESS_unanswered});
    show_back(s);
}

/* What was written may bring pictures along. */
static void offer_files(struct show *s, const struct notice_facts *n)
{
    if (n->count == 0) {
        return;
    }
    values_number(&s->values, "files", n->count);
    show_gap(s);
    show_line(s, N_("📎 Attachments: {files}"));
    show_button(s, N_("📎 Attachments"), (struct pressed){PRESS_inquiry_files, 0, n->asked_id});
}

/* Said as the message that asks; what is answered, as that message is rewritten: whichever comes
 * last, they are the same. */
static void show_question(struct show *s, const struct asked_kinds *kinds, enum press opens)
{
    if (db_rows(s->rows) == 0) {
        show_say(s, refusal_sentence(REFUSE_moot));
        offer_the_list(s);
        return;
    }
    scoped(notice_facts_fini) struct notice_facts n;
    notice_facts_read_question(s->rows, kinds, &s->person->viewer, &n);
    n.card.viewer.reader.now_ms = s->reader.now_ms;
    notice_say(&n, &s->html);
    notice_buttons(&n, &s->keyboard);
    if (s->press == opens) {
        offer_files(s, &n);
        offer_the_list(s);
    }
}

void render_inquiry(struct show *s)
{
    show_question(s, &inquiry, PRESS_inquiry);
}

void render_request(struct show *s)
{
    show_question(s, &request, PRESS_request);
}

void render_application(struct show *s)
{
    show_question(s, &application, PRESS_application);
}

/* ---- the answer ---- */

void render_answer_inquiry(struct show *s)
{
    scoped(notice_facts_fini) struct notice_facts n = {0};
    if (db_rows(s->rows) > 0) {
        notice_facts_read_question(s->rows, &inquiry, &s->person->viewer, &n);
    }
    if (n.asked_id == 0 || n.answered_at != 0) {
        values_instant(&s->values, "at", n.answered_at);
        show_say(s,
                 refusal_sentence(n.asked_id == 0 ? REFUSE_no_such_inquiry : REFUSE_inquiry_gone));
        show_back(s);
        return;
    }
    values_cut(&s->values, "client", n.third.name, CARD_NAME_UNITS);
    values_cut(&s->values, "account", n.account, CARD_NAME_UNITS);
    show_say(s, N_("💬 Your answer to {client} ({account})? Words or files; the client gets them at "
                   "once."));
    if (*n.message) {
        show_excerpt(s, "words", n.message);
        show_line(s, N_("<i>{words}</i>"));
    }
    show_drop(s, N_("✖️ Not now"));
}

/* ---- what waits for an answer ---- */

enum unanswered_column {
    UNANSWERED_KIND,
    UNANSWERED_ID,
    UNANSWERED_NAME,
    UNANSWERED_ACCOUNT,
    UNANSWERED_ROLE,
    UNANSWERED_WORDS,
    UNANSWERED_TARIFF,
    UNANSWERED_AT,
    UNANSWERED_TOTAL,
    UNANSWERED_COUNTS /* one for each sort */
};

/* clang-format off */
static const struct question_sort {
    enum press       press;
    enum notice_kind asks;
    enum press       opens;
    const char      *sign;
    const char      *label;   /* its number follows */
    const char      *heading; /* above its lines */
    const char      *nothing; /* instead of them */
} question_sorts[] = { /* in the order of the counts of list_unanswered.sql */
    {PRESS_unanswered_inquiries,    NOTICE_inquiry_sent,      PRESS_inquiry,     "✉️", N_("✉️ Messages"),     N_("✉️ <b>Clients have written</b>"),             N_("✉️ No message waits for an answer.")},
    {PRESS_unanswered_requests,     NOTICE_upgrade_requested, PRESS_request,     "⬆️", N_("⬆️ Tariffs"),      N_("⬆️ <b>Clients ask for a larger tariff</b>"),  N_("⬆️ Nobody asks for a larger tariff.")},
    {PRESS_unanswered_applications, NOTICE_application_sent,  PRESS_application, "🙋", N_("🙋 Applications"), N_("🙋 <b>Who would like to be let in</b>"),       N_("🙋 No application waits for an answer.")},
};
/* clang-format on */

static const struct question_sort every_sort = {PRESS_unanswered,
                                                NOTICE_COUNT,
                                                PRESS_COUNT,
                                                "",
                                                N_("📥 All"),
                                                N_("📥 <b>Unanswered</b>"),
                                                N_("📥 Everything is answered.")};

static const struct question_sort *sort_shown(const struct show *s)
{
    for (size_t i = 0; i < ARRAY_LEN(question_sorts); i++) {
        if (question_sorts[i].press == s->press) {
            return &question_sorts[i];
        }
    }
    return &every_sort;
}

static const struct question_sort *sort_of_row(const struct show *s, int row)
{
    int kind = notice_kind_parse(db_text(s->rows, row, UNANSWERED_KIND));
    for (size_t i = 0; i < ARRAY_LEN(question_sorts); i++) {
        if ((int)question_sorts[i].asks == kind) {
            return &question_sorts[i];
        }
    }
    return &every_sort;
}

/* Who asks, for how long, and the beginning of it. */
static void question_line(struct show *s, int row)
{
    const struct question_sort *sort = sort_of_row(s, row);
    const char *name = db_text(s->rows, row, UNANSWERED_NAME);
    const char *account = db_text(s->rows, row, UNANSWERED_ACCOUNT);
    int role = role_parse(db_text(s->rows, row, UNANSWERED_ROLE));
    values_text(&s->values, "sign", sort->sign);
    values_cut(&s->values, "who", name, CARD_NAME_UNITS);
    values_cut(&s->values, "account", account, 32);
    values_word(&s->values, "role", role_word(role < 0 ? ROLE_CLIENT : (enum role)role));
    values_text(&s->values, "tariff", db_text(s->rows, row, UNANSWERED_TARIFF));
    values_span(&s->values, "age", s->reader.now_ms - db_i64(s->rows, row, UNANSWERED_AT));
    show_excerpt(s, "words", db_text(s->rows, row, UNANSWERED_WORDS));
    show_gap(s);
    show_line(s, role > 0                ? N_("{sign} <b>{who}</b> · {role} · {age}")
                 : str_eq(name, account) ? N_("{sign} <b>{who}</b> · {age}")
                                         : N_("{sign} <b>{who}</b> · {account} · {age}"));
    if (sort->asks == NOTICE_upgrade_requested) {
        show_line(s, N_("Tariff: {tariff}"));
    } else if (*db_text(s->rows, row, UNANSWERED_WORDS)) {
        show_line(s, N_("<i>{words}</i>"));
    }
    scoped(buf_fini) struct buf label = {0};
    buf_printf(&label, "%s %s", sort->sign, name);
    if (row % 2 == 0) {
        keyboard_row(&s->keyboard);
    }
    keyboard_add_text(&s->keyboard, buf_text(&label),
                      (struct pressed){sort->opens, 0, db_i64(s->rows, row, UNANSWERED_ID)});
}

/* A button for each sort with how many there are; the one that is shown leads back to all. */
static void offer_sorts(struct show *s)
{
    keyboard_row(&s->keyboard);
    for (size_t i = 0; i < ARRAY_LEN(question_sorts); i++) {
        bool is_shown = sort_shown(s) == &question_sorts[i];
        const struct question_sort *sort = is_shown ? &every_sort : &question_sorts[i];
        scoped(buf_fini) struct buf label = {0};
        buf_add_text(&label, tr(s->reader.language, sort->label));
        if (!is_shown) {
            buf_printf(&label, " %lld", (long long)db_i64(s->rows, 0, UNANSWERED_COUNTS + (int)i));
        }
        keyboard_add_text(&s->keyboard, buf_text(&label), (struct pressed){.press = sort->press});
    }
}

void render_unanswered(struct show *s)
{
    const struct question_sort *shown = sort_shown(s);
    int count = db_rows(s->rows);
    bool is_empty = count == 0 || db_is_null(s->rows, 0, UNANSWERED_KIND);
    show_say(s, is_empty ? shown->nothing : shown->heading);
    for (int i = 0; i < count && !is_empty; i++) {
        question_line(s, i);
    }
    show_pages(s, shown->press, 0, count > 0 ? db_i64(s->rows, 0, UNANSWERED_TOTAL) : 0);
    if (count > 0) {
        offer_sorts(s);
    }
    show_back(s);
}
