/* examples.c - what good orders look like, in each language the bot speaks */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "admin-web/problem.h"
#include "common/wire/parameters.h"
#include "sql/admin_web_queries.h"

/* clang-format off */
static const struct body_field examples_body[] = {
    BODY_LINES(struct msg_examples_set, texts, REQUIRED, 1, EXAMPLES_MAX, EXAMPLE_TEXT_MAX),
};
/* clang-format on */

int on_examples_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    return filters_read(x, NULL, 0, &args) < 0 ? -1 : api_answer(x, Q_list_examples, NULL);
}

int on_examples_get(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_text(&args, x->parameter);
    return api_answer(x, Q_get_examples, &args);
}

int on_examples_set(struct exchange *x)
{
    if (!language_exists(x->parameter)) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    struct msg command = {.type = MSG_examples_set, .body.examples_set.language = x->parameter};
    scoped(body_free) struct body *body =
        body_read(x, examples_body, ARRAY_LEN(examples_body), &command.body.examples_set);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return on_examples_get(x);
}
