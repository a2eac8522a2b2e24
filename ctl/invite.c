/* invite.c - itsupportctl invite: a one-time link for somebody new */
#include "common/base/buf.h"
#include "ctl/ctl.h"
#include "ctl/operator.h"

#define UNKNOWN_BOT "<bot>"

/* The id behind a name, found by this statement; 0 with err if there is none. */
static int64_t find_id(struct ctl *ctl, enum ctl_query query, const char *what, const char *name,
                       struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_text(&args, name);
    scoped(ctl_results_free) struct db_result *found = ctl_call(ctl, query, &args, err);
    if (found == NULL)
        return 0;
    if (db_rows(found) == 1)
        return db_i64(found, 0, 0);
    err_set(err, ERR_REFUSED,
            db_rows(found) == 0 ? "there is no %s \"%s\"" : "there are several of the %s \"%s\"",
            what, name);
    return 0;
}

/* A tariff: a new account; an account alone: one more person of it. */
static int read_wish(struct ctl *ctl, struct msg_invite_create *wish, struct err *err)
{
    const char *tariff = ctl->options[OPTION_TARIFF], *account = ctl->options[OPTION_ACCOUNT];
    wish->role = ctl->options[OPTION_ROLE];
    wish->paid_until = ctl->options[OPTION_PAID_UNTIL];
    if (wish->role == NULL)
        return ctl_usage(err, "say for which role: --role client, contractor, manager or owner");
    if (tariff != NULL) {
        wish->tariff_id = find_id(ctl, Q_find_tariff, "tariff", tariff, err);
        wish->has_tariff_id = wish->tariff_id != 0;
        wish->account_name = account;
        return wish->has_tariff_id ? 0 : -1;
    }
    if (account != NULL) {
        wish->account_id = find_id(ctl, Q_find_account, "account", account, err);
        wish->has_account_id = wish->account_id != 0;
        return wish->has_account_id ? 0 : -1;
    }
    return 0;
}

/* As given, as set, or as bot-gateway has reported it; NULL: nobody knows. */
static char *bot_username(struct ctl *ctl)
{
    const char *given = ctl->options[OPTION_BOT];
    if (given == NULL)
        given = ctl->conf.bot;
    if (given[0] != '\0')
        return xstrdup(given);
    scoped(ctl_results_free) struct db_result *reported =
        ctl_call(ctl, Q_read_bot_username, NULL, NULL);
    return reported != NULL && db_rows(reported) > 0 ? xstrdup(db_text(reported, 0, 0)) : NULL;
}

static void print_link(struct ctl *ctl, const struct operator_answer *answer)
{
    scoped(str_free) char *bot = bot_username(ctl);
    scoped(str_free) char *link =
        xasprintf("https://t.me/%s?start=%s", bot != NULL ? bot : UNKNOWN_BOT, answer->token);
    if (ctl->options[OPTION_JSON] != NULL) {
        scoped(buf_fini) struct buf json = {0};
        buf_add_text(&json, "{\"id\": ");
        buf_add_i64(&json, answer->created_id);
        buf_add_text(&json, ", \"token\": ");
        buf_add_json(&json, answer->token);
        buf_add_text(&json, ", \"link\": ");
        buf_add_json(&json, link);
        buf_add_char(&json, '}');
        puts(buf_text(&json));
        return;
    }
    puts(link);
    if (bot == NULL)
        fprintf(stderr, "Put your bot's username in place of " UNKNOWN_BOT
                        ", or name it: --bot USERNAME, or [ctl] bot.\n");
}

int run_invite(struct ctl *ctl, struct err *err)
{
    struct msg command = {.type = MSG_invite_create};
    scoped(operator_answer_fini) struct operator_answer answer = {0};
    if (ctl_open(ctl, err) != 0 || read_wish(ctl, &command.body.invite_create, err) != 0)
        return -1;
    if (operator_ask(ctl, &command, &answer, err) != 0)
        return -1;
    print_link(ctl, &answer);
    return CTL_DONE;
}
