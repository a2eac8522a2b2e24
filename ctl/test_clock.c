/* test_clock.c - itsupportctl clock: shows the test clock, moves it on deadline by deadline, or
 * back before anything has happened
 *
 * A jump over many deadlines would fire them all at its end; so the clock stops at each of them
 * until it has been dealt with, as if the time between had really passed. Only a database made for
 * demo or test lets its clock be moved.
 */
#include <dirent.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "common/base/clock.h"
#include "common/io/bus.h"
#include "ctl/ctl.h"

#define CONNECT_PATIENCE_MS \
    300 /* for the daemons' sockets; who is missed looks by itself every 5 s */
#define STEP_PATIENCE_MS 10000 /* for the watcher and an engine; longer than their own looks */
#define TELL_AGAIN_MS 500      /* a hint is lost on who was not connected yet */
#define LOOK_EVERY_US 2000
#define FAR_MS (3660 * DAY_MS)

struct test_clock {
    struct ctl *ctl;
    sd_event *loop;
    struct bus_engine *bus;
    int64_t offset_ms, real_now; /* as last read */
    bool is_movable, is_empty;   /* empty: nobody has joined yet */
    bool warned;                 /* nobody deals with deadlines: do not wait any more */
    size_t steps;
};

/* ---- the database's side ---- */

static int read_installation(struct test_clock *c, struct err *err)
{
    scoped(ctl_results_free) struct db_result *row =
        ctl_call(c->ctl, Q_read_installation, NULL, err);
    if (row == NULL)
        return -1;
    c->is_movable = !str_eq(db_text(row, 0, 0), "production");
    c->offset_ms = db_i64(row, 0, 1);
    c->real_now = db_i64(row, 0, 2);
    c->is_empty = db_bool(row, 0, 3);
    return 0;
}

static int64_t now_of(const struct test_clock *c)
{
    return c->real_now + c->offset_ms;
}

/* One number of one statement with up to two instants; -1 with err. */
static int ask_number(struct test_clock *c, enum ctl_query query, const int64_t *instants,
                      size_t count, int64_t *ret, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    for (size_t i = 0; i < count; i++)
        db_arg_i64(&args, instants[i]);
    scoped(ctl_results_free) struct db_result *row = ctl_call(c->ctl, query, &args, err);
    if (row == NULL)
        return -1;
    *ret = db_i64(row, 0, 0);
    return 0;
}

static int next_deadline(struct test_clock *c, int64_t after, int64_t until, int64_t *ret,
                         struct err *err)
{
    return ask_number(c, Q_next_deadline, (int64_t[]){after, until}, 2, ret, err);
}

/* ---- telling the daemons ---- */

static size_t count_sockets(const char *dir)
{
    size_t count = 0;
    DIR *folder = opendir(dir);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        struct stat file;
        scoped(str_free) char *path = xasprintf("%s/%s/bus", dir, entry->d_name);
        count += stat(path, &file) == 0 && S_ISSOCK(file.st_mode);
    }
    if (folder != NULL)
        closedir(folder);
    return count;
}

static int open_bus(struct test_clock *c, struct err *err)
{
    const char *dir = c->ctl->conf.bus_dir;
    int rc = sd_event_new(&c->loop);
    if (rc < 0)
        return err_set(err, ERR_INTERNAL, "no event loop: %s", strerror(-rc));
    c->bus =
        bus_engine_new(c->loop, &(struct bus_engine_opts){.dir = dir, .hints_only = true}, err);
    if (c->bus == NULL)
        return -1;
    size_t daemons = count_sockets(dir);
    for (int64_t end = clock_mono_ms() + CONNECT_PATIENCE_MS;
         bus_engine_links(c->bus) < daemons && clock_mono_ms() < end;)
        sd_event_run(c->loop, LOOK_EVERY_US);
    return 0;
}

static void tell(struct test_clock *c)
{
    bus_engine_hint(c->bus, &(struct msg){.type = MSG_domain_changed,
                                          .body.domain_changed = {.what = "clock"}});
    bus_engine_hint(c->bus, &(struct msg){.type = MSG_deadlines_moved,
                                          .body.deadlines_moved = {.has_earliest_at = true}});
}

/* ---- moving ---- */

static int set_offset(struct test_clock *c, enum ctl_query how, int64_t offset_ms, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, offset_ms);
    scoped(ctl_results_free) struct db_result *done = ctl_call(c->ctl, how, &args, err);
    if (done == NULL)
        return -1;
    tell(c);
    return read_installation(c, err);
}

