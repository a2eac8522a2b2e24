/* world.c - the little world behind the simulator: people, chats, messages, and one lock over it
 * all */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text.h"

int64_t world_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t world_now_ms(void)
{
    return world_now_us() / 1000;
}

int64_t world_date(const struct world *world)
{
    return (int64_t)time(NULL) + world->date_offset_s;
}

void world_wait(struct world *world, pthread_cond_t *condition, int64_t deadline_ms)
{
    struct timespec until = {.tv_sec = deadline_ms / 1000,
                             .tv_nsec = (deadline_ms % 1000) * 1000000};
    pthread_cond_timedwait(condition, &world->lock, &until);
}

struct world *world_new(const char *token, const char *bot_username, size_t methods)
{
    struct world *world = mem_new(sizeof *world);
    pthread_mutex_init(&world->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&world->update_came, &attributes);
    pthread_cond_init(&world->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    snprintf(world->token, sizeof world->token, "%s", token);
    snprintf(world->bot_username, sizeof world->bot_username, "%s", bot_username);
    snprintf(world->bot_name, sizeof world->bot_name, "%s", "ITSupport");
    world->bot_id = strtoll(token, NULL, 10);
    world->calls = mem_new(methods * sizeof *world->calls);
    world->epoch = (int64_t)time(NULL) * 1000;
    world->seq = 1; /* 0 is what a page knows that has seen nothing */
    world->violations = json_object_new_array();
    world->descriptions = json_object_new_object();
    limits_init(&world->limits, true);
    updates_init(&world->updates);
    return world;
}

struct message *world_message_new(void)
{
    return mem_new(sizeof(struct message));
}

void world_message_free(struct message **message)
{
    struct message *m = *message;
    if (!m)
        return;
    json_object_put(m->entities);
    json_object_put(m->media);
    json_object_put(m->markup);
    json_object_put(m->forward);
    json_object_put(m->bot_reactions);
    json_object_put(m->person_reactions);
    free(m->text);
    free(m->album);
    free(m);
    *message = NULL;
}

static void chat_free(struct chat *chat)
{
    for (size_t i = 0; i < chat->count; i++)
        world_message_free(&chat->messages[i]);
    free(chat->messages);
    free(chat->members);
    free(chat->topics);
    json_object_put(chat->keyboard);
    json_object_put(chat->menu_button);
    free(chat);
}

static void clear(struct world *world)
{
    for (size_t i = 0; i < world->chat_count; i++)
        chat_free(world->chats[i]);
    for (size_t i = 0; i < world->person_count; i++)
        free(world->people[i]);
    for (size_t i = 0; i < world->command_count; i++)
        json_object_put(world->commands[i].commands);
    for (size_t i = 0; i < world->callback_count; i++) {
        free(world->callbacks[i].text);
        free(world->callbacks[i].url);
    }
    free(world->chats);
    free(world->people);
    free(world->commands);
    free(world->callbacks);
    json_object_put(world->violations);
    json_object_put(world->descriptions);
    json_object_put(world->menu_button);
    files_fini(&world->files);
    sentlog_fini(&world->sent);
}

void world_reset(struct world *world)
{
    clear(world);
    world->chats = NULL;
    world->people = NULL;
    world->commands = NULL;
    world->callbacks = NULL;
    world->chat_count = world->person_count = world->command_count = world->callback_count = 0;
    world->violations = json_object_new_array();
    world->descriptions = json_object_new_object();
    world->menu_button = NULL;
    world->last_private_id = 0;
    world->date_offset_s = 0;
    world->requests = world->unknown_requests = world->conflicts = world->unauthorized =
        world->strays = 0;
    world->violation_count = 0;
    world->epoch++;
    world->seq++;
    bool limited = world->limits.on;
    limits_init(&world->limits, limited);
    faults_clear(&world->faults, NULL);
    updates_clear(&world->updates);
    pthread_cond_broadcast(&world->changed);
    pthread_cond_broadcast(&world->update_came);
}

void world_free(struct world **world)
{
    struct world *w = *world;
    if (!w)
        return;
    clear(w);
    updates_fini(&w->updates);
    spec_free(&w->spec);
    free(w->calls);
    pthread_cond_destroy(&w->changed);
    pthread_cond_destroy(&w->update_came);
    pthread_mutex_destroy(&w->lock);
    free(w);
    *world = NULL;
}

/* Both lists are sorted by id: index of the id, or where it would stand. */
static size_t person_place(const struct world *world, int64_t id)
{
    size_t low = 0, high = world->person_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (world->people[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t chat_place(const struct world *world, int64_t id)
{
    size_t low = 0, high = world->chat_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (world->chats[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct person *world_person(struct world *world, int64_t id)
{
    size_t at = person_place(world, id);
    return at < world->person_count && world->people[at]->id == id ? world->people[at] : NULL;
}

struct chat *world_chat(struct world *world, int64_t id)
{
    size_t at = chat_place(world, id);
    return at < world->chat_count && world->chats[at]->id == id ? world->chats[at] : NULL;
}

static struct chat *add_chat(struct world *world, int64_t id, enum chat_kind kind)
{
    struct chat *chat = mem_new(sizeof *chat);
    chat->id = id;
    chat->kind = kind;
    size_t at = chat_place(world, id);
    world->chats = mem_grow(world->chats, (world->chat_count + 1) * sizeof(struct chat *));
    memmove(world->chats + at + 1, world->chats + at,
            (world->chat_count - at) * sizeof(struct chat *));
    world->chats[at] = chat;
    world->chat_count++;
    return chat;
}

struct person *world_add_person(struct world *world, int64_t id)
{
    struct person *person = mem_new(sizeof *person);
    person->id = id;
    size_t at = person_place(world, id);
    world->people = mem_grow(world->people, (world->person_count + 1) * sizeof(struct person *));
    memmove(world->people + at + 1, world->people + at,
            (world->person_count - at) * sizeof(struct person *));
    world->people[at] = person;
    world->person_count++;
    add_chat(world, id, CHAT_PRIVATE)->person = person;
    return person;
}

struct chat *world_add_group(struct world *world, int64_t id, enum chat_kind kind)
{
    return add_chat(world, id, kind);
}

bool world_is_member(const struct chat *chat, int64_t user_id)
{
    for (size_t i = 0; i < chat->member_count; i++)
        if (chat->members[i] == user_id)
            return true;
    return false;
}

void world_add_member(struct chat *chat, int64_t user_id)
{
    if (world_is_member(chat, user_id))
        return;
    chat->members = mem_grow(chat->members, (chat->member_count + 1) * sizeof *chat->members);
    chat->members[chat->member_count++] = user_id;
}

struct message *world_message(const struct chat *chat, int64_t id)
{
    size_t low = 0, high = chat->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (chat->messages[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < chat->count && chat->messages[low]->id == id ? chat->messages[low] : NULL;
}

/* The first the bot shows after a press. */
static void note_shown(struct world *world, const struct chat *chat)
{
    struct callback *press = chat->presses ? &world->callbacks[chat->presses - 1] : NULL;
    if (press && press->shown_us == 0)
        press->shown_us = world_now_us();
}

void world_delete_topic(struct world *world, struct chat *chat, struct topic *topic)
{
    topic->deleted = true;
    for (size_t i = 0; i < chat->count; i++)
        if (chat->messages[i]->thread_id == topic->id && !chat->messages[i]->deleted) {
            chat->messages[i]->deleted = true;
            world_touch(world, chat, chat->messages[i]);
        }
}

void world_touch(struct world *world, struct chat *chat, struct message *message)
{
    world->seq++;
    chat->seq = world->seq;
    if (message) {
        message->seq = world->seq;
        if (message->from_id == 0)
            note_shown(world, chat);
    }
    pthread_cond_broadcast(&world->changed);
}

void world_post(struct world *world, struct chat *chat, struct message *message)
{
    message->id = chat->kind == CHAT_PRIVATE ? ++world->last_private_id : ++chat->last_id;
    message->chat_id = chat->id;
    if (!message->date)
        message->date = world_date(world);
    if (chat->count == chat->room) {
        chat->room = chat->room ? chat->room * 2 : 16;
        chat->messages = mem_grow(chat->messages, chat->room * sizeof(struct message *));
    }
    chat->messages[chat->count++] = message;
    if (message->from_id == 0)
        chat->unread++, chat->typing_until_ms = 0;
    else if (chat->kind == CHAT_PRIVATE)
        chat->unread = 0;
    world_touch(world, chat, message);
}

struct callback *world_add_callback(struct world *world, struct chat *chat)
{
    world->callbacks =
        mem_grow(world->callbacks, (world->callback_count + 1) * sizeof *world->callbacks);
    struct callback *callback = &world->callbacks[world->callback_count++];
    *callback =
        (struct callback){.id = (int64_t)world->callback_count + world->epoch % 100000 * 1000000,
                          .chat_id = chat->id,
                          .at_us = world_now_us()};
    chat->presses = world->callback_count;
    return callback;
}

struct callback *world_callback(struct world *world, int64_t id)
{
    for (size_t i = world->callback_count; i-- > 0;)
        if (world->callbacks[i].id == id)
            return &world->callbacks[i];
    return NULL;
}

struct command_list *world_command_list(struct world *world, const char *scope, int64_t chat_id,
                                        int64_t user_id, const char *language, bool create)
{
    for (size_t i = 0; i < world->command_count; i++) {
        struct command_list *list = &world->commands[i];
        if (!strcmp(list->scope, scope) && list->chat_id == chat_id && list->user_id == user_id &&
            !strcmp(list->language, language))
            return list;
    }
    if (!create)
        return NULL;
    world->commands =
        mem_grow(world->commands, (world->command_count + 1) * sizeof *world->commands);
    struct command_list *list = &world->commands[world->command_count++];
    *list = (struct command_list){.chat_id = chat_id, .user_id = user_id};
    snprintf(list->scope, sizeof list->scope, "%s", scope);
    snprintf(list->language, sizeof list->language, "%s", language);
    return list;
}

json_object *world_commands(struct world *world, const struct chat *chat,
                            const struct person *person)
{
    /* the order in which Telegram looks, narrowest first; each with the person's language, then
     * without */
    static const struct {
        const char *scope;
        bool in_private, in_group, of_chat, of_user;
    } order[] = {
        {"chat_member",       false, true,  true,  true },
        {"chat",              true,  true,  true,  false},
        {"all_private_chats", true,  false, false, false},
        {"all_group_chats",   false, true,  false, false},
        {"default",           true,  true,  false, false},
    };
    bool is_private = chat->kind == CHAT_PRIVATE;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!(is_private ? order[i].in_private : order[i].in_group))
            continue;
        const char *languages[2] = {person ? person->language_code : "", ""};
        for (int k = 0; k < 2; k++) {
            struct command_list *list = world_command_list(
                world, order[i].scope, order[i].of_chat ? chat->id : 0,
                order[i].of_user && person ? person->id : 0, languages[k], false);
            if (list && list->commands)
                return list->commands;
        }
    }
    return NULL;
}
