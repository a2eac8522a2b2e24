/* updates.c - what waits for the bot: the queue behind getUpdates, with everything strange that may
 * happen to it */
#include "updates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "methods.h"
#include "text.h"
#include "world.h"

enum { BATCH = 100, HISTORY = 200000, LONGEST_POLL_S = 50 };

void updates_init(struct updates *updates)
{
    *updates = (struct updates){.next_id = 500000001};
}

static void drop(struct update *list, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        free(list[i].json);
}

void updates_fini(struct updates *updates)
{
    drop(updates->list, 0, updates->count);
    drop(updates->again, 0, updates->again_count);
    free(updates->list);
    free(updates->again);
    free(updates->raw);
    json_object_put(updates->allowed);
    *updates = (struct updates){0};
}

void updates_clear(struct updates *updates)
{
    int64_t next_id = updates->next_id, poller = updates->poller;
    int waiting = updates->waiting;
    json_object *allowed = updates->allowed; /* the bot set it, and it does not know of the reset */
    updates->allowed = NULL;
    updates_fini(updates);
    updates_init(updates);
    updates->next_id = next_id;
    updates->poller = poller;
    updates->waiting = waiting;
    updates->allowed = allowed;
}

size_t updates_pending(const struct updates *updates)
{
    return updates->count - updates->head;
}

static bool is_allowed(const struct updates *updates, const char *type)
{
    if (!updates->allowed)
        return strcmp(type, "chat_member") != 0 && strcmp(type, "message_reaction") != 0 &&
               strcmp(type, "message_reaction_count") != 0;
    for (size_t i = 0; i < json_count(updates->allowed); i++)
        if (!strcmp(json_object_get_string(json_object_array_get_idx(updates->allowed, i)), type))
            return true;
    return false;
}

void updates_push_text(struct updates *updates, int64_t id, int64_t chat_id, char *json, size_t len)
{
    if (updates->head > HISTORY) { /* forget the older half of what was confirmed */
        size_t old = updates->head / 2;
        drop(updates->list, 0, old);
        memmove(updates->list, updates->list + old, (updates->count - old) * sizeof *updates->list);
        updates->count -= old;
        updates->head -= old;
    }
    if (updates->count == updates->room) {
        updates->room = updates->room ? updates->room * 2 : 1024;
        updates->list = mem_grow(updates->list, updates->room * sizeof *updates->list);
    }
    updates->list[updates->count++] =
        (struct update){.id = id, .chat_id = chat_id, .json = json, .len = len};
}

int64_t updates_push(struct world *world, const char *type, json_object *payload, int64_t chat_id)
{
    struct updates *updates = &world->updates;
    if (!is_allowed(updates, type)) {
        json_object_put(payload);
        return 0;
    }
    int64_t id = updates->next_id++;
    char *inner = json_text(payload);
    json_object_put(payload);
    struct text text = {0};
    text_addf(&text, "{\"update_id\":%lld,\"%s\":", (long long)id, type);
    text_adds(&text, inner);
    text_adds(&text, "}");
    free(inner);
    updates_push_text(updates, id, chat_id, text.s, text.len);
    pthread_cond_broadcast(&world->update_came);
    return id;
}

int64_t updates_inject(struct world *world, json_object *update)
{
    struct updates *updates = &world->updates;
    int64_t id = json_int(update, "update_id", 0);
    if (json_object_is_type(update, json_type_object) && !json_at(update, "update_id")) {
        id = updates->next_id;
        json_put_int(update, "update_id", id);
    }
    if (id >= updates->next_id)
        updates->next_id = id + 1;
    char *json = json_text(update);
    updates_push_text(updates, id, 0, json, strlen(json));
    pthread_cond_broadcast(&world->update_came);
    return id;
}

static void add_again(struct updates *updates, const struct update *update)
{
    updates->again = mem_grow(updates->again, (updates->again_count + 1) * sizeof *updates->again);
    struct update *copy = &updates->again[updates->again_count++];
    *copy = *update;
    copy->json = mem_dupn(update->json, update->len);
}

size_t updates_redeliver(struct updates *updates, int64_t from_id, int64_t to_id)
{
    size_t before = updates->again_count;
    for (size_t i = 0; i < updates->head; i++)
        if (updates->list[i].id >= from_id && updates->list[i].id <= to_id)
            add_again(updates, &updates->list[i]);
    return updates->again_count - before;
}

static void confirm(struct updates *updates, int64_t offset)
{
    if (offset < 0) { /* the last so many stay, all before them are forgotten */
        uint64_t keep = (uint64_t)-offset, waiting = updates_pending(updates);
        if (waiting > keep)
            updates->head += (size_t)(waiting - keep);
        return;
    }
    while (updates->head < updates->count && updates->list[updates->head].id < offset)
        updates->head++;
}

static bool remember_allowed(struct call *call)
{
    json_object *wanted = NULL;
    if (!call_json(call, "allowed_updates", json_type_array, &wanted))
        return false;
    if (!wanted)
        return true;
    struct updates *updates = &call->world->updates;
    json_object_put(updates->allowed);
    updates->allowed = NULL;
    if (json_count(wanted) == 0)
        return true;
    updates->allowed = json_object_new_array();
    for (size_t i = 0; i < json_count(wanted); i++)
        json_object_array_add(updates->allowed, json_object_new_string(json_object_get_string(
                                                    json_object_array_get_idx(wanted, i))));
    return true;
}

