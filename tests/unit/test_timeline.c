/* test_timeline.c - an order's timeline: the arithmetic of its intervals, its reasons, who was
 * told, and how it reads */
#include "cases.h"
#include "common/base/clock.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/timeline/timeline_json.h"
#include "order-engine/timeline/timeline_text.h"

#define A_CLIENT INT64_C(4)
#define A_CONTRACTOR INT64_C(7)
#define A_MANAGER INT64_C(2)
#define ZONE "Europe/Moscow"
#define H(hours) ((hours)*HOUR_MS)
#define M(minutes) ((minutes)*MINUTE_MS)

/* clang-format off */
#define EVENT_OF(n, when, what, who, person, was, is)                                \
    .kind = TIMELINE_EVENT, .version = (n), .at = (when), .name = (what),            \
    .role = ROLE_##who, .person_id = (person), .from = ORDER_##was, .to = ORDER_##is
#define EVENT_ROW(...) {EVENT_OF(__VA_ARGS__), .clock = -1, .step = -1}
#define LOGIN_ROW(n, when, what, who, was, is)                                       \
    {                                                                                \
        EVENT_OF(n, when, what, OWNER, 0, was, is), .clock = -1, .step = -1, .login = (who) \
    }
#define TIME_ROW(n, when, what, which, reached, was, is)                             \
    {                                                                                \
        EVENT_OF(n, when, what, SYSTEM, 0, was, is), .clock = (which), .step = (reached) \
    }
#define RUN_ROW(which, number, when, end, counted, limit, still)                \
    {                                                                           \
        .kind = TIMELINE_RUN, .name = "run", .clock = CLOCK_##which, .step = -1, \
        .run = (number), .at = (when), .until = (end), .counted_ms = (counted), \
        .limit_ms = (limit), .paused = (still)                                  \
    }
#define NOTICE_ROW(n, when, what, person, ...) /* roles and what else there is */       \
    {                                                                                   \
        .kind = TIMELINE_NOTICE, .version = (n), .at = (when), .name = (what),          \
        .person_id = (person), .clock = -1, .step = -1, .person_roles = __VA_ARGS__     \
    }
#define NOW_ROW(when, state)                                                           \
    {                                                                                  \
        .kind = TIMELINE_ORDER, .at = (when), .name = (state), .clock = -1, .step = -1 \
    }
/* clang-format on */

/* The rows' own copy, shuffled: from the last to the first. */
static void make(struct timeline *t, const struct timeline_row *rows, size_t count)
{
    struct timeline_row *own = xcalloc(count + 1, sizeof *own);
    for (size_t i = 0; i < count; i++)
        own[i] = rows[count - 1 - i];
    timeline_init(t, own, count);
}

/* ---- the clocks ---- */

static void nothing_happened_to_no_order(void **state)
{
    (void)state;
    scoped(timeline_fini) struct timeline t;
    make(&t, NULL, 0);
    assert_int_equal(t.now, 0);
    assert_int_equal(t.lap_count, 0);
    assert_int_equal(t.interval_count, 0);
}

