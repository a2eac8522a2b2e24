/* job.c - one command on its way through a batch */
#include "order-engine/job.h"

#include <inttypes.h>
#include <stdarg.h>

#include "common/base/text.h"

#define ACTOR_PERSON "tg:"
#define ACTOR_LOGIN "login:"

struct job *job_new(struct msg *command)
{
    struct job *job = xcalloc(1, sizeof *job);
    job->msg = *command;
    *command = (struct msg){0};
    if (strncmp(job->msg.actor, ACTOR_PERSON, strlen(ACTOR_PERSON)) == 0)
        text_to_i64(job->msg.actor + strlen(ACTOR_PERSON), 1, INT64_MAX, &job->telegram_id);
    return job;
}

void job_free(struct job **p)
{
    struct job *job = *p;
    if (job == NULL)
        return;
    msg_fini(&job->msg);
    job_reset(job);
    free(job);
    *p = NULL;
}

void job_reset(struct job *job)
{
    if (job->repeated)
        msg_fini(&job->stored);
    job->repeated = job->keep_answer = false;
    job->answer = (struct msg_answer){0};
    free(job->facts);
    job->facts = NULL;
    job->load_more = NULL;
}

unsigned job_acts_as(const struct job *job)
{
    if (strncmp(job->msg.actor, ACTOR_PERSON, strlen(ACTOR_PERSON)) == 0)
        return 0; /* also for what is no Telegram id: that is nobody */
    return str_eq(job->msg.actor, "system") ? ROLE_SYSTEM : ROLE_OWNER;
}

const char *job_login(const struct job *job)
{
    bool is_login = strncmp(job->msg.actor, ACTOR_LOGIN, strlen(ACTOR_LOGIN)) == 0;
    return is_login ? job->msg.actor + strlen(ACTOR_LOGIN) : NULL;
}

void job_ok(struct job *job)
{
    job->answer.outcome = "ok";
    job->keep_answer = true;
}

void job_refuse(struct job *job, const struct refused *r)
{
    job->answer = (struct msg_answer){.outcome = "refused", .refusal = refusal_name(r->why)};
    job->keep_answer = true;
    for (size_t i = 0; i < r->arg_count; i++) {
        const struct refusal_arg *arg = &r->args[i];
        if (arg->is_text)
            snprintf(job->args[i], JOB_ARG_BYTES, "%s=%s", arg->name, arg->text);
        else
            snprintf(job->args[i], JOB_ARG_BYTES, "%s=%" PRId64, arg->name, arg->number);
        job->arg_items[i] = job->args[i];
    }
    job->answer.args = (struct msg_strings){.count = r->arg_count, .items = job->arg_items};
}

void job_refuse_plain(struct job *job, enum refusal refusal)
{
    job_refuse(job, &(struct refused){.why = refusal});
}

void job_refuse_hint(struct job *job, const char *hint)
{
    struct refused r = {.why = REFUSE_bad_value, .arg_count = 1};
    r.args[0] = (struct refusal_arg){.name = "hint", .is_text = true, .text = hint};
    job_refuse(job, &r);
}

void job_fail(struct job *job, const char *outcome, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(job->text, sizeof job->text, fmt, ap);
    va_end(ap);
    job->answer = (struct msg_answer){.outcome = outcome, .text = job->text};
    job->keep_answer = false;
}
