/* test_dates.c - which dates administrators may write */
#include "tests/unit/cases.h"

#include "order-engine/admin/dates.h"

static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool expect;
        const char *why;
    } rows[] = {
        {"2026-11-22",  true,  "a day"                       },
        {"2000-01-01",  true,  "the first"                   },
        {"2999-12-31",  true,  "the last"                    },
        {"1999-12-31",  false, "before the first"            },
        {"3000-01-01",  false, "after the last"              },
        {"2028-02-29",  true,  "a leap year"                 },
        {"2026-02-29",  false, "no leap year"                },
        {"2100-02-29",  false, "no leap year, by the century"},
        {"2026-04-31",  false, "April has 30 days"           },
        {"2026-13-01",  false, "no such month"               },
        {"2026-00-10",  false, "no month"                    },
        {"2026-01-00",  false, "no day"                      },
        {"2026-1-1",    false, "two digits each"             },
        {"26-11-22",    false, "four digits"                 },
        {"2026-11-2",   false, "one digit too few"           },
        {"2026-11-222", false, "one too many"                },
        {"2026-11-2x",  false, "no digit"                    },
        {"2026/11/22",  false, "strokes"                     },
        {"22.11.2026",  false, "as people write it here"     },
        {"tomorrow, ",  false, "words"                       },
        {"",            false, "nothing"                     },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_case(date_is_good(rows[i].text) == rows[i].expect, rows[i].why);
}

static void days(void **state)
{
    (void)state;
    assert_int_equal(date_days("1970-01-01"), 0);
    assert_int_equal(date_days("2026-11-22"), 20779);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
