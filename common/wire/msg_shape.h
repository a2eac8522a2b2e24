/* msg_shape.h - messages.def as data, for the codec and the printer; nobody else needs it */
#pragma once
#include "common/wire/msg.h"

enum msg_field_type { MSG_FIELD_I64, MSG_FIELD_BOOL, MSG_FIELD_STR, MSG_FIELD_STRS };

struct msg_field {
    const char         *name;
    const char         *key; /* "name": as it stands in the JSON */
    enum msg_field_type type;
    bool                required;
    size_t              offset;     /* in the message's struct */
    size_t              has_offset; /* of has_<name>; I64 and BOOL only */
};

struct msg_shape {
    const char             *wire, *meaning;
    enum msg_kind           kind;
    unsigned                from, to; /* bits of enum daemon_id */
    const struct msg_field *(*fields)(size_t *ret_count);
};

extern const struct msg_shape msg_shapes[MSG_TYPE_COUNT];

/* One row of a field table; self is the struct. */
#define MSG_HAS_I64(name)  offsetof(self, has_##name)
#define MSG_HAS_BOOL(name) offsetof(self, has_##name)
#define MSG_HAS_STR(name)  0
#define MSG_HAS_STRS(name) 0
#define MSG_IS_REQUIRED    true
#define MSG_IS_OPTIONAL    false
#define MSG_FIELD_ROW(name, type, need) \
    {#name, "\"" #name "\":", MSG_FIELD_##type, MSG_IS_##need, offsetof(self, name), MSG_HAS_##type(name)},
