/* msg.c - the codec: strict decoding with json-c, encoding straight into a buffer */
#include "common/wire/msg.h"

#include <pthread.h>

#include <json-c/json.h>

#include "common/base/text.h"
#include "common/wire/msg_shape.h"

/* ---- parsing ---- */

static pthread_key_t tokener_key;

static void on_thread_end(void *tokener)
{
    json_tokener_free(tokener);
}

static void make_key(void)
{
    int rc = pthread_key_create(&tokener_key, on_thread_end);
    assert(rc == 0);
    (void)rc;
}

/* One tokener per thread: making one costs more than parsing a message. */
static struct json_tokener *thread_tokener(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_key);
    struct json_tokener *tokener = pthread_getspecific(tokener_key);
    if (!tokener) {
        tokener = json_tokener_new();
        assert(tokener);
        /* JSON_TOKENER_VALIDATE_UTF8 is not asked for: it lets long forms and surrogates pass,
         * text_is_utf8 does not */
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
        pthread_setspecific(tokener_key, tokener);
    }
    json_tokener_reset(tokener);
    return tokener;
}

static struct json_object *parse(const char *bytes, size_t len, struct err *err)
{
    if (!text_is_utf8(bytes, len) || memchr(bytes, '\0', len)) {
        err_set(err, ERR_INPUT, "the message is not UTF-8 text");
        return NULL;
    }
    struct json_tokener *tokener = thread_tokener();
    struct json_object *json = json_tokener_parse_ex(tokener, bytes, (int)len);
    enum json_tokener_error trouble = json_tokener_get_error(tokener);
    if (trouble != json_tokener_success) {
        err_set(err, ERR_INPUT, "the message is not JSON: %s at byte %zu",
                trouble == json_tokener_continue ? "it ends early"
                                                 : json_tokener_error_desc(trouble),
                json_tokener_get_parse_end(tokener));
        return NULL;
    }
    if (!json_object_is_type(json, json_type_object)) {
        err_set(err, ERR_INPUT, "the message is not a JSON object");
        json_object_put(json);
        return NULL;
    }
    return json;
}

/* ---- fields ---- */

/* json-c saturates what does not fit and tells nobody: above, its unsigned value betrays it; below,
 * INT64_MIN may be anything and is therefore refused itself. */
static int take_i64(struct json_object *o, int64_t *ret)
{
    if (!json_object_is_type(o, json_type_int)) {
        return -1;
    }
    int64_t value = json_object_get_int64(o);
    if (value == INT64_MIN || (value == INT64_MAX && json_object_get_uint64(o) > INT64_MAX)) {
        return -1;
    }
    *ret = value;
    return 0;
}

/* A NUL inside would hide what stands behind it. */
static int take_text(struct json_object *o, const char **ret)
{
    if (!json_object_is_type(o, json_type_string)) {
        return -1;
    }
    const char *text = json_object_get_string(o);
    if (strlen(text) != (size_t)json_object_get_string_len(o)) {
        return -1;
    }
    *ret = text;
    return 0;
}

static void on_list_freed(struct json_object *list, void *items)
{
    (void)list;
    free(items);
}

/* The array of pointers is hung on the list it points into and goes with it. */
static int take_strings(struct json_object *o, struct msg_strings *ret)
{
    if (!json_object_is_type(o, json_type_array)) {
        return -1;
    }
    size_t count = json_object_array_length(o);
    if (count > MSG_LIST_MAX) {
        return -1;
    }
    const char **items = xcalloc(count, sizeof(*items));
    json_object_set_userdata(o, items, on_list_freed);
    for (size_t i = 0; i < count; i++) {
        if (take_text(json_object_array_get_idx(o, i), &items[i]) < 0) {
            return -1;
        }
    }
    *ret = (struct msg_strings){.count = count, .items = items};
    return 0;
}

static int take_field(const struct msg_field *f, struct json_object *o, void *self)
{
    void *into = (char *)self + f->offset;
    bool *has = (bool *)((char *)self + f->has_offset);
    switch (f->type) {
    case MSG_FIELD_I64:
        *has = take_i64(o, into) == 0;
        return *has ? 0 : -1;
    case MSG_FIELD_BOOL:
        *has = json_object_is_type(o, json_type_boolean);
        *(bool *)into = json_object_get_boolean(o);
        return *has ? 0 : -1;
    case MSG_FIELD_STR:
        return take_text(o, into);
    case MSG_FIELD_STRS:
    default:
        break;
    }
    return take_strings(o, into);
}

