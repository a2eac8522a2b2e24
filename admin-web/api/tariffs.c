/* tariffs.c - the tariffs; orders already made keep the terms they were made under */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "sql/admin_web_queries.h"

#define MONEY_MAX INT64_C(100000000000) /* minor units: a thousand million roubles */

/* clang-format off */
static const struct body_field tariff_body[] = {
    BODY_TEXT(struct msg_tariff_save, name,             REQUIRED, 1, 100),
    BODY_I64( struct msg_tariff_save, orders_per_month, REQUIRED, 0, 100000),
    BODY_I64( struct msg_tariff_save, reaction_minutes, REQUIRED, 1, 43200),
    BODY_I64( struct msg_tariff_save, price_minor,      REQUIRED, 0, MONEY_MAX),
    BODY_BOOL(struct msg_tariff_save, may_pin,          REQUIRED),
    BODY_BOOL(struct msg_tariff_save, sees_contacts,    REQUIRED),
    BODY_I64( struct msg_tariff_save, open_orders,      REQUIRED, 1, 1000),
    BODY_I64( struct msg_tariff_save, rate_minor,       NULLABLE, 0, MONEY_MAX), /* not given: ORDER_RATE */
    BODY_BOOL(struct msg_tariff_save, on_sale,          REQUIRED),
    BODY_I64( struct msg_tariff_save, calendar_id,      NULLABLE, 1, INT64_MAX), /* not given: round the clock */
};
/* clang-format on */

int on_tariffs_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    return filters_read(x, NULL, 0, &args) < 0 ? -1 : api_answer(x, Q_list_tariffs, NULL);
}

int on_tariff_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_tariff);
}

int on_tariff_create(struct exchange *x)
{
    struct msg command = {.type = MSG_tariff_save}, answer;
    scoped(body_free) struct body *body =
        body_read(x, tariff_body, ARRAY_LEN(tariff_body), &command.body.tariff_save);
    if (!body || api_command(x, &command, &answer) < 0) {
        return -1;
    }
    int64_t id = answer.body.answer.created_id;
    msg_fini(&answer);
    api_created(x, id);
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, id);
    return api_answer(x, Q_get_tariff, &args);
}

int on_tariff_replace(struct exchange *x)
{
    struct msg command = {.type = MSG_tariff_save};
    command.body.tariff_save.tariff_id = api_id(x);
    command.body.tariff_save.has_tariff_id = true;
    scoped(body_free) struct body *body =
        body_read(x, tariff_body, ARRAY_LEN(tariff_body), &command.body.tariff_save);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_tariff);
}
