/* test_chats.c - one chat in order, chats side by side, albums together, nothing lost between queue
 * and inbox */
#include "tests/unit/cases.h"

#include "bot-gateway/intake/chats.h"

/* An update as an element of getUpdates' result would make it; album NULL: none. */
static struct update update(int64_t chat_id, int64_t update_id, const char *album)
{
    scoped(buf_fini) struct buf json = {0};
    struct update u;
    struct err err;
    int64_t id;
    buf_printf(&json,
               "{\"update_id\":%lld,\"message\":{\"message_id\":1,\"chat\":{\"id\":%lld,\"type\":"
               "\"private\"}",
               (long long)update_id, (long long)chat_id);
    if (album) {
        buf_printf(&json, ",\"media_group_id\":\"%s\",\"photo\":[]", album);
    }
    buf_add_text(&json, "}}");
    assert_int_equal(update_parse(json.data, json.len, &u, &id, &err), 0);
    return u;
}

static void add(struct chats *all, int64_t chat_id, int64_t update_id, const char *album,
                int64_t now_ms)
{
    struct update u = update(chat_id, update_id, album);
    chats_add(all, &u, now_ms);
    assert_int_equal(u.update_id, 0);
}

static void add_row(struct chats *all, int64_t chat_id, int64_t update_id, const char *album)
{
    struct update u = update(chat_id, update_id, album);
    chats_add_row(all, &u, 1);
}

/* The ids of the next turn, "1 2 3", or "-". */
static struct turn *next(struct chats *all, int64_t now_ms, const char *expect)
{
    scoped(buf_fini) struct buf ids = {0};
    struct turn *turn = chats_next(all, now_ms);
    for (size_t i = 0; turn && i < turn->count; i++) {
        buf_printf(&ids, "%s%lld", i ? " " : "", (long long)turn->updates[i]->update_id);
    }
    assert_string_equal(turn ? buf_text(&ids) : "-", expect);
    return turn;
}

static void end(struct chats *all, struct turn *turn)
{
    struct pending *items[CHATS_ALBUM_MAX];
    size_t count = turn->count;
    memcpy(items, turn->items, sizeof(items));
    chats_release(all, turn);
    for (size_t i = 0; i < count; i++) {
        pending_free(&items[i]);
    }
}

static void one_chat_in_order(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    struct turn *first = next(all, 0, "1");
    next(all, 0, "-");
    assert_int_equal(chats_in_hand(all), 1);
    end(all, first);
    end(all, next(all, 0, "2"));
    next(all, 0, "-");
    assert_int_equal(chats_in_hand(all), 0);
    assert_null(chats_oldest(all));
}

static void chats_side_by_side(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    add(all, -8, 3, NULL, 0);
    struct turn *a = next(all, 0, "1");
    struct turn *b = next(all, 0, "3");
    next(all, 0, "-");
    end(all, b);
    end(all, a);
    end(all, next(all, 0, "2"));
}

static void a_turn_comes_back_to_its_place(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    chats_again(all, next(all, 0, "1"), 250);
    next(all, 249, "-");
    assert_int_equal(chats_next_at(all), 250);
    end(all, next(all, 250, "1"));
    end(all, next(all, 250, "2"));
    assert_int_equal(chats_next_at(all), INT64_MAX);
}

static void albums_are_one_turn(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, "A", 100);
    add(all, 8, 2, NULL, 100);
    add(all, 7, 3, "A", 700);
    end(all, next(all, 700, "2"));
    next(all, 700, "-"); /* it may grow */
    assert_int_equal(chats_next_at(all), 700 + CHATS_ALBUM_QUIET_MS);
    end(all, next(all, 700 + CHATS_ALBUM_QUIET_MS, "1 3"));
}

static void what_follows_ends_an_album(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, "A", 0);
    add(all, 7, 2, "A", 0);
    add(all, 7, 3, "B", 0);
    add(all, 7, 4, NULL, 0);
    end(all, next(all, 0, "1 2"));
    end(all, next(all, 0, "3"));
    end(all, next(all, 0, "4"));
}

static void ten_parts_are_an_album(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    for (int64_t id = 1; id <= 11; id++) {
        add(all, 7, id, "A", 0);
    }
    end(all, next(all, 0, "1 2 3 4 5 6 7 8 9 10"));
    next(all, 0, "-");
    end(all, next(all, CHATS_ALBUM_QUIET_MS, "11"));
}

