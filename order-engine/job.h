/* job.h - one command on its way through a batch */
#pragma once
#include "common/io/bus.h"
#include "order-engine/rules/order.h"

#define JOB_ARG_BYTES 160
#define TOKEN_BYTES   32

struct job;
struct admin_work;
typedef void (*job_answer_fn)(void *ctx, const struct msg_answer *);

struct job {
    struct job              *next;
    struct bus_origin        origin;     /* where the answer goes, unless on_answer is set */
    job_answer_fn            on_answer;  /* itsupportctl: an engine for one command */
    void                    *ctx;
    struct msg               msg;        /* owned: msg_fini */
    const struct command_row *row;
    int                      attempts;   /* times its transaction was tried */
    bool                     doubts;     /* what is known of its order refuses it: the order is read before that is said */
    bool                     keep_answer; /* store it under the command's id */
    bool                     repeated;    /* the stored answer of an earlier time; nothing is done */
    struct msg               stored;      /* owned when repeated */
    struct msg_answer        answer;
    char                     args[REFUSAL_ARGS_MAX][JOB_ARG_BYTES]; /* "name=value" */
    const char              *arg_items[REFUSAL_ARGS_MAX];
    char                     text[240];   /* of an input error */
    char                     token[TOKEN_BYTES];
    int64_t                  telegram_id; /* of the actor; 0 for system, operator, panel */
    int64_t                  deadline_id;
    void                    *facts;       /* what an administrative command has loaded; free()d */
    void                   (*load_more)(struct admin_work *); /* set by its load: what only the first look can name; NULL = nothing */
};

struct job *job_new(struct msg *command /* takes */);
void        job_free(struct job **);
void        job_reset(struct job *); /* forgets what an earlier try has answered */

/* The answer of a job; each sets outcome and keep_answer. */
void job_ok(struct job *);
void job_refuse(struct job *, const struct refused *);
void job_refuse_plain(struct job *, enum refusal);
void job_refuse_hint(struct job *, const char *hint); /* bad_value: {hint} */
/* Not stored: the same id may be asked again ("not yet due", "internal"). */
void job_fail(struct job *, const char *outcome, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Bits of enum role a command acts with that comes from no person: time, panel, operator; 0 for people. */
unsigned job_acts_as(const struct job *);
/* The panel's login in whose name a command comes; NULL if it comes from elsewhere. */
const char *job_login(const struct job *);