static const char *const wanted[] = {
    [MSG_FIELD_I64] = "a whole number of 64 bits",
    [MSG_FIELD_BOOL] = "true or false",
    [MSG_FIELD_STR] = "text",
    [MSG_FIELD_STRS] = "a list of at most 64 texts",
};
_Static_assert(MSG_LIST_MAX == 64, "say it in wanted[] too");

/* where: what the sentence for the sender begins with. */
static int take_fields(const char *where, const struct msg_field *fields, size_t count,
                       struct json_object *from, void *self, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct msg_field *f = &fields[i];
        struct json_object *o;
        if (!json_object_object_get_ex(from, f->name, &o)) {
            if (f->required) {
                return err_set(err, ERR_INPUT, "%s: %s is missing", where, f->name);
            }
        } else if (take_field(f, o, self) < 0) {
            return err_set(err, ERR_INPUT, "%s: %s must be %s", where, f->name, wanted[f->type]);
        }
    }
    return 0;
}

/* ---- the envelope ---- */

struct envelope {
    const char *id, *type, *actor;
    int64_t v, at;
    bool has_v, has_at;
};

typedef struct envelope self; /* the name MSG_FIELD_ROW asks for */
static const struct msg_field envelope_fields[] = {
    MSG_FIELD_ROW(id, STR, OPTIONAL)    /* first: who is refused for the rest is answered by it */
    MSG_FIELD_ROW(v, I64, REQUIRED)     /* */
    MSG_FIELD_ROW(type, STR, REQUIRED)  /* */
    MSG_FIELD_ROW(actor, STR, OPTIONAL) /* */
    MSG_FIELD_ROW(at, I64, REQUIRED)    /* */
};

bool msg_is_valid_id(const char *id)
{
    size_t len = 0;
    for (; id[len]; len++) {
        if (len == MSG_ID_MAX || id[len] <= ' ' || id[len] > '~') {
            return false;
        }
    }
    return len > 0;
}

/* What the kinds ask of the envelope: commands id and actor, answers id. */
static int check_envelope(const struct envelope *e, struct msg *m, struct err *err)
{
    if (e->v != MSG_VERSION) {
        return err_set(err, ERR_INPUT, "envelope: version %lld is not spoken here, only %d",
                       (long long)e->v, MSG_VERSION);
    }
    int type = msg_type_parse(e->type);
    if (type < 0) {
        return err_set(err, ERR_INPUT, "unknown message type %.*s",
                       (int)text_cut_bytes(e->type, 60), e->type);
    }
    m->type = (enum msg_type)type;
    m->at = e->at;
    enum msg_kind kind = msg_shapes[type].kind;
    if (kind == MSG_COMMAND || kind == MSG_ANSWER) {
        if (!e->id || !msg_is_valid_id(e->id)) {
            return err_set(err, ERR_INPUT,
                           "%s: the id must have 1 to %d printable ASCII characters, no blanks",
                           msg_shapes[type].wire, MSG_ID_MAX);
        }
        m->id = e->id;
    }
    if (kind == MSG_COMMAND) {
        if (!e->actor || !*e->actor) {
            return err_set(err, ERR_INPUT, "%s: actor is missing", msg_shapes[type].wire);
        }
        m->actor = e->actor;
    }
    return 0;
}

static int read_envelope(struct json_object *json, struct msg *m, char *id_out, struct err *err)
{
    struct envelope e = {0};
    int rc = take_fields("envelope", envelope_fields, ARRAY_LEN(envelope_fields), json, &e, err);
    if (id_out && e.id && msg_is_valid_id(e.id)) {
        memcpy(id_out, e.id, strlen(e.id) + 1);
    }
    return rc < 0 ? -1 : check_envelope(&e, m, err);
}

/* Looked at late: whoever sent too much is to be answered, and only the envelope says under which
 * id. */
static int check_size(size_t len, struct err *err)
{
    if (len <= MSG_BYTES_MAX) {
        return 0;
    }
    return err_set(err, ERR_INPUT, "the message has %zu bytes, at most %d are allowed", len,
                   MSG_BYTES_MAX);
}

