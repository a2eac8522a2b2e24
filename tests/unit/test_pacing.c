/* test_pacing.c - the pacer against a receiver that counts for itself */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/pacing.h"
#include "common/base/clock.h"

static const struct pacing_limits TELEGRAM = {
    .per_second = 30, .chat_per_second = 1, .chat_burst = 3, .group_per_minute = 20};

/* ---- the receiver's own books ---- */

#define SENDS_MAX 4000

struct receiver {
    int64_t at_ms[SENDS_MAX];
    int64_t chat_id[SENDS_MAX];
    size_t count;
};

static void receive(struct receiver *r, int64_t chat_id, int64_t at_ms)
{
    assert_true(r->count < SENDS_MAX);
    size_t i = r->count++;
    for (; i > 0 && r->at_ms[i - 1] > at_ms; i--) { /* parallel ways overtake one another */
        r->at_ms[i] = r->at_ms[i - 1];
        r->chat_id[i] = r->chat_id[i - 1];
    }
    r->at_ms[i] = at_ms;
    r->chat_id[i] = chat_id;
}

/* The most that ever fell into one rolling window; chat_id 0: of all chats. */
static size_t most_in_window(const struct receiver *r, int64_t chat_id, int64_t window_ms)
{
    size_t most = 0;
    for (size_t i = 0; i < r->count; i++) {
        size_t n = 0;
        for (size_t j = i; j < r->count && r->at_ms[j] - r->at_ms[i] < window_ms; j++)
            n += chat_id == 0 || r->chat_id[j] == chat_id;
        most = n > most ? n : most;
    }
    return most;
}

/* ---- a small world: sends leave, arrive a while later, are answered a while after that ---- */

struct way {
    int64_t there_ms, back_ms, jitter_ms;
};

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

struct flying {
    struct pacing_slot slot;
    int64_t answered_at_ms; /* 0: none flies here */
};

/* Sends `count` messages to `chats` chats in turn as fast as the pacer lets it; returns when the
 * last one left. */
static int64_t send_all(struct pacing *p, struct receiver *r, const struct way *way, size_t count,
                        int64_t chats, enum pacing_pace pace, int64_t from_ms)
{
    static struct flying flying[64];
    uint64_t random = 7;
    int64_t now_ms = from_ms, last_ms = from_ms;
    for (size_t sent = 0; sent < count; now_ms++) {
        for (size_t f = 0; f < ARRAY_LEN(flying); f++) {
            if (flying[f].answered_at_ms != 0 && flying[f].answered_at_ms <= now_ms) {
                pacing_answered(p, &flying[f].slot, now_ms);
                flying[f].answered_at_ms = 0;
            }
        }
        int64_t chat_id = 1 + (int64_t)sent % chats;
        bool chat_flies = false;
        for (size_t f = 0; f < ARRAY_LEN(flying); f++)
            chat_flies =
                chat_flies || (flying[f].answered_at_ms != 0 && flying[f].slot.chat_id == chat_id);
        if (chat_flies || pacing_when(p, pace, now_ms) > now_ms ||
            pacing_chat_when(p, chat_id, now_ms) > now_ms)
            continue;
        struct flying *free_place = flying;
        while (free_place->answered_at_ms != 0)
            free_place++;
        free_place->slot = pacing_take(p, chat_id, PACING_SEND, pace, now_ms);
        assert_true(free_place->slot.leave_at_ms <= now_ms);
        pacing_left(p, &free_place->slot, now_ms);
        int64_t jitter_ms =
            way->jitter_ms == 0 ? 0 : (int64_t)next_random(&random) % (way->jitter_ms + 1);
        receive(r, chat_id, now_ms + way->there_ms + jitter_ms);
        free_place->answered_at_ms = now_ms + way->there_ms + jitter_ms + way->back_ms;
        last_ms = now_ms;
        sent++;
    }
    memset(flying, 0, sizeof flying);
    return last_ms;
}

