/* heap.h - what comes first: values by a key that grows, equal keys in the order they were added (pure) */
#pragma once
#include "common/base/base.h"

struct heap_node {
    int64_t  key;
    uint64_t turn;
    void    *value;
};

struct heap { /* zero-initialised = empty */
    struct heap_node *nodes;
    size_t            count, room;
    uint64_t          turns;
};

void    heap_fini(struct heap *); /* the values are the caller's */
void    heap_add(struct heap *, int64_t key, void *value);
void   *heap_take(struct heap *);            /* the first; not of an empty heap */
int64_t heap_first_key(const struct heap *); /* INT64_MAX if empty */
