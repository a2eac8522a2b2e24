/* courier.c - carries commands of the worker threads to the main thread, and answers back */
#include "admin-web/courier.h"

#include <errno.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/base/clock.h"
#include "common/base/log.h"

/* One command on its way. Made by the worker; freed by the worker, or, if that gave up, by the
 * answer. */
struct errand {
    struct courier *courier;
    struct errand *next; /* in the queue */
    enum { QUEUED, ASKED, ANSWERED, FAILED, ABANDONED } state;
    struct buf command, answer; /* encoded: text of a decoded message dies with its callback */
    struct err err;
    pthread_cond_t settled;
};

struct courier {
    struct bus_client *bus;
    sd_event_source *source;
    int wake_fd;
    pthread_mutex_t lock; /* of what follows, and of every errand's state */
    struct errand *first, **last;
    size_t waiting;
    bool closed;
};

static struct errand *errand_new(struct courier *courier, const struct msg *command)
{
    struct errand *errand = xcalloc(1, sizeof(*errand));
    errand->courier = courier;
    msg_encode(command, &errand->command);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&errand->settled, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return errand;
}

static void errand_free(struct errand **errand)
{
    buf_fini(&(*errand)->command);
    buf_fini(&(*errand)->answer);
    pthread_cond_destroy(&(*errand)->settled);
    free(*errand);
    *errand = NULL;
}

/* ---- the main thread ---- */

static void settle(struct errand *errand, const struct msg_answer *answer, const struct err *err)
{
    if (answer) {
        msg_encode(&(struct msg){.type = MSG_answer, .id = "answer", .body.answer = *answer},
                   &errand->answer);
        errand->state = ANSWERED;
    } else {
        errand->err = *err;
        errand->state = FAILED;
    }
    pthread_cond_signal(&errand->settled);
}

static void on_answer(void *ctx, const struct msg_answer *answer, const struct err *err)
{
    struct errand *errand = ctx;
    struct courier *courier = errand->courier;
    pthread_mutex_lock(&courier->lock);
    courier->waiting--;
    if (errand->state == ABANDONED) {
        errand_free(&errand);
    } else {
        settle(errand, answer, err);
    }
    pthread_mutex_unlock(&courier->lock);
}

static struct errand *take_queue(struct courier *courier)
{
    pthread_mutex_lock(&courier->lock);
    struct errand *first = courier->first;
    courier->first = NULL;
    courier->last = &courier->first;
    for (struct errand *errand = first; errand; errand = errand->next) {
        errand->state = ASKED;
        courier->waiting++;
    }
    pthread_mutex_unlock(&courier->lock);
    return first;
}

/* The command is our own encoding, so it decodes; its worker may be gone already. */
static void ask(struct courier *courier, struct errand *errand)
{
    struct msg command;
    struct err err;
    if (msg_decode(errand->command.data, errand->command.len, &command, NULL, &err) < 0) {
        log_error("own command does not decode text=\"%s\"", err.text);
        on_answer(errand, NULL, &err);
        return;
    }
    bus_client_ask(courier->bus, &command, on_answer, errand);
    msg_fini(&command);
}

static int on_wake(sd_event_source *source, int fd, uint32_t events, void *ctx)
{
    (void)source, (void)events;
    struct courier *courier = ctx;
    uint64_t count;
    if (read(fd, &count, sizeof(count)) < 0 && errno != EAGAIN) {
        return -errno;
    }
    for (struct errand *errand = take_queue(courier), *next; errand; errand = next) {
        next = errand->next; /* the answer may free it */
        ask(courier, errand);
    }
    return 0;
}

struct courier *courier_new(sd_event *loop, struct bus_client *bus, struct err *err)
{
    struct courier *courier = xcalloc(1, sizeof(*courier));
    courier->bus = bus;
    courier->last = &courier->first;
    pthread_mutex_init(&courier->lock, NULL);
    courier->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int added = courier->wake_fd < 0 ? -errno
                                     : sd_event_add_io(loop, &courier->source, courier->wake_fd,
                                                       EPOLLIN, on_wake, courier);
    if (added < 0) {
        err_set(err, ERR_INTERNAL, "cannot make the workers' wake-up: %s", strerror(-added));
        courier_free(&courier);
    }
    return courier;
}

void courier_close(struct courier *courier)
{
    struct err closing;
    err_set(&closing, ERR_TRANSIENT, "admin-web is stopping");
    pthread_mutex_lock(&courier->lock);
    courier->closed = true;
    for (struct errand *errand = courier->first, *next; errand; errand = next) {
        next = errand->next;
        settle(errand, NULL, &closing);
    }
    courier->first = NULL;
    courier->last = &courier->first;
    pthread_mutex_unlock(&courier->lock);
}

void courier_free(struct courier **courier)
{
    if (!*courier) {
        return;
    }
    assert(!(*courier)->first && (*courier)->waiting == 0);
    sd_event_source_disable_unref((*courier)->source);
    if ((*courier)->wake_fd >= 0) {
        close((*courier)->wake_fd);
    }
    pthread_mutex_destroy(&(*courier)->lock);
    free(*courier);
    *courier = NULL;
}

/* ---- the workers ---- */

static void enqueue(struct courier *courier, struct errand *errand)
{
    *courier->last = errand;
    courier->last = &errand->next;
    uint64_t one = 1;
    ssize_t ignored =
        write(courier->wake_fd, &one, sizeof(one)); /* full only if a wake-up is due anyway */
    (void)ignored;
}

static void unqueue(struct courier *courier, struct errand *errand)
{
    struct errand **at = &courier->first;
    while (*at != errand) {
        at = &(*at)->next;
    }
    *at = errand->next;
    if (courier->last == &errand->next) {
        courier->last = at;
    }
}

/* Waits until it is settled or patience ends; then it is out of the queue or abandoned. */
static void wait_settled(struct courier *courier, struct errand *errand)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += COURIER_PATIENCE_MS / SECOND_MS;
    int waited = 0;
    while ((errand->state == QUEUED || errand->state == ASKED) && waited != ETIMEDOUT) {
        waited = pthread_cond_timedwait(&errand->settled, &courier->lock, &until);
    }
    if (errand->state == QUEUED) {
        unqueue(courier, errand);
        errand->state = FAILED;
        err_set(&errand->err, ERR_TRANSIENT, "the main thread is busy");
    } else if (errand->state == ASKED) {
        errand->state = ABANDONED;
    }
}

int courier_ask(struct courier *courier, const struct msg *command, struct msg *ret_answer,
                struct err *err)
{
    struct errand *errand = errand_new(courier, command);
    pthread_mutex_lock(&courier->lock);
    if (courier->closed) {
        errand->state = FAILED;
        err_set(&errand->err, ERR_TRANSIENT, "admin-web is stopping");
    } else {
        enqueue(courier, errand);
        wait_settled(courier, errand);
    }
    bool abandoned = errand->state == ABANDONED;
    pthread_mutex_unlock(&courier->lock);
    if (abandoned) { /* the answer frees it */
        return err_set(err, ERR_UNCERTAIN, "no answer within %d ms", COURIER_PATIENCE_MS);
    }
    int done = -1;
    if (errand->state == FAILED) {
        *err = errand->err;
    } else {
        done = msg_decode(errand->answer.data, errand->answer.len, ret_answer, NULL, err);
    }
    errand_free(&errand);
    return done;
}

size_t courier_waiting(struct courier *courier)
{
    pthread_mutex_lock(&courier->lock);
    size_t waiting = courier->waiting;
    pthread_mutex_unlock(&courier->lock);
    return waiting;
}
