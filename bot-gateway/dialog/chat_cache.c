/* chat_cache.c - a set-associative cache: the place of a chat is known from its id, the least used
 * of the place gives way */
#include "bot-gateway/dialog/chat_cache.h"

#define PLACES 8192 /* a power of two */
#define WAYS 8

struct chat_cache {
    struct chat *slots[PLACES][WAYS];
};

struct chat_cache *chat_cache_new(void)
{
    return xcalloc(1, sizeof(struct chat_cache));
}

void person_forget(struct person *p)
{
    viewer_fini(&p->viewer);
    free(p->name);
    free(p->username);
    *p = (struct person){0};
}

void chat_forget_dialog(struct chat *chat)
{
    seats_fini(&chat->seats);
    chat->last_update_id = chat->last_update_at = 0;
    chat->menu[0] = '\0';
    chat->is_read = false;
}

void chat_forget(struct chat *chat)
{
    chat_forget_dialog(chat);
    person_forget(&chat->person);
}

static void chat_free(struct chat *chat)
{
    chat_forget(chat);
    free(chat);
}

void chat_cache_free(struct chat_cache **cache)
{
    if (!*cache) {
        return;
    }
    for (size_t i = 0; i < PLACES * WAYS; i++) {
        struct chat *chat = (*cache)->slots[i / WAYS][i % WAYS];
        if (chat) {
            chat_free(chat);
        }
    }
    free(*cache);
    *cache = NULL;
}

/* Ids of people are dense and of groups negative: mix them well. */
static size_t place_of(int64_t chat_id)
{
    uint64_t x = (uint64_t)chat_id * UINT64_C(0x9e3779b97f4a7c15);
    return (x >> 32) % PLACES;
}

static struct chat *chat_make(int64_t chat_id)
{
    struct chat *chat = xcalloc(1, sizeof *chat);
    chat->chat_id = chat_id;
    return chat;
}

/* The slot to use: the chat's own, a free one, or the least lately used that nobody holds; NULL if
 * all are held. */
static struct chat **slot_for(struct chat_cache *cache, int64_t chat_id)
{
    struct chat **slots = cache->slots[place_of(chat_id)], **best = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        if (slots[i] && slots[i]->chat_id == chat_id) {
            return &slots[i];
        }
        bool is_usable = !slots[i] || slots[i]->users == 0;
        bool is_better =
            !best || (*best && (!slots[i] || slots[i]->used_at_ms < (*best)->used_at_ms));
        if (is_usable && is_better) {
            best = &slots[i];
        }
    }
    return best;
}

struct chat *chat_cache_borrow(struct chat_cache *cache, int64_t chat_id, int64_t now_ms)
{
    struct chat **slot = slot_for(cache, chat_id);
    struct chat *chat = slot ? *slot : NULL;
    if (!chat || chat->chat_id != chat_id) {
        if (chat) {
            chat_free(chat);
        }
        chat = chat_make(chat_id);
        if (slot) {
            *slot = chat;
            chat->is_cached = true;
        }
    }
    chat->users++;
    chat->used_at_ms = now_ms;
    return chat;
}

void chat_cache_return(struct chat_cache *cache, struct chat *chat)
{
    (void)cache;
    assert(chat->users > 0);
    if (--chat->users == 0 && !chat->is_cached) {
        chat_free(chat);
    }
}

static void forget(struct chat_cache *cache, bool dialogs)
{
    for (size_t i = 0; i < PLACES * WAYS; i++) {
        struct chat *chat = cache->slots[i / WAYS][i % WAYS];
        if (chat) {
            chat->person.is_read = false;
            chat->is_read = chat->is_read && !dialogs;
        }
    }
}

void chat_cache_forget_people(struct chat_cache *cache)
{
    forget(cache, false);
}

void chat_cache_forget_all(struct chat_cache *cache)
{
    forget(cache, true);
}
