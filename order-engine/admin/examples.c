/* examples.c - examples.set: what a good order looks like; clients see it when they begin one */
#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "sql/order_engine_queries.h"

static void load_nothing(struct admin_work *work)
{
    (void)work;
}

/* NULL, or what is wrong with them. */
static const char *complaint(const struct msg_examples_set *b)
{
    if (!language_exists(b->language))
        return "ru, en";
    if (b->texts.count < 1 || b->texts.count > EXAMPLES_MAX)
        return "1 to 8 examples";
    for (size_t i = 0; i < b->texts.count; i++) {
        const char *text = b->texts.items[i];
        if (text[strspn(text, " \t\r\n")] == '\0' || text_utf16_units(text) > EXAMPLE_TEXT_MAX)
            return "examples of 1 to 400 characters";
    }
    return NULL;
}

static void examples_run(struct admin_work *work)
{
    const struct msg_examples_set *b = &work->job->msg.body.examples_set;
    if (!admin_may(work, ROLE_OWNER))
        return;
    const char *hint = complaint(b);
    if (hint != NULL) {
        job_refuse_hint(work->job, hint);
        return;
    }
    db_arg_text(work->args, b->language);
    db_array_open(work->args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < b->texts.count; i++)
        db_item_text(work->args, b->texts.items[i]);
    db_array_close(work->args);
    admin_call(work, Q_set_examples, NULL);
    char subject[40];
    snprintf(subject, sizeof subject, "examples:%s", b->language);
    admin_audit(work, subject, NULL);
    job_ok(work->job);
}

const struct admin_command admin_examples_set = {load_nothing, examples_run};
