/* send_queue.c - what goes to Telegram next */
#include "bot-gateway/delivery/send_queue.h"

#include <search.h>

#include "bot-gateway/delivery/heap.h"

#define NO_CLASS SEND_CLASS_COUNT

struct queued {
    struct queued *next;
    struct send_item item;
};
_Static_assert(sizeof(struct queued) <= 64, "hundreds of thousands may wait");

struct link { /* of a ring whose head is a link, too */
    struct link *before, *after;
};

/* Messages about one order in one chat, or of one class about none. */
struct thread {
    struct link
        turn; /* among the chat's threads of the same class; first member: a link is its thread */
    struct chat *chat;
    int64_t order_id;
    struct queued *first, *last;
    uint32_t counts[SEND_CLASS_COUNT]; /* of its messages */
    uint8_t own_class;                 /* about no order: the class; else NO_CLASS */
    uint8_t turn_class;                /* of the turns it stands in; NO_CLASS: in none */
};

struct chat {
    struct link turn; /* among the chats of the same class; first member */
    struct link threads[SEND_CLASS_COUNT];
    int64_t chat_id;
    size_t messages;
    uint8_t turn_class; /* of the turns it stands in; NO_CLASS: in none */
    bool is_busy, is_waiting;
};

struct send_queue {
    void *chats, *threads; /* tsearch trees */
    struct link turns[SEND_CLASS_COUNT];
    struct heap waiting; /* chats, by when they may be written to again */
    struct heap early;   /* entries, by not_before_ms */
    size_t counts[SEND_CLASS_COUNT];
};

/* ---- rings ---- */

static void ring_init(struct link *head)
{
    head->before = head->after = head;
}

static bool ring_is_empty(const struct link *head)
{
    return head->after == head;
}

static void ring_append(struct link *head, struct link *link)
{
    link->before = head->before;
    link->after = head;
    head->before->after = link;
    head->before = link;
}

static void ring_remove(struct link *link)
{
    link->before->after = link->after;
    link->after->before = link->before;
}

/* ---- trees ---- */

static int compare_chats(const void *left, const void *right)
{
    const struct chat *a = left, *b = right;
    return (a->chat_id > b->chat_id) - (a->chat_id < b->chat_id);
}

static int compare_threads(const void *left, const void *right)
{
    const struct thread *a = left, *b = right;
    if (a->chat != b->chat)
        return (uintptr_t)a->chat > (uintptr_t)b->chat ? 1 : -1;
    if (a->order_id != b->order_id)
        return a->order_id > b->order_id ? 1 : -1;
    return (a->own_class > b->own_class) - (a->own_class < b->own_class);
}

static struct chat *find_chat(const struct send_queue *q, int64_t chat_id)
{
    struct chat key = {.chat_id = chat_id};
    struct chat **found = tfind(&key, &q->chats, compare_chats);
    return found == NULL ? NULL : *found;
}

static struct chat *find_or_add_chat(struct send_queue *q, int64_t chat_id)
{
    struct chat *chat = find_chat(q, chat_id);
    if (chat != NULL)
        return chat;
    chat = xcalloc(1, sizeof *chat);
    chat->chat_id = chat_id;
    chat->turn_class = NO_CLASS;
    for (int c = 0; c < SEND_CLASS_COUNT; c++)
        ring_init(&chat->threads[c]);
    void *added = tsearch(chat, &q->chats, compare_chats);
    assert(added != NULL);
    return chat;
}

static struct thread *find_or_add_thread(struct send_queue *q, struct chat *chat,
                                         const struct send_item *item)
{
    struct thread key = {
        .chat = chat,
        .order_id = item->order_id,
        .own_class = item->order_id == 0 ? item->send_class : NO_CLASS,
    };
    struct thread **found = tfind(&key, &q->threads, compare_threads);
    if (found != NULL)
        return *found;
    struct thread *thread = xcalloc(1, sizeof *thread);
    *thread = key;
    thread->turn_class = NO_CLASS;
    void *added = tsearch(thread, &q->threads, compare_threads);
    assert(added != NULL);
    return thread;
}

/* ---- whose turn ---- */

/* A thread is as urgent as the most urgent of its messages: those before it inherit. */
static uint8_t class_of_thread(const struct thread *thread)
{
    uint8_t c = 0;
    while (c < NO_CLASS && thread->counts[c] == 0)
        c++;
    return c;
}

