/* cases.h - cmocka with its includes in order, and a check that names the row of a table test */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/base.h"

/* Fails with the row's reason and place when the condition does not hold. */
#define check_case(condition, why)                                                        \
    do {                                                                                  \
        if (!(condition)) {                                                               \
            print_error("case \"%s\": not so: %s\n", (why), #condition);                  \
            _fail(__FILE__, __LINE__);                                                    \
        }                                                                                 \
    } while (0)

#define check_case_text(is, expected, why)                                                \
    do {                                                                                  \
        const char *is_ = (is), *expected_ = (expected);                                  \
        if (!str_eq(is_, expected_)) {                                                    \
            print_error("case \"%s\":\n  is       %s\n  expected %s\n", (why), is_, expected_); \
            _fail(__FILE__, __LINE__);                                                    \
        }                                                                                 \
    } while (0)
