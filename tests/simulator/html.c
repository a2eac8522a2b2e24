/* html.c - Telegram's HTML: markup to text and entities, and back */
#include "html.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

enum { NESTING = 32, TAG_SIZE = 16 };

/* clang-format off */
static const struct tag { const char *name, *entity, *argument; } tags[] = {
/*   tag            entity            attribute that matters */
    {"b",           "bold",           NULL},
    {"strong",      "bold",           NULL},
    {"i",           "italic",         NULL},
    {"em",          "italic",         NULL},
    {"u",           "underline",      NULL},
    {"ins",         "underline",      NULL},
    {"s",           "strikethrough",  NULL},
    {"strike",      "strikethrough",  NULL},
    {"del",         "strikethrough",  NULL},
    {"code",        "code",           "class"},
    {"pre",         "pre",            NULL},
    {"a",           "text_link",      "href"},
    {"tg-spoiler",  "spoiler",        NULL},
    {"span",        "spoiler",        "class"},
    {"tg-emoji",    "custom_emoji",   "emoji-id"},
    {"tg-time",     "date_time",      "unix"},
    {"blockquote",  "blockquote",     "expandable"},
};
/* clang-format on */

struct open_tag {
    const struct tag *tag;
    size_t begin; /* in UTF-16 units */
    char *argument, *format;
};

struct parser {
    const char *in;
    size_t i;
    struct text out;
    size_t units;
    struct open_tag open[NESTING];
    int depth, stray;
    json_object *entities;
    char *why;
    size_t why_size;
};

#define FAIL(p, ...) (snprintf((p)->why, (p)->why_size, __VA_ARGS__), -1)

static const struct tag *tag_find(const char *name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (!strcmp(tags[i].name, name))
            return &tags[i];
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' || c == '\0';
}

