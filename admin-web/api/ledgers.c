/* ledgers.c - quota and payouts by billing month, and the rows that people add to them */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "sql/admin_web_queries.h"

#define GRANT_MAX 100000              /* orders, either way */
#define SUM_MAX INT64_C(100000000000) /* minor units, either way */
#define REASON_MAX 2000

/* clang-format off */
static const struct body_field grant_body[] = {
    BODY_I64( struct msg_quota_grant, amount, REQUIRED, -GRANT_MAX, GRANT_MAX),
    BODY_TEXT(struct msg_quota_grant, reason, REQUIRED, 1, REASON_MAX),
};

static const struct body_field correction_body[] = {
    BODY_ID(  struct msg_payout_correct, month_id,     OPTIONAL), /* not given: the running one */
    BODY_I64( struct msg_payout_correct, amount_minor, REQUIRED, -SUM_MAX, SUM_MAX),
    BODY_TEXT(struct msg_payout_correct, reason,       REQUIRED, 1, REASON_MAX),
};

static const struct body_field payment_body[] = {
    BODY_ID(struct msg_payout_mark_paid, month_id, REQUIRED),
};

static const struct body_field closing_body[] = {
    BODY_TEXT(struct msg_upgrade_close, outcome, REQUIRED, 1, 20),
};
/* clang-format on */

static const struct filter upgrade_filters[] = {
    FILTER_OF_BOOL("open"),
    FILTERS_OF_PAGE,
};

int on_account_months(struct exchange *x)
{
    return api_answer_one(x, Q_list_account_months);
}

int on_account_grant(struct exchange *x)
{
    struct msg command = {.type = MSG_quota_grant};
    struct msg_quota_grant *grant = &command.body.quota_grant;
    grant->account_id = api_id(x);
    grant->has_account_id = true;
    scoped(body_free) struct body *body = body_read(x, grant_body, ARRAY_LEN(grant_body), grant);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_account);
}

int on_person_payouts(struct exchange *x)
{
    return api_answer_one(x, Q_list_person_payouts);
}

int on_person_correction(struct exchange *x)
{
    struct msg command = {.type = MSG_payout_correct};
    struct msg_payout_correct *correction = &command.body.payout_correct;
    correction->contractor_id = api_id(x);
    correction->has_contractor_id = true;
    scoped(body_free) struct body *body =
        body_read(x, correction_body, ARRAY_LEN(correction_body), correction);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_list_person_payouts);
}

int on_person_payment(struct exchange *x)
{
    struct msg command = {.type = MSG_payout_mark_paid};
    struct msg_payout_mark_paid *payment = &command.body.payout_mark_paid;
    payment->contractor_id = api_id(x);
    payment->has_contractor_id = true;
    scoped(body_free) struct body *body =
        body_read(x, payment_body, ARRAY_LEN(payment_body), payment);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_list_person_payouts);
}

/* ---- what clients ask for ---- */

int on_upgrades_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, upgrade_filters, ARRAY_LEN(upgrade_filters), &args) < 0) {
        return -1;
    }
    return api_answer(x, Q_list_upgrades, &args);
}

int on_upgrade_close(struct exchange *x)
{
    struct msg command = {.type = MSG_upgrade_close};
    struct msg_upgrade_close *closing = &command.body.upgrade_close;
    closing->request_id = api_id(x);
    closing->has_request_id = true;
    scoped(body_free) struct body *body =
        body_read(x, closing_body, ARRAY_LEN(closing_body), closing);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_upgrade);
}
