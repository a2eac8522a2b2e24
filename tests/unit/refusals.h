/* refusals.h - rows of what is refused, with which words: a role first, then whose order it is, its state, finer reasons */
#pragma once
#include "tests/unit/scene.h"

struct refusal_case {
    void           (*given)(struct scene *);
    enum order_event when;
    enum cast        who;
    const char      *expect; /* as scene_refusal tells it; "" = it is allowed */
    const char      *why;
};

/* Each row on a scene of its own. */
void refusals_check(const struct refusal_case *rows, size_t count);

/* Given: the command says nothing; more than a text may have. */
void no_words(struct scene *);
void too_long(struct scene *);
