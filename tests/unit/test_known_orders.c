/* test_known_orders.c - what is known of an order is what was put last, until it is dropped */
#include "tests/unit/cases.h"

#include "order-engine/known_orders.h"

static void what_was_put_last_is_known(void **state)
{
    (void)state;
    scoped(known_orders_forget) struct known_orders known = {0};
    static const int64_t ids[] = {1003, 1001, 1002, 1001};
    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        known_orders_put(&known, &(struct order){.id = ids[i], .version = (int64_t)i});
    assert_int_equal(known.count, 3);
    known_orders_drop(&known, 1002);
    known_orders_drop(&known, 1002);
    assert_int_equal(known.count, 2);
    static const struct {
        int64_t id, version; /* -1 = nothing is known */
        const char *why;
    } cases[] = {
        {1001, 3,  "put twice: the newer"},
        {1003, 0,  "put once"            },
        {1002, -1, "dropped"             },
        {1000, -1, "never met"           },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct order *found = known_orders_find(&known, cases[i].id);
        check_case((found != NULL ? found->version : -1) == cases[i].version, cases[i].why);
    }
    known_orders_forget(&known);
    assert_null(known_orders_find(&known, 1001));
}

static void more_than_can_be_known_is_forgotten(void **state)
{
    (void)state;
    scoped(known_orders_forget) struct known_orders known = {0};
    for (int64_t id = 1; id <= KNOWN_ORDERS_MAX + 1; id++)
        known_orders_put(&known, &(struct order){.id = id});
    assert_int_equal(known.count, 1);
    assert_non_null(known_orders_find(&known, KNOWN_ORDERS_MAX + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_last_is_known),
        cmocka_unit_test(more_than_can_be_known_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