static void add_codepoint(struct text *out, uint32_t c)
{
    char b[4];
    size_t n = 0;
    if (c < 0x80) {
        b[n++] = (char)c;
    } else if (c < 0x800) {
        b[n++] = (char)(0xc0 | c >> 6);
        b[n++] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        b[n++] = (char)(0xe0 | c >> 12);
        b[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        b[n++] = (char)(0x80 | (c & 0x3f));
    } else {
        b[n++] = (char)(0xf0 | c >> 18);
        b[n++] = (char)(0x80 | (c >> 12 & 0x3f));
        b[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        b[n++] = (char)(0x80 | (c & 0x3f));
    }
    text_add(out, b, n);
}

/* The character an `&...;` at p->i stands for, moving past it; 0 if it is none: then it stays text.
 */
static uint32_t take_reference(struct parser *p)
{
    static const struct {
        const char *name;
        uint32_t c;
    } names[] = {
        {"lt",   '<'},
        {"gt",   '>'},
        {"amp",  '&'},
        {"quot", '"'}
    };
    const char *s = p->in + p->i + 1;
    if (*s == '#') {
        char *end = NULL;
        bool hex = s[1] == 'x' || s[1] == 'X';
        const char *digits = s + (hex ? 2 : 1);
        if (hex ? !isxdigit((unsigned char)*digits) : !isdigit((unsigned char)*digits))
            return 0;
        unsigned long c = strtoul(digits, &end, hex ? 16 : 10);
        if (c == 0 || c >= 0x10ffff || (c >= 0xd800 && c < 0xe000))
            return 0;
        p->i = (size_t)(end - p->in) + (*end == ';');
        return (uint32_t)c;
    }
    size_t n = 0;
    while (isalpha((unsigned char)s[n]))
        n++;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (strlen(names[k].name) == n && !strncasecmp(names[k].name, s, n)) {
            p->i += 1 + n + (s[n] == ';');
            return names[k].c;
        }
    return 0;
}

static void take_text(struct parser *p, struct text *out)
{
    if (p->in[p->i] == '&') {
        uint32_t c = take_reference(p);
        if (c) {
            add_codepoint(out, c);
            return;
        }
        p->stray++;
    }
    text_add(out, p->in + p->i, 1);
    p->i++;
}

/* One attribute of the tag just opened: name, then perhaps a value. */
static int take_attribute(struct parser *p, struct open_tag *open, size_t begin)
{
    const char *s = p->in;
    size_t from = p->i;
    while (!is_space(s[p->i]) && s[p->i] != '=' && s[p->i] != '>')
        p->i++;
    size_t len = p->i - from;
    char name[TAG_SIZE];
    snprintf(name, sizeof name, "%.*s", len < sizeof name ? (int)len : 0, s + from);
    if (len == 0)
        return FAIL(p, "Empty attribute name in the tag \"%s\" at byte offset %zu", open->tag->name,
                    begin);
    while (s[p->i] && is_space(s[p->i]))
        p->i++;

    struct text value = {0};
    text_adds(&value, "");
    if (s[p->i] == '=') {
        p->i++;
        while (s[p->i] && is_space(s[p->i]))
            p->i++;
        char quote = s[p->i] == '"' || s[p->i] == '\'' ? s[p->i] : '\0';
        if (quote) {
            p->i++;
            while (s[p->i] && s[p->i] != quote)
                take_text(p, &value);
            if (s[p->i])
                p->i++;
        } else {
            size_t token = p->i;
            while (isalnum((unsigned char)s[p->i]) || s[p->i] == '.' || s[p->i] == '-')
                p->i++;
            text_add(&value, s + token, p->i - token);
            if (s[p->i] && !is_space(s[p->i]) && s[p->i] != '>') {
                text_fini(&value);
                return FAIL(p, "Unexpected end of name token at byte offset %zu", token);
            }
        }
    } else if (strcmp(name, "expandable") != 0) {
        text_fini(&value);
        return FAIL(p,
                    "Expected equal sign in declaration of an attribute of the tag \"%s\" at byte "
                    "offset %zu",
                    open->tag->name, begin);
    }
    if (open->tag->argument && !strcasecmp(name, open->tag->argument)) {
        mem_free(open->argument);
        open->argument = mem_dup(value.s);
    } else if (!strcmp(open->tag->name, "tg-time") && !strcmp(name, "format")) {
        mem_free(open->format);
        open->format = mem_dup(value.s);
    }
    text_fini(&value);
    return 0;
}

static void open_fini(struct open_tag *open)
{
    mem_free(open->argument);
    mem_free(open->format);
    *open = (struct open_tag){0};
}

static int take_start_tag(struct parser *p)
{
    size_t begin = p->i++;
    const char *s = p->in;
    while (s[p->i] && !is_space(s[p->i]) && s[p->i] != '>')
        p->i++;
    if (!s[p->i])
        return FAIL(p, "Unclosed start tag at byte offset %zu", begin);
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(p->i - begin - 1), s + begin + 1);
    for (char *c = name; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    const struct tag *tag = tag_find(name);
    if (!tag)
        return FAIL(p, "Unsupported start tag \"%s\" at byte offset %zu", name, begin);
    if (p->depth == NESTING)
        return FAIL(p, "Too many nested tags at byte offset %zu", begin);
    struct open_tag *open = &p->open[p->depth++];
    *open = (struct open_tag){.tag = tag};
    while (s[p->i] != '>') {
        while (s[p->i] && is_space(s[p->i]))
            p->i++;
        if (!s[p->i])
            return FAIL(p, "Unclosed start tag \"%s\" at byte offset %zu", name, begin);
        if (s[p->i] != '>' && take_attribute(p, open, begin) != 0)
            return -1;
    }
    p->i++;
    if (!strcmp(name, "span") && (!open->argument || strcmp(open->argument, "tg-spoiler") != 0))
        return FAIL(p, "Tag \"span\" must have class \"tg-spoiler\" at byte offset %zu", begin);
    if (!strcmp(name, "tg-emoji") && (!open->argument || strtoll(open->argument, NULL, 10) == 0))
        return FAIL(p, "Invalid custom emoji identifier specified");
    open->begin = p->units;
    return 0;
}

static void add_entity(struct parser *p, struct open_tag *open)
{
    const char *kind = open->tag->entity, *argument = open->argument;
    json_object *entity = json_object_new_object();
    size_t end = p->units;
    json_object *user = NULL;
    static const char mention[] = "tg://user?id=";
    if (!strcmp(kind, "text_link") && argument && !strncmp(argument, mention, sizeof mention - 1)) {
        kind = "text_mention";
        user = json_object_new_object();
        json_put_int(user, "id", strtoll(argument + sizeof mention - 1, NULL, 10));
    }
    if (!strcmp(kind, "blockquote") && argument)
        kind = "expandable_blockquote";
    bool language = argument && !strncmp(argument, "language-", 9);
    if (!strcmp(kind, "code") && language && p->depth > 0 &&
        !strcmp(p->open[p->depth - 1].tag->name, "pre") &&
        p->open[p->depth - 1].begin == open->begin) {
        mem_free(p->open[p->depth - 1]
                     .format); /* <pre><code class="language-x">: the pre tells the language */
        p->open[p->depth - 1].format = mem_dup(argument + 9);
        json_object_put(entity);
        return;
    }
    json_put_str(entity, "type", kind);
    json_put_int(entity, "offset", (int64_t)open->begin);
    json_put_int(entity, "length", (int64_t)(end - open->begin));
    if (!strcmp(kind, "text_link"))
        json_put_str(entity, "url", argument);
    if (!strcmp(kind, "custom_emoji"))
        json_put_str(entity, "custom_emoji_id", argument);
    if (!strcmp(kind, "pre"))
        json_put_str(entity, "language", open->format);
    if (!strcmp(kind, "date_time")) {
        json_put_int(entity, "unix_time", argument ? strtoll(argument, NULL, 10) : 0);
        json_put_str(entity, "date_time_format", open->format);
    }
    if (user)
        json_object_object_add(entity, "user", user);
    bool empty_link = !strcmp(kind, "text_link") && (!argument || !*argument);
    if (end > open->begin && !empty_link)
        json_object_array_add(p->entities, entity);
    else
        json_object_put(entity);
}

static int take_end_tag(struct parser *p)
{
    size_t begin = p->i;
    const char *s = p->in;
    if (p->depth == 0)
        return FAIL(p, "Unexpected end tag at byte offset %zu", begin);
    p->i += 2;
    size_t from = p->i;
    while (s[p->i] && !is_space(s[p->i]) && s[p->i] != '>')
        p->i++;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(p->i - from), s + from);
    while (s[p->i] && is_space(s[p->i]))
        p->i++;
    if (s[p->i] != '>')
        return FAIL(p, "Unclosed end tag at byte offset %zu", begin);
    p->i++;
    struct open_tag open = p->open[p->depth - 1];
    if (*name && strcasecmp(name, open.tag->name) != 0)
        return FAIL(p, "Unmatched end tag at byte offset %zu, expected \"</%s>\", found \"</%s>\"",
                    begin, open.tag->name, name);
    p->depth--;
    add_entity(p, &open);
    open_fini(&open);
    return 0;
}

static int by_place(const void *a, const void *b)
{
    json_object *x = *(json_object *const *)a, *y = *(json_object *const *)b;
    int64_t begin = json_int(x, "offset", 0) - json_int(y, "offset", 0);
    int64_t length = json_int(y, "length", 0) - json_int(x, "length", 0);
    return begin ? (begin < 0 ? -1 : 1) : length ? (length < 0 ? -1 : 1) : 0;
}

int html_parse(const char *markup, struct html_result *result, char *why, size_t why_size)
{
    struct parser p = {.in = markup, .why = why, .why_size = why_size};
    p.entities = json_object_new_array();
    text_adds(&p.out, "");
    int failed = 0;
    while (!failed && markup[p.i]) {
        if (markup[p.i] == '<') {
            failed = markup[p.i + 1] == '/' ? take_end_tag(&p) : take_start_tag(&p);
        } else {
            size_t before = p.out.len;
            take_text(&p, &p.out);
            p.units += utf16_units(p.out.s + before, p.out.len - before);
        }
    }
    if (!failed && p.depth > 0)
        failed = FAIL(&p, "Can't find end tag corresponding to start tag \"%s\"",
                      p.open[p.depth - 1].tag->name);
    while (p.depth > 0)
        open_fini(&p.open[--p.depth]);
    if (failed || json_count(p.entities) == 0) {
        json_object_put(p.entities);
        p.entities = NULL;
    }
    if (failed) {
        text_fini(&p.out);
        return -1;
    }
    if (p.entities)
        json_object_array_sort(p.entities, by_place);
    *result = (struct html_result){.text = p.out.s, .entities = p.entities, .stray = p.stray};
    return 0;
}

void html_trim(struct html_result *result)
{
    static const char blank[] = " \t\r\n";
    size_t lead = strspn(result->text, blank), len = strlen(result->text);
    while (len > lead && strchr(blank, result->text[len - 1]))
        len--;
    memmove(result->text, result->text + lead, len - lead);
    result->text[len - lead] = '\0';
    if (!result->entities)
        return;
    int64_t units = (int64_t)utf16_units(result->text, len - lead);
    json_object *kept = json_object_new_array();
    for (size_t i = 0; i < json_count(result->entities); i++) {
        json_object *entity = json_object_array_get_idx(result->entities, i);
        int64_t from = json_int(entity, "offset", 0) - (int64_t)lead,
                to = from + json_int(entity, "length", 0);
        from = from < 0 ? 0 : from;
        to = to > units ? units : to;
        if (to <= from)
            continue;
        json_put_int(entity, "offset", from);
        json_put_int(entity, "length", to - from);
        json_object_array_add(kept, json_object_get(entity));
    }
    json_object_put(result->entities);
    result->entities = kept;
    if (json_count(kept) == 0) {
        json_object_put(kept);
        result->entities = NULL;
    }
}

static void add_escaped(struct text *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const char *name = s[i] == '<'   ? "&lt;"
                           : s[i] == '>' ? "&gt;"
                           : s[i] == '&' ? "&amp;"
                           : s[i] == '"' ? "&quot;"
                                         : NULL;
        if (name)
            text_adds(out, name);
        else
            text_add(out, s + i, 1);
    }
}

