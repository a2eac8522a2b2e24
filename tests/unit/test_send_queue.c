/* test_send_queue.c - what goes next: by table, and against a slow model that looks at everything
 */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/send_queue.h"

/* ---- by table ---- */

struct push {
    int64_t chat_id, order_id;
    uint8_t send_class;
};

/* clang-format off */
static const struct story { /* everything is pushed, then taken out one by one while no chat has to wait */
    struct push pushes[8]; /* ids 1, 2, ...; ended by chat 0 */
    int64_t     expect[8];
    const char *why;
} stories[] = {
    {{{1, 0, SEND_NOTICE}, {1, 0, SEND_NOTICE}},                      {1, 2},    "first in, first out"},
    {{{1, 0, SEND_BROADCAST}, {2, 0, SEND_NOTICE}, {3, 0, SEND_ALERT},
      {4, 0, SEND_REPLY}, {5, 0, SEND_PRESS}},                        {5, 4, 3, 2, 1}, "the higher class first"},
    {{{1, 0, SEND_NOTICE}, {1, 0, SEND_NOTICE}, {2, 0, SEND_NOTICE}}, {1, 3, 2}, "chats take turns"},
    {{{1, 7, SEND_NOTICE}, {1, 7, SEND_ALERT}, {2, 0, SEND_NOTICE}},  {1, 2, 3}, "what precedes an alert about the order goes with it"},
    {{{2, 0, SEND_ALERT}, {1, 7, SEND_NOTICE}, {1, 7, SEND_ALERT}},   {1, 2, 3}, "and takes its turn among the alerts"},
    {{{1, 7, SEND_ALERT}, {1, 7, SEND_NOTICE}, {2, 0, SEND_NOTICE}},  {1, 3, 2}, "what follows an alert does not"},
    {{{1, 7, SEND_NOTICE}, {1, 8, SEND_ALERT}},                       {2, 1},    "another order's alert goes ahead"},
    {{{1, 0, SEND_NOTICE}, {1, 0, SEND_ALERT}},                       {2, 1},    "messages about no order inherit nothing"},
    {{{1, 7, SEND_NOTICE}, {1, 7, SEND_NOTICE}, {1, 8, SEND_NOTICE}}, {1, 3, 2}, "orders of one chat take turns"},
};
/* clang-format on */

static void stories_end_as_told(void **state)
{
    (void)state;
    for (size_t s = 0; s < ARRAY_LEN(stories); s++) {
        const struct story *story = &stories[s];
        scoped(send_queue_free) struct send_queue *q = send_queue_new();
        size_t count = 0;
        for (; count < ARRAY_LEN(story->pushes) && story->pushes[count].chat_id != 0; count++) {
            const struct push *push = &story->pushes[count];
            send_queue_push(q, &(struct send_item){.id = (int64_t)count + 1,
                                                   .chat_id = push->chat_id,
                                                   .order_id = push->order_id,
                                                   .send_class = push->send_class});
        }
        struct send_item item;
        for (size_t i = 0; i < count; i++) {
            check_case(send_queue_next(q, 0, &item), story->why);
            check_case(item.id == story->expect[i], story->why);
            send_queue_release(q, item.chat_id, 0);
        }
        check_case(!send_queue_next(q, 0, &item), story->why);
        check_case(send_queue_count(q) == 0, story->why);
    }
}

static void a_busy_chat_and_a_waiting_chat_are_passed_over(void **state)
{
    (void)state;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    struct send_item item;
    enum send_class c;
    for (int64_t id = 1; id <= 2; id++)
        send_queue_push(q, &(struct send_item){.id = id, .chat_id = 1, .send_class = SEND_ALERT});
    send_queue_push(q, &(struct send_item){.id = 3, .chat_id = 2, .send_class = SEND_BROADCAST});
    assert_true(send_queue_next(q, 100, &item) && item.id == 1);
    assert_true(send_queue_peek(q, 100, &c) && c == SEND_BROADCAST); /* chat 1 is busy */
    send_queue_release(q, 1, 500);
    assert_true(send_queue_peek(q, 499, &c) && c == SEND_BROADCAST); /* chat 1 waits */
    assert_true(send_queue_wake_at(q) == 500);
    assert_true(send_queue_peek(q, 500, &c) && c == SEND_ALERT);
    assert_true(send_queue_wake_at(q) == INT64_MAX);
    assert_int_equal(send_queue_count_of(q, SEND_ALERT), 1);
    assert_int_equal(send_queue_count(q), 2);
}

/* ---- several in one message ---- */

#define PLAIN ERRAND_NOTICE, false
#define FIRST                   \
    {                           \
        1, 7, SEND_ALERT, PLAIN \
    }