/* Until nothing is left that is due at this instant. */
static int wait_dealt_with(struct test_clock *c, int64_t due_at, struct err *err)
{
    int64_t left = 0, began = clock_mono_ms(), told = began;
    while (!c->warned) {
        if (ask_number(c, Q_count_due_deadlines, &due_at, 1, &left, err) != 0)
            return -1;
        if (left == 0)
            return 0;
        if (clock_mono_ms() >= told + TELL_AGAIN_MS) {
            tell(c);
            told = clock_mono_ms();
        }
        if (clock_mono_ms() >= began + STEP_PATIENCE_MS) {
            c->warned = true;
            fprintf(stderr,
                    "itsupportctl clock: %" PRId64
                    " deadlines are due and nobody deals with them (sla-watcher, order-engine); "
                    "going on without waiting\n",
                    left);
        }
        sd_event_run(c->loop, LOOK_EVERY_US);
    }
    return 0;
}

/* To a deadline, and until it is dealt with; nothing moves for one that is overdue. */
static int step_to(struct test_clock *c, int64_t due_at, struct err *err)
{
    if (due_at > now_of(c) && set_offset(c, Q_move_clock, due_at - c->real_now, err) != 0)
        return -1;
    c->steps++;
    return wait_dealt_with(c, due_at, err);
}

static int advance(struct test_clock *c, int64_t span_ms, struct err *err)
{
    int64_t target_offset = c->offset_ms + span_ms;
    int64_t done = 0; /* deadlines up to here have had their turn */
    for (;;) {
        int64_t due_at = 0;
        if (next_deadline(c, done, c->real_now + target_offset, &due_at, err) != 0)
            return -1;
        if (due_at == 0)
            break;
        if (step_to(c, due_at, err) != 0)
            return -1;
        done = due_at;
    }
    return set_offset(c, Q_move_clock, target_offset, err);
}

static int advance_to_next(struct test_clock *c, struct err *err)
{
    int64_t due_at = 0;
    if (next_deadline(c, now_of(c), now_of(c) + FAR_MS, &due_at, err) != 0)
        return -1;
    if (due_at == 0)
        return err_set(err, ERR_REFUSED, "no deadline lies ahead");
    return step_to(c, due_at, err);
}

/* ---- the command ---- */

static int show(struct test_clock *c, struct err *err)
{
    scoped(str_free) char *zone = ctl_zone(c->ctl, err);
    if (zone == NULL)
        return -1;
    scoped(buf_fini) struct buf line = {0};
    ctl_format_time(now_of(c), zone, &line);
    printf("%s %s", buf_text(&line), zone);
    if (c->offset_ms != 0)
        printf(", %" PRId64 " min %s real time", (int64_t)llabs(c->offset_ms) / MINUTE_MS,
               c->offset_ms > 0 ? "ahead of" : "behind");
    if (c->steps > 0)
        printf(", past %zu deadline%s", c->steps, c->steps == 1 ? "" : "s");
    printf("\n");
    return 0;
}

/* So that a demo has a past: its people join and work through it, up to now. */
static int rewind_clock(struct test_clock *c, struct err *err)
{
    int64_t span_ms = duration_parse_ms(c->ctl->args[1]);
    if (span_ms < 0)
        return ctl_usage(err, "\"%s\" is no duration: 90s, 55m, 2h30m, 1d", c->ctl->args[1]);
    if (!c->is_movable)
        return err_set(err, ERR_REFUSED, "the clock of a production installation is not moved");
    if (!c->is_empty)
        return err_set(err, ERR_REFUSED,
                       "somebody has joined already: what has happened would lie ahead");
    if (open_bus(c, err) != 0)
        return -1;
    return set_offset(c, Q_rewind_clock, c->offset_ms - span_ms, err);
}

static int move(struct test_clock *c, struct err *err)
{
    bool to_next = c->ctl->options[OPTION_TO_NEXT] != NULL;
    int64_t span_ms = 0;
    if (to_next != (c->ctl->arg_count == 1))
        return ctl_usage(err, "say how far: advance 55m, or advance --to-next");
    if (!to_next && (span_ms = duration_parse_ms(c->ctl->args[1])) < 0)
        return ctl_usage(err, "\"%s\" is no duration: 90s, 55m, 2h30m, 1d", c->ctl->args[1]);
    if (!c->is_movable)
        return err_set(err, ERR_REFUSED, "the clock of a production installation is not moved");
    if (open_bus(c, err) != 0)
        return -1;
    return to_next ? advance_to_next(c, err) : advance(c, span_ms, err);
}

int run_clock(struct ctl *ctl, struct err *err)
{
    struct test_clock c = {.ctl = ctl};
    const char *what = ctl->arg_count > 0 ? ctl->args[0] : "show";
    bool advances = str_eq(what, "advance");
    bool rewinds = str_eq(what, "rewind") && ctl->arg_count == 2;
    int result = 0;
    if (!advances && !rewinds && !(str_eq(what, "show") && ctl->arg_count < 2))
        return ctl_usage(err, "there is clock show, clock advance and clock rewind TIME");
    if (ctl_open(ctl, err) != 0 || read_installation(&c, err) != 0)
        return -1;
    if (advances)
        result = move(&c, err);
    else if (rewinds)
        result = rewind_clock(&c, err);
    if (result == 0)
        result = show(&c, err);
    bus_engine_free(&c.bus);
    sd_event_unref(c.loop);
    return result;
}
