/* workbook.c - a billing month as a workbook */
#include <xlsxwriter.h> /* first: it uses what base.h forbids */

#include "bot-gateway/reports/workbook.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bot-gateway/texts/values.h"
#include "common/base/zone.h"

enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_MONEY,
    KIND_SHARE,
    KIND_AVERAGE,
    KIND_DAY,
    KIND_INSTANT,
    KIND_COUNT
};

/* clang-format off */
static const char *const number_formats[KIND_COUNT] = {
    [KIND_NUMBER]  = "#,##0",
    [KIND_MONEY]   = "#,##0.00",
    [KIND_SHARE]   = "0.0%",
    [KIND_AVERAGE] = "0.00",
    [KIND_DAY]     = "dd.mm.yyyy",
    [KIND_INSTANT] = "dd.mm.yyyy hh:mm",
};
/* clang-format on */

struct book { /* held by value */
    lxw_workbook *file;
    lxw_format *formats[KIND_COUNT], *heading;
    const struct report *report;
    lxw_worksheet *sheet; /* the one being written */
    lxw_row_t row;
    lxw_col_t column;
};

struct column {
    const char *heading; /* msgid */
    double width;        /* characters */
};

/* ---- cells, from left to right ---- */

static const char *word(const struct book *b, const char *msgid)
{
    return tr(b->report->reader.language, msgid);
}

static void add_sheet(struct book *b, const char *name)
{
    b->sheet = workbook_add_worksheet(b->file, word(b, name));
    b->row = 0;
    b->column = 0;
}

static void add_headings(struct book *b, const struct column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        worksheet_set_column(b->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
        worksheet_write_string(b->sheet, 0, (lxw_col_t)i, word(b, columns[i].heading), b->heading);
    }
    worksheet_freeze_panes(b->sheet, 1, 0);
    b->row = 1;
}

static void next_row(struct book *b)
{
    b->row++;
    b->column = 0;
}

static void add_text(struct book *b, const char *text)
{
    worksheet_write_string(b->sheet, b->row, b->column++, text, NULL);
}

static void add_number(struct book *b, enum kind kind, double number)
{
    worksheet_write_number(b->sheet, b->row, b->column++, number, b->formats[kind]);
}

static void add_money(struct book *b, int64_t minor)
{
    add_number(b, KIND_MONEY, (double)minor / 100);
}

/* An empty cell if there was no promise to keep. */
static void add_share(struct book *b, int64_t kept, int64_t all)
{
    if (all > 0) {
        add_number(b, KIND_SHARE, (double)kept / (double)all);
    } else {
        b->column++;
    }
}

static void add_time(struct book *b, enum kind kind, int64_t at_ms)
{
    struct zone_time at;
    zone_local(b->report->reader.zone, at_ms, &at);
    lxw_datetime cell = {.year = at.year, .month = at.month, .day = at.day};
    if (kind == KIND_INSTANT) {
        cell.hour = at.hour;
        cell.min = at.minute;
        cell.sec = at.second;
    }
    worksheet_write_datetime(b->sheet, b->row, b->column++, &cell, b->formats[kind]);
}

/* ---- the sheets ---- */

static void label(struct book *b, const char *msgid)
{
    next_row(b);
    add_text(b, word(b, msgid));
}

static void write_summary(struct book *b)
{
    const struct report_totals *t = &b->report->totals;
    const struct column columns[] = {
        {N_("Billing month"), 34},
        {"",                  18}
    };
    add_sheet(b, N_("Summary"));
    worksheet_set_column(b->sheet, 0, 0, columns[0].width, NULL);
    worksheet_set_column(b->sheet, 1, 1, columns[1].width, NULL);
    worksheet_write_string(b->sheet, 0, 0, word(b, columns[0].heading), b->heading);
    label(b, N_("First day"));
    add_time(b, KIND_DAY, t->starts_at);
    label(b, N_("Last day"));
    add_time(b, KIND_DAY, t->ends_at - 1);
    label(b, N_("As of"));
    add_time(b, KIND_INSTANT, b->report->reader.now_ms);
    label(b, N_("Orders"));
    add_number(b, KIND_NUMBER, (double)t->orders);
    label(b, N_("Taken in time"));
    add_share(b, t->taken_in_time, t->taken);
    label(b, N_("Done in time"));
    add_share(b, t->done_in_time, t->worked);
    label(b, N_("Earned"));
    add_money(b, t->earned);
    label(b, N_("Paid"));
    add_money(b, t->paid);
    label(b, N_("To be paid"));
    add_money(b, t->unpaid);
    label(b, N_("Currency"));
    add_text(b, t->currency);
}

