/* people.h - what people do in Telegram: they write, press, share, block */
#pragma once

#include <json-c/json.h>

#include "world.h"

/* Every deed takes the JSON of its control request and gives the JSON of the answer; NULL with
 * `why` set when it makes no sense. The world is locked. */
typedef json_object *(*people_fn)(struct world *, json_object *wish, const char **why);

json_object *people_put(struct world *, json_object *wish, const char **why);
json_object *people_put_group(struct world *, json_object *wish, const char **why);
json_object *people_delete_topic(struct world *, json_object *wish, const char **why);
json_object *people_upgrade_group(struct world *, json_object *wish, const char **why);
json_object *people_say(struct world *, json_object *wish, const char **why);
json_object *people_edit(struct world *, json_object *wish, const char **why);
json_object *people_press(struct world *, json_object *wish, const char **why);
json_object *people_start(struct world *, json_object *wish, const char **why);
json_object *people_share_contact(struct world *, json_object *wish, const char **why);
json_object *people_share_users(struct world *, json_object *wish, const char **why);
json_object *people_react(struct world *, json_object *wish, const char **why);
json_object *people_block(struct world *, json_object *wish, const char **why);
json_object *people_unblock(struct world *, json_object *wish, const char **why);
json_object *people_deactivate(struct world *, json_object *wish, const char **why);
json_object *people_read(struct world *, json_object *wish, const char **why);
json_object *people_delete(struct world *, json_object *wish, const char **why);
json_object *people_flood(struct world *, json_object *wish, const char **why);

/* An answered press as JSON. */
json_object *people_callback_to_json(const struct callback *);
