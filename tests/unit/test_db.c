/* test_db.c - groups, errors, losses and values, against a real PostgreSQL
 *
 * ITSUPPORT_TEST_DATABASE_URL names a database these tests may fill with rubbish (tests/run makes a
 * scratch cluster).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/base/clock.h"
#include "common/io/db.h"
#include "common/io/db_session.h"

enum {
    Q_begin,
    Q_commit,
    Q_rollback,
    Q_insert_many,
    Q_insert_one,
    Q_list,
    Q_echo,
    Q_echo_arrays,
    Q_end_session,
    Q_sleep,
    QUERY_COUNT
};

static const struct db_query queries[QUERY_COUNT] = {
    {"begin",       "begin"                                                                 },
    {"commit",      "commit"                                                                },
    {"rollback",    "rollback"                                                              },
    {"insert_many",
     "insert into rubbish (id, word) select * from unnest($1::bigint[], $2::text[])"        },
    {"insert_one",  "insert into rubbish (id, word) values ($1::bigint, $2::text)"          },
    {"list",        "select id, word, id % 2 = 0 from rubbish order by id"                  },
    {"echo",        "select $1::bigint, $2::bigint, $3::text, $4::text, $5::bool, $6::bytea"},
    {"echo_arrays",
     "select array_to_string($1::bigint[], ',', '-'), array_to_string($2::text[], ',', '-'),"
     " array_to_string($3::bool[], ','), ($4::bytea[])[2], cardinality($5::text[])"         },
    {"end_session", "select pg_terminate_backend(pg_backend_pid())"                         },
    {"sleep",       "select pg_sleep($1::bigint)"                                           },
};

struct group { /* what a db_end_fn saw */
    int ends, rows;
    bool ok;
    struct err err;
    char sqlstate[6];
    struct world *world;
};

struct world {
    sd_event *loop;
    struct db *db;
    int readies, losses, failures;
    struct err failure;
};

static const char *url(void)
{
    return getenv("ITSUPPORT_TEST_DATABASE_URL");
}

static void on_ready(void *ctx)
{
    struct world *w = ctx;
    w->readies++;
}

static void on_lost(void *ctx, const struct err *err)
{
    struct world *w = ctx;
    (void)err;
    w->losses++;
}

static void on_failed(void *ctx, const struct err *err)
{
    struct world *w = ctx;
    w->failures++;
    w->failure = *err;
}

static void on_end(void *ctx, const struct err *err)
{
    struct group *g = ctx;
    g->ends++;
    g->ok = !err;
    if (err)
        g->err = *err;
    snprintf(g->sqlstate, sizeof g->sqlstate, "%s", db_last_sqlstate(g->world->db));
}

static void on_rows(void *ctx, const struct db_result *result)
{
    struct group *g = ctx;
    g->rows += db_rows(result);
}

/* Runs the loop until the number is reached; fails after ten seconds */
static void wait_for(struct world *w, const int *number, int value)
{
    int64_t deadline = clock_mono_ms() + 10000;
    while (*number < value) {
        assert_true(clock_mono_ms() < deadline);
        sd_event_run(w->loop, 100000);
    }
}

static void run_script(const char *sql)
{
    struct err err;
    scoped(db_session_close) struct db_session *s =
        db_session_open(&(struct db_opts){.url = url()}, &err);
    assert_non_null(s);
    assert_int_equal(db_session_script(s, sql, &err), 0);
}

static struct db_opts options(struct world *w)
{
    return (struct db_opts){.url = url(),
                            .application_name = "test_db",
                            .queries = queries,
                            .query_count = QUERY_COUNT,
                            .on_ready = on_ready,
                            .on_lost = on_lost,
                            .on_failed = on_failed,
                            .ctx = w};
}

static int setup(void **state)
{
    if (!url())
        return 0;
    run_script(
        "drop table if exists rubbish; create table rubbish (id bigint primary key, word text)");
    struct world *w = xcalloc(1, sizeof *w);
    sd_event_new(&w->loop);
    struct db_opts opts = options(w);
    w->db = db_new(w->loop, &opts);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    if (!w)
        return 0;
    db_free(&w->db);
    sd_event_unref(w->loop);
    free(w);
    return 0;
}