static void the_limit_is_kept_and_used(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { struct way way; enum pacing_pace pace; int64_t chats; double share; const char *why; } rows[] = {
        {{1, 1, 0},    PACE_URGENT, 1000, 0.99, "a steady near way"},
        {{1, 1, 0},    PACE_STEADY, 1000, 0.97, "the same, evenly spread"},
        {{60, 40, 0},  PACE_STEADY, 1000, 0.97, "a long way that does not vary costs nothing"},
        {{1, 1, 3},    PACE_STEADY, 1000, 0.97, "a little jitter"},
        {{5, 5, 200},  PACE_URGENT, 1000, 0.80, "much jitter costs pace, never the limit"},
        {{5, 5, 200},  PACE_STEADY, 1000, 0.80, "much jitter, evenly spread"},
        {{2, 2, 0},    PACE_STEADY, 100,  0.97, "300 messages to 100 chats are the burst of each"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        static struct receiver receiver;
        scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
        receiver.count = 0;
        int64_t last_ms =
            send_all(p, &receiver, &rows[i].way, 300, rows[i].chats, rows[i].pace, 1000);
        check_case(most_in_window(&receiver, 0, SECOND_MS) <= 30, rows[i].why);
        double share = (300.0 - 30.0) / ((double)(last_ms - 1000) / 1000.0) / 30.0;
        if (rows[i].pace == PACE_STEADY)
            share = 299.0 / ((double)(last_ms - 1000) / 1000.0) / 30.0;
        check_case(share >= rows[i].share, rows[i].why);
    }
}

static void a_private_chat_has_a_burst_then_a_pace(void **state)
{
    (void)state;
    static struct receiver receiver;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    receiver.count = 0;
    int64_t last_ms = send_all(p, &receiver, &(struct way){5, 5, 40}, 13, 1, PACE_URGENT, 1000);
    assert_int_equal(most_in_window(&receiver, 1, SECOND_MS), 3);
    assert_true(last_ms >= 1000 + 10000);
    assert_true(last_ms <= 1000 + 10200);
    double spent = 0; /* as the receiver reckons: above one a second, at most the burst */
    for (size_t i = 0; i < receiver.count; i++) {
        spent -= i == 0 ? 0 : (double)(receiver.at_ms[i] - receiver.at_ms[i - 1]) / 1000.0;
        spent = spent < 0 ? 1 : spent + 1;
        assert_true(spent <= 3.0);
    }
}

static void a_group_has_twenty_a_minute(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    static struct receiver receiver;
    receiver.count = 0;
    int64_t now_ms = 5000;
    for (int i = 0; i < 60; i++) {
        now_ms = max_i64(pacing_when(p, PACE_URGENT, now_ms), pacing_chat_when(p, -100, now_ms));
        struct pacing_slot slot =
            pacing_take(p, -100, i % 2 ? PACING_EDIT : PACING_SEND, PACE_URGENT, now_ms);
        pacing_left(p, &slot, now_ms);
        receive(&receiver, -100, now_ms + i % 7);
        pacing_answered(p, &slot, now_ms += i % 7);
    }
    assert_int_equal(most_in_window(&receiver, -100, MINUTE_MS), 20);
    assert_true(now_ms <= 5000 + 2 * MINUTE_MS + SECOND_MS);
}

static void an_edit_in_a_private_chat_weighs_overall_only(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    for (int i = 0; i < 30; i++) {
        assert_true(pacing_when(p, PACE_URGENT, 1000) == 1000);
        assert_true(pacing_chat_when(p, 5, 1000) == 1000);
        struct pacing_slot slot = pacing_take(p, 5, PACING_EDIT, PACE_URGENT, 1000);
        pacing_left(p, &slot, 1000);
        pacing_answered(p, &slot, 1001);
    }
    assert_true(pacing_when(p, PACE_URGENT, 1001) > 1001);
}

static void a_returned_slot_is_free_again(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    struct pacing_slot slots[30];
    for (int i = 0; i < 30; i++)
        slots[i] = pacing_take(p, i + 1, PACING_SEND, i % 2 ? PACE_STEADY : PACE_URGENT, 1000);
    assert_true(pacing_when(p, PACE_URGENT, 1000) == INT64_MAX);
    for (int i = 29; i >= 0; i--)
        pacing_return(p, &slots[i]);
    assert_true(pacing_when(p, PACE_URGENT, 1000) == 1000);
    assert_true(pacing_when(p, PACE_STEADY, 1000) == 1000);
    assert_true(pacing_chats(p) == 0);
}

static void an_answer_that_never_comes_frees_its_slot(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&(struct pacing_limits){1, 1, 1, 20});
    struct pacing_slot lost = pacing_take(p, 1, PACING_SEND, PACE_URGENT, 1000);
    pacing_left(p, &lost, 1000);
    assert_true(pacing_when(p, PACE_URGENT, 1000) == 3000);
    struct pacing_slot next = pacing_take(p, 2, PACING_SEND, PACE_URGENT, 3000);
    pacing_left(p, &next, 3000);
    pacing_answered(p, &next, 3010);
    pacing_answered(p, &lost, 3500); /* late: the slot is somebody else's by now */
    assert_true(pacing_when(p, PACE_URGENT, 3500) == 4002);
    assert_true(pacing_chat_when(p, 1, 3500) == 4502);
}

