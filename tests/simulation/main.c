/* main.c - simulate: histories through the pure core, the watcher's queue and the pacing, drawn by
 * the seed's dice or told by a script */
#include <argp.h>
#include <inttypes.h>

#include "common/base/clock.h"
#include "common/base/text.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/order_fsm.h"
#include "tests/simulation/acts.h"
#include "tests/simulation/beginning.h"
#include "tests/simulation/rows.h"
#include "tests/simulation/script.h"

#define STEP_GAP_S 62 /* at most, between two steps: with the acts' weights, 200 orders a day */
#define FORGET_EVERY 512
#define BEGIN_DAY 20454 /* 2026-01-01; the seed moves it through the year and its DST nights */

struct options {
    int64_t seed, days, steps, gap_s;
    bool rows; /* are written at the end */
    struct people_wanted people;
    char *script; /* is told instead of what dice draw */
};

static void draw(struct shell *s, const struct options *o)
{
    struct dice d = dice_of((uint64_t)o->seed, 0);
    int64_t begin = (BEGIN_DAY + dice_any(&d, 730)) * DAY_MS;
    int64_t most = o->steps > 0 ? o->steps : INT64_MAX;
    s->company.now = s->began_at = begin;
    world_begin(s, &d, &o->people);
    watcher_start(&s->watcher, &s->company);
    while (s->step < most && s->company.now < begin + o->days * DAY_MS) {
        d = dice_of((uint64_t)o->seed, (uint64_t)++s->step);
        shell_pass_time(s, s->company.now + dice_any(&d, o->gap_s * SECOND_MS));
        acts_happen(s, &d);
        if (!o->rows && s->step % FORGET_EVERY == 0)
            company_forget_old(&s->company);
    }
}

/* How often each row fired, and how far it went. */
static void sum_up(const struct shell *s)
{
    for (size_t i = 0; i < order_rule_count; i++)
        printf("R %zu %" PRId64 " %s: %s\n", i, s->rule_fired[i],
               order_event_name(order_rules[i].event), order_rules[i].why);
    for (size_t i = 0; i < clock_step_count; i++)
        printf("K %zu %" PRId64 " %s %s: %s\n", i, s->step_fired[i],
               sla_clock_name(clock_steps[i].clock), clock_step_name(clock_steps[i].step),
               clock_steps[i].why);
    printf("E %" PRId64 " %" PRId64 " %" PRId64 "\n", s->step, s->company.now - s->began_at,
           s->company.next_order_id - 1);
}

static void simulate(const struct options *o)
{
    struct shell *s = xcalloc(1, sizeof *s);
    company_init(&s->company);
    s->trace = stdout;
    s->postman = postman_new();
    if (o->script != NULL)
        script_tell(s, o->script);
    else
        draw(s, o);
    if (o->rows)
        rows_write(stdout, &s->company);
    sum_up(s);
    postman_free(&s->postman);
    company_fini(&s->company);
    free(s);
}

static error_t parse_option(int key, char *value, struct argp_state *state)
{
    struct options *o = state->input;
    int64_t number = 0;
    bool is_number = value != NULL && text_to_i64(value, 0, INT64_MAX, &number) == 0;
    if (key == 'f') {
        o->script = value;
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
        {"script",                   'f', "FILE", 0, "what is told in there instead of a random history: script.h",
         0},
        {"gap",                   'g', "S", 0, "seconds at most between two steps (62)", 0},
        {"rows",              'r', NULL, 0, "at the end, the rows that are left: rows.h", 0},
        {0                },
    };
    struct options o = {
        .seed = 1, .days = 30, .gap_s = STEP_GAP_S, .people = {40, 16, 4, 2}
    };
    argp_parse(&(struct argp){.options = rows,
                              .parser = parse_option,
                              .doc = "Runs histories through the rules and writes what "
                                     "happened, one line per step; model.py checks it."},
               argc, argv, 0, NULL, &o);
    simulate(&o);
    return 0;
}
