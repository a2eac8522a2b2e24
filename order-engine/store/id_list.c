/* id_list.c - an ascending set of ids */
#include "order-engine/store/id_list.h"

void id_list_add(struct id_list *list, int64_t id)
{
    if (id == 0)
        return;
    size_t at = list->count;
    while (at > 0 && list->items[at - 1] >= id)
        if (list->items[--at] == id)
            return;
    if (list->count == list->cap) {
        list->cap = list->cap == 0 ? 64 : list->cap * 2;
        list->items = xrealloc(list->items, list->cap, sizeof *list->items);
    }
    memmove(list->items + at + 1, list->items + at, (list->count - at) * sizeof *list->items);
    list->items[at] = id;
    list->count++;
}

bool id_list_has(const struct id_list *list, int64_t id)
{
    size_t from = 0, to = list->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (list->items[middle] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < list->count && list->items[from] == id;
}

void id_list_reset(struct id_list *list)
{
    list->count = 0;
}

void id_list_fini(struct id_list *list)
{
    free(list->items);
    *list = (struct id_list){0};
}
