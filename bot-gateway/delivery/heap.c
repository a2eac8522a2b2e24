/* heap.c - what comes first: a binary heap */
#include "bot-gateway/delivery/heap.h"

void heap_fini(struct heap *heap)
{
    free(heap->nodes);
    *heap = (struct heap){0};
}

static bool goes_before(const struct heap_node *a, const struct heap_node *b)
{
    return a->key < b->key || (a->key == b->key && a->turn < b->turn);
}

void heap_add(struct heap *heap, int64_t key, void *value)
{
    if (heap->count == heap->room) {
        heap->room = heap->room == 0 ? 64 : 2 * heap->room;
        heap->nodes = xrealloc(heap->nodes, heap->room, sizeof heap->nodes[0]);
    }
    struct heap_node node = {key, heap->turns++, value};
    size_t at = heap->count++;
    for (; at > 0 && goes_before(&node, &heap->nodes[(at - 1) / 2]); at = (at - 1) / 2)
        heap->nodes[at] = heap->nodes[(at - 1) / 2];
    heap->nodes[at] = node;
}

void *heap_take(struct heap *heap)
{
    assert(heap->count > 0);
    void *first = heap->nodes[0].value;
    struct heap_node last = heap->nodes[--heap->count];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && goes_before(&heap->nodes[child + 1], &heap->nodes[child]))
            child++;
        if (goes_before(&last, &heap->nodes[child]))
            break;
        heap->nodes[at] = heap->nodes[child];
    }
    heap->nodes[at] = last;
    return first;
}

int64_t heap_first_key(const struct heap *heap)
{
    return heap->count == 0 ? INT64_MAX : heap->nodes[0].key;
}
