/* test_commands.c - the table of commands against the catalogue, what each hands to the rules, and
 * who may send it */
#include "tests/unit/cases.h"

#include "order-engine/commands.h"
#include "order-engine/rules/events.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    struct err err = {0};
    assert_int_equal(commands_check(&err), 0);
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        const struct command_row *row = command_row_of((enum msg_type)type);
        const char *name = msg_type_name((enum msg_type)type);
        bool ours = msg_type_kind((enum msg_type)type) == MSG_COMMAND;
        check_case((row != NULL) == ours, name);
        if (row == NULL)
            continue;
        check_case((row->admin != NULL) != (row->read != NULL), name);
        check_case(strlen(row->why) > 5, name);
        if (row->admin != NULL)
            check_case(row->event < 0 && (row->needs & NEED_ORDER) == 0, name);
        else
            check_case(type == MSG_order_create || (row->needs & NEED_ORDER) != 0, name);
    }
}

/* What a command's rule looks at must be loaded. */
static void needs_fit_the_events(void **state)
{
    (void)state;
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        const struct command_row *row = command_row_of((enum msg_type)type);
        if (row == NULL || row->event < 0)
            continue;
        const struct event_row *event = event_row_of((enum order_event)row->event);
        check_case(event != NULL, row->why);
        check_case((row->needs & NEED_CLOCKS) != 0 || event->only_said ||
                       row->event == EVENT_CREATE,
                   row->why);
        check_case(((row->needs & NEED_ACCOUNT) != 0) == (row->event == EVENT_CREATE), row->why);
        check_case((row->needs & NEED_DEADLINE) == 0 && !event->is_deadline, row->why);
    }
    unsigned by_time = command_row_of(MSG_deadline_reached)->needs;
    unsigned all = NEED_ORDER | NEED_CLOCKS | NEED_PINS | NEED_CREW | NEED_MONTH |
                   NEED_ALERT_NUMBER | NEED_DEADLINE;
    assert_int_equal(by_time, all);
}

static const char *files[] = {"photo a 1 2"};

