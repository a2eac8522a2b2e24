/* job.h - one message on its way; internal to the courier: courier.c, job.c, job_claim.c, job_answer.c */
#pragma once
#include "bot-gateway/delivery/calls.h"
#include "bot-gateway/delivery/courier.h"

enum stage {
    PREPARING, /* the database is asked what it says */
    READY,     /* has its slot and waits for its instant */
    CLAIMING,  /* 'sending' is being committed */
    UNDER_WAY, /* Telegram has it */
    PAUSING,   /* the next call of the same message needs a slot */
};

struct job {
    struct job *next;
    struct courier *courier;
    struct send_item item;
    struct send_item *more; /* alerts that go in the same message; NULL: none */
    size_t more_count;
    enum stage stage;
    bool is_claimed, has_slot;
    struct pacing_slot slot;
    int64_t resume_at_ms; /* PAUSING: not before */
    struct calls calls;
    size_t at;               /* which of them */
    int64_t message_id;      /* the first that arrived */
    int64_t card_message_id; /* ERRAND_CARD: what is edited */
    int64_t rewrites;        /* ERRAND_NOTICE: the same; 0: it is a new message */
    int64_t topic_id;        /* where it goes in a group with topics; 0: the group as such */
    bool makes_topic;        /* its call makes the topic it will go to */
    const char *card_kind;   /* a constant */
    bool is_thread;
    int64_t inquiry_id; /* a reply to it answers that; 0: none */
    int64_t mark_chat_id, mark_message_id;
    char error[RECORDS_ERROR_MAX];
};

struct courier {
    struct courier_opts opts;
    struct job *jobs;
    size_t job_count;
    bool is_open, is_stopping;
    unsigned troubles_in_a_row;
    struct send_item *never_left; /* claims that were lost with the database */
    size_t never_left_count;
    struct courier_counters counters;
};

/* The items of the message: 0 is its own, then those that go with it. */
struct send_item *job_item(struct job *, size_t at);
size_t            job_item_count(const struct job *);

/* Errands that are a row of deliveries: claimed before they leave, settled after. */
bool job_has_row(const struct job *);
bool job_needs_claim(const struct job *);

struct job *job_new(struct courier *, const struct send_item *);
void        job_free(struct job *);

/* Each of these ends the job; its chat may be written to again. */
void job_end(struct job *, int64_t chat_ready_at_ms);
void job_again(struct job *, int64_t pause_ms); /* nothing of it has arrived: back into the queue, first of its thread */
void job_repeat(struct job *);                  /* it may have arrived, and goes out once more */
void job_settle(struct job *, const char *state, const char *report); /* constants, as in records.h */

/* Asks the database what it says; ends in READY, or ends the job. */
void job_prepare(struct job *);
/* A payload becomes the job's calls; none if it makes no sense. */
void job_make_calls(struct job *, const char *payload, const char *const *copies, size_t copies_count);
/* The next call goes to Telegram; its answer goes on with the job. */
void job_leave(struct job *);
/* Commits 'sending' for all that have their slot, then lets them leave. */
void jobs_claim_due(struct courier *, int64_t now_ms);

void    job_note_error(struct job *, const char *text);
int64_t job_chat_ready_at(const struct job *);
bool    job_is_due(const struct job *, int64_t now_ms);
void    courier_keep_never_left(struct courier *, const struct send_item *);