static void a_clock_reads_the_sum_of_its_intervals(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *why;
        size_t intervals;
        int64_t counted, paused;
        bool lasts;
        size_t count;
        struct timeline_row rows[6];
    } cases[] = {
        {"it runs",                                        1, H(8), 0, true, 2,
         {NOW_ROW(H(9), "in_work"), RUN_ROW(WORK, 1, H(1), 0, 0, H(10), false)}},
        {"it began a moment ahead of the reader's clock",  0, 0, 0, true, 2,
         {NOW_ROW(M(30), "in_work"), RUN_ROW(WORK, 1, H(1), 0, 0, H(10), false)}},
        {"it ended",                                       1, H(2), 0, false, 2,
         {NOW_ROW(H(9), "done"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false)}},
        {"it stands still",                                2, H(2), H(6), true, 2,
         {NOW_ROW(H(9), "waiting_client"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), true)}},
        {"it stood still and goes on",                     3, H(7), H(1), true, 3,
         {NOW_ROW(H(9), "in_work"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), true),
          RUN_ROW(WORK, 2, H(4), 0, H(2), H(10), false)}},
        {"it stood still from its first instant",          2, H(5), H(3), true, 3,
         {NOW_ROW(H(9), "in_work"), RUN_ROW(WORK, 1, H(1), H(1), 0, H(10), true),
          RUN_ROW(WORK, 2, H(4), 0, 0, H(10), false)}},
        {"its 100 % moved",                                2, H(8), 0, true, 3,
         {NOW_ROW(H(9), "in_work"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false),
          RUN_ROW(WORK, 2, H(3), 0, H(2), H(20), false)}},
        {"it ended, and its calendar had closed at five",  2, H(1), 0, false, 2,
         {NOW_ROW(H(9), "in_work"), {.kind = TIMELINE_RUN, .name = "run", .clock = CLOCK_REACTION, .step = -1, .run = 1, .at = H(1),
                                     .until = H(8), .limit_ms = H(10), .detail = "UTC|3 60 120|"}}},
        {"it was stopped while it stood still",            2, H(2), H(2), false, 6,
         {NOW_ROW(H(9), "done"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false),
          EVENT_ROW(2, H(1), "take", CONTRACTOR, A_CONTRACTOR, NEW, IN_WORK),
          EVENT_ROW(3, H(3), "ask", CONTRACTOR, A_CONTRACTOR, IN_WORK, WAITING_CLIENT),
          EVENT_ROW(4, H(4), "sing", CONTRACTOR, A_CONTRACTOR, WAITING_CLIENT, WAITING_CLIENT),
          EVENT_ROW(5, H(5), "finish", CONTRACTOR, A_CONTRACTOR, WAITING_CLIENT, DONE)}},
        {"it was stopped while it ran",                    1, H(2), 0, false, 3,
         {NOW_ROW(H(9), "done"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false),
          EVENT_ROW(3, H(3), "finish", CONTRACTOR, A_CONTRACTOR, IN_WORK, DONE)}},
        {"the end of the pause is missing",                1, H(2), 0, false, 3,
         {NOW_ROW(H(9), "done"), RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false),
          EVENT_ROW(3, H(3), "ask", CONTRACTOR, A_CONTRACTOR, IN_WORK, WAITING_CLIENT)}},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(timeline_fini) struct timeline t;
        int64_t counted = 0, paused = 0;
        make(&t, cases[i].rows, cases[i].count);
        check_case(t.lap_count == 1, cases[i].why);
        check_case(t.interval_count == cases[i].intervals, cases[i].why);
        for (size_t n = 0; n < t.interval_count; n++) {
            const struct timeline_interval *is = &t.intervals[n];
            counted += is->counted_ms;
            paused += is->counts || is->closed ? 0 : is->until - is->from;
            check_case(n == 0 || t.intervals[n - 1].until == is->from, cases[i].why);
            check_case(is->lasts == (cases[i].lasts && n + 1 == t.interval_count), cases[i].why);
        }
        check_case(counted == cases[i].counted && counted == t.laps[0].counted_ms, cases[i].why);
        check_case(paused == cases[i].paused && paused == t.laps[0].paused_ms, cases[i].why);
        check_case(t.laps[0].lasts == cases[i].lasts, cases[i].why);
    }
}

static void a_clock_that_starts_from_zero_begins_another_lap(void **state)
{
    (void)state;
    static const struct timeline_row rows[] = {
        NOW_ROW(H(9), "in_work"),
        RUN_ROW(WORK, 1, H(1), H(3), 0, H(10), false),
        RUN_ROW(WORK, 2, H(5), 0, 0, H(10), false),
        RUN_ROW(REACTION, 1, 0, H(1), 0, H(4), false),
    };
    scoped(timeline_fini) struct timeline t;
    make(&t, rows, ARRAY_LEN(rows));
    assert_int_equal(t.lap_count, 3);
    assert_int_equal(t.laps[0].clock, CLOCK_REACTION);
    assert_int_equal(t.laps[1].lap, 1);
    assert_int_equal(t.laps[1].counted_ms, H(2));
    assert_int_equal(t.laps[2].lap, 2);
    assert_int_equal(t.laps[2].counted_ms, H(4));
}

