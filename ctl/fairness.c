/* fairness.c - itsupportctl fairness: how a billing month's orders and earnings were shared out
 * among the contractors */
#include <inttypes.h>

#include "ctl/ctl.h"
#include "ctl/gini.h"
#include "order-engine/admin/dates.h"

#define BAR_WIDTH 20

enum column { /* of read_fairness */
              C_PERSON,
              C_NAME,
              C_ORDERS,
              C_EARNED,
              C_OFFERED,
              C_DECLINED,
              C_PASSED_OVER,
              C_EASY,
              C_HARD,
              C_CURRENCY,
};

/* clang-format off */
static const struct { enum column column; const char *name, *what; } spreads[] = {
    {C_EARNED, "gini_earned",        "Gini of what was earned     "},
    {C_EASY,   "gini_declined_easy", "Gini of easy ones declined  "},
    {C_HARD,   "gini_declined_hard", "Gini of hard ones declined  "},
};
static const struct { enum column column; const char *name; } counts[] = {
    {C_ORDERS, "orders"}, {C_EARNED, "earned_minor"}, {C_OFFERED, "offered"}, {C_DECLINED, "declined"},
    {C_PASSED_OVER, "passed_over"}, {C_EASY, "declined_easy"}, {C_HARD, "declined_hard"},
};
/* clang-format on */

static double spread(const struct db_result *rows, enum column column)
{
    size_t count = (size_t)db_rows(rows);
    int64_t *shares = xcalloc(count + 1, sizeof *shares);
    for (size_t i = 0; i < count; i++)
        shares[i] = db_i64(rows, (int)i, (int)column);
    double result = gini(shares, count);
    free(shares);
    return result;
}

/* So many parts of the whole, as a bar of one width. */
static void print_bar(double parts, double whole)
{
    int full = whole > 0 && parts > 0 ? (int)(parts / whole * BAR_WIDTH + 0.5) : 0;
    for (int i = 0; i < BAR_WIDTH; i++)
        fputs(i < full ? "█" : "░", stdout);
}

static void print_people(const struct db_result *rows)
{
    int64_t most = 0;
    for (int row = 0; row < db_rows(rows); row++)
        most = max_i64(db_i64(rows, row, C_EARNED), most);
    printf("orders       earned  %*s  offered  declined  passed over  contractor\n", BAR_WIDTH, "");
    for (int row = 0; row < db_rows(rows); row++) {
        printf("%6" PRId64 "  %11.2f  ", db_i64(rows, row, C_ORDERS),
               (double)db_i64(rows, row, C_EARNED) / 100);
        print_bar((double)db_i64(rows, row, C_EARNED), (double)most);
        printf("  %7" PRId64 "  %8" PRId64 "  %11" PRId64 "  %s (%" PRId64 ")\n",
               db_i64(rows, row, C_OFFERED), db_i64(rows, row, C_DECLINED),
               db_i64(rows, row, C_PASSED_OVER), db_text(rows, row, C_NAME),
               db_i64(rows, row, C_PERSON));
    }
    printf("\n");
    for (size_t i = 0; i < ARRAY_LEN(spreads); i++) {
        double value = spread(rows, spreads[i].column);
        printf("%s%.2f  ", spreads[i].what, value);
        print_bar(value, 1);
        printf("\n");
    }
    printf("\n0: all alike, 1: one has all. What to do with it: docs/fairness.md\n");
}

static void print_json(const struct db_result *rows)
{
    scoped(buf_fini) struct buf json = {0};
    buf_add_char(&json, '{');
    for (size_t i = 0; i < ARRAY_LEN(spreads); i++)
        buf_printf(&json, "\"%s\": %.4f, ", spreads[i].name, spread(rows, spreads[i].column));
    buf_add_text(&json, "\n \"contractors\": [");
    for (int row = 0; row < db_rows(rows); row++) {
        buf_printf(&json, "%s\n  {\"person_id\": %" PRId64 ", \"name\": ", row == 0 ? "" : ",",
                   db_i64(rows, row, C_PERSON));
        buf_add_json(&json, db_text(rows, row, C_NAME));
        for (size_t i = 0; i < ARRAY_LEN(counts); i++)
            buf_printf(&json, ", \"%s\": %" PRId64, counts[i].name,
                       db_i64(rows, row, (int)counts[i].column));
        buf_add_text(&json, ", \"currency\": ");
        buf_add_json(&json, db_text(rows, row, C_CURRENCY));
        buf_add_char(&json, '}');
    }
    buf_add_text(&json, "]}");
    puts(buf_text(&json));
}

int run_fairness(struct ctl *ctl, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    const char *day = ctl->options[OPTION_MONTH];
    if (day != NULL && !date_is_good(day))
        return ctl_usage(err, "\"%.40s\" is no date YYYY-MM-DD", day);
    if (ctl_open(ctl, err) != 0)
        return -1;
    db_arg_text(&args, day);
    scoped(ctl_results_free) struct db_result *rows = ctl_call(ctl, Q_read_fairness, &args, err);
    if (rows == NULL)
        return -1;
    if (ctl->options[OPTION_JSON] != NULL)
        print_json(rows);
    else
        print_people(rows);
    return CTL_DONE;
}
