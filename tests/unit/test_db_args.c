/* test_db_args.c - parameters must be byte for byte what PostgreSQL's recv functions read */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/io/db_args.h"

static void expect_bytes(const struct db_args *args, int arg, const char *bytes, size_t len)
{
    assert_int_equal(args->lengths[arg], (int)len);
    assert_memory_equal(args->bytes.data + args->at[arg], bytes, len);
}

static void integers_are_big_endian(void **state)
{
    (void)state;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, 258);
    db_arg_i64(&args, -1);
    db_arg_i64_or_null(&args, false, 7);
    assert_int_equal(args.count, 3);
    expect_bytes(&args, 0, "\0\0\0\0\0\0\1\2", 8);
    expect_bytes(&args, 1, "\377\377\377\377\377\377\377\377", 8);
    assert_int_equal(args.lengths[2], -1);
}

static void text_and_bytes_go_as_they_are(void **state)
{
    (void)state;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_text(&args, "it's");
    db_arg_text(&args, "");
    db_arg_text(&args, NULL);
    db_arg_bool(&args, true);
    db_arg_bytes(&args, "a\0b", 3);
    expect_bytes(&args, 0, "it's", 4);
    assert_int_equal(args.lengths[1], 0);
    assert_int_equal(args.lengths[2], -1);
    expect_bytes(&args, 3, "\1", 1);
    expect_bytes(&args, 4, "a\0b", 3);
}

static void arrays_have_a_header_and_items(void **state)
{
    (void)state;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_bool(&args, false);
    db_array_open(&args, DB_TEXT_ARRAY);
    db_item_text(&args, "ab");
    db_item_text(&args, NULL);
    db_array_close(&args);
    db_array_open(&args, DB_I64_ARRAY);
    db_array_close(&args);
    expect_bytes(&args, 1,
                 "\0\0\0\1" /* one dimension */ "\0\0\0\1" /* has nulls */ "\0\0\0\31" /* text */
                 "\0\0\0\2" /* items */ "\0\0\0\1"                                     /* from 1 */
                 "\0\0\0\2ab\377\377\377\377",
                 30);
    expect_bytes(&args, 2, "\0\0\0\1\0\0\0\0\0\0\0\24\0\0\0\0\0\0\0\1", 20);
}

static void reset_begins_anew(void **state)
{
    (void)state;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, 1);
    db_args_reset(&args);
    db_arg_text(&args, "x");
    assert_int_equal(args.count, 1);
    expect_bytes(&args, 0, "x", 1);
    assert_int_equal(args.at[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_big_endian),
        cmocka_unit_test(text_and_bytes_go_as_they_are),
        cmocka_unit_test(arrays_have_a_header_and_items),
        cmocka_unit_test(reset_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