/* From Thursday 17:00 to Friday 10:00, with the doors open from 9 to 18. */
static void outside_the_calendars_hours_nothing_counts(void **state)
{
    (void)state;
    static const struct {
        int64_t now, counted, closed;
        size_t intervals;
        const char *why;
    } cases[] = {
        {H(31),     H(2),     H(15), 3, "over night"            },
        {H(15) - 1, H(1) - 1, 0,     1, "before the doors close"},
        {H(20),     H(1),     H(5),  2, "at night"              },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(timeline_fini) struct timeline t;
        scoped(buf_fini) struct buf text = {0};
        struct timeline_row *rows = xcalloc(2, sizeof *rows);
        rows[0] = (struct timeline_row)NOW_ROW(cases[i].now, "new");
        rows[1] = (struct timeline_row)RUN_ROW(REACTION, 1, H(14), 0, 0, H(10), false);
        rows[1].detail = ZONE "|3 540 1080;4 540 1080|";
        timeline_init(&t, rows, 2);
        check_case(t.interval_count == cases[i].intervals, cases[i].why);
        check_case(t.laps[0].counted_ms == cases[i].counted, cases[i].why);
        check_case(t.laps[0].closed_ms == cases[i].closed && t.laps[0].paused_ms == 0,
                   cases[i].why);
        check_case(t.laps[0].lasts, cases[i].why);
        timeline_add_bars(&text, &t, ZONE);
        check_case((strstr(buf_text(&text), "outside the calendar's hours") != NULL) ==
                       (cases[i].closed > 0),
                   cases[i].why);
    }
}

/* The engine's own clock, through starts, pauses and moves drawn at random, told from its runs. */
static void the_reading_is_the_engines(void **state)
{
    (void)state;
    uint64_t seed = 20261122;
    for (int history = 0; history < 2000; history++) {
        struct parameters p;
        struct clock_run clock = {0};
        struct timeline_row rows[14] = {0};
        size_t count = 0;
        int64_t now = HOUR_MS, last_zero = now;
        parameters_init(&p);
        clock_start(&clock, CLOCK_WORK, H(10), &p, now);
        for (int step = 0; step < 12; step++) {
            struct clock_run was = clock;
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            now += 1 + (int64_t)(seed >> 40) % MINUTE_MS;
            unsigned choice = (unsigned)(seed >> 33) % 4;
            if (choice == 0)
                clock_pause(&clock, now);
            else if (choice == 1)
                clock_resume(&clock, now);
            else if (choice == 2 && clock.running)
                clock_move(&clock, H(11), now);
            if (clock.run != was.run)
                rows[count++] = (struct timeline_row)RUN_ROW(
                    WORK, was.run, was.started_at, was.running ? now : was.ended_at, was.counted_ms,
                    was.limit_ms, was.paused);
        }
        rows[count++] =
            (struct timeline_row)RUN_ROW(WORK, clock.run, clock.started_at, clock.ended_at,
                                         clock.counted_ms, clock.limit_ms, clock.paused);
        rows[count++] = (struct timeline_row)NOW_ROW(now, "in_work");
        scoped(timeline_fini) struct timeline t;
        make(&t, rows, count);
        assert_int_equal(t.lap_count, 1);
        assert_int_equal(t.laps[0].counted_ms, clock_counted_ms(&clock, now));
        assert_int_equal(t.laps[0].counted_ms + t.laps[0].paused_ms, now - last_zero);
    }
}

/* ---- the reasons ---- */

