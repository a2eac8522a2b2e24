/* test_id_list.c - a set of ids in ascending order, whatever order they come in */
#include "tests/unit/cases.h"

#include "order-engine/store/id_list.h"

static void ids_stand_in_order_and_once(void **state)
{
    (void)state;
    scoped(id_list_fini) struct id_list list = {0};
    static const int64_t given[] = {1003, 1001, 0, 1002, 1001, 1003, 1005};
    static const int64_t kept[] = {1001, 1002, 1003, 1005};
    for (size_t i = 0; i < ARRAY_LEN(given); i++)
        id_list_add(&list, given[i]);
    assert_int_equal(list.count, ARRAY_LEN(kept));
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        assert_int_equal(list.items[i], kept[i]);
}

static void what_was_added_is_there(void **state)
{
    (void)state;
    scoped(id_list_fini) struct id_list list = {0};
    assert_false(id_list_has(&list, 1));
    for (int64_t id = 10; id <= 50; id += 10)
        id_list_add(&list, id);
    static const struct {
        int64_t id;
        bool is_there;
        const char *why;
    } cases[] = {
        {10, true,  "the first"    },
        {30, true,  "in the middle"},
        {50, true,  "the last"     },
        {5,  false, "below all"    },
        {35, false, "between two"  },
        {60, false, "above all"    },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check_case(id_list_has(&list, cases[i].id) == cases[i].is_there, cases[i].why);
    id_list_reset(&list);
    assert_false(id_list_has(&list, 30));
}

static void many_find_room(void **state)
{
    (void)state;
    scoped(id_list_fini) struct id_list list = {0};
    for (int64_t id = 1; id <= 1000; id++)
        id_list_add(&list, id);
    assert_int_equal(list.count, 1000);
    assert_true(id_list_has(&list, 1000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_stand_in_order_and_once),
        cmocka_unit_test(what_was_added_is_there),
        cmocka_unit_test(many_find_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
