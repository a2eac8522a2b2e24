/* orders.c - the orders, for reading: what happens to them is decided in the bot */
#include "admin-web/api/api.h"
#include "sql/admin_web_queries.h"

static const struct filter order_filters[] = {
    FILTER_OF_WORDS("state", "new in_work waiting_client done closed cancelled"),
    FILTER_OF_ID("tariff"),
    FILTER_OF_ID("contractor"),
    FILTER_OF_ID("account"),
    FILTER_OF_BOOL("late"),
    FILTER_OF_TEXT("q", 100),
    FILTER_OF_TIME("created_from"),
    FILTER_OF_TIME("created_before"),
    FILTERS_OF_PAGE,
};

int on_orders_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, order_filters, ARRAY_LEN(order_filters), &args) < 0) {
        return -1;
    }
    return api_answer(x, Q_list_orders, &args);
}

int on_order_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_order);
}