static void add_tag(struct text *out, json_object *entity, bool end)
{
    const char *kind = json_str(entity, "type"), *name = NULL;
    bool quote = kind && !strcmp(kind, "expandable_blockquote");
    for (size_t i = 0; kind && !name && i < sizeof tags / sizeof *tags; i++)
        if (!strcmp(tags[i].entity, quote ? "blockquote" : kind))
            name = tags[i].name;
    if (!name)
        return;
    text_addf(out, end ? "</%s" : "<%s", name);
    const char *url = json_str(entity, "url");
    if (!end && url) {
        text_adds(out, " href=\"");
        add_escaped(out, url, strlen(url));
        text_adds(out, "\"");
    }
    if (!end && quote)
        text_adds(out, " expandable");
    text_adds(out, ">");
}

char *html_render(const char *text, json_object *entities)
{
    struct text out = {0};
    text_adds(&out, "");
    size_t len = strlen(text), at = 0, count = entities ? json_count(entities) : 0;
    struct {
        json_object *entity;
        size_t end;
    } open[NESTING];
    size_t depth = 0, next = 0;
    for (;;) {
        size_t stop = len;
        json_object *entity = next < count ? json_object_array_get_idx(entities, next) : NULL;
        if (entity)
            stop = utf16_to_byte(text, len, (size_t)json_int(entity, "offset", 0));
        bool close = depth > 0 && open[depth - 1].end <= stop;
        if (close)
            stop = open[depth - 1].end;
        if (stop > at) {
            add_escaped(&out, text + at, stop - at);
            at = stop;
        }
        if (close) {
            add_tag(&out, open[--depth].entity, true);
        } else if (entity) {
            next++;
            if (depth < NESTING) {
                size_t end = utf16_to_byte(
                    text, len,
                    (size_t)(json_int(entity, "offset", 0) + json_int(entity, "length", 0)));
                bool sticks_out = depth > 0 && open[depth - 1].end < end;
                open[depth].entity = entity;
                open[depth].end = sticks_out ? open[depth - 1].end : end;
                depth++;
                add_tag(&out, entity, false);
            }
        } else {
            break;
        }
    }
    return out.s;
}
