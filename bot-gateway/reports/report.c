/* report.c - a billing month in numbers, read from rows */
#include "bot-gateway/reports/report.h"

#include "bot-gateway/texts/values.h"

struct report *report_new(const struct reader *reader)
{
    struct report *r = xcalloc(1, sizeof *r);
    r->reader = *reader;
    snprintf(r->zone, sizeof r->zone, "%s", reader->days_zone);
    r->reader.zone = r->reader.days_zone = r->zone;
    return r;
}

void report_free(struct report **pr)
{
    struct report *r = *pr;
    if (!r) {
        return;
    }
    for (size_t i = 0; i < r->payout_count; i++) {
        free(r->payouts[i].name);
    }
    for (size_t i = 0; i < r->client_count; i++) {
        free(r->clients[i].name);
    }
    for (size_t i = 0; i < r->entry_count; i++) {
        free(r->entries[i].name);
        free(r->entries[i].reason);
    }
    free(r->payouts);
    free(r->clients);
    free(r->entries);
    free(r);
    *pr = NULL;
}

/* ---- rows ---- */

void report_read_totals(const struct db_result *rows, int row, struct report_totals *t)
{
    *t = (struct report_totals){
        .starts_at = db_i64(rows, row, 0),
        .ends_at = db_i64(rows, row, 1),
        .orders = db_i64(rows, row, 2),
        .taken = db_i64(rows, row, 3),
        .taken_in_time = db_i64(rows, row, 4),
        .worked = db_i64(rows, row, 5),
        .done_in_time = db_i64(rows, row, 6),
        .earned = db_i64(rows, row, 8),
        .paid = db_i64(rows, row, 9),
        .unpaid = db_i64(rows, row, 10),
    };
    snprintf(t->currency, sizeof t->currency, "%s", db_text(rows, row, 7));
}

void report_read_month(struct report *r, const struct db_result *rows)
{
    r->exists = db_rows(rows) > 0;
    if (r->exists) {
        report_read_totals(rows, 0, &r->totals);
    }
}

/* Without anybody there is one row of nobody. */
static size_t named_rows(const struct db_result *rows)
{
    int count = db_rows(rows);
    return count > 0 && !db_is_null(rows, 0, 0) ? (size_t)count : 0;
}

void report_read_payouts(struct report *r, const struct db_result *rows)
{
    r->payout_count = named_rows(rows);
    r->payouts = xcalloc(r->payout_count + 1, sizeof *r->payouts);
    for (int i = 0; i < (int)r->payout_count; i++) {
        r->payouts[i] = (struct report_payout){
            .name = xstrdup(db_text(rows, i, 0)),
            .orders = db_i64(rows, i, 1),
            .earned = db_i64(rows, i, 2),
            .paid = db_i64(rows, i, 3),
            .unpaid = db_i64(rows, i, 4),
        };
    }
}

void report_read_clients(struct report *r, const struct db_result *rows)
{
    r->client_count = named_rows(rows);
    r->clients = xcalloc(r->client_count + 1, sizeof *r->clients);
    for (int i = 0; i < (int)r->client_count; i++) {
        r->clients[i] = (struct report_client){
            .name = xstrdup(db_text(rows, i, 0)),
            .orders = db_i64(rows, i, 1),
            .taken = db_i64(rows, i, 2),
            .taken_in_time = db_i64(rows, i, 3),
            .worked = db_i64(rows, i, 4),
            .done_in_time = db_i64(rows, i, 5),
            .complete_months = db_i64(rows, i, 6),
            .average_x100 = db_i64(rows, i, 7),
        };
    }
}

void report_read_entries(struct report *r, const struct db_result *rows)
{
    r->entry_count = (size_t)db_rows(rows);
    r->entries = xcalloc(r->entry_count + 1, sizeof *r->entries);
    for (int i = 0; i < (int)r->entry_count; i++) {
        r->entries[i] = (struct report_entry){
            .at = db_i64(rows, i, 0),
            .name = xstrdup(db_text(rows, i, 1)),
            .order_id = db_i64(rows, i, 2),
            .reason = xstrdup(db_text(rows, i, 3)),
            .amount = db_i64(rows, i, 4),
        };
    }
}

void report_read_hours(struct report *r, const struct db_result *rows)
{
    for (int i = 0; i < db_rows(rows); i++) {
        r->load[db_i64(rows, i, 0)][db_i64(rows, i, 1)] = db_i64(rows, i, 2);
    }
}

/* ---- words ---- */

int report_per_mille(int64_t kept, int64_t all)
{
    return all > 0 ? (int)(kept * 1000 / all) : -1;
}

static void add_with_fraction(const struct reader *reader, int64_t whole, const char *fraction,
                              struct buf *into)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)whole);
    const struct template_value values[] = {
        {"whole", digits,   false},
        {"cents", fraction, false}
    };
    template_render(tr(reader->language, *fraction ? N_("{whole}.{cents}") : N_("{whole}")), values,
                    ARRAY_LEN(values), into);
}

void report_format_share(const struct reader *reader, int per_mille, struct buf *into)
{
    if (per_mille < 0) {
        buf_add_text(into, "–");
        return;
    }
    char tenth[4] = "";
    if (per_mille % 10 > 0) {
        snprintf(tenth, sizeof tenth, "%d", per_mille % 10);
    }
    add_with_fraction(reader, per_mille / 10, tenth, into);
    buf_add_text(into, "\u00a0%");
}

void report_format_hundredths(const struct reader *reader, int64_t number, struct buf *into)
{
    char cents[4] = "";
    if (number % 100 > 0) {
        snprintf(cents, sizeof cents, "%02d", (int)(number % 100));
    }
    add_with_fraction(reader, number / 100, cents, into);
}

const char *weekday_word(int weekday)
{
    static const char *const words[7] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                         N_("Fri"), N_("Sat"), N_("Sun")};
    return words[weekday];
}

void report_format_days(const struct reader *reader, int64_t starts_at, int64_t ends_at,
                        struct buf *into)
{
    format_day(reader, starts_at, into);
    buf_add_text(into, " – ");
    format_day(reader, ends_at - 1, into);
}
