/* maker.c - a thread that draws reports: a queue in, a queue out, an eventfd that wakes the loop */
#include "bot-gateway/reports/maker.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "bot-gateway/reports/chart.h"
#include "bot-gateway/reports/sketch.h"
#include "bot-gateway/reports/workbook.h"

struct job {
    enum report_form form;
    struct report *report;
    made_fn on_made;
    void *ctx;
    struct made made;
    struct job *next;
};

struct queue {
    struct job *first, *last;
};

struct maker {
    pthread_t thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t work;  /* something waits, or it is to end */
    struct queue waiting, done;
    bool ends;
    int wake; /* eventfd: something is done */
    sd_event_source *source;
};

static void push(struct queue *q, struct job *job)
{
    job->next = NULL;
    if (q->last) {
        q->last->next = job;
    } else {
        q->first = job;
    }
    q->last = job;
}

static struct job *pop(struct queue *q)
{
    struct job *job = q->first;
    if (job) {
        q->first = job->next;
        q->last = q->first ? q->last : NULL;
    }
    return job;
}

static void free_job(struct job *job)
{
    report_free(&job->report);
    buf_fini(&job->made.bytes);
    free(job);
}

/* ---- in the thread ---- */

static void make(struct job *job)
{
    struct made *made = &job->made;
    if (job->form == REPORT_TABLE) {
        made->rc = workbook_write(job->report, &made->bytes, &made->err);
    } else {
        made->rc = chart_draw(job->report, job->form == REPORT_CHART_DARK, &made->bytes);
        if (made->rc < 0) {
            err_set(&made->err, ERR_TRANSIENT, "no memory for a picture");
        }
    }
}

static struct job *wait_for_work(struct maker *m)
{
    pthread_mutex_lock(&m->lock);
    while (!m->ends && !m->waiting.first) {
        pthread_cond_wait(&m->work, &m->lock);
    }
    struct job *job = m->ends ? NULL : pop(&m->waiting);
    pthread_mutex_unlock(&m->lock);
    return job;
}

static void hand_over(struct maker *m, struct job *job)
{
    const uint64_t one = 1;
    pthread_mutex_lock(&m->lock);
    push(&m->done, job);
    pthread_mutex_unlock(&m->lock);
    ssize_t written = write(m->wake, &one, sizeof one);
    assert(written == sizeof one);
    (void)written;
}

static void *run(void *ctx)
{
    struct maker *m = ctx;
    struct job *job;
    while ((job = wait_for_work(m))) {
        make(job);
        hand_over(m, job);
    }
    sketch_forget();
    return NULL;
}

/* ---- in the loop ---- */

static struct job *fetch(struct maker *m)
{
    pthread_mutex_lock(&m->lock);
    struct job *job = pop(&m->done);
    pthread_mutex_unlock(&m->lock);
    return job;
}

static int on_wake(sd_event_source *source, int fd, uint32_t revents, void *ctx)
{
    (void)source;
    (void)revents;
    struct maker *m = ctx;
    uint64_t count;
    if (read(fd, &count, sizeof count) < 0) {
        return 0;
    }
    struct job *job;
    while ((job = fetch(m))) {
        job->on_made(job->ctx, &job->made);
        free_job(job);
    }
    return 0;
}

struct maker *maker_new(sd_event *loop)
{
    struct maker *m = xcalloc(1, sizeof *m);
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->work, NULL);
    m->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert(m->wake >= 0);
    int rc = sd_event_add_io(loop, &m->source, m->wake, EPOLLIN, on_wake, m);
    assert(rc >= 0);
    rc = pthread_create(&m->thread, NULL, run, m);
    assert(rc == 0);
    (void)rc;
    return m;
}

void maker_free(struct maker **pm)
{
    struct maker *m = *pm;
    if (!m) {
        return;
    }
    pthread_mutex_lock(&m->lock);
    m->ends = true;
    pthread_cond_signal(&m->work);
    pthread_mutex_unlock(&m->lock);
    pthread_join(m->thread, NULL);
    struct job *job;
    while ((job = pop(&m->waiting)) || (job = pop(&m->done))) {
        free_job(job);
    }
    sd_event_source_disable_unref(m->source);
    close(m->wake);
    pthread_cond_destroy(&m->work);
    pthread_mutex_destroy(&m->lock);
    free(m);
    *pm = NULL;
}

void maker_make(struct maker *m, enum report_form form, struct report *report, made_fn on_made,
                void *ctx)
{
    struct job *job = xcalloc(1, sizeof *job);
    *job = (struct job){.form = form, .report = report, .on_made = on_made, .ctx = ctx};
    pthread_mutex_lock(&m->lock);
    push(&m->waiting, job);
    pthread_cond_signal(&m->work);
    pthread_mutex_unlock(&m->lock);
}