/* Every message with text and numbers in all its fields that the rules look at. */
static void what_each_hands_over(void **state)
{
    (void)state;
    const struct msg_strings one = {1, files};
    /* clang-format off */
    const struct {
        struct msg  msg;
        const char *text;
        size_t      file_count;
        int64_t     estimate, rating, alert, order, target;
        int         addressee;
        bool        pay, pay_given;
    } rows[] = {
        {{.type = MSG_order_create, .body.order_create = {.text = "help", .wish = "today", .files = one}}, "help", 1, 0, 0, 0, 0, 0, 0, false, false},
        {{.type = MSG_order_add_details, .body.order_add_details = {.order_id = 5, .text = "more", .files = one}}, "more", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_cancel, .body.order_cancel = {.order_id = 5, .reason = "no"}}, "no", 0, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_take, .body.order_take = {.order_id = 5, .estimate_minutes = 90}}, NULL, 0, 90, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_assign, .body.order_assign = {.order_id = 5, .contractor_id = 9}}, NULL, 0, 0, 0, 0, 5, 9, 0, false, false},
        {{.type = MSG_order_set_estimate, .body.order_set_estimate = {.order_id = 5, .estimate_minutes = 91}}, NULL, 0, 91, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_cancel, .body.order_cancel = {.order_id = 5, .reason = "no", .pay = true, .has_pay = true}}, "no", 0, 0, 0, 0, 5, 0, 0, true, true},
        {{.type = MSG_order_reassign, .body.order_reassign = {.order_id = 5, .contractor_id = 9, .reason = "ill"}}, "ill", 0, 0, 0, 0, 5, 9, 0, false, false},
        {{.type = MSG_order_extend, .body.order_extend = {.order_id = 5, .estimate_minutes = 92, .reason = "more"}}, "more", 0, 92, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_give_back, .body.order_give_back = {.order_id = 5, .reason = "hard"}}, "hard", 0, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_release, .body.order_release = {.order_id = 5, .reason = "slow"}}, "slow", 0, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_rework, .body.order_rework = {.order_id = 5, .reason = "wrong", .files = one}}, "wrong", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_rate, .body.order_rate = {.order_id = 5, .rating = 2, .comment = "so"}}, "so", 0, 0, 2, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_complain, .body.order_complain = {.order_id = 5, .text = "bad", .files = one}}, "bad", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_say, .body.order_say = {.order_id = 5, .text = "well", .to = "client"}}, "well", 0, 0, 0, 0, 5, 0, ROLE_CLIENT, false, false},
        {{.type = MSG_order_say, .body.order_say = {.order_id = 5, .text = "well", .to = "whom"}}, "well", 0, 0, 0, 0, 5, 0, -1, false, false},
        {{.type = MSG_alert_settle, .body.alert_settle = {.order_id = 5, .alert_id = 6}}, NULL, 0, 0, 0, 6, 5, 0, 0, false, false},
        {{.type = MSG_alert_settle, .body.alert_settle = {.order_id = 5, .alert_id = 6, .text = "sorry", .files = one}}, "sorry", 1, 0, 0, 6, 5, 0, 0, false, false},
        {{.type = MSG_order_ask, .body.order_ask = {.order_id = 5, .text = "what?", .files = one}}, "what?", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_answer, .body.order_answer = {.order_id = 5, .text = "that", .files = one}}, "that", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_resume, .body.order_resume = {.order_id = 5}}, NULL, 0, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_say, .body.order_say = {.order_id = 5, .text = "well", .files = one}}, "well", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_finish, .body.order_finish = {.order_id = 5, .text = "done", .files = one}}, "done", 1, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_order_accept, .body.order_accept = {.order_id = 5, .rating = 4, .comment = "good"}}, "good", 0, 0, 4, 0, 5, 0, 0, false, false},
        {{.type = MSG_deadline_reached, .body.deadline_reached = {.order_id = 5, .deadline_id = 8}}, NULL, 0, 0, 0, 0, 5, 0, 0, false, false},
        {{.type = MSG_alert_acknowledge, .body.alert_acknowledge = {.order_id = 5, .alert_id = 6}}, NULL, 0, 0, 0, 6, 5, 0, 0, false, false},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *name = msg_type_name(rows[i].msg.type);
        struct order_command c = {0};
        struct msg_strings got = {0};
        const char *text = command_row_of(rows[i].msg.type)->read(&rows[i].msg, &c, &got);
        check_case((text == NULL) == (rows[i].text == NULL), name);
        if (text != NULL)
            check_case_text(text, rows[i].text, name);
        check_case(got.count == rows[i].file_count, name);
        check_case(c.estimate_minutes == rows[i].estimate && c.rating == rows[i].rating &&
                       c.alert_id == rows[i].alert,
                   name);
        check_case(rows[i].msg.type != MSG_order_create || str_eq(c.wish, "today"), name);
        check_case(c.addressee == rows[i].addressee && c.pay == rows[i].pay &&
                       c.pay_given == rows[i].pay_given,
                   name);
        check_case(command_order_id(&rows[i].msg) == rows[i].order, name);
        check_case(command_target_id(&rows[i].msg) == rows[i].target, name);
    }
    for (int type = 0; type < MSG_TYPE_COUNT; type++) { /* none is left out here */
        const struct command_row *row = command_row_of((enum msg_type)type);
        bool tried = row == NULL || row->read == NULL;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
            tried = tried || rows[i].msg.type == (enum msg_type)type;
        check_case(tried, msg_type_name((enum msg_type)type));
    }
    assert_int_equal(command_order_id(&(struct msg){.type = MSG_person_join}), 0);
}

static void who_may_speak_for_whom(void **state)
{
    (void)state;
    static const struct {
        enum daemon_id sender;
        const char *actor;
        bool expect;
        const char *why;
    } rows[] = {
        {DAEMON_BOT_GATEWAY,  "tg:123",     true,  "the gateway for people"       },
        {DAEMON_BOT_GATEWAY,  "tg:",        false, "nobody"                       },
        {DAEMON_BOT_GATEWAY,  "system",     false, "not for time"                 },
        {DAEMON_BOT_GATEWAY,  "operator",   false, "nor for the operator"         },
        {DAEMON_SLA_WATCHER,  "system",     true,  "the watcher for time"         },
        {DAEMON_SLA_WATCHER,  "systems",    false, "exactly"                      },
        {DAEMON_SLA_WATCHER,  "tg:123",     false, "not for people"               },
        {DAEMON_ADMIN_WEB,    "login:root", true,  "the panel for its logins"     },
        {DAEMON_ADMIN_WEB,    "login:",     false, "no login"                     },
        {DAEMON_ADMIN_WEB,    "tg:123",     false, "not for people"               },
        {DAEMON_CTL,          "operator",   true,  "itsupportctl for the operator"},
        {DAEMON_CTL,          "system",     false, "not for time"                 },
        {DAEMON_ORDER_ENGINE, "system",     false, "an engine sends no commands"  },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(command_actor_fits(rows[i].sender, rows[i].actor) == rows[i].expect,
                   rows[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),
        cmocka_unit_test(needs_fit_the_events),
        cmocka_unit_test(what_each_hands_over),
        cmocka_unit_test(who_may_speak_for_whom),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