static const struct timeline_row story[] = {
    NOW_ROW(H(9), "in_work"),
    {EVENT_OF(1,                 H(1),                    "create",                                      CLIENT,                                                                          A_CLIENT,                                                                                                                                                        NONE, NEW), .clock = -1, .step = -1,
                       .detail = "{\"account_id\":1}"},
    NOTICE_ROW(1, H(1), "order_created", A_CLIENT, ROLE_CLIENT, .handed_at = H(1) + 250),
    NOTICE_ROW(1, H(1), "offer", A_CONTRACTOR, ROLE_CONTRACTOR, .not_before = H(2),
               .withdrawn_at = H(1) + 9),
    {.kind = TIMELINE_QUOTA,                      .at = H(1),                                  .name = "reserve",                                                                     .amount = -1,                                                                                                                                                      .clock = -1,                                                                                                                                                                                                                                                                                                                     .step = -1},
    RUN_ROW(REACTION, 1, H(1), H(3), 0, H(2), false),
    TIME_ROW(2, H(2), "alert", CLOCK_REACTION, STEP_ALERT, NEW, NEW),
    {.kind = TIMELINE_ALERT,
                       .at = H(2),
                       .until = H(3),
                       .name = "not_taken",
                       .amount = 95,
                       .person_id = A_MANAGER,
                       .received_at = H(2) + M(1),
                       .clock = -1,
                       .step = -1},
    {.kind = TIMELINE_ALERT,
                       .at = H(2) + 1,
                       .name = "unreachable",
                       .amount = 100,
                       .clock = -1,
                       .step = -1},
    NOTICE_ROW(2, H(2), "alert_not_taken", A_MANAGER, ROLE_MANAGER | ROLE_OWNER | ROLE_CLIENT,
               .received_at = H(2) + 1),
    EVENT_ROW(3, H(3), "take", CONTRACTOR, A_CONTRACTOR, NEW, IN_WORK),
    RUN_ROW(WORK, 1, H(3), H(4), 0, H(3), true),
    RUN_ROW(WORK, 2, H(5), 0, H(1), H(3), false),
    NOTICE_ROW(3, H(3), "order_taken", A_CLIENT, 0, .detail = "waiting"),
    NOTICE_ROW(9, H(3) + 1, "thread_message", A_CLIENT, ROLE_CLIENT | ROLE_CONTRACTOR,
               .failure = "blocked"),
    {.kind = TIMELINE_PAYOUT,
                       .at = H(6),
                       .name = "order",
                       .amount = 50000,
                       .currency = "RUB",
                       .role = ROLE_CONTRACTOR,
                       .person_id = A_CONTRACTOR,
                       .clock = -1,
                       .step = -1},
    {.kind = TIMELINE_PAYOUT,
                       .at = H(7),
                       .name = "correction",
                       .amount = -1005,
                       .currency = "RUB",
                       .detail = "agreed",
                       .clock = -1,
                       .step = -1},
    {.kind = TIMELINE_DEADLINE,
                       .at = H(10),
                       .name = "breach",
                       .clock = CLOCK_WORK,
                       .step = STEP_BREACH                                                                                                                                                                                                                                                                                                                             },
    NOTICE_ROW(3, H(8), "offer", A_CONTRACTOR, ROLE_CONTRACTOR, .not_before = H(10)),
    LOGIN_ROW(4, H(9), "extend", "root", IN_WORK, IN_WORK),
};

