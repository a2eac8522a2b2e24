/* chats.c - a queue per chat, and which of them may go on (pure) */
#include "bot-gateway/intake/chats.h"

#include <search.h>

struct chat {
    int64_t chat_id;
    struct pending_list queue; /* without those in hand; of a chat set aside: rows that were read */
    struct turn turn;          /* count 0 = nothing in hand */
    int64_t rows;              /* in the inbox or on the way there, parked ones not counted */
    int64_t at_ms;             /* not before; 0 = at once */
    TAILQ_ENTRY(chat) in_list;
    TAILQ_ENTRY(chat) in_aside;
    bool is_listed;
};
TAILQ_HEAD(chat_list, chat);

struct chats {
    void *by_id;               /* tsearch's tree of struct chat */
    struct chat_list waiting;  /* something in the queue, nothing in hand */
    struct chat_list aside;    /* rows > 0 */
    struct pending_list age;   /* without a row, the oldest first */
    struct pending_list write; /* rows to write */
    size_t in_hand;
    int64_t rows;
};

/* ---- chats ---- */

static int by_chat_id(const void *a, const void *b)
{
    const struct chat *left = a;
    const struct chat *right = b;
    return (left->chat_id > right->chat_id) - (left->chat_id < right->chat_id);
}

static struct chat *find_chat(const struct chats *all, int64_t chat_id)
{
    struct chat key = {.chat_id = chat_id};
    struct chat **found = tfind(&key, &all->by_id, by_chat_id);
    return found ? *found : NULL;
}

static struct chat *open_chat(struct chats *all, int64_t chat_id)
{
    struct chat *chat = find_chat(all, chat_id);
    if (!chat) {
        chat = xcalloc(1, sizeof(*chat));
        chat->chat_id = chat_id;
        TAILQ_INIT(&chat->queue);
        tsearch(chat, &all->by_id, by_chat_id);
    }
    return chat;
}

/* Lists the chat where it belongs now, or forgets it when nothing is left of it. */
static void relist(struct chats *all, struct chat *chat)
{
    bool waits = chat->turn.count == 0 && !TAILQ_EMPTY(&chat->queue);
    if (waits && !chat->is_listed) {
        TAILQ_INSERT_TAIL(&all->waiting, chat, in_list);
    } else if (!waits && chat->is_listed) {
        TAILQ_REMOVE(&all->waiting, chat, in_list);
    }
    chat->is_listed = waits;
    if (!waits && chat->turn.count == 0 && chat->rows == 0) {
        tdelete(chat, &all->by_id, by_chat_id);
        free(chat);
    }
}

static void add_rows(struct chats *all, struct chat *chat, int64_t rows)
{
    if (rows == 0) {
        return;
    }
    if (chat->rows == 0) {
        TAILQ_INSERT_TAIL(&all->aside, chat, in_aside);
    }
    chat->rows += rows;
    all->rows += rows;
    if (chat->rows == 0) {
        TAILQ_REMOVE(&all->aside, chat, in_aside);
    }
}

/* ---- updates ---- */

void pending_free(struct pending **item)
{
    update_fini(&(*item)->update);
    free((*item)->parked_reason);
    free((*item)->failure);
    free(*item);
    *item = NULL;
}

static void drop_queue(struct pending_list *queue)
{
    while (!TAILQ_EMPTY(queue)) {
        struct pending *item = TAILQ_FIRST(queue);
        TAILQ_REMOVE(queue, item, in_queue);
        pending_free(&item);
    }
}

/* From now on it is a row's business; the update stays until the row is there. */
static void want_row(struct chats *all, struct pending *item)
{
    TAILQ_REMOVE(&all->age, item, in_age);
    item->row = ROW_WANTED;
    TAILQ_INSERT_TAIL(&all->write, item, in_queue);
}

void chats_add(struct chats *all, struct update *update, int64_t now_ms)
{
    struct chat *chat = open_chat(all, update->chat_id);
    struct pending *item = xcalloc(1, sizeof(*item));
    item->update = *update;
    *update = (struct update){0};
    item->chat = chat;
    item->received_ms = now_ms;
    TAILQ_INSERT_TAIL(&all->age, item, in_age);
    if (chat->rows > 0) {
        want_row(all, item);
        add_rows(all, chat, 1);
        return;
    }
    TAILQ_INSERT_TAIL(&chat->queue, item, in_queue);
    relist(all, chat);
}

/* ---- turns ---- */

static bool is_album_part(const struct pending *item)
{
    return item->update.kind == UPDATE_MESSAGE && item->update.media_group_id;
}

static bool is_same_album(const struct pending *a, const struct pending *b)
{
    return is_album_part(a) && is_album_part(b) &&
           str_eq(a->update.media_group_id, b->update.media_group_id);
}

