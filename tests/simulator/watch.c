/* watch.c - control requests that look at the world, and wait until there is something to see */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "people.h"
#include "view.h"

enum { PAGES_MOST = 16, TESTS_MOST = 32, FEED_WAITS_MS = 25000, FEED_MOST = 300, CHAT_MOST = 500 };

static json_object *refuse(struct control *c, int status, const char *sentence)
{
    c->status = status;
    c->why = sentence;
    return NULL;
}

static int64_t deadline_of(struct control *c, double fallback_s)
{
    double wait_s = json_num(c->wish, "wait", fallback_s);
    wait_s = wait_s < 0 ? 0 : wait_s > 60 ? 60 : wait_s;
    return world_now_ms() + (int64_t)(wait_s * 1000);
}

/* Waits for any change; false when the time is over, too many wait already or all ends. */
static bool wait_more(struct world *world, int64_t deadline, int *waiting, int most)
{
    if (world->stopping || world_now_ms() >= deadline || *waiting >= most)
        return false;
    ++*waiting;
    world_wait(world, &world->changed, deadline);
    --*waiting;
    return !world->stopping;
}

json_object *on_watch_people(struct control *c)
{
    json_object *out = json_object_new_array();
    for (size_t i = 0; i < c->world->chat_count; i++)
        json_object_array_add(out, view_summary(c->world, c->world->chats[i]));
    return out;
}

json_object *on_watch_chat(struct control *c)
{
    struct world *world = c->world;
    int64_t id = strtoll(c->rest, NULL, 10), after = json_int(c->wish, "after", 0),
            deadline = deadline_of(c, 0);
    int64_t limit = json_int(c->wish, "limit", CHAT_MOST);
    struct chat *chat;
    while ((chat = world_chat(world, id)) && chat->seq <= after &&
           wait_more(world, deadline, &world->waiting_tests, TESTS_MOST))
        ;
    if (!chat)
        return refuse(c, 404, "there is no such chat");
    json_object *out = json_object_new_object(), *messages = json_object_new_array();
    size_t from =
        limit > 0 && after == 0 && chat->count > (size_t)limit ? chat->count - (size_t)limit : 0;
    for (size_t i = from; i < chat->count; i++) {
        const struct message *message = chat->messages[i];
        if (message->seq > after && (after > 0 || !message->deleted))
            json_object_array_add(messages, view_seen(world, chat, message));
    }
    json_put_int(out, "seq", world->seq);
    json_put_int(out, "epoch", world->epoch);
    json_object *summary = view_summary(world, chat);
    json_object_object_add(out, "keyboard", json_copy(json_at(summary, "keyboard")));
    json_object_object_add(out, "commands", json_copy(json_at(summary, "commands")));
    json_object_object_add(out, "chat", summary);
    json_object_object_add(out, "messages", messages);
    return out;
}

json_object *on_watch_feed(struct control *c)
{
    struct world *world = c->world;
    int64_t after = json_int(c->wish, "after", 0), epoch = json_int(c->wish, "epoch", world->epoch);
    int64_t deadline = world_now_ms() + FEED_WAITS_MS;
    if (after > 0 && world->waiting_pages >= PAGES_MOST)
        return refuse(c, 503, "too many pages are open");
    while (after > 0 && epoch == world->epoch && world->seq <= after &&
           wait_more(world, deadline, &world->waiting_pages, PAGES_MOST))
        ;
    bool anew = epoch != world->epoch;
    if (anew)
        after = 0;
    json_object *out = json_object_new_object(), *chats = json_object_new_array(),
                *messages = json_object_new_array();
    size_t given = 0;
    bool reload = anew;
    for (size_t i = 0; i < world->chat_count; i++) {
        struct chat *chat = world->chats[i];
        if (chat->seq <= after)
            continue;
        json_object_array_add(chats, view_summary(world, chat));
        for (size_t k = 0; after > 0 && k < chat->count; k++) {
            if (chat->messages[k]->seq <= after)
                continue;
            if (given++ < FEED_MOST)
                json_object_array_add(messages, view_seen(world, chat, chat->messages[k]));
            else
                reload = true;
        }
    }
    json_put_int(out, "seq", world->seq);
    json_put_int(out, "epoch", world->epoch);
    json_put_flag(out, "reload", reload);
    json_put_int(out, "now", world_date(world));
    json_object_object_add(out, "chats", chats);
    json_object_object_add(out, "messages", messages);
    return out;
}

json_object *on_watch_callback(struct control *c)
{
    struct world *world = c->world;
    int64_t id = strtoll(c->rest, NULL, 10), deadline = deadline_of(c, 0);
    bool until_shown = json_flag(c->wish, "shown", false);
    struct callback *callback;
    while ((callback = world_callback(world, id)) &&
           (!callback->answered || (until_shown && callback->shown_us == 0)) &&
           wait_more(world, deadline, &world->waiting_tests, TESTS_MOST))
        ;
    return callback ? people_callback_to_json(callback) : refuse(c, 404, "there is no such press");
}

json_object *on_watch_sent(struct control *c)
{
    int64_t after = json_int(c->wish, "after", 0), limit = json_int(c->wish, "limit", 100000);
    return sentlog_to_json(&c->world->sent, after > 0 ? (size_t)after : 0,
                           limit > 0 ? (size_t)limit : 0);
}

static bool has_button(const struct message *message, const char *words)
{
    json_object *rows = json_at(message->markup, "inline_keyboard");
    for (size_t i = 0; rows && i < json_count(rows); i++) {
        json_object *row = json_object_array_get_idx(rows, i);
        for (size_t k = 0; k < json_count(row); k++) {
            const char *label = json_str(json_object_array_get_idx(row, k), "text");
            if (label && strstr(label, words))
                return true;
        }
    }
    return false;
}

json_object *on_watch_wait(struct control *c)
{
    struct world *world = c->world;
    int64_t id = json_int(c->wish, "chat_id", json_int(c->wish, "user_id", 0)),
            deadline = deadline_of(c, 10);
    int64_t after = json_int(c->wish, "after", 0), after_seq = json_int(c->wish, "after_seq", 0);
    const char *text = json_str(c->wish, "text"), *pattern = json_str(c->wish, "regex"),
               *button = json_str(c->wish, "button");
    bool from_bot = json_flag(c->wish, "from_bot", true),
         deleted = json_flag(c->wish, "deleted", false);
    regex_t regex;
    if (pattern && regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return refuse(c, 400, "the regex makes no sense");
    json_object *found = NULL;
    struct chat *chat;
    do {
        chat = world_chat(world, id);
        for (size_t i = chat ? chat->count : 0;
             !found && i-- > 0 && chat->messages[i]->id > after;) {
            const struct message *message = chat->messages[i];
            const char *words = message->text ? message->text : "";
            if (message->seq > after_seq && message->deleted == deleted &&
                (message->from_id == 0) == from_bot && (!text || strstr(words, text)) &&
                (!pattern || regexec(&regex, words, 0, NULL, 0) == 0) &&
                (!button || has_button(message, button)))
                found = view_seen(world, chat, message);
        }
    } while (!found && wait_more(world, deadline, &world->waiting_tests, TESTS_MOST));
    if (pattern)
        regfree(&regex);
    return found ? found
                 : refuse(c, chat ? 408 : 404,
                          chat ? "no such message came" : "there is no such chat");
}
