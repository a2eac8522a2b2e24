/* sentlog.h - everything the bot did to chats, in order: what pacing and duplicate checks read */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

struct sent {
    int64_t at_ms, chat_id, message_id;
    const char *method; /* a name from the methods table */
    char *text;         /* may be NULL */
};

struct sentlog {
    struct sent *list;
    size_t count, room;
};

void sentlog_add(struct sentlog *, const char *method, int64_t chat_id, int64_t message_id,
                 const char *text, int64_t now_ms);
void sentlog_fini(struct sentlog *);
json_object *sentlog_to_json(const struct sentlog *, size_t after, size_t most);