static void add_update(struct text *body, const struct update *update)
{
    if (body->s[body->len - 1] != '[')
        text_adds(body, ",\n");
    text_add(body, update->json, update->len);
}

/* A batch in an order Telegram may choose: chats mixed anew, each chat's own order kept, and every
 * update once more somewhere after its first delivery. */
static void add_shuffled(struct world *world, struct text *body, const struct update *list,
                         size_t count)
{
    size_t order[BATCH], first[BATCH];
    bool used[BATCH] = {false};
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(faults_random(&world->faults.random) % i), keep = order[i - 1];
        order[i - 1] = order[other];
        order[other] = keep;
    }
    for (size_t i = 0; i < count;
         i++) { /* the place goes to the earliest update of the same chat */
        first[i] = order[i];
        for (size_t k = 0; k < count; k++)
            if (!used[k] && list[k].chat_id == list[order[i]].chat_id) {
                first[i] = k;
                break;
            }
        used[first[i]] = true;
    }
    size_t owed[BATCH], owing = 0;
    for (size_t i = 0; i < count || owing > 0;) {
        bool repeat = owing > 0 && (i == count || faults_random(&world->faults.random) % 2);
        if (repeat) {
            size_t which = (size_t)(faults_random(&world->faults.random) % owing);
            add_update(body, &list[owed[which]]);
            owed[which] = owed[--owing];
        } else {
            add_update(body, &list[first[i]]);
            owed[owing++] = first[i++];
        }
    }
}

static void give_batch(struct call *call, size_t limit)
{
    struct world *world = call->world;
    struct updates *updates = &world->updates;
    struct text *body = &call->body;
    text_adds(body, "{\"ok\":true,\"result\":[");
    size_t again = updates->again_count < limit ? updates->again_count : limit;
    for (size_t i = 0; i < again; i++)
        add_update(body, &updates->again[i]);
    drop(updates->again, 0, again);
    updates->again_count -= again;
    if (again)
        memmove(updates->again, updates->again + again,
                updates->again_count * sizeof *updates->again);
    limit -= again;

    size_t count = updates_pending(updates);
    size_t most = world->faults.duplicate && limit > 1 ? limit / 2 : limit;
    count = count < most ? count : most;
    if (world->faults.duplicate && limit > 1)
        add_shuffled(world, body, updates->list + updates->head, count);
    else
        for (size_t i = 0; i < count; i++)
            add_update(body, &updates->list[updates->head + i]);
    updates->delivered += (int64_t)(count + again);
    text_adds(body, "]}");
}

json_object *updates_serve(struct call *call)
{
    struct world *world = call->world;
    struct updates *updates = &world->updates;
    if (updates->webhook[0])
        return call_fail(call, 409,
                         "Conflict: can't use getUpdates method while webhook is active; use "
                         "deleteWebhook to delete the webhook first");
    int64_t offset = call_int(call, "offset", 0), limit = call_int(call, "limit", BATCH),
            timeout_s = call_int(call, "timeout", 0);
    if (!remember_allowed(call))
        return NULL;
    limit = limit < 1 ? 1 : limit > BATCH ? BATCH : limit;
    timeout_s = timeout_s < 0 ? 0 : timeout_s > LONGEST_POLL_S ? LONGEST_POLL_S : timeout_s;

    int64_t now = world_now_ms(), me = ++updates->poller;
    if (world->limits.on && updates->last_at_ms &&
        offset ==
            updates->last_offset) { /* as the real server slows a poller that runs in circles */
        if (timeout_s < 3 && now < updates->last_at_ms + 3000)
            timeout_s = 3;
        if (now < updates->last_at_ms + 500)
            limit = 1;
    }
    updates->last_offset = offset;
    updates->last_at_ms = now;
    if (updates->waiting > 0) /* the older poll must learn that it has been replaced */
        pthread_cond_broadcast(&world->update_came);
    confirm(updates, offset);

    int64_t deadline = now + timeout_s * 1000;
    updates->waiting++;
    while (!world->stopping && me == updates->poller && !updates->raw &&
           updates_pending(updates) == 0 && updates->again_count == 0 &&
           world_now_ms() < deadline && !faults_is_down(&world->faults, "getUpdates"))
        world_wait(world, &world->update_came, deadline);
    if (me != updates->poller) {
        int64_t until = 0;
        if (world_now_ms() >= updates->next_conflict_ms)
            updates->next_conflict_ms = world_now_ms() + 3000;
        else
            until = world_now_ms() + 3000;
        while (!world->stopping && world_now_ms() < until)
            world_wait(world, &world->update_came, until);
        updates->waiting--;
        world->conflicts++;
        return call_fail(call, 409,
                         "Conflict: terminated by other getUpdates request; make sure that only "
                         "one bot instance is running");
    }
    updates->waiting--;
    if (faults_is_down(&world->faults, "getUpdates")) {
        call->reset = true;
        return NULL;
    }
    if (updates->raw) {
        text_add(&call->body, updates->raw, updates->raw_len);
        free(updates->raw);
        updates->raw = NULL;
        return NULL;
    }
    give_batch(call, (size_t)limit);
    return NULL;
}
