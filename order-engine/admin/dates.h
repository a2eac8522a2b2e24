/* dates.h - a date as administrators write it: YYYY-MM-DD (pure) */
#pragma once
#include "common/base/base.h"

int64_t date_days(const char *text); /* days since 1970-01-01 of a date that has this form */
bool date_is_good(const char *text); /* a day that exists, between the years 2000 and 2999 */
