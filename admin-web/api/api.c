/* api.c - what all handlers of /api/v1 do: read a page, read one, change something */
#include "admin-web/api/api.h"

#include "admin-web/admin.h"
#include "admin-web/problem.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "sql/admin_web_queries.h"

struct db_result *api_rows(struct exchange *x, int query, const struct db_args *args)
{
    struct err err;
    struct db_result *rows = pool_call(x->admin->pool, query, args, &err);
    if (!rows) {
        bool away = err.kind == ERR_TRANSIENT || err.kind == ERR_UNCERTAIN;
        log_warn("query failed name=%s kind=%s text=\"%s\"", admin_web_queries[query].name,
                 err_kind_name(err.kind), err.text);
        problem_answer(x, away ? PROBLEM_database_away : PROBLEM_internal);
    }
    return rows;
}

int api_answer(struct exchange *x, int query, const struct db_args *args)
{
    scoped(db_result_free) struct db_result *rows = api_rows(x, query, args);
    if (!rows) {
        return -1;
    }
    if (db_rows(rows) == 0) {
        return problem_answer(x, PROBLEM_no_such_thing);
    }
    buf_add_text(&x->answer, db_text(rows, 0, 0));
    return 0;
}

int64_t api_id(const struct exchange *x)
{
    int64_t id = 0;
    text_to_i64(x->parameter, 1, INT64_MAX, &id); /* the route's {id}: digits */
    return id;
}

int api_answer_one(struct exchange *x, int query)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, api_id(x));
    return api_answer(x, query, &args);
}

static int answer_unanswered(struct exchange *x, const struct err *err)
{
    admin_count(x->admin, COUNT_commands_unanswered_total);
    log_warn("command not answered msg=web:%s kind=%s text=\"%s\"", x->idempotency_key,
             err_kind_name(err->kind), err->text);
    switch (err->kind) {
    case ERR_TRANSIENT:
        return problem_answer(x, PROBLEM_engine_away);
    case ERR_UNCERTAIN:
        return problem_answer(x, PROBLEM_no_answer);
    case ERR_INPUT:
    case ERR_REFUSED:
    case ERR_INTERNAL:
        break;
    }
    return problem_answer(x, PROBLEM_internal);
}

int api_command(struct exchange *x, struct msg *command, struct msg *ret_answer)
{
    char id[sizeof("web:") + UUID_LEN], actor[sizeof("login:") + LOGIN_MAX];
    snprintf(id, sizeof(id), "web:%s", x->idempotency_key);
    snprintf(actor, sizeof(actor), "login:%s", x->login);
    command->id = id;
    command->actor = actor;
    command->at = clock_now_ms();

    admin_count(x->admin, COUNT_commands_total);
    struct msg answer;
    struct err err;
    if (courier_ask(x->admin->courier, command, &answer, &err) < 0) {
        return answer_unanswered(x, &err);
    }
    if (!str_eq(answer.body.answer.outcome, "ok")) {
        problem_answer_engine(x, &answer.body.answer);
        msg_fini(&answer);
        return -1;
    }
    if (ret_answer) {
        *ret_answer = answer;
    } else {
        msg_fini(&answer);
    }
    return 0;
}

void api_created(struct exchange *x, int64_t id)
{
    x->status = 201;
    snprintf(x->location, sizeof(x->location), "%s/%lld", x->path, (long long)id);
}