static void place_thread(struct thread *thread)
{
    uint8_t turn_class = class_of_thread(thread);
    if (turn_class == thread->turn_class)
        return;
    if (thread->turn_class != NO_CLASS)
        ring_remove(&thread->turn);
    ring_append(&thread->chat->threads[turn_class],
                &thread->turn); /* an emptied one stands in none already */
    thread->turn_class = turn_class;
}

/* Of one that has messages. */
static uint8_t class_of_chat(const struct chat *chat)
{
    uint8_t c = 0;
    while (ring_is_empty(&chat->threads[c]))
        c++;
    return c;
}

static void place_chat(struct send_queue *q, struct chat *chat)
{
    bool is_away = chat->is_busy || chat->is_waiting;
    uint8_t turn_class = is_away ? NO_CLASS : class_of_chat(chat);
    if (turn_class == chat->turn_class)
        return;
    if (chat->turn_class != NO_CLASS)
        ring_remove(&chat->turn);
    if (turn_class != NO_CLASS)
        ring_append(&q->turns[turn_class], &chat->turn);
    chat->turn_class = turn_class;
}

/* ---- putting in ---- */

static struct queued *queued_new(const struct send_item *item)
{
    struct queued *entry = xcalloc(1, sizeof *entry);
    entry->item = *item;
    return entry;
}

static void count_in(struct thread *thread, const struct send_item *item)
{
    thread->counts[item->send_class]++;
    thread->chat->messages++;
    place_thread(thread);
}

static void line_up(struct send_queue *q, struct queued *entry /* takes */)
{
    struct chat *chat = find_or_add_chat(q, entry->item.chat_id);
    struct thread *thread = find_or_add_thread(q, chat, &entry->item);
    if (thread->first == NULL)
        thread->first = entry;
    else
        thread->last->next = entry;
    thread->last = entry;
    count_in(thread, &entry->item);
    place_chat(q, chat);
}

void send_queue_push(struct send_queue *q, const struct send_item *item)
{
    struct queued *entry = queued_new(item);
    q->counts[item->send_class]++;
    if (item->not_before_ms != 0)
        heap_add(&q->early, item->not_before_ms, entry);
    else
        line_up(q, entry);
}

int64_t send_queue_admit(struct send_queue *q, int64_t wall_ms)
{
    while (heap_first_key(&q->early) <= wall_ms)
        line_up(q, heap_take(&q->early));
    return heap_first_key(&q->early);
}

void send_queue_put_back(struct send_queue *q, const struct send_item *item)
{
    struct chat *chat = find_chat(q, item->chat_id);
    assert(chat != NULL && chat->is_busy);
    struct queued *entry = queued_new(item);
    struct thread *thread = find_or_add_thread(q, chat, item);
    entry->next = thread->first;
    thread->first = entry;
    if (thread->last == NULL)
        thread->last = entry;
    q->counts[item->send_class]++;
    count_in(thread, item);
}

/* ---- taking out ---- */

static void chat_free(struct send_queue *q, struct chat *chat)
{
    tdelete(chat, &q->chats, compare_chats);
    free(chat);
}

/* Chats whose waiting is over take their turn, or are forgotten if nothing is to be said to them.
 */
static void wake_chats(struct send_queue *q, int64_t now_ms)
{
    while (heap_first_key(&q->waiting) <= now_ms) {
        struct chat *chat = heap_take(&q->waiting);
        chat->is_waiting = false;
        if (chat->messages == 0)
            chat_free(q, chat);
        else
            place_chat(q, chat);
    }
}

bool send_queue_peek(struct send_queue *q, int64_t now_ms, enum send_class *ret)
{
    wake_chats(q, now_ms);
    for (enum send_class c = 0; c < SEND_CLASS_COUNT; c++) {
        if (!ring_is_empty(&q->turns[c])) {
            *ret = c;
            return true;
        }
    }
    return false;
}

/* To the end of its turns, whatever class is left in it; away if nothing is. */
static void thread_yield(struct send_queue *q, struct thread *thread)
{
    ring_remove(&thread->turn);
    thread->turn_class = NO_CLASS;
    place_thread(thread);
    if (thread->first == NULL) {
        tdelete(thread, &q->threads, compare_threads);
        free(thread);
    }
}

/* The first message of a thread; the thread goes to the end of its turns. */
static void take_first(struct send_queue *q, struct thread *thread, struct send_item *ret)
{
    struct queued *entry = thread->first;
    thread->first = entry->next;
    if (thread->first == NULL)
        thread->last = NULL;
    thread->counts[entry->item.send_class]--;
    thread->chat->messages--;
    q->counts[entry->item.send_class]--;
    thread_yield(q, thread);
    *ret = entry->item;
    free(entry);
}

