/* msg_shape.c - messages.def as data: a field table per message, a row per type */
#include "common/wire/msg_shape.h"

/* A function per message, because only inside one can every row say `self` for its own struct. */
#define MESSAGE(cname, ...)                                             \
    static const struct msg_field *fields_of_##cname(size_t *ret_count) \
    {                                                                   \
        typedef struct msg_##cname self;                                \
        static const struct msg_field fields[] = {
#define FIELD(name, type, need) MSG_FIELD_ROW(name, type, need)
#define END(cname)                  \
    }                               \
    ;                               \
    *ret_count = ARRAY_LEN(fields); \
    return fields;                  \
    }
#include "common/wire/messages.def"

const struct msg_shape msg_shapes[MSG_TYPE_COUNT] = {
#define MESSAGE(cname, wire, from, to, kind, meaning) \
    [MSG_##cname] = {wire, meaning, MSG_##kind, DAEMON_##from, DAEMON_##to, fields_of_##cname},
#define FIELD(...)
#define END(...)
#include "common/wire/messages.def"
};

const char *msg_type_name(enum msg_type type)
{
    return (size_t)type < MSG_TYPE_COUNT ? msg_shapes[type].wire : "?";
}

int msg_type_parse(const char *wire_name)
{
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        if (str_eq(msg_shapes[type].wire, wire_name)) {
            return type;
        }
    }
    return -1;
}

enum msg_kind msg_type_kind(enum msg_type type)
{
    assert((size_t)type < MSG_TYPE_COUNT);
    return msg_shapes[type].kind;
}

unsigned msg_type_from(enum msg_type type)
{
    assert((size_t)type < MSG_TYPE_COUNT);
    return msg_shapes[type].from;
}

unsigned msg_type_to(enum msg_type type)
{
    assert((size_t)type < MSG_TYPE_COUNT);
    return msg_shapes[type].to;
}