static void a_late_timer_costs_no_pace(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    int64_t now_ms = 1000;
    for (int i = 0; i < 300; i++) {
        now_ms = pacing_when(p, PACE_STEADY, now_ms) + i % 5; /* woken late by up to 4 ms */
        struct pacing_slot slot = pacing_take(p, i + 1, PACING_SEND, PACE_STEADY, now_ms);
        pacing_left(p, &slot, now_ms);
        pacing_answered(p, &slot, now_ms + 2);
    }
    assert_true(299.0 / ((double)(now_ms - 1000) / 1000.0) >= 0.97 * 30);
}

static void urgent_sends_do_not_wait_behind_steady_ones(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
    int64_t now_ms = 1000;
    for (int i = 0; i < 100; i++) {
        now_ms = pacing_when(p, PACE_STEADY, now_ms);
        assert_true(pacing_when(p, PACE_URGENT, now_ms + 1) - now_ms <= 50);
        struct pacing_slot slot = pacing_take(p, i + 1, PACING_SEND, PACE_STEADY, now_ms);
        pacing_left(p, &slot, now_ms);
        pacing_answered(p, &slot, now_ms + 2);
    }
}

static void a_flood_holds_what_it_means(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct { int64_t chat_id; int said; bool overall; const char *why; } rows[] = {
        {7,    0, true,  "said nothing yet: it cannot be the chat's own limit"},
        {7,    1, true,  "one message a second is allowed"},
        {7,    3, false, "the burst was spent"},
        {-100, 1, false, "groups have a limit that others spend, too"},
    };
    /* clang-format on */
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        scoped(pacing_free) struct pacing *p = pacing_new(&TELEGRAM);
        for (int said = 0; said < rows[i].said; said++) {
            struct pacing_slot slot =
                pacing_take(p, rows[i].chat_id, PACING_SEND, PACE_URGENT, 1000);
            pacing_left(p, &slot, 1000);
            pacing_answered(p, &slot, 1000);
        }
        check_case(pacing_flood(p, rows[i].chat_id, 4000, 1000) == rows[i].overall, rows[i].why);
        check_case(pacing_chat_when(p, rows[i].chat_id, 1000) == 5000, rows[i].why);
        check_case(pacing_when(p, PACE_URGENT, 1000) == (rows[i].overall ? 5000 : 1000),
                   rows[i].why);
        check_case(pacing_chat_when(p, 8, 1000) == 1000, rows[i].why);
    }
}

static void quiet_chats_are_forgotten(void **state)
{
    (void)state;
    scoped(pacing_free) struct pacing *p = pacing_new(&(struct pacing_limits){1000, 1, 3, 20});
    int64_t now_ms = 1000;
    struct pacing_slot kept = {0};
    for (int64_t i = 1; i <= 20000; i++) {
        now_ms = pacing_when(p, PACE_URGENT, now_ms) + 5;
        struct pacing_slot slot = pacing_take(p, i % 10 ? i : -i, PACING_SEND, PACE_URGENT, now_ms);
        pacing_left(p, &slot, now_ms);
        pacing_answered(p, &slot, now_ms + 1);
        if (i == 1)
            kept = slot;
    }
    pacing_flood(p, -999999, HOUR_MS, now_ms); /* held for an hour: not forgotten */
    assert_true(pacing_chats(p) < 18000);
    now_ms += 2 * MINUTE_MS;
    size_t before = pacing_chats(p);
    for (int64_t i = 30000; pacing_chats(p) >= before && i < 60000; i++, now_ms++) {
        before = pacing_chats(p);
        struct pacing_slot slot = pacing_take(p, i, PACING_SEND, PACE_URGENT, now_ms);
        pacing_left(p, &slot, now_ms);
        pacing_answered(p, &slot, now_ms);
        now_ms = pacing_when(p, PACE_URGENT, now_ms);
    }
    assert_true(pacing_chats(p) < before);
    assert_true(pacing_chat_when(p, -999999, now_ms) > now_ms);
    size_t chats = pacing_chats(p);
    pacing_answered(p, &kept, now_ms); /* forgotten meanwhile: harmless */
    assert_true(pacing_chats(p) == chats);
}

static void nothing_is_freed_quietly(void **state)
{
    (void)state;
    struct pacing *none = NULL;
    pacing_free(&none);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limit_is_kept_and_used),
        cmocka_unit_test(a_private_chat_has_a_burst_then_a_pace),
        cmocka_unit_test(a_group_has_twenty_a_minute),
        cmocka_unit_test(an_edit_in_a_private_chat_weighs_overall_only),
        cmocka_unit_test(a_returned_slot_is_free_again),
        cmocka_unit_test(an_answer_that_never_comes_frees_its_slot),
        cmocka_unit_test(a_late_timer_costs_no_pace),
        cmocka_unit_test(urgent_sends_do_not_wait_behind_steady_ones),
        cmocka_unit_test(a_flood_holds_what_it_means),
        cmocka_unit_test(quiet_chats_are_forgotten),
        cmocka_unit_test(nothing_is_freed_quietly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
