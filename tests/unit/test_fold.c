/* test_fold.c - an order's events folded through the rules: where they lead, and each way in which
 * they can be broken */
#include "cases.h"
#include "ctl/fold.h"

#define ORDER_ID INT64_C(1024)
#define CLIENT INT64_C(4)
#define CONTRACTOR INT64_C(7)

#define CLOCK_BIT(clock) (1u << CLOCK_##clock)

/* clang-format off */
/* A whole way, with everything an event can entail. */
static const struct past_event whole[] = {
    {1, 100, CLIENT, EVENT_CREATE, ORDER_NONE, ORDER_NEW, ROLE_CLIENT, 0, 0, 0, false},
    {2, 150, 0, EVENT_ALERT, ORDER_NEW, ORDER_NEW, ROLE_SYSTEM, 0, 0, 0, false},
    {3, 200, CONTRACTOR, EVENT_TAKE, ORDER_NEW, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false},
    {4, 300, CONTRACTOR, EVENT_ASK, ORDER_IN_WORK, ORDER_WAITING_CLIENT, ROLE_CONTRACTOR, 0, 0, 0, false},
    {5, 400, CLIENT, EVENT_ANSWER, ORDER_WAITING_CLIENT, ORDER_IN_WORK, ROLE_CLIENT, 0, 0, 0, false},
    {6, 500, CONTRACTOR, EVENT_FINISH, ORDER_IN_WORK, ORDER_DONE, ROLE_CONTRACTOR, 0, 0, 0, false},
    {7, 600, CLIENT, EVENT_SAY, ORDER_DONE, ORDER_DONE, ROLE_CLIENT, 0, 0, 0, false},
    {8, 700, CLIENT, EVENT_ACCEPT, ORDER_DONE, ORDER_CLOSED, ROLE_CLIENT, 0, 0, 5, false},
};
/* clang-format on */

static const struct past_order whole_row = {
    .id = ORDER_ID,
    .version = 8,
    .state = ORDER_CLOSED,
    .contractor_id = CONTRACTOR,
    .estimate_minutes = 120,
    .rating = 5,
    .taken_at = 200,
    .done_at = 500,
    .ended_at = 700,
};

static struct fold fold(const struct past_event *events, size_t count, struct findings *findings)
{
    struct fold f = {0};
    for (size_t i = 0; i < count; i++)
        fold_event(&f, ORDER_ID, &events[i], findings);
    return f;
}

/* Exactly this was found, once. */
static void found_only(struct findings *findings, enum finding finding, const char *why)
{
    check_case(findings->count == 1, why);
    check_case_text(finding_name(findings->items[0].finding), finding_name(finding), why);
    check_case(findings->items[0].id == ORDER_ID, why);
    findings_fini(findings);
}

static void a_healthy_history_leads_to_its_row(void **state)
{
    (void)state;
    scoped(findings_fini) struct findings findings = {0};
    struct fold f = fold(whole, ARRAY_LEN(whole), &findings);
    fold_compare(&f, &whole_row, &findings);
    assert_int_equal(findings.count, 0);
    assert_int_equal(f.reserved, 1);
    assert_int_equal(f.returned, 0);
    assert_int_equal(f.paid, 1);
    assert_int_equal(f.running, 0);
}

