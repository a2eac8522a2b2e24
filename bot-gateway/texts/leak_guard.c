/* leak_guard.c - what would lead people past the bot, found and masked */
#include "bot-gateway/texts/leak_guard.h"

#define LABEL_MAX 63 /* bytes of a part of a domain name */

/* ---- the text as people see it ---- */

struct glyph {
    uint32_t c; /* full-width forms as ASCII, capitals small; 0 = the end */
    size_t at;  /* where it begins */
};

static uint32_t decode(const char *text, size_t *at)
{
    static const struct {
        unsigned char above;
        size_t more;
        uint32_t bits;
    } leads[] = {
        {0xEF, 3, 0x07},
        {0xDF, 2, 0x0F},
        {0xBF, 1, 0x1F},
        {0x00, 0, 0x7F},
    };
    unsigned char first = (unsigned char)text[(*at)++];
    size_t i = 0;
    while (first <= leads[i].above)
        i++;
    uint32_t c = first & leads[i].bits;
    for (size_t n = 0; n < leads[i].more; n++)
        c = c << 6 | ((unsigned char)text[(*at)++] & 0x3F);
    return c;
}

struct range {
    uint32_t from, to;
};

static bool is_in(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c - ranges[i].from <= ranges[i].to - ranges[i].from)
            return true;
    return false;
}
#define IS_IN(c, ranges) is_in(c, ranges, ARRAY_LEN(ranges))

static const struct range invisible[] = {
    {0x00AD, 0x00AD},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x2064},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
};
static const struct range full_width[] = {
    {0xFF01, 0xFF5E}
};
static const struct range capitals[] = {
    {'A',    'Z'   },
    {0x0410, 0x042F}
};
static const struct range digits[] = {
    {'0', '9'}
};
static const struct range latin[] = {
    {'0', '9'},
    {'_', '_'},
    {'a', 'z'},
};
static const struct range letters[] = {
    {'0',    '9'   },
    {'a',    'z'   },
    {0x00C0, 0x024F},
    {0x0400, 0x052F},
};
static const struct range of_labels[] = {
    {'-',    '-'   },
    {'0',    '9'   },
    {'a',    'z'   },
    {0x00C0, 0x024F},
    {0x0400, 0x052F},
};
static const struct range of_mailboxes[] = {
    {'%', '%'},
    {'+', '+'},
    {'-', '.'},
    {'0', '9'},
    {'_', '_'},
    {'a', 'z'},
};
static const struct range between_digits[] = {
    {' ',    ' '   },
    {'(',    ')'   },
    {'-',    '.'   },
    {0x00A0, 0x00A0},
    {0x2009, 0x2015},
    {0x202F, 0x202F},
};
static const struct range ends_a_link[] = {
    {0,      ' '   },
    {'"',    '"'   },
    {'<',    '<'   },
    {'>',    '>'   },
    {0x00A0, 0x00A0},
    {0x00AB, 0x00AB},
    {0x00BB, 0x00BB},
};
static const struct range after_a_link[] = {
  /* of the sentence it stands in */
    {'!', '!'},
    {')', ')'},
    {',', ','},
    {'.', '.'},
    {':', ';'},
    {'?', '?'},
};

static uint32_t fold(uint32_t c)
{
    if (IS_IN(c, full_width))
        c -= 0xFF01 - '!';
    return IS_IN(c, capitals) ? c + 32 : c;
}

static struct glyph *glyphs_of(const char *text)
{
    size_t len = strlen(text), count = 0;
    struct glyph *glyphs = xcalloc(len + 1, sizeof glyphs[0]);
    for (size_t at = 0; at < len;) {
        size_t begin = at;
        uint32_t c = decode(text, &at);
        if (!IS_IN(c, invisible))
            glyphs[count++] = (struct glyph){fold(c), begin};
    }
    glyphs[count].at = len;
    return glyphs;
}

