/* quota.c - itsupportctl quota: an account's orders of a billing month, added up from the ledger's
 * rows */
#include <inttypes.h>

#include "ctl/ctl.h"
#include "order-engine/admin/dates.h"

enum column { /* of find_quota_month */
              C_ACCOUNT,
              C_NAME,
              C_TARIFF,
              C_PER_MONTH,
              C_MONTH,
              C_STARTS,
              C_ENDS,
              C_RUNS,
};

struct sums { /* of the rows, by kind */
    int64_t reserved, returned, compensated, granted, balance;
};

static struct sums add_up(const struct db_result *rows)
{
    struct sums sums = {0};
    const struct {
        const char *kind;
        int64_t *into;
    } kinds[] = {
        {"reserve",    &sums.reserved   },
        {"return",     &sums.returned   },
        {"compensate", &sums.compensated},
        {"grant",      &sums.granted    },
    };
    for (int row = 0; row < db_rows(rows); row++)
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
            if (str_eq(kinds[i].kind, db_text(rows, row, 1))) {
                *kinds[i].into += db_i64(rows, row, 2);
                sums.balance += db_i64(rows, row, 2);
            }
    return sums;
}

/* What the tariff allows now is known for the running month only. */
static int64_t left_of(const struct db_result *month, const struct sums *sums)
{
    return max_i64(db_i64(month, 0, C_PER_MONTH) + sums->balance, 0);
}

static void print_people(const struct db_result *month, const struct db_result *rows,
                         const struct sums *sums, const char *zone)
{
    scoped(buf_fini) struct buf starts = {0}, ends = {0};
    ctl_format_time(db_i64(month, 0, C_STARTS), zone, &starts);
    ctl_format_time(db_i64(month, 0, C_ENDS), zone, &ends);
    printf("account %" PRId64 ", %s, tariff %s\n", db_i64(month, 0, C_ACCOUNT),
           db_text(month, 0, C_NAME), db_text(month, 0, C_TARIFF));
    printf("billing month %" PRId64 ", %s to %s\n\n", db_i64(month, 0, C_MONTH), buf_text(&starts),
           buf_text(&ends));
    for (int row = 0; row < db_rows(rows); row++) {
        scoped(buf_fini) struct buf at = {0};
        ctl_format_time(db_i64(rows, row, 0), zone, &at);
        printf("%.19s  %-10s %+4" PRId64 "  %s\n", buf_text(&at), db_text(rows, row, 1),
               db_i64(rows, row, 2), db_text(rows, row, 3));
    }
    printf("%sreserved %" PRId64 ", returned %" PRId64 ", compensated %" PRId64 ", granted %" PRId64
           ": balance %" PRId64 "\n",
           db_rows(rows) > 0 ? "\n" : "", -sums->reserved, sums->returned, sums->compensated,
           sums->granted, sums->balance);
    if (db_bool(month, 0, C_RUNS))
        printf("left %" PRId64 " of %" PRId64 "\n", left_of(month, sums),
               db_i64(month, 0, C_PER_MONTH));
}

static void print_json(const struct db_result *month, const struct db_result *rows,
                       const struct sums *sums)
{
    scoped(buf_fini) struct buf json = {0};
    buf_printf(&json, "{\"account\": %" PRId64 ", \"name\": ", db_i64(month, 0, C_ACCOUNT));
    buf_add_json(&json, db_text(month, 0, C_NAME));
    buf_printf(&json, ", \"month\": %" PRId64 ", \"starts_at\": %" PRId64 ", \"ends_at\": %" PRId64,
               db_i64(month, 0, C_MONTH), db_i64(month, 0, C_STARTS), db_i64(month, 0, C_ENDS));
    buf_printf(&json,
               ", \"reserved\": %" PRId64 ", \"returned\": %" PRId64 ", \"compensated\": %" PRId64
               ", \"granted\": %" PRId64 ", \"balance\": %" PRId64,
               -sums->reserved, sums->returned, sums->compensated, sums->granted, sums->balance);
    if (db_bool(month, 0, C_RUNS))
        buf_printf(&json, ", \"left\": %" PRId64, left_of(month, sums));
    buf_add_text(&json, ",\n \"rows\": [");
    for (int row = 0; row < db_rows(rows); row++) {
        buf_printf(
            &json,
            "%s\n  {\"at\": %" PRId64 ", \"kind\": \"%s\", \"amount\": %" PRId64 ", \"of\": ",
            row == 0 ? "" : ",", db_i64(rows, row, 0), db_text(rows, row, 1), db_i64(rows, row, 2));
        buf_add_json(&json, db_text(rows, row, 3));
        buf_add_char(&json, '}');
    }
    buf_add_text(&json, "]}");
    puts(buf_text(&json));
}

int run_quota(struct ctl *ctl, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    scoped(str_free) char *zone = NULL;
    const char *day = ctl->options[OPTION_MONTH];
    if (day != NULL && !date_is_good(day))
        return ctl_usage(err, "\"%.40s\" is no date YYYY-MM-DD", day);
    if (ctl_open(ctl, err) != 0 || (zone = ctl_zone(ctl, err)) == NULL)
        return -1;
    db_arg_text(&args, ctl->args[0]);
    db_arg_text(&args, day);
    scoped(ctl_results_free) struct db_result *month =
        ctl_call(ctl, Q_find_quota_month, &args, err);
    if (month == NULL)
        return -1;
    if (db_rows(month) == 0)
        return err_set(err, ERR_REFUSED, "there is no account of this number or name");
    if (db_rows(month) > 1)
        return err_set(err, ERR_REFUSED, "several accounts have this name: give the number");
    if (db_is_null(month, 0, C_MONTH))
        return err_set(err, ERR_REFUSED, "nothing has happened in that billing month");
    db_arg_i64(&args, db_i64(month, 0, C_ACCOUNT));
    db_arg_i64(&args, db_i64(month, 0, C_MONTH));
    scoped(ctl_results_free) struct db_result *rows = ctl_call(ctl, Q_list_quota, &args, err);
    if (rows == NULL)
        return -1;
    struct sums sums = add_up(rows);
    if (ctl->options[OPTION_JSON] != NULL)
        print_json(month, rows, &sums);
    else
        print_people(month, rows, &sums, zone);
    return CTL_DONE;
}