static void an_album_comes_back_whole(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, "A", 0);
    add(all, 7, 2, "A", 0);
    add(all, 7, 3, NULL, 0);
    chats_again(all, next(all, 0, "1 2"), 10);
    end(all, next(all, 10, "1 2"));
    end(all, next(all, 10, "3"));
}

/* ---- the inbox ---- */

static void expect_written(struct chats *all, int64_t update_id)
{
    struct pending *item = chats_take_to_write(all);
    if (update_id == 0) {
        assert_null(item);
        return;
    }
    assert_non_null(item);
    assert_int_equal(item->update.update_id, update_id);
    item->row = ROW_WRITTEN;
    if (!item->in_hand) {
        pending_free(&item);
    }
}

static void set_aside_later_ones_queue_behind(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    int64_t ids[4];
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    chats_set_aside(all, chats_oldest(all)->chat);
    assert_null(chats_oldest(all));
    assert_int_equal(chats_rows(all), 2);
    next(all, 0, "-");
    add(all, 7, 3, NULL, 0); /* not past the others */
    next(all, 0, "-");
    expect_written(all, 1);
    expect_written(all, 2);
    expect_written(all, 3);
    expect_written(all, 0);

    assert_int_equal(chats_to_read(all, 0, ids, 4), 1);
    assert_int_equal(ids[0], 7);
    assert_int_equal(chats_read_at(all), 0);
    for (int64_t id = 1; id <= 3; id++) {
        add_row(all, 7, id, NULL);
    }
    chats_rows_read(all, 7, true, 50);
    assert_int_equal(chats_to_read(all, 0, ids, 4), 0);
    end(all, next(all, 0, "1"));
    chats_row_gone(all, 7);
    end(all, next(all, 0, "2"));
    chats_row_gone(all, 7);
    add(all, 7, 4, NULL, 0);
    end(all, next(all, 0, "3"));
    expect_written(all, 4); /* one row was still there when it came */
    chats_row_gone(all, 7);
    chats_row_gone(all, 7);
    assert_int_equal(chats_rows(all), 0);
    add(all, 7, 5, NULL, 0);
    end(all, next(all, 0, "5")); /* the way is free again */
}

static void what_is_in_hand_gets_a_row_too(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    struct turn *turn = next(all, 0, "1");
    struct pending *item = turn->items[0];
    chats_set_aside(all, chats_oldest(all)->chat);
    chats_set_aside(all, item->chat); /* nothing more to do */
    assert_int_equal(item->row, ROW_WANTED);
    expect_written(all, 1);
    expect_written(all, 2);
    assert_int_equal(item->row, ROW_WRITTEN);
    end(all, turn);
    assert_int_equal(chats_rows(all), 2);
}

static void handled_after_all_wants_no_row(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    struct turn *turn = next(all, 0, "1");
    struct pending *item = turn->items[0];
    chats_set_aside(all, item->chat);
    chats_release(all, turn);
    chats_cancel_row(all, item);
    pending_free(&item);
    assert_int_equal(chats_rows(all), 0);
    expect_written(all, 0);
}

static void what_cannot_be_written_keeps_its_place(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    chats_set_aside(all, chats_oldest(all)->chat);
    struct pending *first = chats_take_to_write(all);
    struct pending *second = chats_take_to_write(all);
    chats_give_back(all, second);
    chats_give_back(all, first);
    expect_written(all, 1);
    expect_written(all, 2);
}

static void parked_ones_hold_up_nobody(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    add(all, 7, 1, NULL, 0);
    add(all, 7, 2, NULL, 0);
    struct turn *turn = next(all, 0, "1");
    struct pending *item = turn->items[0];
    chats_release(all, turn);
    chats_park(all, item, "it cannot be");
    assert_string_equal(item->parked_reason, "it cannot be");
    assert_int_equal(chats_rows(all), 0);
    turn = next(all, 0, "2");
    item = turn->items[0];
    chats_set_aside(all, item->chat);
    assert_int_equal(chats_rows(all), 1);
    chats_release(all, turn);
    chats_park(all, item, "nor this");
    assert_int_equal(chats_rows(all), 0);
    expect_written(all, 1);
    expect_written(all, 2);
}