/* ---- matches: how many glyphs from here on, 0 = none ---- */

static size_t span_of(const struct glyph *g, const struct range *ranges, size_t count)
{
    size_t n = 0;
    while (is_in(g[n].c, ranges, count)) /* no range but of ends holds 0 */
        n++;
    return n;
}
#define SPAN(g, ranges) span_of(g, ranges, ARRAY_LEN(ranges))

static bool begins_with(const struct glyph *g, const char *word)
{
    while (*word != '\0' && g->c == (uint32_t)*word) {
        g++;
        word++;
    }
    return *word == '\0';
}

/* To the end of a link that is one for so many glyphs already. */
static size_t rest_of_link(const struct glyph *g, size_t n)
{
    while (!IS_IN(g[n].c, ends_a_link))
        n++;
    while (IS_IN(g[n - 1].c, after_a_link))
        n--;
    return n;
}

static size_t match_scheme(const struct glyph *g)
{
    size_t n = SPAN(g, latin);
    if (n == 0 || !begins_with(g + n, "://"))
        return 0;
    return rest_of_link(g, n + 3);
}

static const char *const top_domains[] = {
    "app", "biz",  "by",   "cc",   "club",   "co",   "com",
    "de",  "dev",  "eu",   "gg",   "im",     "info", "io",
    "kz",  "link", "me",   "net",  "online", "org",  "ph",
    "pro", "ru",   "shop", "site", "store",  "su",   "tech",
    "to",  "ua",   "uk",   "us",   "uz",     "xyz",  "\xD1\x80\xD1\x84" /* рф */,
};

static bool is_top_domain(const struct glyph *g, size_t n)
{
    char label[LABEL_MAX + 5];
    size_t len = 0;
    for (size_t i = 0; i < n && len < LABEL_MAX; i++) {
        if (g[i].c < 0x80) {
            label[len++] = (char)g[i].c;
        } else { /* letters end at 0x52F */
            label[len++] = (char)(0xC0 | g[i].c >> 6);
            label[len++] = (char)(0x80 | (g[i].c & 0x3F));
        }
    }
    label[len] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(top_domains); i++)
        if (str_eq(label, top_domains[i]))
            return true;
    return false;
}

/* "mail.example.com": two labels at least; *last is where the last one begins. */
static size_t span_of_domain(const struct glyph *g, size_t *last)
{
    size_t n = SPAN(g, of_labels);
    *last = 0;
    while (n > 0 && g[n].c == '.') {
        size_t more = SPAN(g + n + 1, of_labels);
        if (more == 0)
            break;
        *last = n + 1;
        n = *last + more;
    }
    return n;
}

static size_t match_domain(const struct glyph *g)
{
    size_t last, n = span_of_domain(g, &last);
    if (last == 0)
        return 0;
    bool is_www = begins_with(g, "www.");
    return is_www || is_top_domain(g + last, n - last) ? rest_of_link(g, n) : 0;
}

static size_t match_email(const struct glyph *g)
{
    size_t n = SPAN(g, of_mailboxes), last;
    if (n == 0 || g[n].c != '@')
        return 0;
    size_t domain = span_of_domain(g + n + 1, &last);
    return last == 0 ? 0 : n + 1 + domain;
}

#define USERNAME_MIN 4

static size_t match_mention(const struct glyph *g)
{
    if (g[0].c != '@' || IS_IN(g[1].c, digits))
        return 0;
    size_t n = SPAN(g + 1, latin);
    return n < USERNAME_MIN ? 0 : 1 + n;
}

/* A number ends where neither a digit follows nor, behind one point or dash, another: dates and
 * addresses of machines go on so. */
static bool ends_a_number(const struct glyph *g)
{
    if (g[0].c == '.' || g[0].c == '-')
        g++;
    return !IS_IN(g[0].c, digits);
}

