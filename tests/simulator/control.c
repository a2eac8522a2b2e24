/* control.c - the control API under /sim: what tests, the demo and the page ask for */
#include "control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "people.h"
#include "view.h"

static json_object *refuse(struct control *c, const char *sentence)
{
    c->why = sentence;
    return NULL;
}

static json_object *on_summary(struct control *c)
{
    struct world *world = c->world;
    json_object *out = json_object_new_object(), *calls = json_object_new_object();
    json_object_object_add(out, "spec",
                           world->spec ? json_object_new_string(spec_version(world->spec)) : NULL);
    json_put_str(out, "spec_note",
                 world->spec ? "every request is checked"
                             : "the spec was not present: no request was checked");
    json_put_int(out, "methods_checked", world->spec ? (int64_t)methods_count : 0);
    json_put_int(out, "requests", world->requests);
    json_put_int(out, "violation_count", world->violation_count);
    json_object_object_add(out, "violations", json_copy(world->violations));
    json_put_int(out, "stray_ampersands", world->strays);
    json_put_int(out, "refusals_429", world->limits.refusals);
    json_put_int(out, "conflicts_409", world->conflicts);
    json_put_int(out, "unauthorized_401", world->unauthorized);
    json_put_int(out, "unknown_404", world->unknown_requests);
    json_put_int(out, "updates_pending", (int64_t)updates_pending(&world->updates));
    json_put_int(out, "updates_delivered", world->updates.delivered);
    for (size_t i = 0; i < methods_count; i++)
        if (world->calls[i])
            json_put_int(calls, methods[i].name, world->calls[i]);
    json_object_object_add(out, "calls", calls);
    return out;
}

static json_object *on_pending(struct control *c)
{
    json_object *out = json_object_new_object();
    json_put_int(out, "pending", (int64_t)updates_pending(&c->world->updates));
    json_put_int(out, "delivered", c->world->updates.delivered);
    json_put_int(out, "pollers", c->world->updates.waiting);
    json_put_int(out, "next_update_id", c->world->updates.next_id);
    return out;
}

static json_object *on_update(struct control *c)
{
    json_object *update = json_read(c->body, c->len);
    if (!update)
        return refuse(c, "the body is no JSON; POST /sim/updates_raw takes anything");
    json_object *out = json_object_new_object();
    json_put_int(out, "update_id", updates_inject(c->world, update));
    json_object_put(update);
    return out;
}

static json_object *on_updates_raw(struct control *c)
{
    struct updates *updates = &c->world->updates;
    free(updates->raw);
    updates->raw = mem_dupn(c->body ? c->body : "", c->len);
    updates->raw_len = c->len;
    pthread_cond_broadcast(&c->world->update_came);
    return json_object_new_object();
}

static json_object *on_limits(struct control *c)
{
    struct limits *limits = &c->world->limits;
    int64_t overall = json_int(c->wish, "overall_per_s", limits->overall_per_s);
    int64_t burst = json_int(c->wish, "chat_burst", limits->chat_burst);
    int64_t group = json_int(c->wish, "group_per_min", limits->group_per_min);
    if (overall < 1 || overall > LIMITS_WINDOW || burst < 1 || burst > LIMITS_WINDOW || group < 1 ||
        group > LIMITS_WINDOW)
        return refuse(c, "a limit is from 1 to 64; to have none, set on to false");
    limits->on = json_flag(c->wish, "on", limits->on);
    limits->overall_per_s = (int)overall;
    limits->chat_burst = (int)burst;
    limits->group_per_min = (int)group;
    json_object *out = json_object_new_object();
    json_put_flag(out, "on", limits->on);
    json_put_int(out, "overall_per_s", overall);
    json_put_int(out, "chat_burst", burst);
    json_put_int(out, "group_per_min", group);
    json_put_int(out, "refusals", limits->refusals);
    return out;
}

static json_object *on_faults_get(struct control *c)
{
    return faults_to_json(&c->world->faults);
}

static json_object *on_faults_clear(struct control *c)
{
    faults_clear(&c->world->faults, json_str(c->wish, "kind"));
    return faults_to_json(&c->world->faults);
}

