/* test_alerts.c - the alert's own clock: repeats on their grid, owners, acknowledgement, reopening,
 * the end */
#include "tests/unit/cases.h"

#include "order-engine/rules/alerts.h"
#include "order-engine/rules/notices.h"
#include "tests/unit/scene.h"

/* ---- the grid ---- */

static void repeats_lie_on_a_grid(void **state)
{
    (void)state;
    static const struct {
        int64_t every, after, expect; /* minutes after it was raised */
        const char *why;
    } rows[] = {
        {10, 0,  10, "the first"                                    },
        {10, 10, 20, "the next, when one has just been told"        },
        {10, 12, 20, "a slow watcher moves nothing"                 },
        {10, 39, 40, "after an acknowledgement the grid is the same"},
        {10, -5, 10, "clocks of two hosts may differ"               },
        {25, 30, 50, "another pause: its grid begins where it did"  },
        {1,  59, 60, "the shortest"                                 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(
            alert_repeat_at(SCENE_BEGAN, rows[i].every, SCENE_BEGAN + rows[i].after * MINUTE_MS) ==
                SCENE_BEGAN + rows[i].expect * MINUTE_MS,
            rows[i].why);
}

/* ---- one alert from its raising to its end ---- */

/* An order that nobody takes, its alert raised at 57 minutes. */
static void raise_alert(struct scene *x)
{
    scene_init(x);
    scene_reach(x, ORDER_NEW);
    scene_do_step(x, CLOCK_REACTION, STEP_ALERT);
    x->command.alert_id = x->order.alerts[CAUSE_NOT_TAKEN].id;
}

/* Who got how many messages: "manager manager2". */
static void check_told(struct scene *x, const char *names, const char *why)
{
    static const char *const words[] = {"client",  "colleague", "outsider", "worker", "worker2",
                                        "worker3", "manager",   "manager2", "owner",  "guest"};
    scoped(buf_fini) struct buf told = {0};
    for (size_t i = 0; i < x->decision.notice_count; i++)
        for (size_t who = 0; who < PEOPLE_COUNT; who++)
            if (x->decision.notices[i].person_id == x->people[who].id) {
                check_case(x->decision.notices[i].kind == NOTICE_alert_not_taken, why);
                buf_printf(&told, "%s%s", told.len > 0 ? " " : "", words[who]);
            }
    check_case_text(buf_text(&told), names, why);
}

static void nobody_is_on_it(void **state)
{
    (void)state;
    static const struct {
        const char *told, *next, *why;
    } rounds[] = {
        {"manager manager2",       "repeat 1h17m", "the first repeat"                  },
        {"manager manager2",       "repeat 1h27m", "the second"                        },
        {"manager manager2",       "repeat 1h37m", "the third, the last without owners"},
        {"manager manager2 owner", "repeat 1h47m", "the owners join"                   },
        {"manager manager2 owner", "repeat 1h57m", "and it never ends by itself"       },
    };
    struct scene x;
    raise_alert(&x);
    check_case_text(scene_alert_clock(&x), "repeat 1h7m", "ten minutes after it was raised");
    for (size_t i = 0; i < ARRAY_LEN(rounds); i++) {
        scene_wait(&x, 10 * MINUTE_MS);
        scene_do_alert_step(&x, STEP_REPEAT);
        check_told(&x, rounds[i].told, rounds[i].why);
        check_case_text(scene_alert_clock(&x), rounds[i].next, rounds[i].why);
        assert_int_equal(x.order.alerts[CAUSE_NOT_TAKEN].repeats, i + 1);
    }
}

static void a_repeat_says_that_it_is_one(void **state)
{
    (void)state;
    struct scene x;
    raise_alert(&x);
    scene_wait(&x, 10 * MINUTE_MS);
    scene_do_alert_step(&x, STEP_REPEAT);
    check_case_text(scene_outcome(&x), "system: new > new v3, repeats not_taken 502 at 95",
                    "an event of its own");
    assert_non_null(strstr(scene_notices(&x), "repeat:1"));
    assert_null(strstr(scene_notices(&x), "cards"));
}

/* No copy queues behind another; who has got the former one gets the next. */
static void a_copy_that_waits_is_enough(void **state)
{
    (void)state;
    struct scene x;
    raise_alert(&x);
    scene_wait(&x, 10 * MINUTE_MS);
    x.waiting[0] = (struct waiting_copy){x.command.alert_id, x.people[MANAGER].id};
    x.waiting[1] = (struct waiting_copy){x.command.alert_id + 1, x.people[MANAGER2].id};
    x.waiting_count = 2;
    scene_do_alert_step(&x, STEP_REPEAT);
    check_told(&x, "manager2", "the other's copy is another alert's");
    x.waiting[1].alert_id = x.command.alert_id;
    scene_wait(&x, 10 * MINUTE_MS);
    scene_do_alert_step(&x, STEP_REPEAT);
    check_told(&x, "", "nobody is off the list because the copies wait");
    check_case_text(scene_alert_clock(&x), "repeat 1h27m", "but the grid goes on");
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_non_null(strstr(scene_notices(&x), "alert_not_taken manager ")); /* no repeat */
}

static size_t copies_for_the_group(const struct scene *x)
{
    size_t count = 0;
    for (size_t i = 0; i < x->decision.notice_count; i++)
        count += x->decision.notices[i].to_group;
    return count;
}

/* One more of each alert, and of each repeat unless the former copy still waits. */
static void the_group_has_a_copy(void **state)
{
    (void)state;
    struct scene x;
    raise_alert(&x);
    assert_int_equal(copies_for_the_group(&x), 0); /* there is no group */
    x.has_managers_group = true;
    scene_wait(&x, 10 * MINUTE_MS);
    scene_do_alert_step(&x, STEP_REPEAT);
    check_told(&x, "manager manager2", "as without a group");
    assert_non_null(strstr(scene_notices(&x), "alert_not_taken group {alert_id:502"));
    x.waiting[0] = (struct waiting_copy){x.command.alert_id, 0};
    x.waiting_count = 1;
    scene_wait(&x, 10 * MINUTE_MS);
    scene_do_alert_step(&x, STEP_REPEAT);
    assert_int_equal(copies_for_the_group(&x), 0);
    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH); /* no repeat: it says more */
    assert_int_equal(copies_for_the_group(&x), 1);
    scene_do(&x, EVENT_ACKNOWLEDGE, MANAGER);
    assert_int_equal(copies_for_the_group(&x), 0); /* the card there is redrawn */
}

static void acknowledged_and_reopened(void **state)
{
    (void)state;
    struct scene x;
    raise_alert(&x);
    scene_wait(&x, 12 * MINUTE_MS);
    scene_do(&x, EVENT_ACKNOWLEDGE, MANAGER);
    check_case_text(scene_alert_clock(&x), "reopen 1h39m", "half an hour to solve it");
    scene_try_alert_step(&x, STEP_REPEAT);
    check_case_text(scene_refusal(&x), "moot", "a repeat that was under way");

    scene_do_step(&x, CLOCK_REACTION, STEP_BREACH);
    assert_int_equal(x.order.alerts[CAUSE_NOT_TAKEN].acknowledged_by, x.people[MANAGER].id);
    check_case_text(scene_alert_clock(&x), "", "100 % leaves the time as it is");

    scene_wait(&x, 30 * MINUTE_MS);
    scene_do_alert_step(&x, STEP_REOPEN);
    check_case_text(scene_outcome(&x), "system: new > new v5, reopens not_taken 502 at 100",
                    "nobody is on it any more");
    check_case_text(scene_notices(&x), "cards_changed cards", "every copy shows it");
    assert_int_equal(x.order.alerts[CAUSE_NOT_TAKEN].acknowledged_by, 0);
    assert_int_equal(x.order.alerts[CAUSE_NOT_TAKEN].acknowledged_at, 0);
    check_case_text(scene_alert_clock(&x), "repeat 1h47m", "the repeats go on, on their grid");
    scene_try_alert_step(&x, STEP_REOPEN);
    check_case_text(scene_refusal(&x), "moot", "it is open");
}

static void it_ends_with_its_cause(void **state)
{
    (void)state;
    struct scene x;
    raise_alert(&x);
    scene_do(&x, EVENT_TAKE, WORKER);
    check_case_text(scene_alert_clock(&x), "", "solved: nothing is due");
    scene_try_alert_step(&x, STEP_REPEAT);
    check_case_text(scene_refusal(&x), "moot", "a repeat that was under way");
    x.command.alert_id = 0;
    scene_try_alert_step(&x, STEP_REPEAT);
    check_case_text(scene_refusal(&x), "moot", "a deadline of nothing");
}

/* ---- names ---- */

static void every_cause_has_its_notice(void **state)
{
    (void)state;
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        enum notice_kind kind = notice_of_alert((enum alert_cause)cause);
        check_case(notice_class(kind) == SEND_ALERT && !notice_can_wait(kind),
                   alert_cause_name((enum alert_cause)cause));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeats_lie_on_a_grid),
        cmocka_unit_test(nobody_is_on_it),
        cmocka_unit_test(a_repeat_says_that_it_is_one),
        cmocka_unit_test(a_copy_that_waits_is_enough),
        cmocka_unit_test(the_group_has_a_copy),
        cmocka_unit_test(acknowledged_and_reopened),
        cmocka_unit_test(it_ends_with_its_cause),
        cmocka_unit_test(every_cause_has_its_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
