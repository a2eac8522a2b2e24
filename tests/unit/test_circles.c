/* test_circles.c - the people around an order are remembered until they, or the order's contractor,
 * change */
#include "tests/unit/cases.h"

#include "order-engine/circles.h"

static void what_is_put_is_found(void **state)
{
    (void)state;
    scoped(circles_fini) struct circles circles = {0};
    static const int64_t orders[] = {1003, 1001, 1002, 1001};
    for (size_t i = 0; i < ARRAY_LEN(orders); i++)
        circles_put(&circles, &(struct circle){.order_id = orders[i],
                                               .contractor_id = 7,
                                               .told = {(int64_t)i},
                                               .told_count = 1});
    assert_int_equal(circles.count, 3);
    static const struct {
        struct order order;
        int64_t told; /* -1 = nothing that holds is known */
        const char *why;
    } cases[] = {
        {{.id = 1001, .contractor_id = 7}, 3,  "what was put last"      },
        {{.id = 1002, .contractor_id = 7}, 2,  "between two others"     },
        {{.id = 1003, .contractor_id = 7}, 0,  "the highest"            },
        {{.id = 1000, .contractor_id = 7}, -1, "below all"              },
        {{.id = 1004, .contractor_id = 7}, -1, "above all"              },
        {{.id = 1001, .contractor_id = 8}, -1, "it has changed hands"   },
        {{.id = 1001, .contractor_id = 0}, -1, "it is back in the queue"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct circle *found = circles_find(&circles, &cases[i].order);
        check_case((found != NULL ? found->told[0] : -1) == cases[i].told, cases[i].why);
    }
    assert_true(circles_have(&circles, 1001));
    assert_false(circles_have(&circles, 1000));
    circles_forget(&circles);
    assert_null(circles_find(&circles, &cases[0].order));
    assert_false(circles_have(&circles, 1001));
}

static void it_is_written_into_the_order(void **state)
{
    (void)state;
    struct order order = {.id = 5, .client_told = {1}, .client_told_count = 1};
    circle_link(
        &(struct circle){
            .order_id = 5,
            .told = {8, 9},
            .told_count = 2,
            .client_reachable = true,
            .contractor_active = true
    },
        &order);
    assert_int_equal(order.client_told_count, 2);
    assert_int_equal(order.client_told[1], 9);
    assert_true(order.client_reachable);
    assert_true(order.contractor_active);
}

static void more_than_can_be_remembered_is_forgotten(void **state)
{
    (void)state;
    scoped(circles_fini) struct circles circles = {0};
    for (int64_t id = 1; id <= CIRCLES_MAX + 1; id++)
        circles_put(&circles, &(struct circle){.order_id = id});
    assert_int_equal(circles.count, 1);
    assert_non_null(circles_find(&circles, &(struct order){.id = CIRCLES_MAX + 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(it_is_written_into_the_order),
        cmocka_unit_test(more_than_can_be_remembered_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
