/* commands.c - the table of commands, and each message as the rules see it */
#include "order-engine/commands.h"

#include "common/base/text.h"

#define READER(name) \
    static const char *name(const struct msg *m, struct order_command *c, struct msg_strings *files)

READER(read_nothing)
{
    (void)m, (void)c, (void)files;
    return NULL;
}

READER(read_create)
{
    const struct msg_order_create *b = &m->body.order_create;
    c->wish = b->wish;
    c->category_id = b->category_id;
    *files = b->files;
    return b->text;
}

READER(read_details)
{
    *files = m->body.order_add_details.files;
    (void)c;
    return m->body.order_add_details.text;
}

READER(read_cancel)
{
    (void)files;
    c->pay = m->body.order_cancel.pay;
    c->pay_given = m->body.order_cancel.has_pay;
    return m->body.order_cancel.reason;
}

READER(read_take)
{
    (void)files;
    c->estimate_minutes = m->body.order_take.estimate_minutes;
    return NULL;
}

READER(read_estimate)
{
    (void)files;
    c->estimate_minutes = m->body.order_set_estimate.estimate_minutes;
    return NULL;
}

READER(read_reassign)
{
    (void)c, (void)files;
    return m->body.order_reassign.reason;
}

READER(read_extend)
{
    (void)files;
    c->estimate_minutes = m->body.order_extend.estimate_minutes;
    return m->body.order_extend.reason;
}

READER(read_give_back)
{
    (void)c, (void)files;
    return m->body.order_give_back.reason;
}

READER(read_release)
{
    (void)c, (void)files;
    return m->body.order_release.reason;
}

READER(read_ask)
{
    (void)c;
    *files = m->body.order_ask.files;
    return m->body.order_ask.text;
}

READER(read_answer)
{
    (void)c;
    *files = m->body.order_answer.files;
    return m->body.order_answer.text;
}

READER(read_say)
{
    const char *to = m->body.order_say.to;
    c->addressee = to != NULL ? role_parse(to) : 0;
    *files = m->body.order_say.files;
    return m->body.order_say.text;
}

READER(read_finish)
{
    (void)c;
    *files = m->body.order_finish.files;
    return m->body.order_finish.text;
}

READER(read_accept)
{
    (void)files;
    c->rating = m->body.order_accept.rating;
    return m->body.order_accept.comment;
}

READER(read_rework)
{
    (void)c;
    *files = m->body.order_rework.files;
    return m->body.order_rework.reason;
}

READER(read_rate)
{
    (void)files;
    c->rating = m->body.order_rate.rating;
    return m->body.order_rate.comment;
}

READER(read_complain)
{
    (void)c;
    *files = m->body.order_complain.files;
    return m->body.order_complain.text;
}

READER(read_settle)
{
    c->alert_id = m->body.alert_settle.alert_id;
    *files = m->body.alert_settle.files;
    return m->body.alert_settle.text;
}

READER(read_acknowledge)
{
    (void)files;
    c->alert_id = m->body.alert_acknowledge.alert_id;
    return NULL;
}

#define ORDER (NEED_ORDER | NEED_CLOCKS)
#define REQUEUES (ORDER | NEED_PINS | NEED_CONTRACTORS | NEED_CREW)
#define ALERTS (ORDER | NEED_CREW | NEED_ALERT_NUMBER)
#define TIME (ORDER | NEED_PINS | NEED_CREW | NEED_MONTH | NEED_ALERT_NUMBER | NEED_DEADLINE)

