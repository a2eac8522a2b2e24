/* rows.c - what a simulation leaves behind */
#include "tests/simulation/rows.h"

#include <inttypes.h>

static void write_order(FILE *out, const struct order *o)
{
    const struct {
        const char *column;
        int64_t value;
    } columns[] = {
        {"account_id",           o->account_id          },
        {"ordered_by",           o->ordered_by          },
        {"version",              o->version             },
        {"created_at",           o->created_at          },
        {"billing_month_id",     o->billing_month_id    },
        {"tariff_id",            o->tariff_id           },
        {"calendar_id",          o->calendar_id         },
        {"reaction_minutes",     o->reaction_minutes    },
        {"sees_contacts",        o->sees_contacts       },
        {"rate_minor",           o->rate_minor          },
        {"bonus_minor",          o->bonus_minor         },
        {"offer_open",           o->offer_open          },
        {"category_id",          o->category_id         },
        {"contractor_id",        o->contractor_id       },
        {"taken_at",             o->taken_at            },
        {"estimate_minutes",     o->estimate_minutes    },
        {"estimate_named",       o->estimate_named      },
        {"reworks",              o->reworks             },
        {"done_at",              o->done_at             },
        {"ended_at",             o->ended_at            },
        {"rating",               o->rating              },
        {"reaction_breached_at", o->reaction_breached_at},
        {"work_breached_at",     o->work_breached_at    },
    };
    fprintf(out, "O %" PRId64 " state=%s", o->id, order_state_name(o->state));
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        fprintf(out, " %s=%" PRId64, columns[i].column, columns[i].value);
    fputc('\n', out);
}

static void write_clocks(FILE *out, const struct order *o)
{
    for (int clock = 0; clock < ORDER_CLOCK_COUNT; clock++) {
        const struct clock_run *c = &o->clocks[clock];
        if (c->run == 0)
            continue;
        fprintf(out,
                "L %" PRId64 " %s run=%" PRId64 " started_at=%" PRId64 " ended_at=%" PRId64
                " paused=%d counted_ms=%" PRId64 " limit_ms=%" PRId64 " fired=%u shares=",
                o->id, sla_clock_name((enum sla_clock)clock), c->run, c->started_at,
                c->running ? 0 : c->ended_at, c->paused, c->counted_ms, c->limit_ms, c->fired);
        for (size_t i = 0; i < CLOCK_STEPS_MAX && c->shares[i] != 0; i++)
            fprintf(out, "%s%" PRId64, i == 0 ? "" : ",", c->shares[i]);
        fputc('\n', out);
    }
}

static void write_alerts(FILE *out, const struct order *o)
{
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        const struct open_alert *a = &o->alerts[cause];
        if (a->id != 0)
            fprintf(out,
                    "A %" PRId64 " %s alert=%" PRId64 " level=%" PRId64 " raised_at=%" PRId64
                    " acknowledged_by=%" PRId64 " acknowledged_at=%" PRId64 " repeats=%" PRId64
                    "\n",
                    o->id, alert_cause_name((enum alert_cause)cause), a->id, a->level, a->raised_at,
                    a->acknowledged_by, a->acknowledged_at, a->repeats);
    }
}

static void write_deadline(FILE *out, const struct row_deadline *row)
{
    const struct {
        const char *column;
        int64_t value;
    } owners[] = {
        {"order",   row->d.order_id},
        {"alert",   row->alert_id  },
        {"account", row->account_id},
        {"run",     row->run       },
    };
    fprintf(out, "T %s %s", sla_clock_name(row->clock), clock_step_name(row->step));
    for (size_t i = 0; i < ARRAY_LEN(owners); i++)
        fprintf(out, " %s=%" PRId64, owners[i].column, owners[i].value);
    fprintf(out, " due_at=%" PRId64 "\n", row->d.due_at);
}

void rows_write(FILE *out, const struct company *c)
{
    for (size_t i = 0; i < ORDERS_AT_ONCE; i++)
        if (c->orders[i] != NULL) {
            write_order(out, c->orders[i]);
            write_clocks(out, c->orders[i]);
            write_alerts(out, c->orders[i]);
        }
    for (size_t i = 0; i < c->deadline_count; i++)
        write_deadline(out, &c->deadlines[i]);
}