static void write_payouts(struct book *b)
{
    static const struct column columns[] = {
        {N_("Contractor"), 34},
        {N_("Orders"),     12},
        {N_("Earned"),     16},
        {N_("Paid"),       16},
        {N_("To be paid"), 16},
    };
    add_sheet(b, N_("Payouts"));
    add_headings(b, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < b->report->payout_count; i++) {
        const struct report_payout *p = &b->report->payouts[i];
        add_text(b, p->name);
        add_number(b, KIND_NUMBER, (double)p->orders);
        add_money(b, p->earned);
        add_money(b, p->paid);
        add_money(b, p->unpaid);
        next_row(b);
    }
}

static void write_entries(struct book *b)
{
    static const struct column columns[] = {
        {N_("When"),       18},
        {N_("Contractor"), 34},
        {N_("Order"),      12},
        {N_("Amount"),     16},
        {N_("Reason"),     40},
    };
    add_sheet(b, N_("Entries"));
    add_headings(b, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < b->report->entry_count; i++) {
        const struct report_entry *e = &b->report->entries[i];
        add_time(b, KIND_INSTANT, e->at);
        add_text(b, e->name);
        if (e->order_id > 0) {
            worksheet_write_number(b->sheet, b->row, b->column, (double)e->order_id, NULL);
        }
        b->column++;
        add_money(b, e->amount);
        add_text(b, e->reason);
        next_row(b);
    }
}

static void write_clients(struct book *b)
{
    static const struct column columns[] = {
        {N_("Client"),          34},
        {N_("Orders"),          12},
        {N_("Average a month"), 18},
        {N_("Complete months"), 18},
        {N_("Taken in time"),   18},
        {N_("Done in time"),    18},
    };
    add_sheet(b, N_("Clients"));
    add_headings(b, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < b->report->client_count; i++) {
        const struct report_client *c = &b->report->clients[i];
        add_text(b, c->name);
        add_number(b, KIND_NUMBER, (double)c->orders);
        if (c->complete_months > 0) {
            add_number(b, KIND_AVERAGE, (double)c->average_x100 / 100);
        } else {
            b->column++;
        }
        add_number(b, KIND_NUMBER, (double)c->complete_months);
        add_share(b, c->taken_in_time, c->taken);
        add_share(b, c->done_in_time, c->worked);
        next_row(b);
    }
}

static void write_hours(struct book *b)
{
    add_sheet(b, N_("Load by hour"));
    for (lxw_col_t hour = 0; hour < 24; hour++) {
        worksheet_write_number(b->sheet, 0, (lxw_col_t)(hour + 1), hour, b->heading);
    }
    worksheet_set_column(b->sheet, 1, 24, 5, NULL);
    for (int day = 0; day < 7; day++) {
        label(b, weekday_word(day));
        for (int hour = 0; hour < 24; hour++) {
            add_number(b, KIND_NUMBER, (double)b->report->load[day][hour]);
        }
    }
    lxw_conditional_format heat = {
        .type = LXW_CONDITIONAL_2_COLOR_SCALE, .min_color = 0xf7f9fc, .max_color = 0x1d5fc4};
    worksheet_conditional_format_range(b->sheet, 1, 1, 7, 24, &heat);
}

static void make_formats(struct book *b)
{
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        if (number_formats[kind]) {
            b->formats[kind] = workbook_add_format(b->file);
            format_set_num_format(b->formats[kind], number_formats[kind]);
        }
    }
    b->heading = workbook_add_format(b->file);
    format_set_bold(b->heading);
}

/* ---- the file ---- */

static int read_back(int fd, struct buf *xlsx)
{
    char piece[64 * 1024];
    ssize_t len;
    off_t at = 0;
    while ((len = pread(fd, piece, sizeof piece, at)) > 0) {
        buf_add(xlsx, piece, (size_t)len);
        at += len;
    }
    return len < 0 || at == 0 ? -1 : 0;
}

/* The library writes to a name only; this one is memory. */
int workbook_write(const struct report *report, struct buf *xlsx, struct err *err)
{
    int fd = memfd_create("report", MFD_CLOEXEC);
    if (fd < 0) {
        return err_set(err, ERR_TRANSIENT, "no memory for a workbook: %s", strerror(errno));
    }
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    struct book b = {.file = workbook_new(name), .report = report};
    make_formats(&b);
    write_summary(&b);
    write_payouts(&b);
    write_entries(&b);
    write_clients(&b);
    write_hours(&b);
    lxw_error failed = workbook_close(b.file);
    int rc = failed == LXW_NO_ERROR ? read_back(fd, xlsx) : -1;
    close(fd);
    return rc == 0 ? 0 : err_set(err, ERR_TRANSIENT, "workbook: %s", lxw_strerror(failed));
}
