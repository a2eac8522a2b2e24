/* plain_text.c - the words of a Telegram HTML message */
#include "bot-gateway/delivery/plain_text.h"

#include "common/base/text.h"

#define LAST_CHARACTER 0x10ffff

/* The four entities that Telegram knows by name. */
static const struct {
    const char *name;
    char character;
} entities[] = {
    {"&lt;",   '<'},
    {"&gt;",   '>'},
    {"&amp;",  '&'},
    {"&quot;", '"'}
};

static void add_character(struct buf *into, unsigned long c)
{
    static const struct {
        unsigned long below;
        unsigned first_byte, shift;
    } sizes[] = {
        {0x80,               0,    0 },
        {0x800,              0xc0, 6 },
        {0x10000,            0xe0, 12},
        {LAST_CHARACTER + 1, 0xf0, 18}
    };
    size_t size = 0;
    while (c >= sizes[size].below)
        size++;
    buf_add_char(into, (char)(sizes[size].first_byte | (c >> sizes[size].shift)));
    for (unsigned shift = sizes[size].shift; shift > 0; shift -= 6)
        buf_add_char(into, (char)(0x80 | ((c >> (shift - 6)) & 0x3f)));
}

/* "&#1078;" and "&#x436;": bytes it takes, 0 if it is none. */
static size_t add_numbered(struct buf *into, const char *at)
{
    if (at[1] != '#')
        return 0;
    bool is_hex = at[2] == 'x';
    const char *digits = at + (is_hex ? 3 : 2);
    size_t count = strspn(digits, is_hex ? "0123456789abcdefABCDEF" : "0123456789");
    if (count == 0 || count > 7 || digits[count] != ';')
        return 0;
    unsigned long c = strtoul(digits, NULL, is_hex ? 16 : 10);
    if (c == 0 || c > LAST_CHARACTER || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    add_character(into, c);
    return (size_t)(digits - at) + count + 1;
}

static size_t add_entity(struct buf *into, const char *at)
{
    for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
        size_t len = strlen(entities[i].name);
        if (strncmp(at, entities[i].name, len) == 0) {
            buf_add_char(into, entities[i].character);
            return len;
        }
    }
    return add_numbered(into, at);
}

/* Bytes of the tag that begins here, 0 if none does. */
static size_t tag_length(const char *at)
{
    const char *name = at[1] == '/' ? at + 2 : at + 1;
    if (*name < 'a' || *name > 'z')
        return 0;
    size_t len = strcspn(name, "<>");
    return name[len] == '>' ? (size_t)(name - at) + len + 1 : 0;
}

void plain_text_add(struct buf *into, const char *html)
{
    while (*html != '\0') {
        size_t plain = strcspn(html, "<&");
        buf_add(into, html, plain);
        html += plain;
        if (*html == '\0')
            return;
        size_t taken = *html == '<' ? tag_length(html) : add_entity(into, html);
        if (taken == 0) {
            buf_add_char(into, *html);
            taken = 1;
        }
        html += taken;
    }
}

size_t plain_text_piece(const char *text, size_t units)
{
    size_t most = text_cut_utf16(text, units);
    if (text[most] == '\0')
        return most;
    static const char breaks[] = {'\n', ' '};
    for (size_t i = 0; i < sizeof breaks; i++) {
        const char *last = memrchr(text, breaks[i], most);
        if (last != NULL && (size_t)(last - text) >= most / 2) /* no tiny pieces */
            return (size_t)(last - text) + 1;
    }
    return most;
}
