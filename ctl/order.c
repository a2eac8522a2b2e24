/* order.c - itsupportctl order: the row, and everything that happened around it, with the reasons
 */
#include <inttypes.h>

#include "common/base/text.h"
#include "ctl/ctl.h"
#include "order-engine/timeline/rows.h"
#include "order-engine/timeline/timeline_json.h"
#include "order-engine/timeline/timeline_text.h"

struct told { /* one order, as read */
    int64_t order_id;
    struct db_result *facts, *rows, *said;
    struct timeline timeline;
};

static void told_fini(struct told *told)
{
    timeline_fini(&told->timeline);
    ctl_results_free(&told->facts);
    ctl_results_free(&told->rows);
    ctl_results_free(&told->said);
}

static struct db_result *read_about(struct ctl *ctl, enum ctl_query query, int64_t order_id,
                                    const char *zone, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, order_id);
    if (zone != NULL)
        db_arg_text(&args, zone);
    return ctl_call(ctl, query, &args, err);
}

static int read_order(struct ctl *ctl, const char *zone, struct told *told, struct err *err)
{
    told->facts = read_about(ctl, Q_read_order, told->order_id, zone, err);
    if (told->facts == NULL)
        return -1;
    told->rows = read_about(ctl, Q_read_timeline, told->order_id, NULL, err);
    if (told->rows == NULL)
        return -1;
    if (timeline_read(&told->timeline, told->rows) != 0)
        return err_set(err, ERR_REFUSED, "there is no order %" PRId64, told->order_id);
    if (ctl->options[OPTION_TEXTS] == NULL)
        return 0;
    told->said = read_about(ctl, Q_read_said, told->order_id, NULL, err);
    return told->said != NULL ? 0 : -1;
}

/* ---- printing ---- */

static void print_said(const struct told *told, const char *zone)
{
    for (int row = 0; told->said != NULL && row < db_rows(told->said); row++) {
        scoped(buf_fini) struct buf at = {0};
        ctl_format_time(db_i64(told->said, row, 0), zone, &at);
        printf("%s%.19s %3" PRId64 "  %s: %s\n", row == 0 ? "\n" : "", buf_text(&at),
               db_i64(told->said, row, 1), db_text(told->said, row, 2),
               db_text(told->said, row, 3));
    }
}

static void print_people(const struct told *told, const char *zone)
{
    scoped(buf_fini) struct buf text = {0};
    timeline_add_bars(&text, &told->timeline, zone);
    buf_add_char(&text, '\n');
    timeline_add_lines(&text, &told->timeline, zone);
    printf("order %" PRId64 " (times in %s)\n", told->order_id, zone);
    for (int row = 0; row < db_rows(told->facts); row++)
        printf("  %-11s %s\n", db_text(told->facts, row, 0), db_text(told->facts, row, 1));
    printf("\n%s", buf_text(&text));
    print_said(told, zone);
}

static void add_said(const struct told *told, struct buf *json)
{
    buf_add_text(json, ",\n \"said\": [");
    for (int row = 0; row < db_rows(told->said); row++) {
        buf_printf(json, "%s{\"version\": %" PRId64 ", \"kind\": ", row == 0 ? "" : ", ",
                   db_i64(told->said, row, 1));
        buf_add_json(json, db_text(told->said, row, 2));
        buf_add_text(json, ", \"text\": ");
        buf_add_json(json, db_text(told->said, row, 3));
        buf_add_char(json, '}');
    }
    buf_add_char(json, ']');
}

static void print_json(const struct told *told)
{
    scoped(buf_fini) struct buf json = {0};
    buf_printf(&json, "{\"order\": %" PRId64 ", \"facts\": {", told->order_id);
    for (int row = 0; row < db_rows(told->facts); row++) {
        buf_add_text(&json, row == 0 ? "" : ", ");
        buf_add_json(&json, db_text(told->facts, row, 0));
        buf_add_text(&json, ": ");
        buf_add_json(&json, db_text(told->facts, row, 1));
    }
    buf_add_text(&json, "},\n ");
    timeline_add_json(&told->timeline, &json);
    if (told->said != NULL)
        add_said(told, &json);
    buf_add_char(&json, '}');
    puts(buf_text(&json));
}

int run_order(struct ctl *ctl, struct err *err)
{
    scoped(told_fini) struct told told = {0};
    scoped(str_free) char *zone = NULL;
    if (text_to_i64(ctl->args[0], 1, INT64_MAX, &told.order_id) != 0)
        return ctl_usage(err, "\"%.40s\" is no order's number", ctl->args[0]);
    if (ctl_open(ctl, err) != 0 || (zone = ctl_zone(ctl, err)) == NULL ||
        read_order(ctl, zone, &told, err) != 0)
        return -1;
    if (ctl->options[OPTION_JSON] != NULL)
        print_json(&told);
    else
        print_people(&told, zone);
    return CTL_DONE;
}
