/* notice_facts.c - the rows a notice is told from, column by column */
#include "bot-gateway/texts/notice_facts.h"

#include "common/base/text.h"
#include "common/wire/parameters.h"

static char *dup_column(const struct db_result *result, int row, int column)
{
    return xstrdup_or_null(db_text_or_null(result, row, column));
}

static struct contact read_contact(const struct db_result *result, int row, int first)
{
    return (struct contact){
        .name = dup_column(result, row, first),
        .telegram_id = db_i64(result, row, first + 1),
        .username = dup_column(result, row, first + 2),
        .phone = dup_column(result, row, first + 3),
    };
}

/* The installation's rate and currency; what was never set has its default. */
static void read_money_parameters(const struct db_result *result, int row, int first,
                                  struct notice_facts *n)
{
    const char *rate = db_text(result, row, first), *currency = db_text(result, row, first + 1);
    text_to_minor(*rate ? rate : parameter_rows[PARAMETER_ORDER_RATE].fallback, &n->order_rate);
    n->currency = xstrdup(*currency ? currency : parameter_rows[PARAMETER_CURRENCY].fallback);
}

void notice_facts_read(const struct db_result *result, int row, struct notice_facts *n)
{
    *n = (struct notice_facts){0};
    card_read(result, row, &n->card);
    int c = COLUMNS_OF_THE_REST;
    n->kind = notice_kind_parse(db_text(result, row, c++));
    n->withdrawn = db_bool(result, row, c++);
    n->due_at = db_i64(result, row, c++);
    n->quota_left = db_i64(result, row, c++);
    n->until = db_i64(result, row, c++);
    n->amount_minor = db_i64(result, row, c++);
    n->amount_currency = dup_column(result, row, c++);
    n->role = role_parse(db_text(result, row, c++));
    n->pinned = db_bool(result, row, c++);
    n->clock = sla_clock_parse(db_text(result, row, c++));
    n->reason = dup_column(result, row, c++);
    n->concern = concern_parse(db_text(result, row, c++));
    n->count = db_i64(result, row, c++);
    n->about_order_id = db_i64(result, row, c++);
    n->third = read_contact(result, row, c);
    c += 4;
    n->author_role = role_parse(db_text(result, row, c++));
    n->message = dup_column(result, row, c++);
    n->files = dup_column(result, row, c++);
    read_money_parameters(result, row, c, n);
    c += 2;
    n->account = dup_column(result, row, c++);
    n->repeat = db_i64(result, row, c++);
    n->request_id = db_i64(result, row, c++);
    n->compensated = db_bool(result, row, c++);
    n->reply_to = db_i64(result, row, c++);
    n->in_forum = db_bool(result, row, c++);
    n->topic_id = db_i64(result, row, c++);
    n->is_edited = db_bool(result, row, c);
}

void notice_facts_read_free(const struct db_result *result, struct notice_facts *n)
{
    n->free_listed = 0;
    for (int row = 0; row < db_rows(result) && n->free_listed < ARRAY_LEN(n->free); row++) {
        n->free[n->free_listed++] = read_contact(result, row, 0);
        n->free_count = db_i64(result, row, 4);
    }
}

void notice_facts_read_waiting(const struct db_result *result, struct notice_facts *n)
{
    n->waiting_listed = 0;
    for (int row = 0; row < db_rows(result) && n->waiting_listed < ARRAY_LEN(n->waiting); row++) {
        n->waiting[n->waiting_listed++] =
            (struct waiting_order){.order_id = db_i64(result, row, 0),
                                   .created_at = db_i64(result, row, 1),
                                   .due_at = db_i64(result, row, 2),
                                   .task = dup_column(result, row, 3),
                                   .rate_minor = db_i64(result, row, 5),
                                   .currency = dup_column(result, row, 6)};
        n->waiting_count = db_i64(result, row, 7);
    }
}

/* Who asked reads the answer, everybody else what was asked. */
void notice_facts_read_asked(const struct db_result *result, struct notice_facts *n)
{
    if (db_rows(result) == 0) {
        return;
    }
    bool answers = n->kind == NOTICE_inquiry_answer || n->kind == NOTICE_upgrade_declined;
    n->asked_id = db_i64(result, 0, 0);
    n->message = dup_column(result, 0, answers ? 3 : 1);
    n->files = dup_column(result, 0, answers ? 4 : 2);
    n->answer = dup_column(result, 0, 3);
    n->answered_by = dup_column(result, 0, 5);
    n->answered_at = db_i64(result, 0, 6);
    n->reply_to = answers ? db_i64(result, 0, 7) : 0;
    n->rewritten = db_i64(result, 0, 8);
    n->is_on_its_way = db_bool(result, 0, 9);
    n->tariff = dup_column(result, 0, 10);
    n->is_declined = db_bool(result, 0, 11);
    n->is_passed = db_bool(result, 0, 12);
}

enum question_column {
    QUESTION_ID,
    QUESTION_CONTACT, /* four */
    QUESTION_ACCOUNT = QUESTION_CONTACT + 4,
    QUESTION_ROLE,
    QUESTION_WORDS,
    QUESTION_FILES, /* how many */
    QUESTION_TARIFF,
    QUESTION_ANSWER,
    QUESTION_ANSWERED_BY,
    QUESTION_ANSWERED_AT,
    QUESTION_IS_DECLINED,
    QUESTION_IS_PASSED,
    QUESTION_IS_OVER,
};

void notice_facts_read_question(const struct db_result *result, const struct asked_kinds *kinds,
                                const struct viewer *viewer, struct notice_facts *n)
{
    bool is_over = db_bool(result, 0, QUESTION_IS_OVER);
    bool is_passed = db_bool(result, 0, QUESTION_IS_PASSED);
    *n = (struct notice_facts){
        .kind = (int)(is_over     ? kinds->answered
                      : is_passed ? kinds->passed
                                  : kinds->asks),
        .card.viewer = viewer_dup(viewer),
        .asked_id = db_i64(result, 0, QUESTION_ID),
        .request_id = db_i64(result, 0, QUESTION_ID),
        .third = read_contact(result, 0, QUESTION_CONTACT),
        .account = dup_column(result, 0, QUESTION_ACCOUNT),
        .role = role_parse(db_text(result, 0, QUESTION_ROLE)),
        .author_role = -1,
        .message = dup_column(result, 0, QUESTION_WORDS),
        .count = db_i64(result, 0, QUESTION_FILES),
        .tariff = dup_column(result, 0, QUESTION_TARIFF),
        .answer = dup_column(result, 0, QUESTION_ANSWER),
        .answered_by = dup_column(result, 0, QUESTION_ANSWERED_BY),
        .answered_at = db_i64(result, 0, QUESTION_ANSWERED_AT),
        .is_declined = db_bool(result, 0, QUESTION_IS_DECLINED),
        .is_passed = is_passed,
    };
}

static void contact_fini(struct contact *c)
{
    free(c->name);
    free(c->username);
    free(c->phone);
}

void notice_facts_fini(struct notice_facts *n)
{
    card_fini(&n->card);
    free(n->amount_currency);
    free(n->reason);
    free(n->message);
    free(n->files);
    free(n->currency);
    free(n->account);
    free(n->answer);
    free(n->answered_by);
    free(n->tariff);
    contact_fini(&n->third);
    for (size_t i = 0; i < n->free_listed; i++) {
        contact_fini(&n->free[i]);
    }
    for (size_t i = 0; i < n->waiting_listed; i++) {
        free(n->waiting[i].task);
        free(n->waiting[i].currency);
    }
    digest_facts_fini(&n->digest);
    *n = (struct notice_facts){0};
}
