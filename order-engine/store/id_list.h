/* id_list.h - an ascending set of ids (pure) */
#pragma once
#include "common/base/base.h"

struct id_list { /* an ascending set of ids; zero-initialised = empty */
    int64_t *items;
    size_t   count, cap;
};

void id_list_add(struct id_list *, int64_t id); /* 0 is passed over */
bool id_list_has(const struct id_list *, int64_t id);
void id_list_reset(struct id_list *);
void id_list_fini(struct id_list *);