/* The turn at the head of the queue: how many updates, and when it may begin. */
static size_t next_turn(const struct chat *chat, int64_t *ret_at_ms)
{
    const struct pending *first = TAILQ_FIRST(&chat->queue);
    const struct pending *last = first;
    const struct pending *after = TAILQ_NEXT(first, in_queue);
    size_t count = 1;
    while (after && count < CHATS_ALBUM_MAX && is_same_album(first, after)) {
        last = after;
        after = TAILQ_NEXT(after, in_queue);
        count++;
    }
    bool may_grow =
        is_album_part(first) && first->row == ROW_NONE && !after && count < CHATS_ALBUM_MAX;
    *ret_at_ms =
        may_grow ? max_i64(chat->at_ms, last->received_ms + CHATS_ALBUM_QUIET_MS) : chat->at_ms;
    return count;
}

struct turn *chats_next(struct chats *all, int64_t now_ms)
{
    struct chat *chat;
    TAILQ_FOREACH(chat, &all->waiting, in_list)
    {
        int64_t at_ms;
        size_t count = next_turn(chat, &at_ms);
        if (at_ms > now_ms) {
            continue;
        }
        struct turn *turn = &chat->turn;
        turn->chat_id = chat->chat_id;
        for (; turn->count < count; turn->count++) {
            struct pending *item = TAILQ_FIRST(&chat->queue);
            TAILQ_REMOVE(&chat->queue, item, in_queue);
            item->in_hand = true;
            item->verdict = VERDICT_NONE;
            turn->items[turn->count] = item;
            turn->updates[turn->count] = &item->update;
        }
        all->in_hand++;
        relist(all, chat);
        return turn;
    }
    return NULL;
}

int64_t chats_next_at(const struct chats *all)
{
    int64_t earliest = INT64_MAX;
    const struct chat *chat;
    TAILQ_FOREACH(chat, &all->waiting, in_list)
    {
        int64_t at_ms;
        next_turn(chat, &at_ms);
        earliest = min_i64(earliest, at_ms);
    }
    return earliest;
}

static struct chat *end_turn(struct chats *all, struct turn *turn)
{
    struct chat *chat = turn->items[0]->chat;
    for (size_t i = 0; i < turn->count; i++) {
        turn->items[i]->in_hand = false;
    }
    turn->count = 0;
    all->in_hand--;
    return chat;
}

void chats_release(struct chats *all, struct turn *turn)
{
    for (size_t i = 0; i < turn->count; i++) {
        if (turn->items[i]->row == ROW_NONE) {
            TAILQ_REMOVE(&all->age, turn->items[i], in_age);
        }
    }
    struct chat *chat = end_turn(all, turn);
    chat->at_ms = 0;
    relist(all, chat);
}

void chats_again(struct chats *all, struct turn *turn, int64_t at_ms)
{
    size_t count = turn->count;
    struct chat *chat = end_turn(all, turn);
    for (; count > 0; count--) {
        struct pending *item = turn->items[count - 1];
        TAILQ_INSERT_HEAD(&chat->queue, item, in_queue);
    }
    chat->at_ms = at_ms;
    relist(all, chat);
}

/* ---- setting aside ---- */

struct pending *chats_oldest(const struct chats *all)
{
    return TAILQ_FIRST(&all->age);
}

void chats_set_aside(struct chats *all, struct chat *chat)
{
    int64_t rows = 0;
    for (size_t i = 0; i < chat->turn.count; i++) {
        if (chat->turn.items[i]->row == ROW_NONE) {
            want_row(all, chat->turn.items[i]);
            rows++;
        }
    }
    while (!TAILQ_EMPTY(&chat->queue)) {
        struct pending *item = TAILQ_FIRST(&chat->queue);
        TAILQ_REMOVE(&chat->queue, item, in_queue);
        want_row(all, item);
        rows++;
    }
    add_rows(all, chat, rows);
    relist(all, chat);
}

void chats_park(struct chats *all, struct pending *item, const char *reason)
{
    item->parked_reason = xstrdup(reason);
    if (item->row == ROW_WANTED) { /* it was to hold up the chat; now it will not */
        chats_row_gone(all, item->update.chat_id);
        return;
    }
    item->row = ROW_WANTED;
    TAILQ_INSERT_TAIL(&all->write, item, in_queue);
}

struct pending *chats_take_to_write(struct chats *all)
{
    struct pending *item = TAILQ_FIRST(&all->write);
    if (item) {
        TAILQ_REMOVE(&all->write, item, in_queue);
        item->row = ROW_WRITING;
    }
    return item;
}

void chats_give_back(struct chats *all, struct pending *item)
{
    TAILQ_INSERT_HEAD(&all->write, item, in_queue);
    item->row = ROW_WANTED;
}

void chats_cancel_row(struct chats *all, struct pending *item)
{
    TAILQ_REMOVE(&all->write, item, in_queue);
    item->row = ROW_NONE;
    chats_row_gone(all, item->update.chat_id);
}

/* ---- rows ---- */

void chats_note_rows(struct chats *all, int64_t chat_id, int64_t rows)
{
    add_rows(all, open_chat(all, chat_id), rows);
}

