/* refusals.c - each row is a scene, a question and the words of the answer */
#include "tests/unit/refusals.h"

#include "order-engine/rules/events.h"
#include "tests/unit/cases.h"

void refusals_check(const struct refusal_case *rows, size_t count)
{
    for (const struct refusal_case *row = rows; row < rows + count; row++) {
        struct scene x;
        scene_init(&x);
        row->given(&x);
        scene_try(&x, row->when, row->who);
        scoped(str_free) char *why = xasprintf("%s: %s", order_event_name(row->when), row->why);
        check_case_text(scene_refusal(&x), row->expect, why);
    }
}

void no_words(struct scene *x)
{
    x->command.has_text = false;
    x->command.text_len = 0;
}

void too_long(struct scene *x)
{
    x->command.text_len = TASK_TEXT_MAX + 1;
}
