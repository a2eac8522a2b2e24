/* test_db_columns.c - rows put in value by value leave as one array per column */
#include "tests/unit/cases.h"

#include "common/io/db_columns.h"

/* Column n as it is sent must be the same as the array made by hand. */
static void check_column(const struct db_args *sent, int n, const struct db_args *by_hand, int m)
{
    assert_int_equal(sent->types[n], by_hand->types[m]);
    assert_int_equal(sent->lengths[n], by_hand->lengths[m]);
    assert_memory_equal(sent->bytes.data + sent->at[n], by_hand->bytes.data + by_hand->at[m],
                        (size_t)sent->lengths[n]);
}

static void rows_become_columns(void **state)
{
    (void)state;
    struct db_columns c;
    scoped(db_args_fini) struct db_args sent = {0}, by_hand = {0};
    db_columns_init(&c, "iitb");
    assert_int_equal(c.rows, 0);
    db_put_i64(&c, 7);
    db_put_id(&c, 8);
    db_put_text(&c, "one");
    assert_int_equal(c.rows, 0); /* not complete yet */
    db_put_bool(&c, true);
    assert_int_equal(c.rows, 1);
    db_put_i64(&c, 0);
    db_put_id(&c, 0); /* null */
    db_put_text(&c, NULL);
    db_put_bool(&c, false);
    assert_int_equal(c.rows, 2);
    db_arg_i64(&sent, 99); /* a parameter before them */
    db_columns_args(&c, &sent);

    db_array_open(&by_hand, DB_I64_ARRAY);
    db_item_i64(&by_hand, 7);
    db_item_i64(&by_hand, 0);
    db_array_close(&by_hand);
    db_array_open(&by_hand, DB_I64_ARRAY);
    db_item_i64(&by_hand, 8);
    db_item_i64_or_null(&by_hand, false, 0);
    db_array_close(&by_hand);
    db_array_open(&by_hand, DB_TEXT_ARRAY);
    db_item_text(&by_hand, "one");
    db_item_text(&by_hand, NULL);
    db_array_close(&by_hand);
    db_array_open(&by_hand, DB_BOOL_ARRAY);
    db_item_bool(&by_hand, true);
    db_item_bool(&by_hand, false);
    db_array_close(&by_hand);
    assert_int_equal(sent.count, 5);
    for (int i = 0; i < 4; i++)
        check_column(&sent, i + 1, &by_hand, i);
    db_columns_fini(&c);
}

static void a_reset_begins_anew(void **state)
{
    (void)state;
    struct db_columns c;
    scoped(db_args_fini) struct db_args first = {0}, second = {0};
    db_columns_init(&c, "it");
    db_put_i64(&c, 1);
    db_put_text(&c, "long enough to be another length");
    db_columns_args(&c, &first);
    db_columns_reset(&c);
    assert_int_equal(c.rows, 0);
    db_put_i64(&c, 2);
    db_put_text(&c, "two");
    db_columns_args(&c, &second);
    struct db_columns fresh;
    scoped(db_args_fini) struct db_args expected = {0};
    db_columns_init(&fresh, "it");
    db_put_i64(&fresh, 2);
    db_put_text(&fresh, "two");
    db_columns_args(&fresh, &expected);
    check_column(&second, 0, &expected, 0);
    check_column(&second, 1, &expected, 1);
    db_columns_fini(&c);
    db_columns_fini(&fresh);
}

static void half_a_row_in_the_middle(void **state)
{
    (void)state;
    struct db_columns c;
    db_columns_init(&c, "it");
    db_put_i64(&c, 1);
    db_columns_reset(&c); /* what was begun is forgotten */
    db_put_i64(&c, 2);
    db_put_text(&c, "x");
    assert_int_equal(c.rows, 1);
    db_columns_fini(&c);
}

static void as_many_columns_as_there_may_be(void **state)
{
    (void)state;
    struct db_columns c;
    scoped(db_args_fini) struct db_args args = {0};
    db_columns_init(&c, "iiiiiiiiiiiiiiiiiiiiiiii");
    assert_int_equal(c.count, DB_COLUMNS_MAX);
    for (int row = 0; row < 100; row++)
        for (int i = 0; i < DB_COLUMNS_MAX; i++)
            db_put_i64(&c, row * i);
    assert_int_equal(c.rows, 100);
    db_columns_args(&c, &args);
    assert_int_equal(args.count, DB_COLUMNS_MAX);
    db_columns_fini(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_columns),
        cmocka_unit_test(a_reset_begins_anew),
        cmocka_unit_test(half_a_row_in_the_middle),
        cmocka_unit_test(as_many_columns_as_there_may_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
