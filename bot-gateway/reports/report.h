/* report.h - a billing month in numbers: what the chart and the workbook are made of
 *
 * Read from rows of the same queries as the screens, whose views the panel's API reads too; then it belongs to the thread that
 * draws it, so it points at nothing outside.
 */
#pragma once
#include "bot-gateway/texts/format.h"
#include "common/base/zone.h"
#include "common/io/db_result.h"

#define REPORT_ROWS_MAX     5000 /* people, accounts, entries of one report; the sums count all */
#define REPORT_PAGES        1000 /* the numbers of screens with pages: months ago x REPORT_PAGES + page */
#define REPORT_MONTHS_MAX   1200
#define REPORT_CURRENCY_MAX 8

enum report_form { REPORT_CHART, REPORT_CHART_DARK, REPORT_TABLE, REPORT_FORM_COUNT };

struct report_totals {
    int64_t starts_at, ends_at;
    int64_t orders, taken, taken_in_time, worked, done_in_time;
    int64_t earned, paid, unpaid; /* minor units */
    char    currency[REPORT_CURRENCY_MAX];
};

struct report_payout { /* of a contractor */
    char   *name;
    int64_t orders, earned, paid, unpaid;
};

struct report_client { /* of an account */
    char   *name;
    int64_t orders, taken, taken_in_time, worked, done_in_time;
    int64_t complete_months, average_x100; /* of these months; 0 months: no average */
};

struct report_entry { /* of the payout ledger */
    int64_t at, order_id; /* 0: a correction, and reason says why */
    char   *name, *reason;
    int64_t amount;
};

struct report {
    struct reader         reader; /* its zones: the installation's, below */
    char                  zone[ZONE_NAME_MAX];
    bool                  exists; /* there is such a month */
    struct report_totals  totals;
    struct report_payout *payouts; /* by name */
    size_t                payout_count;
    struct report_client *clients; /* the most orders first */
    size_t                client_count;
    struct report_entry  *entries; /* in the order of time */
    size_t                entry_count;
    int64_t               load[7][24]; /* orders by weekday (0 = Monday) and hour */
};

struct report *report_new(const struct reader *); /* empty; caller owns */
void           report_free(struct report **);

/* Rows of Q_read_report, Q_list_report_payouts ... */
void report_read_totals(const struct db_result *, int row, struct report_totals *);
void report_read_month(struct report *, const struct db_result *);
void report_read_payouts(struct report *, const struct db_result *);
void report_read_clients(struct report *, const struct db_result *);
void report_read_entries(struct report *, const struct db_result *);
void report_read_hours(struct report *, const struct db_result *);

/* How many of 1000 kept the promise; -1 if there was none to keep. Rounded down: 100 % means all of them. */
int report_per_mille(int64_t kept, int64_t all);
/* "96.5 %" in the reader's way, "–" for -1. */
void report_format_share(const struct reader *, int per_mille, struct buf *);
/* "12,75": a number of hundredths in the reader's way. */
void report_format_hundredths(const struct reader *, int64_t, struct buf *);
/* What a day of the week is called, shortly: msgids. */
const char *weekday_word(int weekday);
/* "1 – 30 ноября": the days of a month, end not included. */
void report_format_days(const struct reader *, int64_t starts_at, int64_t ends_at, struct buf *);