static int read_body(struct json_object *json, struct msg *m, struct err *err)
{
    const struct msg_shape *shape = &msg_shapes[m->type];
    struct json_object *body;
    if (!json_object_object_get_ex(json, "body", &body) ||
        !json_object_is_type(body, json_type_object)) {
        return err_set(err, ERR_INPUT, "%s: body must be an object", shape->wire);
    }
    size_t count;
    const struct msg_field *fields = shape->fields(&count);
    return take_fields(shape->wire, fields, count, body, &m->body, err);
}

int msg_decode(const char *bytes, size_t len, struct msg *ret, char *id_out, struct err *err)
{
    if (id_out) {
        id_out[0] = '\0';
    }
    struct json_object *json = parse(bytes, len, err);
    if (!json) {
        return -1;
    }
    struct msg m = {.document_ = json};
    if (read_envelope(json, &m, id_out, err) < 0 || check_size(len, err) < 0 ||
        read_body(json, &m, err) < 0) {
        json_object_put(json);
        return -1;
    }
    *ret = m;
    return 0;
}

int64_t msg_order_id(const struct msg *m)
{
    size_t count;
    const struct msg_field *fields = msg_shapes[m->type].fields(&count);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == MSG_FIELD_I64 && str_eq(fields[i].name, "order_id")) {
            return *(const int64_t *)(const void *)((const char *)&m->body + fields[i].offset);
        }
    }
    return 0;
}

void msg_fini(struct msg *m)
{
    json_object_put(m->document_);
    *m = (struct msg){0};
}

/* ---- encoding ---- */

static void add_text(struct buf *b, const char *text)
{
    assert(text && text_is_utf8(text, strlen(text)));
    buf_add_json(b, text);
}

static void add_strings(struct buf *b, const struct msg_strings *list)
{
    assert(list->count <= MSG_LIST_MAX);
    buf_add_char(b, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0) {
            buf_add_char(b, ',');
        }
        add_text(b, list->items[i]);
    }
    buf_add_char(b, ']');
}

static bool is_given(const struct msg_field *f, const void *self_)
{
    const void *value = (const char *)self_ + f->offset;
    switch (f->type) {
    case MSG_FIELD_I64:
    case MSG_FIELD_BOOL:
        return *(const bool *)((const char *)self_ + f->has_offset);
    case MSG_FIELD_STR:
        return *(const char *const *)value;
    case MSG_FIELD_STRS:
    default:
        break;
    }
    return ((const struct msg_strings *)value)->count > 0;
}

static void add_value(struct buf *b, const struct msg_field *f, const void *value)
{
    switch (f->type) {
    case MSG_FIELD_I64:
        buf_add_i64(b, *(const int64_t *)value);
        return;
    case MSG_FIELD_BOOL:
        buf_add_text(b, *(const bool *)value ? "true" : "false");
        return;
    case MSG_FIELD_STR:
        add_text(b, *(const char *const *)value);
        return;
    case MSG_FIELD_STRS:
    default:
        break;
    }
    add_strings(b, value);
}

static void add_body(struct buf *b, const struct msg_shape *shape, const void *self_)
{
    size_t count;
    const struct msg_field *fields = shape->fields(&count);
    char before = '{';
    for (size_t i = 0; i < count; i++) {
        const struct msg_field *f = &fields[i];
        if (!f->required && !is_given(f, self_)) {
            continue;
        }
        buf_add_char(b, before);
        buf_add_text(b, f->key);
        add_value(b, f, (const char *)self_ + f->offset);
        before = ',';
    }
    if (before == '{') {
        buf_add_char(b, '{');
    }
    buf_add_char(b, '}');
}

void msg_encode(const struct msg *m, struct buf *into)
{
    const struct msg_shape *shape = &msg_shapes[m->type];
    buf_add_text(into, "{\"v\":1");
    _Static_assert(MSG_VERSION == 1, "say it in the line above");
    if (shape->kind == MSG_COMMAND || shape->kind == MSG_ANSWER) {
        assert(m->id && msg_is_valid_id(m->id));
        buf_add_text(into, ",\"id\":");
        buf_add_json(into, m->id);
    }
    buf_add_text(into, ",\"type\":\"");
    buf_add_text(into, shape->wire);
    buf_add_char(into, '"');
    if (shape->kind == MSG_COMMAND) {
        assert(m->actor && *m->actor);
        buf_add_text(into, ",\"actor\":");
        add_text(into, m->actor);
    }
    buf_add_text(into, ",\"at\":");
    buf_add_i64(into, m->at);
    buf_add_text(into, ",\"body\":");
    add_body(into, shape, &m->body);
    buf_add_char(into, '}');
}