static void every_reason_is_a_tables_sentence(void **state)
{
    (void)state;
    static const struct {
        struct timeline_row row;
        const char *why;
    } cases[] = {
        {EVENT_ROW(1,                                     0,   "take",                                            CONTRACTOR,                                                              A_CONTRACTOR,NEW,IN_WORK),
         "the first contractor to promise a time has it"},
        {EVENT_ROW(1, 0,    "create",                                           CLIENT,                                                                                                                 A_CLIENT,NONE,NEW), "a client asks for help"},
        {EVENT_ROW(1,                                           0,                                          "say",                                                                   CLIENT,                                                                                                                                          A_CLIENT,                           DONE,                                                                                                                         DONE), "people talk; no clock moves"},
        {TIME_ROW(1,                                         0,                                    "breach",               CLOCK_REACTION,STEP_BREACH,NEW,NEW),
         "not taken in the time promised"},
        {EVENT_ROW(1,      0,"take",CLIENT,                                                                                                        A_CLIENT,                                                                                                                                                                                                                     NEW,                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       IN_WORK), NULL},
        {EVENT_ROW(1,                                               0,                                        "take",                                                                                   CONTRACTOR,                                                                                                                                                                                       A_CONTRACTOR, NEW,DONE), NULL},
        {EVENT_ROW(1,                                       0,                                      "take",                                                                                       CONTRACTOR,                                                                                                                                                    A_CONTRACTOR,DONE,IN_WORK), NULL},
        {EVENT_ROW(1,                                   0,                                   "sing",                                                                               CLIENT,A_CLIENT,NEW,NEW), NULL},
        {{.kind = TIMELINE_EVENT, .name = "take", .from = -1, .clock = -1, .step = -1},                                         NULL},
        {{.kind = TIMELINE_EVENT,
          .name = "alert",
          .role = ROLE_SYSTEM,
          .clock = CLOCK_REACTION,
          .step = -1},
         "managers must know before the promise breaks"    },
        {{.kind = TIMELINE_DEADLINE,
          .name = "close",
          .clock = CLOCK_ACCEPTANCE,
          .step = STEP_CLOSE},
         "nobody objected in time"                                             },
        {{.kind = TIMELINE_QUOTA, .name = "reserve"},                                               NULL                 },
        {NOTICE_ROW(1,                                    0,   "order_created",A_CLIENT,ROLE_CLIENT),
         "accepted, and the clock time by which it will be taken"                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        },
        {NOTICE_ROW(1,                                    0,   "order_taken",              A_CLIENT, ROLE_CLIENT),NULL},
        {NOTICE_ROW(77,                                   0,   "order_taken",                   A_CLIENT,                                              ROLE_CLIENT),NULL},
    };
    scoped(timeline_fini) struct timeline t;
    make(&t, story, ARRAY_LEN(story));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *why = timeline_why(&t, &cases[i].row);
        check_case_text(why != NULL ? why : "none", cases[i].why != NULL ? cases[i].why : "none",
                        cases[i].row.name);
    }
}

static void a_person_is_told_in_the_role_the_rule_means(void **state)
{
    (void)state;
    static const struct {
        int64_t version;
        const char *kind;
        unsigned roles;
        int as;
    } cases[] = {
        {1, "order_created",   ROLE_CLIENT | ROLE_CONTRACTOR, ROLE_CLIENT    },
        {1, "offer",           ROLE_CLIENT | ROLE_CONTRACTOR, ROLE_CONTRACTOR},
        {1, "cards_changed",   ROLE_OWNER,                    ROLE_OWNER     },
        {2, "alert_not_taken", ROLE_CLIENT | ROLE_OWNER,      ROLE_OWNER     },
        {2, "alert_not_taken", ROLE_CLIENT,                   ROLE_CLIENT    },
        {3, "cards_changed",   ROLE_OWNER,                    ROLE_OWNER     },
        {3, "welcome",         ROLE_MANAGER | ROLE_OWNER,     ROLE_MANAGER   },
        {3, "order_taken",     0,                             0              },
    };
    scoped(timeline_fini) struct timeline t;
    make(&t, story, ARRAY_LEN(story));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct timeline_row n =
            NOTICE_ROW(cases[i].version, 0, cases[i].kind, A_CLIENT, cases[i].roles);
        check_case(timeline_told_as(&t, &n) == cases[i].as, cases[i].kind);
    }
}

static void every_notice_has_its_fate(void **state)
{
    (void)state;
    static const struct {
        struct timeline_row row;
        const char *fate;
    } cases[] = {
        {NOTICE_ROW(1,     0, "offer",     1,            0,     .handed_at = 5, .detail = "sent"),     "received"},
        {NOTICE_ROW(1,                0,      "offer", 1, 0,     .received_at = 5),                  "received"                 },
        {NOTICE_ROW(1,                0,      "offer", 1, 0,     .detail = "moot"),                  "moot"},
        {NOTICE_ROW(1,                0,      "offer", 1, 0,     .detail = "uncertain"),                  "uncertain"            },
        {NOTICE_ROW(1,                0,      "offer", 1, 0,     .detail = "failed",                  .failure = "blocked"),
         "undeliverable"},
        {NOTICE_ROW(1,  0,   "offer",   1,             0,         .failure = "blocked"),                    "undeliverable"                           },
        {NOTICE_ROW(1, 0,  "offer",  1,             0,          .withdrawn_at = 5),   "withdrawn"},
        {NOTICE_ROW(1,     0,      "offer",      1,             0,      .not_before = H(10)),            "held"                                    },
        {NOTICE_ROW(1,          0,           "offer",           1,             0, .detail = "waiting"),"waits"},
    };
    scoped(timeline_fini) struct timeline t;
    make(&t, story, ARRAY_LEN(story));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case_text(notice_fate_name(timeline_fate(&t, &cases[i].row)), cases[i].fate,
                        cases[i].fate);
}