static json_object *on_faults_add(struct control *c)
{
    struct faults *faults = &c->world->faults;
    if (json_at(c->wish, "duplicate")) {
        faults->duplicate = json_flag(c->wish, "duplicate", false);
        faults->random = (uint64_t)json_int(c->wish, "seed", 1);
    } else if (faults_add(faults, c->wish, &c->why) != 0) {
        return NULL;
    }
    pthread_cond_broadcast(&c->world->update_came); /* polls that wait must feel an outage */
    return faults_to_json(faults);
}

static json_object *on_redeliver(struct control *c)
{
    json_object *out = json_object_new_object();
    size_t count = updates_redeliver(&c->world->updates, json_int(c->wish, "from", 0),
                                     json_int(c->wish, "to", INT64_MAX));
    json_put_int(out, "updates", (int64_t)count);
    pthread_cond_broadcast(&c->world->update_came);
    return out;
}

static json_object *on_reset(struct control *c)
{
    memset(c->world->calls, 0, methods_count * sizeof *c->world->calls);
    world_reset(c->world);
    return json_object_new_object();
}

static json_object *on_links_get(struct control *c)
{
    json_object *out = json_object_new_array();
    for (int i = 0; i < c->world->link_count; i++) {
        json_object *one = json_object_new_object();
        json_put_str(one, "title", c->world->links[i].title);
        json_put_str(one, "url", c->world->links[i].url);
        json_object_array_add(out, one);
    }
    return out;
}

