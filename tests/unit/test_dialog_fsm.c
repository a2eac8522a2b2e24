/* test_dialog_fsm.c - the dialog's table as a whole, some of its rows, and what is printed of it */
#include "tests/unit/golden.h"

#include "bot-gateway/dialog/bot_commands.h"
#include "bot-gateway/dialog/dialog_print.h"
#include "bot-gateway/dialog/presses.h"
#include "bot-gateway/dialog/reasons.h"

/* clang-format off */
static const struct { enum dialog_step step; enum dialog_input input; unsigned roles; int action; enum dialog_step next; const char *why; } finds[] = {
    {STEP_ORDER_TEXT, INPUT_TEXT,  ROLE_CLIENT,                   ACTION_COLLECT,       STEP_KEEP,   "words add to the order"},
    {STEP_ORDER_TEXT, INPUT_SEND,  ROLE_CLIENT,                   ACTION_CREATE,        STEP_IDLE,   "send hands it in"},
    {STEP_IDLE,       INPUT_SEND,  ROLE_CLIENT,                   ACTION_NOTHING_BEGUN, STEP_KEEP,   "an old send button does nothing"},
    {STEP_THREAD,     INPUT_TEXT,  ROLE_CONTRACTOR,               ACTION_SAY,           STEP_KEEP,   "a conversation goes on"},
    {STEP_THREAD,     INPUT_EDIT,  ROLE_CONTRACTOR,               ACTION_PASS_EDIT,     STEP_KEEP,   "edits are passed on"},
    {STEP_ORDER_TEXT, INPUT_EDIT,  ROLE_CLIENT,                   ACTION_AMEND,         STEP_KEEP,   "in a draft they count"},
    {STEP_ASK,        INPUT_REPLY, ROLE_CONTRACTOR,               ACTION_SAY_REPLY,     STEP_KEEP,   "a reply goes where it belongs"},
    {STEP_ASK,        INPUT_REPLY_TO_INQUIRY, ROLE_MANAGER | ROLE_CONTRACTOR, ACTION_ANSWER_INQUIRY, STEP_KEEP, "to a client too"},
    {STEP_HAND_OVER,  INPUT_REPLY_TO_INQUIRY, ROLE_MANAGER | ROLE_CLIENT, ACTION_HAND_OVER, STEP_IDLE, "but a secret goes nowhere"},
    {STEP_THREAD,     INPUT_REPLY_TO_ANSWER, ROLE_MANAGER | ROLE_CLIENT, ACTION_WRITE_MANAGERS, STEP_KEEP, "a client goes on"},
    {STEP_IDLE,       INPUT_REPLY_TO_ANSWER, ROLE_MANAGER,        ACTION_EXPLAIN,       STEP_KEEP,   "and must be one"},
    {STEP_IDLE,       INPUT_REPLY_TO_INQUIRY, ROLE_CONTRACTOR,    ACTION_EXPLAIN,       STEP_KEEP,   "who was a manager once answers no client"},
    {STEP_FINISH,     INPUT_DROP,  ROLE_CONTRACTOR,               ACTION_FORGET,        STEP_IDLE,   "everything can be dropped"},
    {STEP_IDLE,       INPUT_TEXT,  ROLE_STRANGER,                 ACTION_EXPLAIN,       STEP_KEEP,   "a stranger is told about invitations"},
    {STEP_JOIN,       INPUT_TEXT,  ROLE_STRANGER,                 ACTION_REMIND_JOIN,   STEP_KEEP,   "or reminded of the button"},
    {STEP_FINISH,     INPUT_TEXT,  ROLE_CLIENT,                   ACTION_EXPLAIN,       STEP_KEEP,   "who lost the role can do nothing there"},
    {STEP_FINISH,     INPUT_TEXT,  ROLE_CLIENT | ROLE_CONTRACTOR, ACTION_FINISH,        STEP_THREAD, "one of several roles is enough"},
    {STEP_IDLE,       INPUT_REPLY, ROLE_STRANGER,                 -1,                   STEP_KEEP,   "a stranger has no threads"},
    {STEP_TAKE_ESTIMATE, INPUT_UNSUPPORTED, ROLE_CONTRACTOR,      ACTION_EXPLAIN,       STEP_KEEP,   "a sticker is no time"},
};
/* clang-format on */