static void clocks_run_as_the_rules_say(void **state)
{
    (void)state;
    static const struct {
        size_t events;
        unsigned running, paused;
        const char *why;
    } cases[] = {
        {1, CLOCK_BIT(REACTION),   0,               "created"        },
        {2, CLOCK_BIT(REACTION),   0,               "alerted"        },
        {3, CLOCK_BIT(WORK),       0,               "taken"          },
        {4, CLOCK_BIT(ANSWER),     CLOCK_BIT(WORK), "asked"          },
        {5, CLOCK_BIT(WORK),       0,               "answered"       },
        {6, CLOCK_BIT(ACCEPTANCE), 0,               "done"           },
        {8, 0,                     0,               "closed for good"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(findings_fini) struct findings findings = {0};
        struct fold f = fold(whole, cases[i].events, &findings);
        check_case(f.running == cases[i].running, cases[i].why);
        check_case(f.paused == cases[i].paused, cases[i].why);
    }
}

static void a_cancelled_order_returns_its_quota(void **state)
{
    (void)state;
    scoped(findings_fini) struct findings findings = {0};
    const struct past_event events[] = {
        whole[0],
        {2, 110, CLIENT, EVENT_CANCEL, ORDER_NEW, ORDER_CANCELLED, ROLE_CLIENT, 0, 0, 0, false},
    };
    struct fold f = fold(events, 2, &findings);
    fold_compare(&f,
                 &(struct past_order){
                     .id = ORDER_ID, .version = 2, .state = ORDER_CANCELLED, .ended_at = 110},
                 &findings);
    assert_int_equal(findings.count, 0);
    assert_int_equal(f.returned, 1);
    assert_int_equal(f.paid, 0);
}

/* What changes hands, comes back and is rated late leads to its row as well. */
static void a_winding_history_leads_to_its_row(void **state)
{
    (void)state;
    enum { OTHER = 8, MANAGER = 9 };
    /* clang-format off */
    static const struct past_event events[] = {
        {1, 100, CLIENT, EVENT_CREATE, ORDER_NONE, ORDER_NEW, ROLE_CLIENT, 0, 0, 0, false},
        {2, 150, MANAGER, EVENT_ASSIGN, ORDER_NEW, ORDER_IN_WORK, ROLE_MANAGER, CONTRACTOR, 1440, 0, false},
        {3, 160, CONTRACTOR, EVENT_ASK, ORDER_IN_WORK, ORDER_WAITING_CLIENT, ROLE_CONTRACTOR, 0, 0, 0, false},
        {4, 170, CONTRACTOR, EVENT_GIVE_BACK, ORDER_WAITING_CLIENT, ORDER_NEW, ROLE_CONTRACTOR, 0, 0, 0, false},
        {5, 200, OTHER, EVENT_TAKE, ORDER_NEW, ORDER_IN_WORK, ROLE_CONTRACTOR, OTHER, 120, 0, false},
        {6, 250, OTHER, EVENT_EXTEND, ORDER_IN_WORK, ORDER_IN_WORK, ROLE_CONTRACTOR, OTHER, 180, 0, false},
        {7, 300, OTHER, EVENT_FINISH, ORDER_IN_WORK, ORDER_DONE, ROLE_CONTRACTOR, 0, 0, 0, false},
        {8, 350, CLIENT, EVENT_REWORK, ORDER_DONE, ORDER_IN_WORK, ROLE_CLIENT, 0, 0, 0, false},
        {9, 400, OTHER, EVENT_FINISH, ORDER_IN_WORK, ORDER_DONE, ROLE_CONTRACTOR, 0, 0, 0, false},
        {10, 500, 0, EVENT_AUTO_CLOSE, ORDER_DONE, ORDER_CLOSED, ROLE_SYSTEM, 0, 0, 0, false},
        {11, 600, CLIENT, EVENT_RATE, ORDER_CLOSED, ORDER_CLOSED, ROLE_CLIENT, 0, 0, 2, false},
        {12, 700, CLIENT, EVENT_COMPLAIN, ORDER_CLOSED, ORDER_CLOSED, ROLE_CLIENT, 0, 0, 0, false},
        {13, 800, MANAGER, EVENT_SETTLE, ORDER_CLOSED, ORDER_CLOSED, ROLE_MANAGER, 0, 0, 0, false},
    };
    static const struct past_order row = {ORDER_ID, 13, ORDER_CLOSED, OTHER, 180, 2, 200, 400, 500, 1};
    /* clang-format on */
    static const struct {
        size_t events;
        unsigned running, paused;
        const char *why;
    } cases[] = {
        {2,  CLOCK_BIT(WORK) | CLOCK_BIT(CONFIRM), 0,                                    "assigned"},
        {3,  CLOCK_BIT(ANSWER),                    CLOCK_BIT(WORK) | CLOCK_BIT(CONFIRM), "asked"   },
        {4,  CLOCK_BIT(REACTION),                  0,                                    "back"    },
        {8,  CLOCK_BIT(WORK),                      0,                                    "returned"},
        {13, 0,                                    0,                                    "over"    },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(findings_fini) struct findings findings = {0};
        struct fold f = fold(events, cases[i].events, &findings);
        check_case(findings.count == 0, cases[i].why);
        check_case(f.running == cases[i].running && f.paused == cases[i].paused, cases[i].why);
    }
    struct findings findings = {0};
    struct fold f = fold(events, ARRAY_LEN(events), &findings);
    fold_compare(&f, &row, &findings);
    assert_int_equal(findings.count, 0);
    assert_int_equal(f.paid, 1);
    f.reworks = 2;
    fold_compare(&f, &row, &findings);
    found_only(&findings, FINDING_reworks_differ, "returned once more");
}

/* A manager has paid for what was never accepted, or has not. */
static void a_cancelled_order_is_paid_as_its_event_says(void **state)
{
    (void)state;
    for (int paid = 0; paid < 2; paid++) {
        scoped(findings_fini) struct findings findings = {0};
        struct past_event events[7];
        memcpy(events, whole, 6 * sizeof *whole);
        events[6] = (struct past_event){
            7, 600, 9, EVENT_CANCEL, ORDER_DONE, ORDER_CANCELLED, ROLE_MANAGER, 0, 0, 0, paid == 1};
        struct fold f = fold(events, 7, &findings);
        assert_int_equal(findings.count, 0);
        assert_int_equal(f.paid, paid);
        assert_int_equal(f.returned, 0);
        assert_int_equal(f.running, 0);
    }
}

/* One event of the healthy history is another one. */
static void an_edited_event_is_found(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        struct past_event is;
        enum finding finding;
        const char *why;
        /* clang-format off */
    } cases[] = {
        {0, {1, 100, CLIENT, EVENT_CREATE, ORDER_NONE, ORDER_NEW, ROLE_CONTRACTOR, 0, 0, 0, false}, FINDING_event_not_allowed, "created by a contractor"},
        {2, {3, 200, CONTRACTOR, EVENT_TAKE, ORDER_NEW, ORDER_DONE, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "leads elsewhere"},
        {2, {3, 200, CONTRACTOR, EVENT_TAKE, ORDER_DONE, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "begins elsewhere"},
        {2, {3, 200, CONTRACTOR, EVENT_TAKE, -1, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "from an unknown state"},
        {2, {3, 200, CONTRACTOR, -1, ORDER_NEW, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "an unknown event"},
        {2, {3, 200, CONTRACTOR, EVENT_TAKE, ORDER_NEW, ORDER_IN_WORK, ROLE_CLIENT, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "a role that may not"},
        {2, {3, 200, CONTRACTOR, EVENT_TAKE, ORDER_NEW, ORDER_IN_WORK, -1, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "an unknown role"},
        {2, {3, 200, 8, EVENT_TAKE, ORDER_NEW, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "taken by one, given to another"},
        {5, {6, 500, 8, EVENT_FINISH, ORDER_IN_WORK, ORDER_DONE, ROLE_CONTRACTOR, 0, 0, 0, false}, FINDING_event_not_allowed, "finished by another contractor"},
        {3, {4, 300, CONTRACTOR, EVENT_TAKE, ORDER_IN_WORK, ORDER_IN_WORK, ROLE_CONTRACTOR, CONTRACTOR, 120, 0, false}, FINDING_event_not_allowed, "taken twice"},
        {3, {4, 200 - FOLD_SKEW_MS - 1, CONTRACTOR, EVENT_ASK, ORDER_IN_WORK, ORDER_WAITING_CLIENT, ROLE_CONTRACTOR, 0, 0, 0, false}, FINDING_event_out_of_time, "before the one before"},
        {4, {4, 400, CLIENT, EVENT_ANSWER, ORDER_WAITING_CLIENT, ORDER_IN_WORK, ROLE_CLIENT, 0, 0, 0, false}, FINDING_event_doubled, "the same version again"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct findings findings = {0};
        struct past_event events[ARRAY_LEN(whole)];
        memcpy(events, whole, sizeof whole);
        events[cases[i].at] = cases[i].is;
        struct fold f = fold(events, cases[i].at + 1, &findings);
        check_case(f.broken, cases[i].why);
        fold_compare(&f, &whole_row, &findings); /* a broken history says nothing more of the row */
        found_only(&findings, cases[i].finding, cases[i].why);
    }
}

static void a_missing_event_is_one_finding(void **state)
{
    (void)state;
    for (size_t gone = 0; gone < ARRAY_LEN(whole); gone++) {
        struct findings findings = {0};
        struct past_event events[ARRAY_LEN(whole)];
        size_t count = 0;
        for (size_t i = 0; i < ARRAY_LEN(whole); i++)
            if (i != gone)
                events[count++] = whole[i];
        struct fold f = fold(events, count, &findings);
        fold_compare(&f, &whole_row, &findings);
        found_only(&findings, FINDING_event_missing,
                   order_event_name((enum order_event)whole[gone].event));
    }
}

/* Past a break an event counts from where it says it began, if there is such a place. */
static void past_a_break_events_are_still_checked(void **state)
{
    (void)state;
    static const struct {
        int from;
        size_t found;
        const char *why;
    } cases[] = {
        {ORDER_NEW,  1, "possible from there"        },
        {-1,         2, "from a state nobody knows"  },
        {ORDER_DONE, 2, "from a state without a rule"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(findings_fini) struct findings findings = {0};
        struct past_event take = whole[2]; /* the first that is left */
        take.from = cases[i].from;
        struct fold f = fold(&take, 1, &findings);
        check_case(f.broken && findings.count == cases[i].found, cases[i].why);
        check_case(findings.items[0].finding == FINDING_event_missing, cases[i].why);
    }
}

static void an_edited_row_is_found(void **state)
{
    (void)state;
    static const struct {
        struct past_order is;
        enum finding finding;
        const char *why;
    } cases[] = {
        {{ORDER_ID, 8, ORDER_DONE, 7, 120, 5, 200, 500, 700, 0},
         FINDING_state_differs,                                                          "another state"     },
        {{ORDER_ID, 7, ORDER_CLOSED, 7, 120, 5, 200, 500, 700, 0},
         FINDING_state_differs,                                                          "an older version"  },
        {{ORDER_ID, 8, ORDER_CLOSED, 8, 120, 5, 200, 500, 700, 0},
         FINDING_contractor_differs,                                                     "another contractor"},
        {{ORDER_ID, 8, ORDER_CLOSED, 7, 121, 5, 200, 500, 700, 0},
         FINDING_estimate_differs,                                                       "another estimate"  },
        {{ORDER_ID, 8, ORDER_CLOSED, 7, 120, 1, 200, 500, 700, 0},
         FINDING_rating_differs,                                                         "another rating"    },
        {{ORDER_ID, 8, ORDER_CLOSED, 7, 120, 5, 201, 500, 700, 0},
         FINDING_time_differs,                                                           "taken_at"          },
        {{ORDER_ID, 8, ORDER_CLOSED, 7, 120, 5, 200, 501, 700, 0}, FINDING_time_differs, "done_at"           },
        {{ORDER_ID, 8, ORDER_CLOSED, 7, 120, 5, 200, 500, 701, 0},
         FINDING_time_differs,                                                           "ended_at"          },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct findings findings = {0};
        struct fold f = fold(whole, ARRAY_LEN(whole), &findings);
        fold_compare(&f, &cases[i].is, &findings);
        found_only(&findings, cases[i].finding, cases[i].why);
    }
}

static void commands_fit_their_events(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        enum order_event event;
        bool fits;
    } cases[] = {
        {"order.create",      EVENT_CREATE,      true },
        {"order.take",        EVENT_TAKE,        true },
        {"order.take",        EVENT_FINISH,      false},
        {"order.say",         EVENT_SAY,         true },
        {"order.say",         EVENT_ANSWER,      true },
        {"order.answer",      EVENT_ANSWER,      true },
        {"order.answer",      EVENT_SAY,         false},
        {"alert.acknowledge", EVENT_ACKNOWLEDGE, true },
        {"alert.settle",      EVENT_SETTLE,      true },
        {"order.?",           ORDER_EVENT_COUNT, true },
        {"order.settle",      EVENT_SETTLE,      false},
        {"person.remove",     EVENT_RELEASE,     true },
        {"person.remove",     EVENT_CANCEL,      true },
        {"person.remove",     EVENT_TAKE,        false},
        {"order.take",        EVENT_ACKNOWLEDGE, false},
        {"deadline.reached",  EVENT_AUTO_CLOSE,  true },
        {"deadline.reached",  EVENT_ACCEPT,      false},
        {"order.accept",      EVENT_AUTO_CLOSE,  false},
        {"order.rate",        EVENT_RATE,        true }, /* an event without a rule yet */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case(fold_command_fits(cases[i].type, cases[i].event) == cases[i].fits,
                   cases[i].type);
}

/* ---- the list of findings ---- */

static char *printed(struct findings *findings, void (*print)(struct findings *, FILE *))
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    print(findings, out);
    fclose(out);
    return text;
}

static void findings_are_sorted(void **state)
{
    (void)state;
    scoped(findings_fini) struct findings findings = {0};
    findings_add(&findings, "order", 9, FINDING_secret_left, "%s", "");
    findings_add(&findings, "order", 9, FINDING_event_missing, "version %d", 7);
    findings_add(&findings, "order", 9, FINDING_event_missing, "version %d", 3);
    findings_add(&findings, "order", 8, FINDING_secret_left, "%s", "");
    findings_add(&findings, "audit", 77, FINDING_audit_edited, "%s", "");
    scoped(str_free) char *text = printed(&findings, findings_print);
    const char *const begins[] = {
        "audit 77: audit_edited: ", "order 8: secret_left: ", "order 9: event_missing: ",
        "order 9: event_missing: ", "order 9: secret_left: "};
    const char *line = text;
    for (size_t i = 0; i < ARRAY_LEN(begins); i++) {
        check_case(strncmp(line, begins[i], strlen(begins[i])) == 0, begins[i]);
        line = strchr(line, '\n') + 1;
    }
    assert_true(strstr(text, "(version 3)") < strstr(text, "(version 7)"));
    assert_string_equal(line, "");
    scoped(str_free) char *json = printed(&findings, findings_print_json);
    assert_non_null(strstr(
        json, "{\"what\": \"audit\", \"id\": 77, \"kind\": \"audit_edited\", \"meaning\": \""));
}

static void no_findings_are_an_empty_list(void **state)
{
    (void)state;
    scoped(findings_fini) struct findings findings = {0};
    scoped(str_free) char *text = printed(&findings, findings_print);
    scoped(str_free) char *json = printed(&findings, findings_print_json);
    assert_string_equal(text, "");
    assert_string_equal(json, "[]");
}

static void many_findings_are_counted_not_kept(void **state)
{
    (void)state;
    scoped(findings_fini) struct findings findings = {0};
    for (int i = 0; i < FINDINGS_KEPT_MAX + 5; i++)
        findings_add(&findings, "order", i, FINDING_secret_left, "%s", "");
    assert_int_equal(findings.count, FINDINGS_KEPT_MAX + 5);
    assert_int_equal(findings.kept, FINDINGS_KEPT_MAX);
    scoped(str_free) char *text = printed(&findings, findings_print);
    assert_non_null(strstr(text, "\nand 5 more\n"));
}

static void every_finding_has_its_name(void **state)
{
    (void)state;
    for (int i = 0; i < FINDING_COUNT; i++) {
        assert_int_equal(finding_parse(finding_name((enum finding)i)), i);
        assert_true(strlen(finding_sentence((enum finding)i)) > 10);
    }
    assert_int_equal(finding_parse("all_is_well"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_history_leads_to_its_row),
        cmocka_unit_test(clocks_run_as_the_rules_say),
        cmocka_unit_test(a_cancelled_order_returns_its_quota),
        cmocka_unit_test(a_winding_history_leads_to_its_row),
        cmocka_unit_test(a_cancelled_order_is_paid_as_its_event_says),
        cmocka_unit_test(an_edited_event_is_found),
        cmocka_unit_test(a_missing_event_is_one_finding),
        cmocka_unit_test(past_a_break_events_are_still_checked),
        cmocka_unit_test(an_edited_row_is_found),
        cmocka_unit_test(commands_fit_their_events),
        cmocka_unit_test(findings_are_sorted),
        cmocka_unit_test(no_findings_are_an_empty_list),
        cmocka_unit_test(many_findings_are_counted_not_kept),
        cmocka_unit_test(every_finding_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
