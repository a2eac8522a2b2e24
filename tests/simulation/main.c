/* main.c - simulate: random histories through the pure core, the watcher's queue and the pacing, by
 * the seed's dice */
#include <argp.h>
#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/text.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/order_fsm.h"
#include "tests/simulation/acts.h"
#include "tests/simulation/rows.h"

#define STEP_GAP_S 62 /* at most, between two steps: with the acts' weights, 200 orders a day */
#define FORGET_EVERY 512
#define BEGIN_DAY 20454 /* 2026-01-01; the seed moves it through the year and its DST nights */
#define LEFT_OUT_MAX 65536

struct options {
    int64_t seed, days, steps, gap_s;
    bool rows; /* are written at the end */
    struct people_wanted people;
    char *left_out; /* "3,17,20-25" */
};

static bool *parse_left_out(const char *list, int64_t steps)
{
    bool *out = xcalloc((size_t)steps + 1, 1);
    for (const char *at = list; at != NULL && *at != '\0';) {
        char *end;
        int64_t first = strtoll(at, &end, 10), last = first;
        if (*end == '-')
            last = strtoll(end + 1, &end, 10);
        for (int64_t i = max_i64(first, 0); i <= last && i <= steps; i++)
            out[i] = true;
        at = *end == ',' ? end + 1 : end + strlen(end);
    }
    return out;
}

static void simulate(const struct options *o)
{
    struct shell *s = xcalloc(1, sizeof *s);
    struct company *c = company_new();
    s->company = *c;
    company_free(&c);
    s->trace = stdout;
    s->postman = postman_new();
    struct dice d = dice_of((uint64_t)o->seed, 0);
    int64_t begin = (BEGIN_DAY + dice_any(&d, 730)) * DAY_MS, steps = 0;
    int64_t most = o->steps > 0 ? o->steps : INT64_MAX;
    bool *left_out = parse_left_out(o->left_out, o->steps > 0 ? o->steps : LEFT_OUT_MAX);
    s->company.now = begin;
    acts_begin(s, &d, &o->people);
    watcher_start(&s->watcher, &s->company);
    while (steps < most && s->company.now < begin + o->days * DAY_MS) {
        d = dice_of((uint64_t)o->seed, (uint64_t)++steps);
        int64_t at = s->company.now + dice_any(&d, o->gap_s * SECOND_MS);
        s->step = steps;
        shell_pass_time(s, at);
        if (steps > LEFT_OUT_MAX || !left_out[steps])
            acts_happen(s, &d);
        if (!o->rows && steps % FORGET_EVERY == 0)
            company_forget_old(&s->company);
    }
    if (o->rows)
        rows_write(stdout, &s->company);
    for (size_t i = 0; i < order_rule_count; i++)
        printf("R %zu %" PRId64 " %s: %s\n", i, s->rule_fired[i],
               order_event_name(order_rules[i].event), order_rules[i].why);
    for (size_t i = 0; i < clock_step_count; i++)
        printf("K %zu %" PRId64 " %s %s: %s\n", i, s->step_fired[i],
               sla_clock_name(clock_steps[i].clock), clock_step_name(clock_steps[i].step),
               clock_steps[i].why);
    printf("E %" PRId64 " %" PRId64 " %" PRId64 "\n", steps, s->company.now - begin,
           s->company.next_order_id - 1);
    free(left_out);
    postman_free(&s->postman);
    for (size_t i = 0; i < ORDERS_AT_ONCE; i++)
        free(s->company.orders[i]);
    free(s);
}

static error_t parse_option(int key, char *value, struct argp_state *state)
{
    struct options *o = state->input;
    int64_t number = 0;
    bool is_number = value != NULL && text_to_i64(value, 0, INT64_MAX, &number) == 0;
    if (key == 'x') {
        o->left_out = value;
        return 0;
    }
    if (key != ARGP_KEY_ARG && value != NULL && !is_number)
        argp_error(state, "%s is no number", value);
    switch (key) {
    case 's':
        o->seed = number;
        return 0;
    case 'd':
        o->days = number;
        return 0;
    case 'n':
        o->steps = number;
        return 0;
    case 'g':
        o->gap_s = max_i64(number, 1);
        return 0;
    case 'r':
        o->rows = true;
        return 0;
    case 'c':
        o->people.contractors = (size_t)min_i64(number, 100);
        return 0;
    case 'a':
        o->people.accounts = (size_t)max_i64(min_i64(number, 40), 1);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int main(int argc, char **argv)
{
    static const struct argp_option rows[] = {
        {"seed",               's', "S", 0, "which history (1)", 0},
        {"days",                 'd', "N", 0, "simulated days at most (30)", 0},
        {"steps", 'n', "N", 0, "steps at most (all)", 0},
        {"contractors",                    'c', "N", 0, "how many contractors (40)", 0},
        {"accounts", 'a', "N", 0, "how many accounts (16)", 0},
        {"leave-out",                   'x', "LIST", 0, "steps in which nothing is said: 3,17,20-25", 0},
        {"gap",                   'g', "S", 0, "seconds at most between two steps (62)", 0},
        {"rows",              'r', NULL, 0, "at the end, the rows that are left: rows.h", 0},
        {0                },
    };
    struct options o = {
        .seed = 1, .days = 30, .gap_s = STEP_GAP_S, .people = {40, 16, 4, 2}
    };
    argp_parse(&(struct argp){.options = rows,
                              .parser = parse_option,
                              .doc = "Runs random histories through the rules and writes what "
                                     "happened, one line per step; model.py checks it."},
               argc, argv, 0, NULL, &o);
    simulate(&o);
    return 0;
}