static void reading_sets_the_count_right(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    chats_note_rows(all, 7, 3);
    chats_note_rows(all, 8, 0);
    assert_int_equal(chats_rows(all), 3);
    add(all, 7, 9, NULL, 0);
    assert_int_equal(chats_rows(all), 4);
    add_row(all, 7, 1, NULL); /* one of three; the others were never there */
    chats_rows_read(all, 7, true, 50);
    assert_int_equal(chats_rows(all), 2);
    end(all, next(all, 0, "1"));
    chats_row_gone(all, 7);
    expect_written(all, 9);
    chats_rows_read(all, 7, true, 50); /* and this one was handled by a former life */
    assert_int_equal(chats_rows(all), 0);
    chats_rows_read(all, 7, true, 50);
    chats_row_gone(all, 7);
    assert_int_equal(chats_read_at(all), INT64_MAX);
}

static void a_cut_album_is_read_again(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    int64_t ids[4];
    chats_note_rows(all, 7, 9);
    chats_note_rows(all, 8, 9);
    add_row(all, 7, 1, NULL);
    add_row(all, 7, 2, "A");
    add_row(all, 7, 3, "A");
    chats_rows_read(all, 7, false, 50);
    add_row(all, 8, 4, NULL);
    chats_rows_read(all, 8, false, 50);
    end(all, next(all, 0, "1"));
    end(all, next(all, 0, "4"));
    next(all, 0, "-");
    add_row(all, 7, 2, "A"); /* an album of rows waits for nothing */
    add_row(all, 7, 3, "A");
    add_row(all, 7, 5, "A");
    chats_rows_read(all, 7, true, 50);
    end(all, next(all, 0, "2 3 5"));
    chats_rows_read(all, 8, false, 50);
    assert_int_equal(chats_to_read(all, 49, ids, 4), 1);
    assert_int_equal(chats_to_read(all, 50, ids, 4), 2);
    assert_int_equal(chats_to_read(all, 50, ids, 1), 1);
}

static void rows_that_cannot_go_on_step_back(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    int64_t ids[4];
    chats_note_rows(all, 7, 2);
    chats_note_rows(all, 8, 1);
    add_row(all, 7, 1, NULL);
    add_row(all, 7, 2, NULL);
    chats_rows_read(all, 7, true, 50);
    end(all, next(all, 0, "1"));
    chats_drop_rows(all, 7, 2000);
    chats_drop_rows(all, 9, 2000);
    next(all, 0, "-");
    assert_int_equal(chats_to_read(all, 0, ids, 4), 1);
    assert_int_equal(chats_to_read(all, 2000, ids, 4), 2);
    assert_int_equal(ids[0], 8); /* the others first */
    assert_int_equal(ids[1], 7);
}

static void nothing_leaks_at_the_end(void **state)
{
    (void)state;
    scoped(chats_free) struct chats *all = chats_new();
    for (int64_t chat = 1; chat <= 40; chat++) {
        add(all, chat, chat * 2, NULL, chat);
        add(all, chat, chat * 2 + 1, NULL, chat);
    }
    for (int i = 0; i < 20; i++) {
        assert_non_null(chats_next(all, 100));
    }
    for (int i = 0; i < 30; i++) {
        chats_set_aside(all, chats_oldest(all)->chat);
    }
    struct chats *none = NULL;
    chats_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_chat_in_order),
        cmocka_unit_test(chats_side_by_side),
        cmocka_unit_test(a_turn_comes_back_to_its_place),
        cmocka_unit_test(albums_are_one_turn),
        cmocka_unit_test(what_follows_ends_an_album),
        cmocka_unit_test(ten_parts_are_an_album),
        cmocka_unit_test(an_album_comes_back_whole),
        cmocka_unit_test(set_aside_later_ones_queue_behind),
        cmocka_unit_test(what_is_in_hand_gets_a_row_too),
        cmocka_unit_test(handled_after_all_wants_no_row),
        cmocka_unit_test(what_cannot_be_written_keeps_its_place),
        cmocka_unit_test(parked_ones_hold_up_nobody),
        cmocka_unit_test(reading_sets_the_count_right),
        cmocka_unit_test(a_cut_album_is_read_again),
        cmocka_unit_test(rows_that_cannot_go_on_step_back),
        cmocka_unit_test(nothing_leaks_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