#define BETWEEN_DIGITS_MAX 3
#define PHONE_DIGITS_MIN 8
#define PHONE_DIGITS_MAX 15
#define RUSSIAN_DIGITS 11 /* 8 916 ..., 7 916 ...; without the first: 10 */

/* Is a row of so many digits a telephone number? */
static bool is_phone(bool is_international, uint32_t first, size_t count, size_t points)
{
    if (is_international)
        return count >= PHONE_DIGITS_MIN;
    if (points == 3) /* 89.108.100.200 is a machine */
        return false;
    if (first == '9')
        return count == RUSSIAN_DIGITS - 1;
    return (first == '7' || first == '8') && count == RUSSIAN_DIGITS;
}

static size_t match_phone(const struct glyph *g)
{
    bool is_international = g[0].c == '+';
    size_t n = is_international ? 1 + SPAN(g + 1, between_digits) : g[0].c == '(';
    size_t best = 0, count = 0, points = 0;
    uint32_t first = g[n].c;
    if (n > BETWEEN_DIGITS_MAX)
        return 0;
    while (IS_IN(g[n].c, digits) && count < PHONE_DIGITS_MAX) {
        n++;
        count++;
        if (ends_a_number(g + n) && is_phone(is_international, first, count, points))
            best = n;
        size_t gap = SPAN(g + n, between_digits);
        if (gap > BETWEEN_DIGITS_MAX)
            break;
        points += g[n].c == '.';
        n += gap;
    }
    return best;
}

/* ---- the table ---- */

static bool not_after_a_word(uint32_t before)
{
    return before != '_' && !IS_IN(before, letters);
}

static bool not_after_latin(uint32_t before)
{
    return !IS_IN(before, latin);
}

static bool not_after_a_digit(uint32_t before)
{
    return !IS_IN(before, digits);
}

/* clang-format off */
static const struct leak_rule {
    enum leak   leak;
    bool      (*may_follow)(uint32_t before);
    size_t    (*match)(const struct glyph *);
    const char *why;
} rules[] = { /* the first that matches */
    {LEAK_LINK,    not_after_latin,   match_scheme,  "https://example.com/x, tg://resolve?domain=x"},
    {LEAK_EMAIL,   not_after_a_word,  match_email,   "somebody@example.com"},
    {LEAK_LINK,    not_after_a_word,  match_domain,  "t.me/somebody, example.com, www.example"},
    {LEAK_MENTION, not_after_latin,   match_mention, "@somebody"},
    {LEAK_PHONE,   not_after_a_digit, match_phone,   "+7 (916) 123-45-67, 89161234567, 916 123 45 67"},
};
/* clang-format on */

static size_t match_any(const struct glyph *glyphs, size_t at, enum leak *ret)
{
    uint32_t before = at > 0 ? glyphs[at - 1].c : ' ';
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        size_t n = rules[i].may_follow(before) ? rules[i].match(glyphs + at) : 0;
        if (n > 0) {
            *ret = rules[i].leak;
            return n;
        }
    }
    return 0;
}

static void glyphs_free(struct glyph **glyphs)
{
    free(*glyphs);
}

unsigned leak_guard_mask(const char *text, struct buf *into)
{
    scoped(glyphs_free) struct glyph *glyphs = glyphs_of(text);
    unsigned found = 0;
    size_t written = 0;
    for (size_t i = 0; glyphs[i].c != 0;) {
        enum leak leak = LEAK_PHONE;
        size_t n = match_any(glyphs, i, &leak);
        if (n == 0) {
            i++;
            continue;
        }
        found |= leak;
        buf_add(into, text + written, glyphs[i].at - written);
        buf_add_text(into, LEAK_MASK);
        i += n;
        written = glyphs[i].at;
    }
    buf_add_text(into, text + written);
    return found;
}

bool leak_guard_finds(const char *text)
{
    scoped(buf_fini) struct buf masked = {0};
    return leak_guard_mask(text, &masked) != 0;
}
