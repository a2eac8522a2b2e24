/* parameters.c - the system parameters: what they may be is in parameters.def, what they are in the
 * database */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "admin-web/json.h"
#include "admin-web/problem.h"
#include "common/io/db_session.h"
#include "common/wire/parameters.h"
#include "sql/admin_web_queries.h"

/* clang-format off */
static const char *const type_names[] = {
    [PARAMETER_TYPE_PERCENT]  = "percent",  [PARAMETER_TYPE_INT]      = "integer",  [PARAMETER_TYPE_MONEY]    = "money",
    [PARAMETER_TYPE_BOOL]     = "switch",   [PARAMETER_TYPE_ZONE]     = "zone",     [PARAMETER_TYPE_CURRENCY] = "currency",
    [PARAMETER_TYPE_LANGUAGE] = "language", [PARAMETER_TYPE_HOURS]    = "hours",
};

static const struct body_field value_body[] = {
    BODY_TEXT(struct msg_parameter_set, value, REQUIRED, 1, 100),
};
/* clang-format on */

static bool has_range(const struct parameter_row *parameter)
{
    return parameter->max > 0 && parameter->type != PARAMETER_TYPE_BOOL;
}

/* The row of the parameter among those that differ from their default, -1 if it does not. */
static int changed_row(const struct db_result *changed, const char *name)
{
    for (int row = 0; row < db_rows(changed); row++) {
        if (str_eq(db_text(changed, row, 0), name)) {
            return row;
        }
    }
    return -1;
}

static void add_parameter(struct json *j, const struct parameter_row *parameter,
                          const struct db_result *changed)
{
    int row = changed_row(changed, parameter->name);
    json_object(j, NULL);
    json_text(j, "name", parameter->name);
    json_text(j, "type", type_names[parameter->type]);
    if (has_range(parameter)) {
        json_i64(j, "min", parameter->min);
        json_i64(j, "max", parameter->max);
    }
    json_text(j, "unit", *parameter->unit ? parameter->unit : NULL);
    json_text(j, "help", parameter->help);
    json_text(j, "default", parameter->fallback);
    json_text(j, "value", row < 0 ? parameter->fallback : db_text(changed, row, 1));
    if (row < 0) {
        json_raw(j, "changed_at", NULL);
    } else {
        json_time(j, "changed_at", db_i64(changed, row, 2));
    }
    json_text(j, "changed_by", row < 0 ? NULL : db_text(changed, row, 3));
    json_end(j);
}

int on_parameters_list(struct exchange *x)
{
    scoped(db_result_free) struct db_result *changed = api_rows(x, Q_list_parameters, NULL);
    if (!changed) {
        return -1;
    }
    struct json j = {.into = &x->answer};
    json_object(&j, NULL);
    json_list(&j, "items");
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        add_parameter(&j, &parameter_rows[i], changed);
    }
    json_end(&j);
    json_i64(&j, "total", PARAMETER_COUNT);
    json_end(&j);
    return 0;
}

int on_parameter_get(struct exchange *x)
{
    int parameter = parameter_find(x->parameter);
    if (parameter < 0) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    scoped(db_result_free) struct db_result *changed = api_rows(x, Q_list_parameters, NULL);
    if (!changed) {
        return -1;
    }
    struct json j = {.into = &x->answer};
    add_parameter(&j, &parameter_rows[parameter], changed);
    return 0;
}

int on_parameter_set(struct exchange *x)
{
    if (parameter_find(x->parameter) < 0) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    struct msg command = {.type = MSG_parameter_set, .body.parameter_set.name = x->parameter};
    scoped(body_free) struct body *body =
        body_read(x, value_body, ARRAY_LEN(value_body), &command.body.parameter_set);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return on_parameter_get(x);
}

int on_parameter_reset(struct exchange *x)
{
    if (parameter_find(x->parameter) < 0) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    struct msg command = {.type = MSG_parameter_reset, .body.parameter_reset.name = x->parameter};
    return api_command(x, &command, NULL) < 0 ? -1 : on_parameter_get(x);
}