/* clang-format off */
static const struct { /* everything is pushed, id 1 is taken, then what goes with it */
    struct { int64_t chat_id, order_id; uint8_t send_class, errand; bool is_repeated; } pushes[6]; /* ended by chat 0 */
    size_t  max;
    int64_t expect[6];
    const char *why;
} bundles[] = {
    {{FIRST, {1, 8, SEND_ALERT, PLAIN}, {1, 9, SEND_ALERT, PLAIN}},                9, {2, 3}, "alerts of one chat, in their order"},
    {{FIRST, {1, 8, SEND_ALERT, PLAIN}, {1, 9, SEND_ALERT, PLAIN}},                1, {2},    "no more than asked for"},
    {{FIRST, {2, 8, SEND_ALERT, PLAIN}},                                    9, {0},    "not of another chat"},
    {{FIRST, FIRST, {1, 8, SEND_ALERT, PLAIN}},                9, {3},    "not the order's next one"},
    {{FIRST, {1, 8, SEND_ALERT, PLAIN}, {1, 8, SEND_ALERT, PLAIN}},                9, {2},    "of another order the first only"},
    {{FIRST, {1, 8, SEND_NOTICE, PLAIN}, {1, 8, SEND_ALERT, PLAIN}},               9, {0},    "not behind what precedes it"},
    {{FIRST, {1, 0, SEND_ALERT, PLAIN}},                                    9, {0},    "not one about no order"},
    {{FIRST, {1, 8, SEND_ALERT, ERRAND_REPLY, false}},                      9, {0},    "not a reply"},
    {{FIRST, {1, 8, SEND_ALERT, ERRAND_NOTICE, true}, {1, 9, SEND_ALERT, PLAIN}},       9, {3},    "not one that goes out once more"},
};
/* clang-format on */

static void alerts_go_together(void **state)
{
    (void)state;
    for (size_t s = 0; s < ARRAY_LEN(bundles); s++) {
        scoped(send_queue_free) struct send_queue *q = send_queue_new();
        struct send_item first, taken[6];
        size_t count = 0, expected = 0;
        for (; count < 6 && bundles[s].pushes[count].chat_id != 0; count++)
            send_queue_push(
                q, &(struct send_item){.id = (int64_t)count + 1,
                                       .chat_id = bundles[s].pushes[count].chat_id,
                                       .order_id = bundles[s].pushes[count].order_id,
                                       .send_class = bundles[s].pushes[count].send_class,
                                       .errand = bundles[s].pushes[count].errand,
                                       .is_repeated = bundles[s].pushes[count].is_repeated});
        check_case(send_queue_next(q, 0, &first) && first.id == 1, bundles[s].why);
        size_t got = send_queue_take_alike(q, &first, taken, bundles[s].max);
        for (; expected < 6 && bundles[s].expect[expected] != 0; expected++)
            check_case(expected < got && taken[expected].id == bundles[s].expect[expected],
                       bundles[s].why);
        check_case(got == expected, bundles[s].why);
        check_case(send_queue_count(q) == count - 1 - got, bundles[s].why);
        send_queue_release(q, 1, 0);
        for (size_t left = send_queue_count(q); left > 0; left--) {
            check_case(send_queue_next(q, 0, &first), bundles[s].why);
            send_queue_release(q, first.chat_id, 0);
        }
        check_case(!send_queue_next(q, 0, &first), bundles[s].why);
    }
}

static void what_comes_early_waits_for_its_instant(void **state)
{
    (void)state;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    struct send_item item;
    assert_true(send_queue_admit(q, 0) == INT64_MAX);
    send_queue_push(q, &(struct send_item){.id = 1, .chat_id = 1, .not_before_ms = 3000});
    send_queue_push(q, &(struct send_item){.id = 2, .chat_id = 1, .not_before_ms = 2000});
    send_queue_push(q, &(struct send_item){.id = 3, .chat_id = 1, .not_before_ms = 2000});
    assert_true(send_queue_admit(q, 1999) == 2000);
    assert_false(send_queue_next(q, 0, &item));
    assert_int_equal(send_queue_count(q), 3);
    assert_true(send_queue_admit(q, 2000) == 3000);
    for (int64_t id = 2; id <= 3; id++) {
        assert_true(send_queue_next(q, 0, &item) && item.id == id);
        send_queue_release(q, 1, 0);
    }
    assert_false(send_queue_next(q, 0, &item)); /* and the quiet chat is forgotten */
    assert_int_equal(send_queue_count(q), 1);
}

