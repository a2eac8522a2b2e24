/* test_receipts.c - who is told instead when nobody of those addressed has received it */
#include "cases.h"
#include "order-engine/rules/receipts.h"

/* People by letter. Small: off duty; told before: marked so by each case.
 *  A, B: persons of the account; M: manager on duty, m: away; O: owner; X: manager and owner at
 * once */
static struct substitute person_of(char letter)
{
    return (struct substitute){.id = letter,
                               .of_account = letter == 'A' || letter == 'B',
                               .is_manager = letter == 'M' || letter == 'm' || letter == 'X',
                               .is_owner = letter == 'O' || letter == 'X',
                               .is_on_duty = letter != 'm',
                               .is_reachable = true};
}

/* clang-format off */
static const struct {
    enum notice_kind kind;
    const char *people;  /* who is there and can be reached; '-' after a letter: cannot be, '+': was told */
    bool is_moot, others_may_know, is_known;
    enum rung rung;
    const char *told;    /* letters */
    bool raises;
    const char *why;
} cases[] = {
    {NOTICE_alert_late,        "MmO",     0, 0, 0, RUNG_MANAGERS_ON_DUTY, "M",  false, "another manager on duty"},
    {NOTICE_alert_late,        "M+mO",    0, 0, 0, RUNG_MANAGERS,         "m",  false, "none on duty is left: those who are away"},
    {NOTICE_alert_late,        "M-m-O",   0, 0, 0, RUNG_OWNERS,           "O",  false, "no manager can be reached"},
    {NOTICE_alert_late,        "M+m+O",   0, 0, 0, RUNG_OWNERS,           "O",  false, "every manager was told and did not get it"},
    {NOTICE_alert_late,        "M-O+",    0, 0, 0, RUNG_NOBODY,           "",   false, "the owner was told, too: it stands among the concerns"},
    {NOTICE_alert_late,        "",        0, 0, 0, RUNG_NOBODY,           "",   false, "there is no staff at all"},
    {NOTICE_alert_late,        "XO",      0, 0, 0, RUNG_MANAGERS_ON_DUTY, "X",  false, "an owner who is a manager as well"},
    {NOTICE_alert_late,        "MO",      0, 1, 0, RUNG_COUNT,            "",   false, "another manager has it, or soon will"},
    {NOTICE_alert_late,        "MO",      1, 0, 0, RUNG_COUNT,            "",   false, "the order has ended meanwhile"},
    {NOTICE_alert_unreachable, "M-O",     0, 0, 1, RUNG_OWNERS,           "O",  false, "the alert of unreachability climbs as any other"},

    {NOTICE_inquiry_sent,      "M-m-O",   0, 0, 0, RUNG_OWNERS,           "O",  false, "a client's words find the owner"},
    {NOTICE_upgrade_requested, "M-m-O",   0, 0, 0, RUNG_OWNERS,           "O",  false, "a client's wish for more finds the owner"},

    {NOTICE_question,          "ABM",     0, 0, 0, RUNG_ACCOUNT,          "AB", false, "the account's other persons first"},
    {NOTICE_question,          "A+B-MO",  0, 0, 0, RUNG_MANAGERS_ON_DUTY, "M",  true,  "nobody of the account: the managers"},
    {NOTICE_question,          "A-M-mO",  0, 0, 0, RUNG_MANAGERS,         "m",  true,  "managers who are away, if none is on duty"},
    {NOTICE_order_done,        "A-M-O",   0, 0, 0, RUNG_OWNERS,           "O",  true,  "no manager either"},
    {NOTICE_order_done,        "A-M-O-",  0, 0, 0, RUNG_NOBODY,           "",   true,  "nobody at all: the alert stands all the same"},
    {NOTICE_order_done,        "A-M",     0, 0, 1, RUNG_COUNT,            "",   false, "the managers know already"},
    {NOTICE_work_yours,        "AM",      0, 0, 0, RUNG_MANAGERS_ON_DUTY, "M",  true,  "the contractor's side has nobody else"},
    {NOTICE_offer,             "M+O",     0, 0, 0, RUNG_MANAGERS_ON_DUTY, "M",  true,  "an offer that went to a manager is no alert"},
    {NOTICE_offer,             "MO",      0, 1, 0, RUNG_COUNT,            "",   false, "other contractors know of it"},
    {NOTICE_order_taken,       "MO",      0, 0, 0, RUNG_COUNT,            "",   false, "a kind without a receipt"},
};
/* clang-format on */

static size_t read_people(const char *letters, struct substitute *those)
{
    size_t count = 0;
    for (; *letters; letters++) {
        if (*letters == '-')
            those[count - 1].is_reachable = false;
        else if (*letters == '+')
            those[count - 1].was_told = true;
        else
            those[count++] = person_of(*letters);
    }
    return count;
}

static void everybody_in_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct substitute those[8];
        char told[8] = "";
        size_t count = read_people(cases[i].people, those);
        struct receipt_step step =
            receipt_decide(&(struct unreceived){.kind = cases[i].kind,
                                                .matters = !cases[i].is_moot,
                                                .others_may_know = cases[i].others_may_know,
                                                .is_known = cases[i].is_known},
                           those, count);
        for (size_t k = 0; k < count; k++)
            if (receipt_goes_to(&step, &those[k]))
                told[strlen(told)] = (char)those[k].id;
        check_case(step.rung == cases[i].rung, cases[i].why);
        check_case(step.raises == cases[i].raises, cases[i].why);
        check_case_text(told, cases[i].told, cases[i].why);
        check_case(step.kind == (step.raises ? NOTICE_alert_unreachable : cases[i].kind),
                   cases[i].why);
    }
}

/* Climbing comes to an end: told once, nobody is told again. */
static void the_ladder_ends(void **state)
{
    (void)state;
    struct substitute those[8];
    size_t count = read_people("MmXO", those), steps = 0;
    for (;; steps++) {
        struct receipt_step step = receipt_decide(
            &(struct unreceived){.kind = NOTICE_alert_late, .matters = true}, those, count);
        if (step.rung == RUNG_NOBODY)
            break;
        for (size_t k = 0; k < count; k++)
            those[k].was_told |= receipt_goes_to(&step, &those[k]);
    }
    assert_int_equal(steps, 3);
}

/* Every kind that asks for a receipt is followed up. */
static void no_receipt_is_asked_in_vain(void **state)
{
    (void)state;
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        if (!notice_wants_receipt((enum notice_kind)kind))
            continue;
        struct receipt_step step = receipt_decide(
            &(struct unreceived){.kind = (enum notice_kind)kind, .matters = true}, NULL, 0);
        check_case(step.rung == RUNG_NOBODY, notice_kind_name((enum notice_kind)kind));
    }
}

static void a_rung_nobody_knows_is_nobodys(void **state)
{
    (void)state;
    const struct substitute owner = person_of('O');
    assert_true(receipt_goes_to(&(struct receipt_step){.rung = RUNG_OWNERS}, &owner));
    for (int rung = RUNG_NOBODY; rung <= RUNG_COUNT + 1; rung++)
        assert_false(receipt_goes_to(&(struct receipt_step){.rung = (enum rung)rung}, &owner));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_in_turn),
        cmocka_unit_test(a_rung_nobody_knows_is_nobodys),
        cmocka_unit_test(the_ladder_ends),
        cmocka_unit_test(no_receipt_is_asked_in_vain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