static void test_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
        const struct dialog_rule *rule = dialog_find(finds[i].step, finds[i].input, finds[i].roles);
        check_case((rule ? (int)rule->action : -1) == finds[i].action, finds[i].why);
        check_case(!rule || rule->next == finds[i].next, finds[i].why);
    }
}

static void test_no_two_rows_compete(void **state)
{
    (void)state;
    for (size_t i = 0; i < dialog_rule_count; i++) {
        const struct dialog_rule *a = &dialog_rules[i];
        assert_true(*a->why);
        for (size_t j = 0; j < i; j++) {
            const struct dialog_rule *b = &dialog_rules[j];
            check_case(a->step != b->step || a->input != b->input || !(a->who & b->who), a->why);
        }
    }
}

/* Whatever one sends in whatever step is understood somehow. */
static void test_everybody_gets_an_answer(void **state)
{
    (void)state;
    for (int step = 0; step < STEP_COUNT; step++) {
        for (int input = 0; input < INPUT_COUNT; input++) {
            for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
                check_case(dialog_find((enum dialog_step)step, (enum dialog_input)input, role),
                           dialog_step_name((enum dialog_step)step));
            }
        }
    }
}

static bool leads_to(enum dialog_step step)
{
    bool leads =
        step == STEP_IDLE || step == STEP_JOIN; /* JOIN: by an invite link, conversation.c */
    for (size_t i = 0; i < dialog_rule_count; i++) {
        leads |= dialog_rules[i].next == step;
    }
    for (size_t i = 0; i < PRESS_COUNT; i++) {
        leads |= press_rows[i].next == step;
    }
    return leads;
}

static void test_every_step_is_reachable_and_understood(void **state)
{
    (void)state;
    for (int step = 0; step < STEP_COUNT; step++) {
        const char *name = dialog_step_name((enum dialog_step)step);
        check_case(leads_to((enum dialog_step)step), name);
        bool has_rule = false;
        for (size_t i = 0; i < dialog_rule_count; i++) {
            has_rule |= dialog_rules[i].step == step;
        }
        check_case(has_rule, name);
        check_case(dialog_step_parse(name) == (enum dialog_step)step, name);
    }
    assert_int_equal(dialog_step_parse("of another version"), STEP_IDLE);
    assert_string_equal(dialog_step_name(STEP_KEEP), "keep");
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(dialog_input_name(INPUT_TEXT), "TEXT");
    assert_string_equal(dialog_action_name(ACTION_CREATE), "CREATE");
    assert_string_equal(screen_name(SCREEN_menu), "menu");
    assert_true(dialog_is_fast(STEP_THREAD));
    assert_false(dialog_is_fast(STEP_ASK));
}

/* clang-format off */
static const struct { unsigned who; enum seat_id seat; const char *why; } buttons[] = {
    {ROLE_CLIENT,     SEAT_CLIENT,     "a client's button"},
    {ROLE_CONTRACTOR, SEAT_CONTRACTOR, "a contractor's"},
    {ROLE_OWNER,      SEAT_STAFF,      "an owner sits with the managers"},
    {STAFF,           SEAT_STAFF,      "both of them"},
    {ON_DUTY_OR_AWAY, SEAT_NONE,       "a button of several roles counts wherever one sits"},
    {EVERYBODY,       SEAT_NONE,       "the menu too"},
    {ROLE_STRANGER,   SEAT_NONE,       "a stranger has no role to sit in"},
    {0,               SEAT_NONE,       "nobody's"},
};
/* clang-format on */