void chats_row_gone(struct chats *all, int64_t chat_id)
{
    struct chat *chat = find_chat(all, chat_id);
    if (chat && chat->rows > 0) {
        add_rows(all, chat, -1);
        relist(all, chat);
    }
}

static bool is_readable(const struct chat *chat)
{
    return chat->turn.count == 0 && TAILQ_EMPTY(&chat->queue);
}

size_t chats_to_read(const struct chats *all, int64_t now_ms, int64_t *chat_ids, size_t max)
{
    size_t count = 0;
    const struct chat *chat;
    TAILQ_FOREACH(chat, &all->aside, in_aside)
    {
        if (count == max) {
            break;
        }
        if (is_readable(chat) && chat->at_ms <= now_ms) {
            chat_ids[count++] = chat->chat_id;
        }
    }
    return count;
}

int64_t chats_read_at(const struct chats *all)
{
    int64_t earliest = INT64_MAX;
    const struct chat *chat;
    TAILQ_FOREACH(chat, &all->aside, in_aside)
    {
        if (is_readable(chat)) {
            earliest = min_i64(earliest, chat->at_ms);
        }
    }
    return earliest;
}

void chats_add_row(struct chats *all, struct update *update, int64_t attempts)
{
    struct chat *chat = open_chat(all, update->chat_id);
    struct pending *item = xcalloc(1, sizeof(*item));
    item->update = *update;
    *update = (struct update){0};
    item->chat = chat;
    item->attempts = attempts;
    item->row = ROW_WRITTEN;
    TAILQ_INSERT_TAIL(&chat->queue, item, in_queue);
    relist(all, chat);
}

static void drop_cut_album(struct chat *chat)
{
    struct pending *last = TAILQ_LAST(&chat->queue, pending_list);
    struct pending *first = last;
    struct pending *before;
    if (!last || !is_album_part(last)) {
        return;
    }
    while ((before = TAILQ_PREV(first, pending_list, in_queue)) && is_same_album(before, last)) {
        first = before;
    }
    while (first) {
        struct pending *next = TAILQ_NEXT(first, in_queue);
        TAILQ_REMOVE(&chat->queue, first, in_queue);
        pending_free(&first);
        first = next;
    }
}

/* To the end of those set aside, so that the others get their turn. */
static void leave_alone(struct chats *all, struct chat *chat, int64_t at_ms)
{
    chat->at_ms = at_ms;
    TAILQ_REMOVE(&all->aside, chat, in_aside);
    TAILQ_INSERT_TAIL(&all->aside, chat, in_aside);
}

/* What is known for sure of a chat whose rows were all read: those, and those still to be written.
 */
static void recount_rows(struct chats *all, struct chat *chat)
{
    int64_t rows = 0;
    const struct pending *item;
    TAILQ_FOREACH(item, &chat->queue, in_queue)
    {
        rows++;
    }
    TAILQ_FOREACH(item, &all->write, in_queue)
    {
        rows += item->update.chat_id == chat->chat_id && !item->parked_reason;
    }
    add_rows(all, chat, rows - chat->rows);
}

void chats_rows_read(struct chats *all, int64_t chat_id, bool complete, int64_t at_ms)
{
    struct chat *chat = find_chat(all, chat_id);
    if (!chat || chat->rows == 0) {
        return;
    }
    if (complete) {
        recount_rows(all, chat);
    } else {
        drop_cut_album(chat);
    }
    if (chat->rows > 0 && TAILQ_EMPTY(&chat->queue)) {
        leave_alone(all, chat, at_ms);
    }
    relist(all, chat);
}

void chats_drop_rows(struct chats *all, int64_t chat_id, int64_t at_ms)
{
    struct chat *chat = find_chat(all, chat_id);
    if (!chat || chat->rows == 0) {
        return;
    }
    drop_queue(&chat->queue);
    leave_alone(all, chat, at_ms);
    relist(all, chat);
}

/* ---- the whole ---- */

size_t chats_in_hand(const struct chats *all)
{
    return all->in_hand;
}

int64_t chats_rows(const struct chats *all)
{
    return all->rows;
}

struct chats *chats_new(void)
{
    struct chats *all = xcalloc(1, sizeof(*all));
    TAILQ_INIT(&all->waiting);
    TAILQ_INIT(&all->aside);
    TAILQ_INIT(&all->age);
    TAILQ_INIT(&all->write);
    return all;
}

static void free_chat(void *node)
{
    struct chat *chat = node;
    for (size_t i = 0; i < chat->turn.count; i++) {
        if (chat->turn.items[i]->row != ROW_WANTED) { /* those are freed with the rows to write */
            pending_free(&chat->turn.items[i]);
        }
    }
    drop_queue(&chat->queue);
    free(chat);
}

void chats_free(struct chats **all)
{
    if (!*all) {
        return;
    }
    tdestroy((*all)->by_id, free_chat);
    drop_queue(&(*all)->write);
    free(*all);
    *all = NULL;
}
