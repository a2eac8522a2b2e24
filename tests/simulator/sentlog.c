/* sentlog.c - everything the bot did to chats, in order: what pacing and duplicate checks read */
#include "sentlog.h"

#include <stdlib.h>

#include "text.h"

void sentlog_add(struct sentlog *log, const char *method, int64_t chat_id, int64_t message_id,
                 const char *text, int64_t now_ms)
{
    if (log->count == log->room) {
        log->room = log->room ? log->room * 2 : 256;
        log->list = mem_grow(log->list, log->room * sizeof *log->list);
    }
    log->list[log->count++] = (struct sent){.at_ms = now_ms,
                                            .chat_id = chat_id,
                                            .message_id = message_id,
                                            .method = method,
                                            .text = mem_dup(text)};
}

void sentlog_fini(struct sentlog *log)
{
    for (size_t i = 0; i < log->count; i++)
        free(log->list[i].text);
    free(log->list);
    *log = (struct sentlog){0};
}

json_object *sentlog_to_json(const struct sentlog *log, size_t after, size_t most)
{
    json_object *list = json_object_new_array();
    for (size_t i = after; i < log->count && i - after < most; i++) {
        json_object *one = json_object_new_object();
        json_put_int(one, "n", (int64_t)i + 1);
        json_put_int(one, "at_ms", log->list[i].at_ms);
        json_put_str(one, "method", log->list[i].method);
        json_put_int(one, "chat_id", log->list[i].chat_id);
        json_put_int(one, "message_id", log->list[i].message_id);
        json_put_str(one, "text", log->list[i].text);
        json_object_array_add(list, one);
    }
    return list;
}