static void test_seats(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(buttons); i++) {
        check_case(dialog_seat_of(buttons[i].who) == buttons[i].seat, buttons[i].why);
    }
    for (int i = 0; i < SEAT_COUNT; i++) {
        const char *name = dialog_seat_name((enum seat_id)i);
        check_case(dialog_seat_parse(name) == (enum seat_id)i, name);
    }
    assert_int_equal(dialog_seat_parse("of another version"), SEAT_NONE);
    assert_int_equal(dialog_step_seat(STEP_FINISH), SEAT_CONTRACTOR);
}

/* clang-format off */
static const struct { const char *text, *command, *rest, *why; } typed[] = {
    {"/new",                "new",  "",        "a command"},
    {"/start abc",          "start", "abc",    "with something behind it"},
    {"/new@our_bot",        "new",  "",        "meant for us, in a group"},
    {"/new@OUR_bot  now",   "new",  "now",     "names have no case"},
    {"/new@other_bot",      NULL,   NULL,      "meant for another bot"},
    {"/newer",              NULL,   NULL,      "more than the name"},
    {"/ne",                 NULL,   NULL,      "less than the name"},
    {"/",                   NULL,   NULL,      "a slash alone"},
    {"new",                 NULL,   NULL,      "no slash"},
    {"",                    NULL,   NULL,      "nothing"},
};
/* clang-format on */

static void test_commands(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
        const char *rest = NULL;
        const struct bot_command *command = bot_command_find(typed[i].text, "our_bot", &rest);
        check_case((command != NULL) == (typed[i].command != NULL), typed[i].why);
        if (command) {
            check_case_text(command->name, typed[i].command, typed[i].why);
            check_case_text(rest, typed[i].rest, typed[i].why);
        }
    }
}

static void test_the_menu_shows_the_roles_commands(void **state)
{
    (void)state;
    scoped(buf_fini) struct buf menu = {0};
    bot_commands_menu(LANGUAGE_EN, ROLE_CLIENT, 42, &menu);
    assert_non_null(strstr(menu.data, "\"command\":\"new\""));
    assert_null(strstr(menu.data, "\"command\":\"board\""));
    assert_null(strstr(menu.data, "\"command\":\"start\""));
    assert_non_null(strstr(menu.data, "\"scope\":{\"type\":\"chat\",\"chat_id\":42}"));
    char key[BOT_MENU_KEY_MAX];
    bot_commands_menu_key(LANGUAGE_RU, ROLE_CLIENT | ROLE_OWNER, key);
    assert_string_equal(key, "ru:9");
}

/* Every step that understands a chosen reason has some to choose from, and no other step has. */
static void test_reasons_are_offered_where_they_are_awaited(void **state)
{
    (void)state;
    for (int step = 0; step < STEP_COUNT; step++) {
        scoped(keyboard_fini) struct keyboard k = {0};
        const struct dialog_rule *rule =
            dialog_find((enum dialog_step)step, INPUT_REASON, ROLE_MANAGER);
        reasons_offer(&k, (enum dialog_step)step, 1024);
        check_case(k.has[PRESS_because] == (rule->action != ACTION_NOTHING_BEGUN),
                   dialog_step_name((enum dialog_step)step));
    }
    assert_string_equal(reason_words(STEP_CALL_OFF_REASON, 2), "It was ordered twice.");
    assert_null(reason_words(STEP_CALL_OFF_REASON, 4));
    assert_null(reason_words(STEP_CALL_OFF_REASON, 0));
    assert_null(reason_words(STEP_CALL_OFF_REASON, INT64_MAX));
}

static void test_golden(void **state)
{
    (void)state;
    golden_check("dialog.md", dialog_print);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),
        cmocka_unit_test(test_no_two_rows_compete),
        cmocka_unit_test(test_everybody_gets_an_answer),
        cmocka_unit_test(test_every_step_is_reachable_and_understood),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_seats),
        cmocka_unit_test(test_commands),
        cmocka_unit_test(test_the_menu_shows_the_roles_commands),
        cmocka_unit_test(test_reasons_are_offered_where_they_are_awaited),
        cmocka_unit_test(test_golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
