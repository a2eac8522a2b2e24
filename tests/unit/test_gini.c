/* test_gini.c - how unevenly something is shared out */
#include "tests/unit/cases.h"

#include "ctl/gini.h"

static bool is_near(double is, double expect)
{
    return is > expect - 1e-9 && is < expect + 1e-9;
}

static void shares(void **state)
{
    (void)state;
    static const struct {
        int64_t shares[4];
        size_t count;
        double expect;
        const char *why;
    } rows[] = {
        {{0},                            0, 0,    "nobody"                             },
        {{500},                          1, 0,    "one person"                         },
        {{0, 0, 0},                      3, 0,    "nothing to share"                   },
        {{5, 5, 5, 5},                   4, 0,    "all the same"                       },
        {{0, 0, 0, 10},                  4, 0.75, "one has all: (n - 1) / n"           },
        {{10, 0, 0, 0},                  4, 0.75, "whoever it is"                      },
        {{1, 2, 3, 4},                   4, 0.25, "2 (1 + 4 + 9 + 16) / (4 * 10) - 5/4"},
        {{1, 3},                         2, 0.25, "one has three times as much"        },
        {{-7, 10},                       2, 0.5,  "below nothing counts as nothing"    },
        {{INT64_MAX / 2, INT64_MAX / 2}, 2, 0,    "large sums do not overflow"         },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(is_near(gini(rows[i].shares, rows[i].count), rows[i].expect), rows[i].why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