static struct world *world(void **state)
{
    if (!*state) {
        print_message("test_db: SKIPPED, ITSUPPORT_TEST_DATABASE_URL is not set\n");
        skip();
    }
    struct world *w = *state;
    wait_for(w, &w->readies, 1);
    return w;
}

static void insert_one(struct db *db, int64_t id, const char *word)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, id);
    db_arg_text(&args, word);
    db_call(db, Q_insert_one, &args, NULL, NULL);
}

static void check_values(void *ctx, const struct db_result *r)
{
    struct group *g = ctx;
    size_t len;
    const uint8_t *bytes;
    g->rows = db_rows(r);
    assert_true(db_i64(r, 0, 0) == INT64_MIN);
    assert_true(db_is_null(r, 0, 1));
    assert_true(db_i64(r, 0, 1) == 0);
    assert_string_equal(db_text(r, 0, 2), "it's \"Привет\"\\");
    assert_null(db_text_or_null(r, 0, 3));
    assert_string_equal(db_text(r, 0, 3), "");
    assert_true(db_bool(r, 0, 4));
    bytes = db_bytes(r, 0, 5, &len);
    assert_int_equal(len, 4);
    assert_memory_equal(bytes, "\0\377a\n", 4);
}

static void values_come_back_as_they_went(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w};
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, INT64_MIN);
    db_arg_i64_or_null(&args, false, 0);
    db_arg_text(&args, "it's \"Привет\"\\");
    db_arg_text(&args, NULL);
    db_arg_bool(&args, true);
    db_arg_bytes(&args, "\0\377a\n", 4);
    db_call(w->db, Q_echo, &args, check_values, &g);
    db_args_reset(&args); /* was copied */
    db_end(w->db, on_end, &g);
    assert_int_equal(db_groups_open(w->db), 1);
    wait_for(w, &g.ends, 1);
    assert_true(g.ok);
    assert_int_equal(g.rows, 1);
    assert_int_equal(db_groups_open(w->db), 0);
}

static void check_arrays(void *ctx, const struct db_result *r)
{
    struct group *g = ctx;
    size_t len;
    g->rows = db_rows(r);
    assert_string_equal(db_text(r, 0, 0), "1,-,-3");
    assert_string_equal(db_text(r, 0, 1), "a{},-,,\"");
    assert_string_equal(db_text(r, 0, 2), "t,f");
    assert_memory_equal(db_bytes(r, 0, 3, &len), "\0\1", 2);
    assert_int_equal(len, 2);
    assert_int_equal(db_i64(r, 0, 4), 0);
}

static void arrays_need_no_quoting(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w};
    scoped(db_args_fini) struct db_args args = {0};
    db_array_open(&args, DB_I64_ARRAY);
    db_item_i64(&args, 1);
    db_item_i64_or_null(&args, false, 2);
    db_item_i64(&args, -3);
    db_array_close(&args);
    db_array_open(&args, DB_TEXT_ARRAY);
    db_item_text(&args, "a{}");
    db_item_text(&args, NULL);
    db_item_text(&args, "");
    db_item_text(&args, "\"");
    db_array_close(&args);
    db_array_open(&args, DB_BOOL_ARRAY);
    db_item_bool(&args, true);
    db_item_bool(&args, false);
    db_array_close(&args);
    db_array_open(&args, DB_BYTES_ARRAY);
    db_item_bytes(&args, "x", 1);
    db_item_bytes(&args, "\0\1", 2);
    db_array_close(&args);
    db_array_open(&args, DB_TEXT_ARRAY);
    db_array_close(&args);
    db_call(w->db, Q_echo_arrays, &args, check_arrays, &g);
    db_end(w->db, on_end, &g);
    wait_for(w, &g.ends, 1);
    assert_true(g.ok);
    assert_int_equal(g.rows, 1);
}