bool send_queue_next(struct send_queue *q, int64_t now_ms, struct send_item *ret)
{
    enum send_class c;
    if (!send_queue_peek(q, now_ms, &c))
        return false;
    struct chat *chat = (struct chat *)q->turns[c].after;
    take_first(q, (struct thread *)chat->threads[c].after, ret);
    chat->is_busy = true;
    place_chat(q, chat);
    return true;
}

static bool is_alike(const struct send_item *a, const struct send_item *b)
{
    return a->errand == ERRAND_NOTICE && b->errand == ERRAND_NOTICE &&
           a->send_class == b->send_class && a->order_id != 0 && b->order_id != 0 &&
           a->order_id != b->order_id && a->is_repeated == b->is_repeated;
}

size_t send_queue_take_alike(struct send_queue *q, const struct send_item *item,
                             struct send_item *ret, size_t max)
{
    size_t threads = 0, taken = 0;
    struct chat *chat = find_chat(q, item->chat_id);
    assert(chat != NULL && chat->is_busy);
    struct link *head = &chat->threads[item->send_class], *link = head->after;
    for (const struct link *l = head->after; l != head; l = l->after)
        threads++;
    for (; threads > 0 && taken < max; threads--) {
        struct thread *thread = (struct thread *)link;
        link = link->after;
        if (is_alike(item, &thread->first->item))
            take_first(q, thread, &ret[taken++]);
    }
    return taken;
}

void send_queue_release(struct send_queue *q, int64_t chat_id, int64_t ready_at_ms)
{
    struct chat *chat = find_chat(q, chat_id);
    assert(chat != NULL && chat->is_busy);
    chat->is_busy = false;
    chat->is_waiting = true;
    heap_add(&q->waiting, ready_at_ms, chat);
}

int64_t send_queue_wake_at(const struct send_queue *q)
{
    return heap_first_key(&q->waiting);
}

/* ---- the whole ---- */

struct send_queue *send_queue_new(void)
{
    struct send_queue *q = xcalloc(1, sizeof *q);
    for (int c = 0; c < SEND_CLASS_COUNT; c++)
        ring_init(&q->turns[c]);
    return q;
}

static void thread_free(void *node)
{
    struct thread *thread = node;
    while (thread->first != NULL) {
        struct queued *entry = thread->first;
        thread->first = entry->next;
        free(entry);
    }
    free(thread);
}

struct idle {
    struct chat **chats;
    size_t count;
};

static void on_cleared_chat(const void *node, VISIT visit, void *ctx)
{
    struct idle *idle = ctx;
    struct chat *chat = *(struct chat *const *)node;
    if (visit != postorder && visit != leaf)
        return;
    chat->messages = 0;
    chat->turn_class = NO_CLASS;
    for (int c = 0; c < SEND_CLASS_COUNT; c++)
        ring_init(&chat->threads[c]);
    if (!chat->is_busy && !chat->is_waiting)
        idle->chats[idle->count++] = chat;
}

void send_queue_clear(struct send_queue *q)
{
    size_t count = send_queue_count(q);
    while (q->early.count > 0)
        free(heap_take(&q->early));
    tdestroy(q->threads, thread_free);
    q->threads = NULL;
    for (int c = 0; c < SEND_CLASS_COUNT; c++) {
        ring_init(&q->turns[c]);
        q->counts[c] = 0;
    }
    struct idle idle = {xcalloc(count + 1, sizeof(struct chat *)),
                        0}; /* an idle chat has messages */
    twalk_r(q->chats, on_cleared_chat, &idle);
    for (size_t i = 0; i < idle.count; i++)
        chat_free(q, idle.chats[i]);
    free(idle.chats);
}

void send_queue_free(struct send_queue **queue)
{
    if (*queue == NULL)
        return;
    send_queue_clear(*queue);
    heap_fini(&(*queue)->early);
    heap_fini(&(*queue)->waiting);
    tdestroy((*queue)->chats, free);
    free(*queue);
    *queue = NULL;
}

size_t send_queue_count(const struct send_queue *q)
{
    size_t count = 0;
    for (int c = 0; c < SEND_CLASS_COUNT; c++)
        count += q->counts[c];
    return count;
}

size_t send_queue_count_of(const struct send_queue *q, enum send_class c)
{
    return q->counts[c];
}
