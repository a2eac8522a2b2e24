/* bus_commands.c - a chained hash table by command id, and the spare commands */
#include "common/io/bus_commands.h"

#define KEPT_BYTES (8 * 1024) /* a larger buffer is not kept for the next command */
#define BUCKETS_MIN 256

void bus_commands_init(struct bus_commands *all)
{
    *all = (struct bus_commands){0};
    TAILQ_INIT(&all->spare);
}

void bus_commands_fini(struct bus_commands *all)
{
    struct bus_command *command;
    while ((command = TAILQ_FIRST(&all->spare))) {
        TAILQ_REMOVE(&all->spare, command, entry);
        buf_fini(&command->bytes);
        free(command);
    }
    free(all->buckets);
}

static uint32_t hash_of(const char *id)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (; *id; id++)
        hash = (hash ^ (unsigned char)*id) * 16777619U;
    return hash;
}

static struct bus_command **bucket_of(const struct bus_commands *all, uint32_t hash)
{
    return &all->buckets[hash & (all->bucket_count - 1)];
}

static void table_add(struct bus_commands *all, struct bus_command *command)
{
    struct bus_command **bucket = bucket_of(all, command->hash);
    command->next_in_bucket = *bucket;
    *bucket = command;
}

static void grow_table(struct bus_commands *all)
{
    struct bus_command **old = all->buckets;
    size_t old_count = all->bucket_count;
    all->bucket_count = old_count ? old_count * 2 : BUCKETS_MIN;
    all->buckets = xcalloc(all->bucket_count, sizeof *all->buckets);
    for (size_t i = 0; i < old_count; i++)
        for (struct bus_command *command = old[i], *next; command; command = next) {
            next = command->next_in_bucket;
            table_add(all, command);
        }
    free(old);
}

static struct bus_command *spare_or_new(struct bus_commands *all)
{
    struct bus_command *command = TAILQ_FIRST(&all->spare);
    if (!command)
        return xcalloc(1, sizeof *command);
    TAILQ_REMOVE(&all->spare, command, entry);
    return command;
}

struct bus_command *bus_commands_add(struct bus_commands *all, const struct msg *m)
{
    assert(m->id && msg_is_valid_id(m->id) && m->actor);
    struct bus_command *command = spare_or_new(all);
    command->peer = NULL;
    command->was_sent = false;
    command->serial = all->serial++;
    snprintf(command->id, sizeof command->id, "%s", m->id);
    command->hash = hash_of(command->id);
    command->order_id = msg_order_id(m);
    buf_reset(&command->bytes);
    msg_encode(m, &command->bytes);
    if (all->count >= all->bucket_count)
        grow_table(all);
    table_add(all, command);
    all->count++;
    return command;
}

struct bus_command *bus_commands_find(const struct bus_commands *all, const char *id)
{
    uint32_t hash = hash_of(id);
    if (all->bucket_count == 0)
        return NULL;
    struct bus_command *command = *bucket_of(all, hash);
    while (command && (command->hash != hash || !str_eq(command->id, id)))
        command = command->next_in_bucket;
    return command;
}

void bus_commands_remove(struct bus_commands *all, struct bus_command *command)
{
    struct bus_command **at = bucket_of(all, command->hash);
    while (*at != command)
        at = &(*at)->next_in_bucket;
    *at = command->next_in_bucket;
    all->count--;
}

void bus_commands_retire(struct bus_commands *all, struct bus_command *command)
{
    if (command->bytes.cap > KEPT_BYTES)
        buf_fini(&command->bytes);
    TAILQ_INSERT_HEAD(&all->spare, command, entry);
}
