/* orders.c - the orders, for reading; what is done to them: order_changes.c */
#include <inttypes.h>

#include "admin-web/api/api.h"
#include "admin-web/problem.h"
#include "common/io/db_session.h"
#include "sql/admin_web_queries.h"
#include "order-engine/timeline/rows.h"
#include "order-engine/timeline/timeline_json.h"

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

int on_order_timeline(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, api_id(x));
    scoped(db_result_free) struct db_result *rows = api_rows(x, Q_read_timeline, &args);
    scoped(timeline_fini) struct timeline timeline = {0};
    if (!rows) {
        return -1;
    }
    if (timeline_read(&timeline, rows) < 0) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    buf_printf(&x->answer, "{\"order\": %" PRId64 ", ", api_id(x));
    timeline_add_json(&timeline, &x->answer);
    buf_add_char(&x->answer, '}');
    return 0;
}