static void an_error_skips_the_rest_of_its_group_only(void **state)
{
    struct world *w = world(state);
    struct group good = {.world = w}, bad = {.world = w}, after = {.world = w}, look = {.world = w};
    db_call(w->db, Q_begin, NULL, NULL, NULL);
    insert_one(w->db, 1, "kept");
    db_call(w->db, Q_commit, NULL, NULL, NULL);
    db_end(w->db, on_end, &good);
    db_call(w->db, Q_begin, NULL, NULL, NULL);
    insert_one(w->db, 2, "lost");
    insert_one(w->db, 1, "a duplicate");
    db_call(w->db, Q_list, NULL, on_rows, &bad);
    db_call(w->db, Q_commit, NULL, NULL, NULL);
    db_end(w->db, on_end, &bad);
    db_call(w->db, Q_rollback, NULL, NULL, NULL);
    db_end(w->db, on_end, &after);
    db_call(w->db, Q_list, NULL, on_rows, &look);
    db_end(w->db, on_end, &look);
    wait_for(w, &look.ends, 1);
    assert_true(good.ok);
    assert_int_equal(bad.ends, 1);
    assert_false(bad.ok);
    assert_int_equal(bad.rows, 0);
    assert_int_equal(bad.err.kind, ERR_INTERNAL);
    assert_string_equal(bad.sqlstate, "23505");
    assert_non_null(strstr(bad.err.text, "insert_one: duplicate key"));
    assert_true(after.ok);
    assert_string_equal(after.sqlstate, "");
    assert_int_equal(look.rows, 1);
    assert_int_equal(w->losses, 0);
}

static void again(void *ctx, const struct err *err)
{
    struct group *g = ctx;
    assert_null(err);
    if (++g->ends < 5) {
        insert_one(g->world->db, g->ends, "again");
        db_end(g->world->db, again, g);
    }
}

static void callbacks_may_go_on(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w};
    db_end(w->db, again, &g); /* a group without queries is allowed */
    wait_for(w, &g.ends, 5);
}

static void what_was_in_flight_is_uncertain(void **state)
{
    struct world *w = world(state);
    struct group killed = {.world = w}, behind = {.world = w}, refused = {.world = w},
                 later = {.world = w};
    db_call(w->db, Q_end_session, NULL, NULL, NULL);
    db_end(w->db, on_end, &killed);
    insert_one(w->db, 1, "behind");
    db_end(w->db, on_end, &behind);
    insert_one(w->db, 2, "half a group"); /* its end comes when the connection is gone */
    wait_for(w, &w->losses, 1);
    assert_int_equal(killed.ends + behind.ends, 2);
    assert_int_equal(killed.err.kind, ERR_UNCERTAIN);
    assert_int_equal(behind.err.kind, ERR_UNCERTAIN);
    assert_false(db_is_ready(w->db));
    struct group half = {.world = w};
    db_end(w->db, on_end, &half);
    insert_one(w->db, 3, "refused");
    db_end(w->db, on_end, &refused);
    assert_int_equal(refused.ends, 0); /* from the loop, never from within */
    wait_for(w, &refused.ends, 1);
    assert_int_equal(half.err.kind, ERR_UNCERTAIN);
    assert_int_equal(refused.err.kind, ERR_TRANSIENT);
    wait_for(w, &w->readies, 2);
    db_call(w->db, Q_list, NULL, on_rows, &later);
    db_end(w->db, on_end, &later);
    wait_for(w, &later.ends, 1);
    assert_true(later.ok);
}

static void a_statement_that_does_not_prepare_is_told(void **state)
{
    struct world *w = world(state);
    struct world other = {.loop = w->loop};
    struct db_query wrong[] = {
        queries[Q_begin], {"typo", "selekt 1"}
    };
    struct db_opts opts = options(&other);
    opts.queries = wrong;
    opts.query_count = ARRAY_LEN(wrong);
    other.db = db_new(w->loop, &opts);
    wait_for(&other, &other.failures, 1);
    assert_non_null(strstr(other.failure.text, "typo: syntax error"));
    assert_int_equal(other.readies, 0);
    db_free(&other.db);
}

static void nobody_there_is_no_end(void **state)
{
    struct world *w = world(state);
    struct world other = {.loop = w->loop};
    struct group g = {.world = &other};
    struct db_opts opts = options(&other);
    opts.url = "host=/nonexistent";
    other.db = db_new(w->loop, &opts);
    db_end(other.db, on_end, &g);
    wait_for(&other, &other.losses, 1);
    wait_for(&other, &g.ends, 1);
    assert_int_equal(g.err.kind, ERR_TRANSIENT);
    db_free(&other.db);
}

static void free_tells_open_groups(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w};
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, 1);
    db_call(w->db, Q_sleep, &args, NULL, NULL);
    db_end(w->db, on_end, &g);
    db_free(&w->db);
    assert_int_equal(g.ends, 1);
    assert_int_equal(g.err.kind, ERR_UNCERTAIN);
}

