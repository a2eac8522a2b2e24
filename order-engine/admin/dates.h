/* dates.h - a date as administrators write it: YYYY-MM-DD (pure) */
#pragma once
#include "common/base/base.h"

bool date_is_good(const char *text); /* a day that exists, between the years 2000 and 2999 */