static void kinds_go_there_and_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < TIMELINE_KIND_COUNT; kind++)
        assert_int_equal(timeline_kind_parse(timeline_kind_name((enum timeline_kind)kind)), kind);
    assert_int_equal(timeline_kind_parse("song"), -1);
}

/* ---- how it reads ---- */

static void durations_have_two_units(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        {0,              "0 ms"     },
        {250,            "250 ms"   },
        {45 * SECOND_MS, "45 s"     },
        {M(5),           "5 min"    },
        {M(65) + 1,      "1 h 5 min"},
        {H(26),          "1 d 2 h"  },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        scoped(buf_fini) struct buf b = {0};
        timeline_add_duration(&b, cases[i].ms);
        check_case_text(buf_text(&b), cases[i].text, cases[i].text);
    }
}

static void has(const struct buf *text, const char *line)
{
    if (strstr(buf_text(text), line) == NULL) {
        print_error("missing: %s\nin:\n%s\n", line, buf_text(text));
        fail();
    }
}

static void it_reads_as_a_story(void **state)
{
    (void)state;
    scoped(timeline_fini) struct timeline t;
    scoped(buf_fini) struct buf text = {0};
    make(&t, story, ARRAY_LEN(story));
    timeline_add_bars(&text, &t, ZONE);
    has(&text, "  work       1970-01-01 06:00:00 ███████░░░░░░█");
    has(&text, "5 h of 3 h counted (166.6 %), 1 h stood still, and goes on\n");
    has(&text, "2 h of 2 h counted (100.0 %)\n");
    timeline_add_lines(&text, &t, ZONE);
    static const char *const lines[] = {
        "1970-01-01 04:00:00   1  create by client №4 -> new: a client asks for help "
        "{\"account_id\":1}\n",
        "1970-01-01 04:00:00        the reaction clock starts: 2 h\n",
        "1970-01-01 04:00:00        quota: reserve -1\n",
        "        tells client №4 order_created: accepted, and the clock time by which it will be "
        "taken; received after 250 ms\n",
        "        tells contractor №7 offer: the pinned contractors, or all if none of them is "
        "eligible; withdrawn\n",
        "1970-01-01 05:00:00   2  alert by system: nobody has taken it\n",
        "        alert not_taken, 95 %; acknowledged by №2 at 1970-01-01 05:01:00; solved after 1 "
        "h\n",
        "        alert unreachable, 100 %\n",
        "        tells manager №2 alert_not_taken: nobody has taken it; received after 1 ms\n",
        "        tells №4 order_taken: work has begun, with the estimate; waits\n",
        "        tells client №4 thread_message; undeliverable: blocked\n",
        "        the work clock goes on at 1 h of 3 h\n",
        "        tells contractor №7 offer; held until 1970-01-01 13:00:00\n",
        "        payout: order 500.00 RUB to contractor №7\n",
        "        payout: correction -10.05 RUB to : agreed\n",
        "1970-01-01 12:00:00   4  extend by owner (root, in the panel): ",
        "1970-01-01 13:00:00      to come: work breach: not done in the time promised\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        has(&text, lines[i]);
}

static void a_lap_without_length_is_drawn(void **state)
{
    (void)state;
    static const struct timeline_row rows[] = {NOW_ROW(H(1), "new"),
                                               RUN_ROW(WORK, 1, H(1), 0, 0, H(1), false)};
    scoped(timeline_fini) struct timeline t;
    scoped(buf_fini) struct buf text = {0};
    make(&t, rows, ARRAY_LEN(rows));
    timeline_add_bars(&text, &t, ZONE);
    has(&text, "0 ms of 1 h counted (0.0 %), and goes on");
}

static void programs_get_the_same(void **state)
{
    (void)state;
    scoped(timeline_fini) struct timeline t;
    scoped(buf_fini) struct buf json = {0};
    buf_add_char(&json, '{');
    make(&t, story, ARRAY_LEN(story));
    timeline_add_json(&t, &json);
    buf_add_char(&json, '}');
    static const char *const parts[] = {
        "{\"clock\": \"work\", \"lap\": 1, \"from\": \"1970-01-01T03:00:00.000Z\", \"until\": "
        "\"1970-01-01T09:00:00.000Z\", \"lasts\": true, "
        "\"limit_ms\": 10800000, \"counted_ms\": 18000000, \"paused_ms\": 3600000, \"closed_ms\": "
        "0, \"intervals\": "
        "[{",
        "}, {\"from\": \"1970-01-01T04:00:00.000Z\", \"until\": \"1970-01-01T05:00:00.000Z\", "
        "\"lasts\": false, \"counts\": false, \"closed\": false, \"counted_ms\": 0}",
        "{\"at\": \"1970-01-01T01:00:00.000Z\", \"kind\": \"event\", \"version\": 1, \"event\": "
        "\"create\", \"role\": \"client\", \"person_id\": 4, "
        "\"to_state\": \"new\", \"detail\": {\"account_id\":1}, \"why\": \"a client asks for "
        "help\"}",
        "\"from_state\": \"new\", \"to_state\": \"in_work\"",
        "\"event\": \"extend\", \"role\": \"owner\", \"login\": \"root\", ",
        "\"fate\": \"withdrawn\", \"not_before\": \"1970-01-01T02:00:00.000Z\", \"withdrawn_at\": "
        "\"1970-01-01T01:00:00.009Z\"",
        "\"received_at\": \"1970-01-01T01:00:00.250Z\"",
        "\"failure\": \"blocked\"}",
        "\"kind\": \"alert\", \"cause\": \"not_taken\", \"level\": 95, \"person_id\": 2, "
        "\"acknowledged_at\": \"1970-01-01T02:01:00.000Z\", \"solved_at\"",
        "\"kind\": \"quota\", \"entry\": \"reserve\", \"amount\": -1}",
        "\"entry\": \"correction\", \"amount_minor\": -1005, \"currency\": \"RUB\", \"reason\": "
        "\"agreed\"}",
        "\"kind\": \"deadline\", \"clock\": \"work\", \"step\": \"breach\", \"why\": \"not done in "
        "the time promised\"}]}",
    };
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        has(&json, parts[i]);
}

static void the_state_before_is_left_out_when_nobody_knows_it(void **state)
{
    (void)state;
    static const struct timeline_row rows[] = {
        {.kind = TIMELINE_EVENT,
         .name = "sing",
         .from = -1,
         .to = ORDER_NEW,
         .clock = -1,
         .step = -1}
    };
    scoped(timeline_fini) struct timeline t;
    scoped(buf_fini) struct buf json = {0};
    make(&t, rows, ARRAY_LEN(rows));
    timeline_add_json(&t, &json);
    has(&json, "\"event\": \"sing\", \"to_state\": \"new\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happened_to_no_order),
        cmocka_unit_test(a_clock_reads_the_sum_of_its_intervals),
        cmocka_unit_test(a_clock_that_starts_from_zero_begins_another_lap),
        cmocka_unit_test(outside_the_calendars_hours_nothing_counts),
        cmocka_unit_test(the_reading_is_the_engines),
        cmocka_unit_test(every_reason_is_a_tables_sentence),
        cmocka_unit_test(a_person_is_told_in_the_role_the_rule_means),
        cmocka_unit_test(every_notice_has_its_fate),
        cmocka_unit_test(kinds_go_there_and_back),
        cmocka_unit_test(durations_have_two_units),
        cmocka_unit_test(it_reads_as_a_story),
        cmocka_unit_test(a_lap_without_length_is_drawn),
        cmocka_unit_test(programs_get_the_same),
        cmocka_unit_test(the_state_before_is_left_out_when_nobody_knows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