static json_object *on_links_add(struct control *c)
{
    struct world *world = c->world;
    const char *title = json_str(c->wish, "title"), *url = json_str(c->wish, "url");
    if (!title || !url || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return refuse(c, "give title and an http url");
    int at = 0;
    while (at < world->link_count && strcmp(world->links[at].title, title) != 0)
        at++;
    if (at == (int)(sizeof world->links / sizeof *world->links))
        return refuse(c, "too many links");
    snprintf(world->links[at].title, sizeof world->links[at].title, "%s", title);
    snprintf(world->links[at].url, sizeof world->links[at].url, "%s", url);
    if (at == world->link_count)
        world->link_count++;
    world->seq++;
    pthread_cond_broadcast(&world->changed);
    return on_links_get(c);
}

/* Runs a clock command with the world unlocked; one at a time. */
static json_object *run_clock(struct control *c, const struct clock_command *command,
                              const char *argument, int most_s)
{
    static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;
    struct text out = {0};
    char *copy = mem_dup(argument);
    pthread_mutex_unlock(&c->world->lock);
    pthread_mutex_lock(&busy);
    int code = clock_run(command, copy, most_s, &out);
    pthread_mutex_unlock(&busy);
    pthread_mutex_lock(&c->world->lock);
    free(copy);
    int64_t now;
    if (code == 0 && clock_find_time(out.s, &now))
        c->world->date_offset_s = now - (int64_t)time(NULL);
    else if (code == 0 && argument)
        c->world->date_offset_s += clock_parse_span(argument) > 0 ? clock_parse_span(argument) : 0;
    json_object *answer = json_object_new_object();
    json_put_flag(answer, "configured", true);
    json_put_int(answer, "exit_code", code);
    json_object_object_add(answer, "output",
                           json_object_new_string(utf8_is_valid(out.s, out.len) ? out.s : ""));
    json_put_int(answer, "now", world_date(c->world));
    if (code != 0)
        c->status = 500;
    c->world->seq++;
    pthread_cond_broadcast(&c->world->changed);
    text_fini(&out);
    return answer;
}

static json_object *own_clock(struct control *c)
{
    json_object *out = json_object_new_object();
    json_put_flag(out, "configured", c->conf->clock.count > 0);
    json_put_int(out, "now", world_date(c->world));
    return out;
}

static json_object *on_clock_get(struct control *c)
{
    if (c->conf->clock_show.count > 0)
        return run_clock(c, &c->conf->clock_show, NULL, 10);
    return own_clock(c);
}

static json_object *on_clock_advance(struct control *c)
{
    const char *span = json_str(c->wish, "advance");
    if (!span || clock_parse_span(span) <= 0)
        return refuse(c, "advance is a span such as 55m, 2h or 1d");
    if (c->conf->clock.count > 0)
        return run_clock(c, &c->conf->clock, span, 300);
    c->world->date_offset_s += clock_parse_span(span);
    return own_clock(c);
}

static json_object *on_bot(struct control *c)
{
    json_object *out = view_bot(c->world);
    json_put_str(out, "time_zone", c->world->time_zone);
    json_object_object_add(out, "descriptions", json_copy(c->world->descriptions));
    return out;
}

static json_object *on_table(struct control *);

/* clang-format off */
static const struct row {
    const char *verb, *path; /* a path ending in / goes on */
    people_fn deed;          /* what a person does, or */
    control_fn handle;       /* anything else */
    const char *sentence;
} rows[] = {
/*   verb      path                 a person's deed        another handler     what it does */
    {"GET",    "/sim",              NULL,                  on_table,           "this table"},

    {"POST",   "/sim/people",       people_put,            NULL,               "make or change a person: id, first_name, last_name, username, language_code, title, group, started"},
    {"GET",    "/sim/people",       NULL,                  on_watch_people,    "everybody, and groups, with unread counts and last messages"},
    {"POST",   "/sim/groups",       people_put_group,      NULL,               "make or change a group: id below 0, title, members, bot (member, administrator, kicked), is_forum, supergroup, by"},
    {"POST",   "/sim/upgrade",      people_upgrade_group,  NULL,               "make a group a supergroup: id, to (its new id), by, told (false: the bot hears nothing of it)"},
    {"POST",   "/sim/delete_topic", people_delete_topic,   NULL,               "a topic is deleted with all its messages: chat_id, thread_id; bots are not told"},
    {"POST",   "/sim/say",          people_say,            NULL,               "a person writes: user_id, text or photo, document, voice, video, sticker, location, contact, media_group; caption, reply_to, chat_id, thread_id"},
    {"POST",   "/sim/edit",         people_edit,           NULL,               "a person edits: user_id, message_id, text"},
    {"POST",   "/sim/press",        people_press,          NULL,               "a press on an inline button: user_id, message_id and data, text (a part of the label) or row and column; stale: press data that is no longer there"},
    {"GET",    "/sim/callbacks/",   NULL,                  on_watch_callback,  "what the bot answered to a press, and how long after it: answered_after_ms, shown_after_ms; wait: seconds, shown: also for what it shows then"},
    {"POST",   "/sim/start",        people_start,          NULL,               "press Start, perhaps on a deep link: user_id, payload"},
    {"POST",   "/sim/share_contact",people_share_contact,  NULL,               "share a phone number: user_id, phone_number, contact_user_id"},
    {"POST",   "/sim/users_shared", people_share_users,    NULL,               "choose people in the picker: user_id, request_id, user_ids"},
    {"POST",   "/sim/react",        people_react,          NULL,               "react: user_id, chat_id, message_id, emoji (empty takes it away)"},
    {"POST",   "/sim/block",        people_block,          NULL,               "block the bot: user_id; my_chat_member follows"},
    {"POST",   "/sim/unblock",      people_unblock,        NULL,               "unblock it: user_id; my_chat_member follows"},
    {"POST",   "/sim/deactivate",   people_deactivate,     NULL,               "the account is gone: user_id, deactivated"},
    {"POST",   "/sim/delete",       people_delete,         NULL,               "a person deletes a message: user_id, message_id; bots are not told"},
    {"POST",   "/sim/read",         people_read,           NULL,               "the chat was looked at: chat_id"},
    {"POST",   "/sim/flood",        people_flood,          NULL,               "many texts at once: count, users, text with {n}, seed (0: in turn)"},

    {"GET",    "/sim/chats/",       NULL,                  on_watch_chat,      "the chat as the person sees it: after (a seq), wait, limit"},
    {"GET",    "/sim/wait",         NULL,                  on_watch_wait,      "wait for a message: chat_id, text, regex, button, after, after_seq, from_bot, deleted, wait; 408 if none came"},
    {"GET",    "/sim/feed",         NULL,                  on_watch_feed,      "all that changed since after, for the page; waits up to 25 s"},
    {"GET",    "/sim/sent",         NULL,                  on_watch_sent,      "what the bot did, in order: after, limit"},
    {"GET",    "/sim/bot",          NULL,                  on_bot,             "the bot's name and descriptions"},

    {"POST",   "/sim/update",       NULL,                  on_update,          "queue any JSON as an update"},
    {"POST",   "/sim/updates_raw",  NULL,                  on_updates_raw,     "the next getUpdates answers with exactly these bytes"},
    {"GET",    "/sim/pending",      NULL,                  on_pending,         "how many updates are not confirmed"},
    {"POST",   "/sim/redeliver",    NULL,                  on_redeliver,       "deliver confirmed updates again: from, to (update ids)"},
    {"GET",    "/sim/limits",       NULL,                  on_limits,          "flood limits"},
    {"POST",   "/sim/limits",       NULL,                  on_limits,          "on, overall_per_s, chat_burst, group_per_min"},
    {"GET",    "/sim/faults",       NULL,                  on_faults_get,      "faults in force"},
    {"POST",   "/sim/faults",       NULL,                  on_faults_add,      "kind (lose, error, refuse, reset, delay), method, chat_id, count, probability, seed, code, retry_after, delay_ms; or duplicate, seed"},
    {"DELETE", "/sim/faults",       NULL,                  on_faults_clear,    "no more of a kind, or of any"},
    {"GET",    "/sim/summary",      NULL,                  on_summary,         "counts, violations of the spec, refusals"},
    {"POST",   "/sim/reset",        NULL,                  on_reset,           "an empty world; update ids go on"},
    {"GET",    "/sim/clock",        NULL,                  on_clock_get,       "the test time"},
    {"POST",   "/sim/clock",        NULL,                  on_clock_advance,   "move it: advance, such as 55m; without a command the dates of messages alone"},
    {"GET",    "/sim/links",        NULL,                  on_links_get,       "links shown on the page"},
    {"POST",   "/sim/links",        NULL,                  on_links_add,       "add one: title, url"},
};
/* clang-format on */
enum { ROWS = sizeof rows / sizeof *rows };

static json_object *on_table(struct control *c)
{
    (void)c;
    json_object *out = json_object_new_array();
    for (size_t i = 0; i < ROWS; i++) {
        json_object *one = json_object_new_object();
        json_put_str(one, "verb", rows[i].verb);
        json_put_str(one, "path", rows[i].path);
        json_put_str(one, "what", rows[i].sentence);
        json_object_array_add(out, one);
    }
    return out;
}

static const struct row *find_row(const char *verb, const char *path, bool *path_known)
{
    *path_known = false;
    for (size_t i = 0; i < ROWS; i++) {
        size_t len = strlen(rows[i].path);
        bool goes_on = rows[i].path[len - 1] == '/';
        if (goes_on ? strncmp(path, rows[i].path, len) != 0 : strcmp(path, rows[i].path) != 0)
            continue;
        *path_known = true;
        if (!strcmp(rows[i].verb, verb))
            return &rows[i];
    }
    return NULL;
}

static void put_answer(struct answer *answer, json_object *json)
{
    text_adds(&answer->body, json_object_to_json_string_ext(
                                 json, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(json);
}

static void put_error(struct answer *answer, int status, const char *why)
{
    json_object *out = json_object_new_object();
    json_put_str(out, "error", why);
    answer->status = status;
    put_answer(answer, out);
}

void control_serve(struct world *world, const struct control_conf *conf, const char *verb,
                   const char *path, const char *query, const char *body, size_t len,
                   struct answer *answer)
{
    bool known;
    const struct row *row = find_row(verb, path, &known);
    if (!row) {
        put_error(answer, known ? 405 : 404,
                  known ? "not with this verb" : "GET /sim lists what there is");
        return;
    }
    struct control c = {
        .world = world, .conf = conf, .rest = path + strlen(row->path), .body = body, .len = len};
    bool takes_anything = row->handle == on_update || row->handle == on_updates_raw;
    json_object *document = len && !takes_anything ? json_read(body, len) : NULL;
    if (len && !takes_anything && !json_object_is_type(document, json_type_object)) {
        json_object_put(document);
        put_error(answer, 400, "the body is no JSON object");
        return;
    }
    c.wish = document ? document : json_object_new_object();
    if (query)
        params_add_query(c.wish, query, strlen(query));
    pthread_mutex_lock(&world->lock);
    json_object *result = row->deed ? row->deed(world, c.wish, &c.why) : row->handle(&c);
    json_object_put(c.wish);
    if (result) {
        answer->status = c.status ? c.status : 200;
        put_answer(answer, result);
    } else {
        put_error(answer, c.status ? c.status : 400, c.why ? c.why : "this makes no sense");
    }
    pthread_mutex_unlock(&world->lock);
}