enum { MANY = 300, ROWS = 128, DEPTH = 4 };

static void many_groups_of_arrays_arrive(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w}, look = {.world = w};
    scoped(db_args_fini) struct db_args args = {0};
    int64_t began = clock_mono_ms();
    for (int i = 0; i < MANY; i++) {
        if (i >= DEPTH)
            wait_for(w, &g.ends, i - DEPTH + 1);
        db_args_reset(&args);
        db_array_open(&args, DB_I64_ARRAY);
        for (int k = 0; k < ROWS; k++)
            db_item_i64(&args, i * ROWS + k);
        db_array_close(&args);
        db_array_open(&args, DB_TEXT_ARRAY);
        for (int k = 0; k < ROWS; k++)
            db_item_text(&args, "a word of some length");
        db_array_close(&args);
        db_call(w->db, Q_begin, NULL, NULL, NULL);
        db_call(w->db, Q_insert_many, &args, NULL, NULL);
        db_call(w->db, Q_commit, NULL, NULL, NULL);
        db_end(w->db, on_end, &g);
    }
    wait_for(w, &g.ends, MANY);
    int64_t took = clock_mono_ms() - began;
    print_message("%d groups, %d rows in %d ms\n", MANY, MANY * ROWS, (int)took);
    db_call(w->db, Q_list, NULL, on_rows, &look);
    db_end(w->db, on_end, &look);
    wait_for(w, &look.ends, 1);
    assert_int_equal(look.rows, MANY * ROWS);
}

static void a_flood_without_waiting_arrives_too(void **state)
{
    struct world *w = world(state);
    struct group g = {.world = w};
    for (int i = 0; i < 20000; i++) { /* more than any socket buffer, in both directions */
        scoped(db_args_fini) struct db_args args = {0};
        db_arg_i64(&args, i);
        db_arg_i64(&args, i);
        db_arg_text(&args,
                    "0123456789012345678901234567890123456789012345678901234567890123456789");
        db_arg_text(&args, NULL);
        db_arg_bool(&args, true);
        db_arg_bytes(&args, "x", 1);
        db_call(w->db, Q_echo, &args, on_rows, &g);
        db_end(w->db, on_end, &g);
    }
    wait_for(w, &g.ends, 20000);
    assert_int_equal(g.rows, 20000);
}

static void a_session_waits_for_its_rows(void **state)
{
    struct world *w = world(state);
    struct err err;
    struct db_opts opts = options(w);
    scoped(db_session_close) struct db_session *s = db_session_open(&opts, &err);
    assert_non_null(s);
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, 5);
    db_arg_text(&args, "five");
    scoped(db_result_free) struct db_result *inserted =
        db_session_call(s, Q_insert_one, &args, &err);
    assert_non_null(inserted);
    assert_int_equal(db_affected(inserted), 1);
    assert_null(db_session_call(s, Q_insert_one, &args, &err));
    assert_int_equal(err.kind, ERR_INTERNAL);

    struct row {
        int64_t id;
        char *word;
        bool even;
    } row = {0};
    static const struct db_field fields[] = {
        DB_COL_I64(struct row, id), DB_COL_TEXT(struct row, word), DB_COL_BOOL(struct row, even)};
    scoped(db_result_free) struct db_result *rows = db_session_call(s, Q_list, NULL, &err);
    assert_int_equal(db_rows(rows), 1);
    db_row_read(rows, 0, fields, ARRAY_LEN(fields), &row);
    assert_int_equal(row.id, 5);
    assert_string_equal(row.word, "five");
    assert_false(row.even);
    free(row.word);

    assert_null(db_session_call(s, Q_end_session, NULL, &err));
    assert_int_equal(err.kind, ERR_UNCERTAIN);
    assert_null(db_session_call(s, Q_list, NULL, &err));
    assert_false(db_session_is_alive(s));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_come_back_as_they_went),
        TEST(arrays_need_no_quoting),
        TEST(an_error_skips_the_rest_of_its_group_only),
        TEST(callbacks_may_go_on),
        TEST(what_was_in_flight_is_uncertain),
        TEST(a_statement_that_does_not_prepare_is_told),
        TEST(nobody_there_is_no_end),
        TEST(free_tells_open_groups),
        TEST(many_groups_of_arrays_arrive),
        TEST(a_flood_without_waiting_arrives_too),
        TEST(a_session_waits_for_its_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
