/* months.c - the reports of billing months, from the views that the bot's reports read too */
#include "admin-web/api/api.h"
#include "sql/admin_web_queries.h"

static const struct filter month_filters[] = {
    FILTERS_OF_PAGE,
};

int on_months_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, month_filters, ARRAY_LEN(month_filters), &args) < 0) {
        return -1;
    }
    return api_answer(x, Q_list_months, &args);
}

int on_month_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_month);
}