/* clang-format off */
static const struct command_row rows[] = {
/*   message                    event               needs                                                    read             alone                        why */
    {MSG_order_create,          EVENT_CREATE,       NEED_ACCOUNT | NEED_CONTRACTORS | NEED_MONTH | NEED_ORDER_NUMBER, read_create, NULL,                  "a client asks for help"},
    {MSG_order_add_details,     EVENT_ADD_DETAILS,  NEED_ORDER,                                              read_details,    NULL,                        "the task grows"},
    {MSG_order_cancel,          EVENT_CANCEL,       ORDER | NEED_MONTH,                                      read_cancel,     NULL,                        "called off"},
    {MSG_order_take,            EVENT_TAKE,         ORDER | NEED_PINS | NEED_WORKLOAD,                       read_take,       NULL,                        "a contractor takes it"},
    {MSG_order_assign,          EVENT_ASSIGN,       ORDER | NEED_WORKLOAD,                                   read_nothing,    NULL,                        "a manager assigns it"},
    {MSG_order_reassign,        EVENT_REASSIGN,     ORDER | NEED_WORKLOAD,                                   read_reassign,   NULL,                        "another contractor"},
    {MSG_order_set_estimate,    EVENT_SET_ESTIMATE, ORDER,                                                   read_estimate,   NULL,                        "the estimate is named"},
    {MSG_order_extend,          EVENT_EXTEND,       ORDER,                                                   read_extend,     NULL,                        "the estimate moves"},
    {MSG_order_give_back,       EVENT_GIVE_BACK,    REQUEUES,                                                read_give_back,  NULL,                        "back to the queue"},
    {MSG_order_release,         EVENT_RELEASE,      REQUEUES,                                                read_release,    NULL,                        "back to the queue"},
    {MSG_order_ask,             EVENT_ASK,          ORDER | NEED_CREW | NEED_ALERT_NUMBER,                   read_ask,        NULL,                        "a question"},
    {MSG_order_answer,          EVENT_ANSWER,       ORDER,                                                   read_answer,     NULL,                        "an answer"},
    {MSG_order_resume,          EVENT_RESUME,       ORDER,                                                   read_nothing,    NULL,                        "on without the answer"},
    {MSG_order_say,             EVENT_SAY,          NEED_ORDER,                                              read_say,        NULL,                        "a message; clocks only if it is an answer"},
    {MSG_order_finish,          EVENT_FINISH,       ORDER,                                                   read_finish,     NULL,                        "the work is handed over"},
    {MSG_order_accept,          EVENT_ACCEPT,       ALERTS | NEED_MONTH,                                     read_accept,     NULL,                        "the client is content"},
    {MSG_order_rework,          EVENT_REWORK,       REQUEUES | NEED_ALERT_NUMBER,                            read_rework,     NULL,                        "the client is not"},
    {MSG_order_rate,            EVENT_RATE,         ALERTS,                                                  read_rate,       NULL,                        "a mark after the end"},
    {MSG_order_complain,        EVENT_COMPLAIN,     ALERTS,                                                  read_complain,   NULL,                        "the client needs a manager"},
    {MSG_deadline_reached,      -1,                 TIME,                                                    read_nothing,    NULL,                        "the event stands in the clock table"},
    {MSG_alert_acknowledge,     EVENT_ACKNOWLEDGE,  ORDER,                                                   read_acknowledge,NULL,                        "a manager is on it"},
    {MSG_alert_settle,          EVENT_SETTLE,       ORDER,                                                   read_settle,     NULL,                        "a manager has dealt with it"},

    {MSG_person_join,           -1,                 NEED_CREW,                                               NULL,            &admin_person_join,          "an invite is used"},
    {MSG_person_add,            -1,                 NEED_CREW,                                               NULL,            &admin_person_add,           "the owner gives a role"},
    {MSG_application_send,      -1,                 NEED_CREW,                                               NULL,            &admin_application_send,     "a stranger asks to be let in"},
    {MSG_application_decide,    -1,                 NEED_CREW,                                               NULL,            &admin_application_decide,   "and is, or is not"},
    {MSG_managers_write,        -1,                 NEED_CREW,                                               NULL,            &admin_managers_write,       "a client writes without an order"},
    {MSG_inquiry_answer,        -1,                 0,                                                       NULL,            &admin_inquiry_answer,       "and is answered"},
    {MSG_person_update,         -1,                 0,                                                       NULL,            &admin_person_update,        "a name or a language"},
    {MSG_person_set_duty,       -1,                 0,                                                       NULL,            &admin_person_set_duty,      "on duty or away"},
    {MSG_person_return,         -1,                 0,                                                       NULL,            &admin_person_return,        "here again, as was said"},
    {MSG_person_set_digest,     -1,                 0,                                                       NULL,            &admin_person_set_digest,    "told regularly, or no more"},
    {MSG_person_set_categories, -1,                 0,                                                       NULL,            &admin_person_set_categories, "which kinds of orders"},
    {MSG_offer_decline,         -1,                 0,                                                       NULL,            &admin_offer_decline,        "not this one"},
    {MSG_credentials_hand_over, -1,                 0,                                                       NULL,            &admin_credentials_hand_over, "secrets are kept, sealed"},
    {MSG_credentials_reveal,    -1,                 0,                                                       NULL,            &admin_credentials_reveal,   "and looked at"},
    {MSG_offer_ping,            -1,                 0,                                                       NULL,            &admin_offer_ping,           "please take it"},
    {MSG_person_reachable,      -1,                 0,                                                       NULL,            &admin_person_reachable,     "can be written to or not"},
    {MSG_invite_create,         -1,                 0,                                                       NULL,            &admin_invite_create,        "a link for somebody new"},
    {MSG_invite_revoke,         -1,                 0,                                                       NULL,            &admin_invite_revoke,        "a link taken back"},
    {MSG_pin_add,               -1,                 0,                                                       NULL,            &admin_pin_add,              "a contractor first"},
    {MSG_pin_remove,            -1,                 0,                                                       NULL,            &admin_pin_remove,           "no longer first"},
    {MSG_person_remove,         -1,                 NEED_CREW | NEED_CONTRACTORS | NEED_MONTH,               NULL,            &admin_person_remove,        "a role is taken away"},
    {MSG_person_restore,        -1,                 0,                                                       NULL,            &admin_person_restore,       "and given back"},
    {MSG_upgrade_request,       -1,                 NEED_CREW,                                               NULL,            &admin_upgrade_request,      "a client wants more"},
    {MSG_upgrade_close,         -1,                 0,                                                       NULL,            &admin_upgrade_close,        "it is granted or declined"},
    {MSG_upgrade_pass_on,       -1,                 NEED_CREW,                                               NULL,            &admin_upgrade_pass_on,      "the owners shall decide"},
    {MSG_managers_group_bind,   -1,                 0,                                                       NULL,            &admin_managers_group_bind,  "alerts appear in a group, too"},
    {MSG_managers_group_unbind, -1,                 0,                                                       NULL,            &admin_managers_group_unbind, "and no more"},
    {MSG_managers_group_lost,   -1,                 0,                                                       NULL,            &admin_managers_group_lost,  "the bot was removed from it"},
    {MSG_managers_group_moved,  -1,                 0,                                                       NULL,            &admin_managers_group_moved, "it has another number now"},
    {MSG_quota_grant,           -1,                 NEED_MONTH,                                              NULL,            &admin_quota_grant,          "orders beyond the tariff"},
    {MSG_payout_correct,        -1,                 NEED_MONTH,                                              NULL,            &admin_payout_correct,       "a sum put right"},
    {MSG_payout_mark_paid,      -1,                 0,                                                       NULL,            &admin_payout_mark_paid,     "a month handed over"},
    {MSG_parameter_set,         -1,                 NEED_MONTH,                                              NULL,            &admin_parameter_set,        "a system parameter; the running month keeps its end"},
    {MSG_parameter_reset,       -1,                 NEED_MONTH,                                              NULL,            &admin_parameter_reset,      "its default again"},
    {MSG_month_begin,           -1,                 NEED_MONTH,                                              NULL,            &admin_month_begin,          "a month becomes a row, be it without an order"},
    {MSG_partitions_make,       -1,                 0,                                                       NULL,            &admin_partitions_make,      "room for the months to come"},
    {MSG_tariff_save,           -1,                 0,                                                       NULL,            &admin_tariff_save,          "a tariff"},
    {MSG_calendar_save,         -1,                 0,                                                       NULL,            &admin_calendar_save,        "which minutes count"},
    {MSG_examples_set,          -1,                 0,                                                       NULL,            &admin_examples_set,         "what a good order looks like"},
    {MSG_account_update,        -1,                 0,                                                       NULL,            &admin_account_update,       "an account's tariff and date"},
    {MSG_notice_received,       -1,                 0,                                                       NULL,            &admin_notice_received,      "a receipt"},
    {MSG_notice_undeliverable,  -1,                 0,                                                       NULL,            &admin_notice_undeliverable, "nobody got it"},
    {MSG_digest_due,            -1,                 0,                                                       NULL,            &admin_digest_due,           "a person's digest is told, the next one is due later"},
    {MSG_system_report,         -1,                 NEED_CREW,                                               NULL,            &admin_system_report,        "the watch has found something"},
};
/* clang-format on */

