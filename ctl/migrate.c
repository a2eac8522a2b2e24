/* migrate.c - brings the schema up to date: what is missing is applied, what was applied is
 * compared
 *
 * Two sessions: the first holds the lock (and makes the list of migrations), the second, which
 * could not be prepared before that list was there, works.
 */
#include <inttypes.h>

#include "common/base/buf.h"
#include "ctl/ctl.h"
#include "sql/migrations.h"

#define PARTITION_MONTHS "6" /* from then on sla-watcher has them made in time */

/* clang-format off */
static const char lock_and_list[] =
    "select pg_advisory_lock(hashtextextended('itsupportctl migrate', 0));"
    "create table if not exists schema_migrations ("
    "    version    integer primary key,"
    "    name       text not null,"
    "    sha256     text not null," /* of the file: a changed one is refused */
    "    applied_at timestamptz not null default now())";
/* clang-format on */

static const char *const purposes[] = {"production", "demo", "test"};

/* A session that knows just these statements: the others need a schema that may not be there yet.
 */
static struct db_session *open_for(const struct ctl *ctl, const enum ctl_query *wanted,
                                   size_t count, struct err *err)
{
    static struct db_query queries[CTL_QUERY_COUNT];
    for (size_t i = 0; i < count; i++)
        queries[i] = ctl_queries[wanted[i]];
    return db_session_open(&(struct db_opts){.url = ctl->conf.database_url,
                                             .user = CTL_DATABASE_ROLE,
                                             .application_name = "itsupportctl migrate",
                                             .queries = queries,
                                             .query_count = count},
                           err);
}

/* ---- what is there ---- */

static const struct migration *find_migration(int64_t version)
{
    for (const struct migration *m = migrations; m->version != 0; m++)
        if (m->version == version)
            return m;
    return NULL;
}

/* Compares what was applied with what we have, and marks it. */
static int compare(struct db_session *work, bool done[static MIGRATION_COUNT], struct err *err)
{
    scoped(ctl_results_free) struct db_result *applied = db_session_call(work, 0, NULL, err);
    if (applied == NULL)
        return -1;
    for (int row = 0; row < db_rows(applied); row++) {
        int64_t version = db_i64(applied, row, 0);
        const struct migration *ours = find_migration(version);
        if (ours == NULL)
            return err_set(err, ERR_REFUSED,
                           "the database has migration %04" PRId64
                           " (%s), which this program does not know: it is older than the database",
                           version, db_text(applied, row, 1));
        if (!str_eq(ours->sha256, db_text(applied, row, 2)))
            return err_set(err, ERR_REFUSED,
                           "%04d_%s.sql has changed since it was applied: a migration that was "
                           "applied is never edited, write a new one",
                           ours->version, ours->name);
        done[ours - migrations] = true;
    }
    return 0;
}

static int compare_purpose(const struct ctl *ctl, const char *wanted, char **ret_is,
                           struct err *err)
{
    static const enum ctl_query query[] = {Q_read_installation};
    scoped(db_session_close) struct db_session *session = open_for(ctl, query, 1, err);
    if (session == NULL)
        return -1;
    scoped(ctl_results_free) struct db_result *row = db_session_call(session, 0, NULL, err);
    if (row == NULL)
        return -1;
    *ret_is = xstrdup(db_text(row, 0, 0));
    if (wanted != NULL && !str_eq(wanted, *ret_is))
        return err_set(err, ERR_REFUSED,
                       "this is a %s database, and stays one: its purpose is fixed when it is made",
                       *ret_is);
    return 0;
}

/* ---- what is missing ---- */

/* A migration, its entry in the list and, with the first, the purpose: one transaction. */
static int apply(struct db_session *work, const struct migration *m, const char *purpose,
                 struct err *err)
{
    scoped(buf_fini) struct buf script = {0};
    buf_printf(&script,
               "%s\n;\ninsert into schema_migrations (version, name, sha256) values (%d, '%s', "
               "'%s');",
               m->text, m->version, m->name, m->sha256);
    if (m == migrations && purpose != NULL)
        buf_printf(&script, "update installation set purpose = '%s';", purpose);
    if (db_session_script(work, buf_text(&script), err) != 0)
        return err_prefix(err, "%04d_%s.sql", m->version, m->name);
    printf("%04d_%s: applied\n", m->version, m->name);
    return 0;
}

static int finish(struct db_session *work, struct err *err)
{
    if (db_session_script(work, roles_sql, err) != 0)
        return err_prefix(err, "roles.sql");
    if (db_session_script(work, "select make_order_partitions(current_date, " PARTITION_MONTHS ")",
                          err) != 0)
        return err_prefix(err, "partitions");
    return 0;
}

static int check_purpose(const char *wanted, struct err *err)
{
    for (size_t i = 0; wanted != NULL && i < ARRAY_LEN(purposes); i++)
        if (str_eq(wanted, purposes[i]))
            return 0;
    return wanted == NULL ? 0 : ctl_usage(err, "the purpose is production, demo or test");
}

int run_migrate(struct ctl *ctl, struct err *err)
{
    static const enum ctl_query listing[] = {Q_list_migrations};
    const char *wanted = ctl->options[OPTION_PURPOSE];
    scoped(str_free) char *purpose = NULL;
    scoped(db_session_close) struct db_session *lock = NULL;
    scoped(db_session_close) struct db_session *work = NULL;
    bool done[MIGRATION_COUNT] = {false};
    if (check_purpose(wanted, err) != 0)
        return -1;
    lock = open_for(ctl, NULL, 0, err);
    if (lock == NULL || db_session_script(lock, lock_and_list, err) != 0)
        return -1;
    work = open_for(ctl, listing, ARRAY_LEN(listing), err);
    if (work == NULL || compare(work, done, err) != 0)
        return -1;
    if (done[0] && compare_purpose(ctl, wanted, &purpose, err) != 0)
        return -1;
    for (size_t i = 0; i < MIGRATION_COUNT; i++)
        if (!done[i] && apply(work, &migrations[i], wanted, err) != 0)
            return -1;
    if (finish(work, err) != 0)
        return -1;
    printf("roles and partitions: as they should be\nversion %d, purpose %s\n",
           migrations[MIGRATION_COUNT - 1].version,
           purpose != NULL  ? purpose
           : wanted != NULL ? wanted
                            : purposes[0]);
    return CTL_DONE;
}
