/* msg_print.c - messages.def for people: the catalogue as Markdown */
#include "common/wire/msg_shape.h"

static const char *const kinds[] = {
    [MSG_COMMAND] = "command",   [MSG_ANSWER] = "answer",       [MSG_HINT] = "hint",
    [MSG_CAPACITY] = "capacity", [MSG_HEARTBEAT] = "heartbeat",
};

static const char *const types[] = {
    [MSG_FIELD_I64] = "integer",
    [MSG_FIELD_BOOL] = "boolean",
    [MSG_FIELD_STR] = "text",
    [MSG_FIELD_STRS] = "list of texts",
};

static void print_daemons(FILE *out, unsigned bits)
{
    const char *before = "";
    for (unsigned bit = 1; bit <= bits; bit <<= 1) {
        if (bits & bit) {
            fprintf(out, "%s%s", before, daemon_name((enum daemon_id)bit));
            before = ", ";
        }
    }
}

static void print_message(FILE *out, const struct msg_shape *shape)
{
    fprintf(out, "\n## %s\n\n%s\n\n%s, from ", shape->wire, shape->meaning, kinds[shape->kind]);
    print_daemons(out, shape->from);
    fputs(" to ", out);
    print_daemons(out, shape->to);
    fputs("\n\n| field | type | need |\n|---|---|---|\n", out);

    size_t count;
    const struct msg_field *fields = shape->fields(&count);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "| %s | %s | %s |\n", fields[i].name, types[fields[i].type],
                fields[i].required ? "required" : "optional");
    }
}

void msg_print_catalogue(FILE *out)
{
    fprintf(out,
            "# Messages\n\nMade from common/wire/messages.def. Envelope: v (%d), id (commands and "
            "answers), type, "
            "actor (commands), at, body.\n",
            MSG_VERSION);
    for (int type = 0; type < MSG_TYPE_COUNT; type++) {
        print_message(out, &msg_shapes[type]);
    }
}
