/* operator.c - one command of the operator's, run by order-engine's own core */
#include "ctl/operator.h"

#include <sodium.h>

#include "common/base/buf.h"
#include "order-engine/engine.h"

#define PATIENCE_S 30

struct asking {
    sd_event *loop;
    struct operator_answer *ret;
    struct err *err;
    bool answered;
    int result;
};

void operator_answer_fini(struct operator_answer *answer)
{
    str_free(&answer->token);
}

/* "ctl:" and a random UUID (version 4) */
static char *new_id(void)
{
    unsigned char b[16];
    randombytes_buf(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    return xasprintf("ctl:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                     b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                     b[12], b[13], b[14], b[15]);
}

/* The value of "name=value" among the arguments, NULL if it has none of that name. */
static const char *find_arg(const struct msg_strings *args, const char *name, size_t len)
{
    for (size_t i = 0; i < args->count; i++)
        if (strncmp(args->items[i], name, len) == 0 && args->items[i][len] == '=')
            return args->items[i] + len + 1;
    return NULL;
}

/* "This value is not allowed: {hint}." with its arguments put in. */
static void say_refusal(const struct msg_answer *answer, struct err *err)
{
    scoped(buf_fini) struct buf text = {0};
    int refusal = refusal_parse(answer->refusal);
    const char *at = refusal < 0 ? answer->refusal : refusal_sentence((enum refusal)refusal);
    while (*at != '\0') {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        const char *value =
            end != NULL ? find_arg(&answer->args, at + 1, (size_t)(end - at - 1)) : NULL;
        if (value != NULL) {
            buf_add_text(&text, value);
            at = end + 1;
        } else {
            buf_add_char(&text, *at++);
        }
    }
    err_set(err, ERR_REFUSED, "%s", buf_text(&text));
}

static void on_answer(void *ctx, const struct msg_answer *answer)
{
    struct asking *asking = ctx;
    asking->answered = true;
    if (str_eq(answer->outcome, "ok")) {
        asking->ret->token = xstrdup_or_null(answer->token);
        asking->ret->created_id = answer->has_created_id ? answer->created_id : 0;
        asking->result = 0;
    } else if (str_eq(answer->outcome, "refused")) {
        say_refusal(answer, asking->err);
    } else {
        err_set(asking->err, ERR_INTERNAL, "%s", answer->text);
    }
    sd_event_exit(asking->loop, 0); /* after this turn: the hints belong to it */
}

static int on_impatience(sd_event_source *source, uint64_t usec, void *ctx)
{
    (void)source, (void)usec;
    struct asking *asking = ctx;
    return sd_event_exit(asking->loop, 0);
}

static int ask(struct asking *asking, const struct ctl *ctl, struct msg *command)
{
    struct engine *engine = engine_new(asking->loop,
                                       &(struct engine_opts){.database_url = ctl->conf.database_url,
                                                             .bus_dir = ctl->conf.bus_dir,
                                                             .instance = "ctl",
                                                             .for_one_command = true},
                                       asking->err);
    if (engine == NULL)
        return -1;
    sd_event_add_time_relative(asking->loop, NULL, CLOCK_MONOTONIC, PATIENCE_S * UINT64_C(1000000),
                               1, on_impatience, asking);
    engine_submit(engine, command, on_answer, asking);
    sd_event_loop(asking->loop);
    if (!asking->answered)
        err_set(asking->err, ERR_UNCERTAIN,
                "no answer: PostgreSQL is away or busy, or the schema is older than this program");
    engine_free(&engine);
    return asking->result;
}

int operator_ask(const struct ctl *ctl, struct msg *command, struct operator_answer *ret,
                 struct err *err)
{
    scoped(str_free) char *id = new_id();
    struct asking asking = {.ret = ret, .err = err, .result = -1};
    command->id = id;
    command->actor = "operator";
    int rc = sd_event_new(&asking.loop);
    if (rc < 0)
        return err_set(err, ERR_INTERNAL, "no event loop: %s", strerror(-rc));
    int result = ask(&asking, ctl, command);
    sd_event_unref(asking.loop);
    return result;
}
