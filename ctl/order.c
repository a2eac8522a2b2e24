/* order.c - itsupportctl order: the row, and everything that happened around it, in the order of
 * time */
#include <inttypes.h>

#include "common/base/text.h"
#include "ctl/ctl.h"

struct moment { /* a line of the timeline */
    int64_t at;
    size_t place; /* among equals: as the statements returned it */
    const char *kind, *text;
    int64_t version; /* 0: belongs to no event */
};

struct timeline {
    struct db_result *parts[2];
    struct moment *items;
    size_t count;
};

static void timeline_fini(struct timeline *t)
{
    for (size_t i = 0; i < ARRAY_LEN(t->parts); i++)
        ctl_results_free(&t->parts[i]);
    free(t->items);
}

static int compare(const void *left, const void *right)
{
    const struct moment *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void add_rows(struct timeline *t, const struct db_result *rows)
{
    t->items = xrealloc(t->items, t->count + (size_t)db_rows(rows) + 1, sizeof *t->items);
    for (int row = 0; row < db_rows(rows); row++, t->count++)
        t->items[t->count] = (struct moment){.at = db_i64(rows, row, 0),
                                             .place = t->count,
                                             .kind = db_text(rows, row, 1),
                                             .version = db_i64(rows, row, 2),
                                             .text = db_text(rows, row, 3)};
}

static int read_timeline(struct ctl *ctl, int64_t order_id, const char *zone, struct timeline *t,
                         struct err *err)
{
    static const enum ctl_query queries[] = {Q_read_order_story, Q_read_order_clocks};
    scoped(db_args_fini) struct db_args args = {0};
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        db_arg_i64(&args, order_id);
        db_arg_text(&args, zone);
        if (queries[i] == Q_read_order_story)
            db_arg_bool(&args, ctl->options[OPTION_TEXTS] != NULL);
        t->parts[i] = ctl_call(ctl, queries[i], &args, err);
        if (t->parts[i] == NULL)
            return -1;
        add_rows(t, t->parts[i]);
    }
    if (t->count > 0)
        qsort(t->items, t->count, sizeof *t->items, compare);
    return 0;
}

/* ---- printing ---- */

static void print_people(int64_t order_id, const struct db_result *facts, const struct timeline *t,
                         const char *zone)
{
    printf("order %" PRId64 " (times in %s)\n", order_id, zone);
    for (int row = 0; row < db_rows(facts); row++)
        printf("  %-11s %s\n", db_text(facts, row, 0), db_text(facts, row, 1));
    printf("\n");
    for (size_t i = 0; i < t->count; i++) {
        const struct moment *m = &t->items[i];
        scoped(buf_fini) struct buf at = {0};
        ctl_format_time(m->at, zone, &at);
        printf("%.19s  %-8s ", buf_text(&at), m->kind);
        if (m->version != 0)
            printf("%3" PRId64 "  %s\n", m->version, m->text);
        else
            printf("     %s\n", m->text);
    }
}

static void print_json(int64_t order_id, const struct db_result *facts, const struct timeline *t)
{
    scoped(buf_fini) struct buf json = {0};
    buf_printf(&json, "{\"order\": %" PRId64 ", \"facts\": {", order_id);
    for (int row = 0; row < db_rows(facts); row++) {
        buf_add_text(&json, row == 0 ? "" : ", ");
        buf_add_json(&json, db_text(facts, row, 0));
        buf_add_text(&json, ": ");
        buf_add_json(&json, db_text(facts, row, 1));
    }
    buf_add_text(&json, "},\n \"timeline\": [");
    for (size_t i = 0; i < t->count; i++) {
        const struct moment *m = &t->items[i];
        buf_printf(&json, "%s\n  {\"at\": %" PRId64 ", \"kind\": \"%s\", ", i == 0 ? "" : ",",
                   m->at, m->kind);
        if (m->version != 0)
            buf_printf(&json, "\"version\": %" PRId64 ", ", m->version);
        buf_add_text(&json, "\"text\": ");
        buf_add_json(&json, m->text);
        buf_add_char(&json, '}');
    }
    buf_add_text(&json, "]}");
    puts(buf_text(&json));
}

int run_order(struct ctl *ctl, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    scoped(timeline_fini) struct timeline timeline = {0};
    scoped(str_free) char *zone = NULL;
    int64_t order_id;
    if (text_to_i64(ctl->args[0], 1, INT64_MAX, &order_id) != 0)
        return ctl_usage(err, "\"%.40s\" is no order's number", ctl->args[0]);
    if (ctl_open(ctl, err) != 0 || (zone = ctl_zone(ctl, err)) == NULL)
        return -1;
    db_arg_i64(&args, order_id);
    db_arg_text(&args, zone);
    scoped(ctl_results_free) struct db_result *facts = ctl_call(ctl, Q_read_order, &args, err);
    if (facts == NULL)
        return -1;
    if (db_rows(facts) == 0)
        return err_set(err, ERR_REFUSED, "there is no order %" PRId64, order_id);
    if (read_timeline(ctl, order_id, zone, &timeline, err) != 0)
        return -1;
    if (ctl->options[OPTION_JSON] != NULL)
        print_json(order_id, facts, &timeline);
    else
        print_people(order_id, facts, &timeline, zone);
    return CTL_DONE;
}
