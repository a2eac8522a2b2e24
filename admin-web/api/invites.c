/* invites.c - one-time links; the link itself is for those who may write: it would make its reader
 * an owner */
#include "admin-web/admin.h"
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "admin-web/routes.h"
#include "sql/admin_web_queries.h"

static const struct filter invite_filters[] = {
    FILTER_OF_WORD("state", "open used revoked expired"),
    FILTER_OF_WORD("role", "client contractor manager owner"),
    FILTERS_OF_PAGE,
};

/* clang-format off */
static const struct body_field invite_body[] = {
    BODY_ROLE(struct msg_invite_create, role,         REQUIRED),
    BODY_ID(  struct msg_invite_create, tariff_id,    OPTIONAL),
    BODY_ID(  struct msg_invite_create, account_id,   OPTIONAL),
    BODY_TEXT(struct msg_invite_create, account_name, OPTIONAL, 1, 200),
    BODY_DATE(struct msg_invite_create, paid_until,   OPTIONAL),
};
/* clang-format on */

/* What both queries ask for at their end: whether to show links, and the bot's name in them. */
static void add_link_args(const struct exchange *x, struct db_args *args)
{
    db_arg_bool(args, x->scopes & SCOPE_WRITE);
    db_arg_text(args, x->admin->conf.bot);
}

static int answer_invite(struct exchange *x, int64_t id)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, id);
    add_link_args(x, &args);
    return api_answer(x, Q_get_invite, &args);
}

int on_invites_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, invite_filters, ARRAY_LEN(invite_filters), &args) < 0) {
        return -1;
    }
    add_link_args(x, &args);
    return api_answer(x, Q_list_invites, &args);
}

int on_invite_get(struct exchange *x)
{
    return answer_invite(x, api_id(x));
}

int on_invite_create(struct exchange *x)
{
    struct msg command = {.type = MSG_invite_create}, answer;
    scoped(body_free) struct body *body =
        body_read(x, invite_body, ARRAY_LEN(invite_body), &command.body.invite_create);
    if (!body || api_command(x, &command, &answer) < 0) {
        return -1;
    }
    int64_t id = answer.body.answer.created_id;
    msg_fini(&answer);
    api_created(x, id);
    return answer_invite(x, id);
}

int on_invite_revoke(struct exchange *x)
{
    struct msg command = {.type = MSG_invite_revoke};
    command.body.invite_revoke.invite_id = api_id(x);
    command.body.invite_revoke.has_invite_id = true;
    if (api_command(x, &command, NULL) < 0) {
        return -1;
    }
    x->status = 204;
    return 0;
}
