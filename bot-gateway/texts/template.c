/* template.c - sentences with holes */
#include "bot-gateway/texts/template.h"

#include "common/base/text.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz_"

/* Length of the name if a hole begins at this brace, else 0. */
static size_t hole_name_len(const char *brace)
{
    size_t len = strspn(brace + 1, NAME_LETTERS);
    return len < TEMPLATE_NAME_MAX && brace[1 + len] == '}' ? len : 0;
}

static const struct template_value *find(const char *name, size_t len,
                                         const struct template_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(values[i].name, name, len) == 0 && values[i].name[len] == '\0') {
            return values[i].text ? &values[i] : NULL;
        }
    }
    return NULL;
}

static void add_value(struct buf *into, const struct template_value *value)
{
    if (value->is_html) {
        buf_add_text(into, value->text);
    } else {
        scoped(str_free) char *text = xstrdup(value->text);
        text_drop_direction_marks(text);
        buf_add_html(into, text);
    }
}

size_t template_render(const char *sentence, const struct template_value *values, size_t count,
                       struct buf *into)
{
    size_t unfilled = 0;
    while (*sentence) {
        size_t plain = strcspn(sentence, "{");
        buf_add(into, sentence, plain);
        sentence += plain;
        if (!*sentence) {
            break;
        }
        if (sentence[1] == '{') {
            buf_add_char(into, '{');
            sentence += 2;
            continue;
        }
        size_t len = hole_name_len(sentence);
        if (len == 0) {
            buf_add_char(into, *sentence++);
            continue;
        }
        const struct template_value *value = find(sentence + 1, len, values, count);
        if (value) {
            add_value(into, value);
        } else {
            buf_add(into, sentence, len + 2);
            unfilled++;
        }
        sentence += len + 2;
    }
    return unfilled;
}

const char *template_next_hole(const char **at, char name[static TEMPLATE_NAME_MAX])
{
    const char *p = *at;
    while ((p = strchr(p, '{'))) {
        size_t len = hole_name_len(p);
        if (len > 0) {
            memcpy(name, p + 1, len);
            name[len] = '\0';
            *at = p + len + 2;
            return name;
        }
        p += p[1] == '{' ? 2 : 1;
    }
    return NULL;
}

void template_add_cut(struct buf *into, const char *text, size_t units)
{
    size_t whole = text_cut_utf16(text, units);
    if (!text[whole]) {
        buf_add_text(into, text);
        return;
    }
    buf_add(into, text, text_cut_utf16(text, units > 0 ? units - 1 : 0));
    buf_add_text(into, "…");
}