const struct command_row *command_row_of(enum msg_type type)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].type == type)
            return &rows[i];
    return NULL;
}

int commands_check(struct err *err)
{
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        bool ours = msg_type_kind((enum msg_type)type) == MSG_COMMAND &&
                    (msg_type_to((enum msg_type)type) & DAEMON_ORDER_ENGINE);
        size_t handlers = 0;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            handlers += rows[i].type == (enum msg_type)type;
        if (handlers != (ours ? 1 : 0))
            return err_set(err, ERR_INTERNAL, "the command %s has %zu handlers",
                           msg_type_name((enum msg_type)type), handlers);
    }
    return 0;
}

int64_t command_order_id(const struct msg *m)
{
    return command_row_of(m->type)->admin == NULL ? msg_order_id(m) : 0;
}

int64_t command_target_id(const struct msg *m)
{
    if (m->type == MSG_order_reassign)
        return m->body.order_reassign.contractor_id;
    return m->type == MSG_order_assign ? m->body.order_assign.contractor_id : 0;
}

bool command_actor_fits(enum daemon_id sender, const char *actor)
{
    static const struct {
        enum daemon_id sender;
        const char *actor; /* a form that ends with ':' is a prefix */
    } forms[] = {
        {DAEMON_BOT_GATEWAY, "tg:"     },
        {DAEMON_SLA_WATCHER, "system"  },
        {DAEMON_ADMIN_WEB,   "login:"  },
        {DAEMON_CTL,         "operator"},
    };
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        size_t len = strlen(forms[i].actor);
        if (forms[i].sender == sender)
            return forms[i].actor[len - 1] == ':'
                       ? strncmp(actor, forms[i].actor, len) == 0 && actor[len] != '\0'
                       : str_eq(actor, forms[i].actor);
    }
    return false;
}