static void what_is_put_back_is_first_again(void **state)
{
    (void)state;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    struct send_item item;
    for (int64_t id = 1; id <= 2; id++)
        send_queue_push(q, &(struct send_item){
                               .id = id, .chat_id = 1, .order_id = 7, .send_class = SEND_NOTICE});
    for (int round = 0; round < 2; round++) { /* with company in its thread, then alone */
        assert_true(send_queue_next(q, 0, &item) && item.id == round + 1);
        item.attempts++;
        send_queue_put_back(q, &item);
        send_queue_release(q, 1, 0);
        assert_true(send_queue_next(q, 0, &item) && item.id == round + 1 && item.attempts == 1);
        send_queue_release(q, 1, 0);
    }
    assert_false(send_queue_next(q, 0, &item));
}

static void a_cleared_queue_still_knows_who_is_busy(void **state)
{
    (void)state;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    struct send_item item;
    for (int64_t id = 1; id <= 8; id++) /* two for each of four chats */
        send_queue_push(
            q, &(struct send_item){.id = id, .chat_id = 1 + id % 4, .send_class = SEND_NOTICE});
    send_queue_push(q, &(struct send_item){.id = 9, .chat_id = 9, .not_before_ms = 1000});
    assert_true(send_queue_next(q, 0, &item)); /* busy */
    int64_t busy = item.chat_id;
    assert_true(send_queue_next(q, 0, &item)); /* waiting */
    send_queue_release(q, item.chat_id, 500);
    send_queue_clear(q);
    assert_int_equal(send_queue_count(q), 0);
    assert_true(send_queue_admit(q, 2000) == INT64_MAX);
    assert_false(send_queue_next(q, 400, &item));
    send_queue_push(q, &(struct send_item){.id = 10, .chat_id = busy});
    assert_false(send_queue_next(q, 1000, &item));
    send_queue_release(q, busy, 0);
    assert_true(send_queue_next(q, 1000, &item) && item.id == 10);
}

/* ---- against a model: plain arrays, everything looked at each time ---- */

#define MODEL_MAX 2000
#define CHATS 6
#define ORDERS 4
#define THREADS (ORDERS + SEND_CLASS_COUNT)

struct model_turn {
    uint8_t send_class; /* SEND_CLASS_COUNT: stands in no turns */
    int64_t since;
};

struct model {
    struct send_item items[MODEL_MAX];
    size_t count;
    struct model_turn threads[CHATS][THREADS], chats[CHATS];
    bool busy[CHATS];
    int64_t ready_at[CHATS], ready_since[CHATS]; /* 0: does not wait */
    int64_t turn;
};

static size_t thread_of(const struct send_item *item)
{
    return item->order_id == 0 ? (size_t)ORDERS + item->send_class : (size_t)item->order_id - 1;
}

static uint8_t model_class(const struct model *m, size_t chat, size_t thread)
{
    uint8_t c = SEND_CLASS_COUNT;
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].chat_id == (int64_t)chat && thread_of(&m->items[i]) == thread &&
            m->items[i].send_class < c)
            c = m->items[i].send_class;
    return c;
}

static void model_turn(struct model *m, struct model_turn *turn, uint8_t c)
{
    if (c != turn->send_class)
        *turn = (struct model_turn){c, ++m->turn};
}

/* Whoever changes class goes to the end of the turns of the new one. */
static void model_settle(struct model *m, size_t chat)
{
    uint8_t best = SEND_CLASS_COUNT;
    for (size_t t = 0; t < THREADS; t++) {
        uint8_t c = model_class(m, chat, t);
        model_turn(m, &m->threads[chat][t], c);
        best = c < best ? c : best;
    }
    bool is_away = m->busy[chat] || m->ready_at[chat] != 0;
    model_turn(m, &m->chats[chat], is_away ? SEND_CLASS_COUNT : best);
}

static bool goes_before(const struct model_turn *a, const struct model_turn *b)
{
    return a->send_class < b->send_class || (a->send_class == b->send_class && a->since < b->since);
}

static void model_wake(struct model *m, int64_t now)
{
    for (;;) {
        size_t first = CHATS;
        for (size_t c = 0; c < CHATS; c++)
            if (m->ready_at[c] != 0 && m->ready_at[c] <= now &&
                (first == CHATS || m->ready_at[c] < m->ready_at[first] ||
                 (m->ready_at[c] == m->ready_at[first] &&
                  m->ready_since[c] < m->ready_since[first])))
                first = c;
        if (first == CHATS)
            return;
        m->ready_at[first] = 0;
        model_settle(m, first);
    }
}

