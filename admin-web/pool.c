/* pool.c - a few PostgreSQL sessions for many threads */
#include "admin-web/pool.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "common/base/clock.h"
#include "sql/admin_web_queries.h"

struct pool {
    struct db_opts opts;
    size_t size;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t free_slot;
    struct slot {
        struct db_session *session; /* NULL: not open; touched by who holds the slot only */
        bool lent;
    } slots[POOL_SESSIONS_MAX];
};

struct pool *pool_new(const struct db_opts *opts, size_t sessions)
{
    assert(sessions >= 1 && sessions <= POOL_SESSIONS_MAX);
    struct pool *pool = xcalloc(1, sizeof(*pool));
    pool->opts = *opts;
    pool->size = sessions;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->free_slot, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&pool->lock, NULL);
    return pool;
}

void pool_free(struct pool **pool)
{
    if (!*pool) {
        return;
    }
    for (size_t i = 0; i < (*pool)->size; i++) {
        assert(!(*pool)->slots[i].lent);
        if ((*pool)->slots[i].session) {
            db_session_close(&(*pool)->slots[i].session);
        }
    }
    pthread_cond_destroy(&(*pool)->free_slot);
    pthread_mutex_destroy(&(*pool)->lock);
    free(*pool);
    *pool = NULL;
}

/* An open one if there is, else any. */
static struct slot *free_slot_of(struct pool *pool)
{
    struct slot *found = NULL;
    for (size_t i = 0; i < pool->size; i++) {
        struct slot *slot = &pool->slots[i];
        if (!slot->lent && (!found || slot->session)) {
            found = slot;
        }
    }
    return found;
}

static struct slot *lend(struct pool *pool, struct err *err)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += POOL_PATIENCE_MS / SECOND_MS;

    pthread_mutex_lock(&pool->lock);
    struct slot *slot = free_slot_of(pool);
    while (!slot && pthread_cond_timedwait(&pool->free_slot, &pool->lock, &until) != ETIMEDOUT) {
        slot = free_slot_of(pool);
    }
    if (slot) {
        slot->lent = true;
    } else {
        err_set(err, ERR_TRANSIENT, "no session came free within %d ms", POOL_PATIENCE_MS);
    }
    pthread_mutex_unlock(&pool->lock);
    return slot;
}

static void give_back(struct pool *pool, struct slot *slot)
{
    pthread_mutex_lock(&pool->lock);
    slot->lent = false;
    pthread_cond_signal(&pool->free_slot);
    pthread_mutex_unlock(&pool->lock);
}

/* A new session under our limits: no statement outlasts a reader's patience. */
static int open_session(struct pool *pool, struct slot *slot, struct err *err)
{
    slot->session = db_session_open(&pool->opts, err);
    if (!slot->session) {
        return -1;
    }
    struct db_result *limited = db_session_call(slot->session, Q_limit_session, NULL, err);
    if (!limited) {
        db_session_close(&slot->session);
        return -1;
    }
    db_result_free(&limited);
    return 0;
}

struct db_result *pool_call(struct pool *pool, int query, const struct db_args *args,
                            struct err *err)
{
    struct slot *slot = lend(pool, err);
    if (!slot) {
        return NULL;
    }
    struct db_result *result = NULL;
    bool again;
    do {
        bool fresh = !slot->session;
        if (fresh && open_session(pool, slot, err) < 0) {
            break;
        }
        result = db_session_call(slot->session, query, args, err);
        bool dead = !db_session_is_alive(slot->session);
        if (dead) {
            db_session_close(&slot->session);
        }
        again = !result && dead && !fresh;
    } while (again);
    give_back(pool, slot);
    return result;
}
