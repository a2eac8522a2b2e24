/* crowd.c - many people who write at once: updates by the ten thousand, made as text */
#include <stdlib.h>
#include <string.h>

#include "people.h"
#include "text.h"
#include "view.h"

/* Text with every {n} replaced; JSON-escaped already. */
static void add_numbered(struct text *out, const char *escaped, int64_t n)
{
    for (const char *hole; (hole = strstr(escaped, "{n}")); escaped = hole + 3) {
        text_add(out, escaped, (size_t)(hole - escaped));
        text_addf(out, "%lld", (long long)n);
    }
    text_adds(out, escaped);
}

json_object *people_flood(struct world *world, json_object *wish, const char **why)
{
    enum { MOST = 5000000 };
    int64_t count = json_int(wish, "count", 0);
    json_object *users = json_at(wish, "users");
    const char *said = json_str(wish, "text");
    size_t user_count = json_object_is_type(users, json_type_array) ? json_count(users) : 0;
    if (count < 1 || count > MOST || user_count == 0) {
        *why = "give count (up to 5000000) and users";
        return NULL;
    }
    struct {
        struct chat *chat;
        struct text head;
    } *lines = mem_new(user_count * sizeof *lines);
    for (size_t i = 0; i < user_count; i++) {
        struct chat *chat =
            world_chat(world, json_object_get_int64(json_object_array_get_idx(users, i)));
        if (!chat || !chat->person) {
            for (size_t k = 0; k < i; k++)
                text_fini(&lines[k].head);
            free(lines);
            *why = "there is no such person among users";
            return NULL;
        }
        chat->person->started = true;
        lines[i].chat = chat;
        json_object *from = view_user(chat->person), *place = view_chat(chat);
        text_adds(&lines[i].head, "\"from\":");
        text_adds(&lines[i].head, json_object_to_json_string_ext(from, JSON_C_TO_STRING_PLAIN));
        text_adds(&lines[i].head, ",\"chat\":");
        text_adds(&lines[i].head, json_object_to_json_string_ext(place, JSON_C_TO_STRING_PLAIN));
        json_object_put(from);
        json_object_put(place);
    }
    struct text escaped = {0}, plain = {0};
    if (!said)
        said = "flood {n}";
    text_add_json(&escaped, said, strlen(said));
    int64_t first = world->updates.next_id, date = world_date(world), last = first;
    uint64_t random = (uint64_t)json_int(wish, "seed", 0);
    for (int64_t n = 0; n < count; n++) {
        size_t who =
            random ? (size_t)(faults_random(&random) % user_count) : (size_t)n % user_count;
        struct chat *chat = lines[who].chat;
        struct message *message = world_message_new();
        plain.len = 0;
        add_numbered(&plain, said, n);
        message->text = mem_dupn(plain.s, plain.len);
        message->from_id = chat->id;
        message->date = date;
        world_post(world, chat, message);
        struct text json = {0};
        last = world->updates.next_id++;
        text_addf(&json, "{\"update_id\":%lld,\"message\":{\"message_id\":%lld,", (long long)last,
                  (long long)message->id);
        text_add(&json, lines[who].head.s, lines[who].head.len);
        text_addf(&json, ",\"date\":%lld,\"text\":\"", (long long)date);
        add_numbered(&json, escaped.s, n);
        text_adds(&json, "\"}}");
        updates_push_text(&world->updates, last, chat->id, json.s, json.len);
    }
    for (size_t i = 0; i < user_count; i++)
        text_fini(&lines[i].head);
    free(lines);
    text_fini(&escaped);
    text_fini(&plain);
    pthread_cond_broadcast(&world->update_came);
    json_object *out = json_object_new_object();
    json_put_int(out, "first_update_id", first);
    json_put_int(out, "last_update_id", last);
    return out;
}