static bool model_next(struct model *m, int64_t now, struct send_item *ret)
{
    model_wake(m, now);
    size_t chat = 0, thread = 0, at = 0;
    for (size_t c = 1; c < CHATS; c++)
        chat = goes_before(&m->chats[c], &m->chats[chat]) ? c : chat;
    if (m->chats[chat].send_class == SEND_CLASS_COUNT)
        return false;
    for (size_t t = 1; t < THREADS; t++)
        thread = goes_before(&m->threads[chat][t], &m->threads[chat][thread]) ? t : thread;
    while (m->items[at].chat_id != (int64_t)chat || thread_of(&m->items[at]) != thread)
        at++;
    *ret = m->items[at];
    memmove(&m->items[at], &m->items[at + 1], (--m->count - at) * sizeof m->items[0]);
    m->threads[chat][thread].send_class = SEND_CLASS_COUNT; /* to the end */
    m->busy[chat] = true;
    model_settle(m, chat);
    return true;
}

static void model_put_back(struct model *m, const struct send_item *item)
{
    memmove(&m->items[1], &m->items[0], m->count++ * sizeof m->items[0]);
    m->items[0] = *item;
    model_settle(m, (size_t)item->chat_id);
}

static void model_release(struct model *m, size_t chat, int64_t ready_at)
{
    m->busy[chat] = false;
    m->ready_at[chat] = ready_at;
    m->ready_since[chat] = ++m->turn;
}

static uint64_t next_random(uint64_t *state, uint64_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (*state >> 33) % below;
}

static void compare_with_the_model(uint64_t seed)
{
    static struct model m;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    struct send_item busy[CHATS] = {{0}}, is, expected;
    int64_t now = 1, id = 0;
    m = (struct model){0};
    for (size_t c = 0; c < CHATS; c++) {
        m.chats[c].send_class = SEND_CLASS_COUNT;
        for (size_t t = 0; t < THREADS; t++)
            m.threads[c][t].send_class = SEND_CLASS_COUNT;
    }
    for (int step = 0; step < MODEL_MAX; step++, now += (int64_t)next_random(&seed, 3)) {
        uint64_t what = next_random(&seed, 10);
        size_t chat = (size_t)next_random(&seed, CHATS);
        if (what < 4) {
            struct send_item item = {.id = ++id,
                                     .chat_id = (int64_t)chat,
                                     .order_id = (int64_t)next_random(&seed, ORDERS + 1),
                                     .send_class = (uint8_t)next_random(&seed, SEND_CLASS_COUNT)};
            m.items[m.count++] = item;
            model_settle(&m, chat);
            send_queue_push(q, &item);
        } else if (what < 7) {
            bool any = model_next(&m, now, &expected);
            assert_true(send_queue_next(q, now, &is) == any);
            if (!any)
                continue;
            assert_true(is.id == expected.id);
            busy[is.chat_id] = is;
        } else if (m.busy[chat]) {
            if (what == 7) {
                model_put_back(&m, &busy[chat]);
                send_queue_put_back(q, &busy[chat]);
            }
            int64_t ready_at = now + (int64_t)next_random(&seed, 5);
            model_release(&m, chat, ready_at);
            send_queue_release(q, (int64_t)chat, ready_at);
        }
        assert_true(send_queue_count(q) == m.count);
    }
}

static void it_does_what_the_model_does(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++)
        compare_with_the_model(seed);
}

static void hundreds_of_thousands_wait_cheaply(void **state)
{
    (void)state;
    scoped(send_queue_free) struct send_queue *q = send_queue_new();
    for (int64_t id = 1; id <= 200000; id++)
        send_queue_push(q, &(struct send_item){.id = id,
                                               .chat_id = id % 5000,
                                               .order_id = id % 7919,
                                               .send_class = SEND_NOTICE});
    struct send_item item;
    for (int64_t now = 1; now <= 100000; now++) {
        assert_true(send_queue_next(q, now, &item));
        send_queue_release(q, item.chat_id, now + 3000);
    }
    assert_int_equal(send_queue_count(q), 100000);
}

static void nothing_is_freed_quietly(void **state)
{
    (void)state;
    struct send_queue *none = NULL;
    send_queue_free(&none);
    assert_null(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_end_as_told),
        cmocka_unit_test(a_busy_chat_and_a_waiting_chat_are_passed_over),
        cmocka_unit_test(alerts_go_together),
        cmocka_unit_test(what_comes_early_waits_for_its_instant),
        cmocka_unit_test(what_is_put_back_is_first_again),
        cmocka_unit_test(a_cleared_queue_still_knows_who_is_busy),
        cmocka_unit_test(it_does_what_the_model_does),
        cmocka_unit_test(hundreds_of_thousands_wait_cheaply),
        cmocka_unit_test(nothing_is_freed_quietly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
