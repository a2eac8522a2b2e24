/* accounts.c - client accounts: who pays, for which tariff, until when */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "admin-web/problem.h"
#include "sql/admin_web_queries.h"

static const struct filter account_filters[] = {
    FILTER_OF_TEXT("q", 100),
    FILTER_OF_ID("tariff"),
    FILTER_OF_BOOL("paid"),
    FILTERS_OF_PAGE,
};

/* clang-format off */
static const struct body_field account_body[] = {
    BODY_TEXT(struct msg_account_update, name,       OPTIONAL, 1, 200),
    BODY_ID(  struct msg_account_update, tariff_id,  OPTIONAL),
    BODY_DATE(struct msg_account_update, paid_until, OPTIONAL),
};
/* clang-format on */

int on_accounts_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, account_filters, ARRAY_LEN(account_filters), &args) < 0) {
        return -1;
    }
    return api_answer(x, Q_list_accounts, &args);
}

int on_account_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_account);
}

int on_account_change(struct exchange *x)
{
    struct msg command = {.type = MSG_account_update, .body.account_update.account_id = api_id(x)};
    command.body.account_update.has_account_id = true;
    scoped(body_free) struct body *body =
        body_read(x, account_body, ARRAY_LEN(account_body), &command.body.account_update);
    if (!body) {
        return -1;
    }
    const struct msg_account_update *change = &command.body.account_update;
    if (!change->name && !change->has_tariff_id && !change->paid_until) {
        return problem_answer(x, PROBLEM_no_change);
    }
    return api_command(x, &command, NULL) < 0 ? -1 : api_answer_one(x, Q_get_account);
}
