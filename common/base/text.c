/* text.c - questions about UTF-8 text */
#include "common/base/text.h"

#include <ctype.h>

/* How many bytes the character takes whose first byte this is; 0 if no character begins so. */
static size_t utf8_len(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xc2) { /* a continuation byte, or a two-byte form of ASCII */
        return 0;
    }
    if (first < 0xe0) {
        return 2;
    }
    if (first < 0xf0) {
        return 3;
    }
    return first < 0xf5 ? 4 : 0;
}

/* What the first byte leaves open: no longer forms of shorter characters, no surrogates, nothing
 * above U+10FFFF. */
static bool utf8_second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xe0:
        return second >= 0xa0;
    case 0xed:
        return second < 0xa0;
    case 0xf0:
        return second >= 0x90;
    case 0xf4:
        return second < 0x90;
    default:
        return true;
    }
}

static bool is_ascii_word(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    size_t at = 0;
    while (at < len) {
        if (len - at >= 8 && is_ascii_word(bytes + at)) {
            at += 8;
            continue;
        }
        unsigned char first = (unsigned char)bytes[at];
        size_t char_len = utf8_len(first);
        if (char_len == 0 || char_len > len - at) {
            return false;
        }
        for (size_t i = 1; i < char_len; i++) {
            if (((unsigned char)bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        if (char_len > 2 && !utf8_second_fits(first, (unsigned char)bytes[at + 1])) {
            return false;
        }
        at += char_len;
    }
    return true;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* UTF-16 units of the character this byte begins: 2 beyond U+FFFF. */
static size_t units_of(char first)
{
    return (unsigned char)first >= 0xf0 ? 2 : 1;
}

size_t text_utf16_units(const char *text)
{
    size_t units = 0;
    for (; *text; text++) {
        units += is_continuation(*text) ? 0 : units_of(*text);
    }
    return units;
}

size_t text_cut_utf16(const char *text, size_t units)
{
    size_t at = 0;
    while (text[at]) {
        size_t need = is_continuation(text[at]) ? 0 : units_of(text[at]);
        if (need > units) {
            return at;
        }
        units -= need;
        at++;
    }
    return at;
}

size_t text_cut_bytes(const char *text, size_t max)
{
    size_t len = strnlen(text, max);
    if (text[len] == '\0') {
        return len;
    }
    while (len > 0 && is_continuation(text[len])) {
        len--;
    }
    return len;
}

/* The character at *at, steps past it. Of a letter in one or two bytes, the small one. */
static unsigned next_small(const char **at)
{
    unsigned c = (unsigned char)*(*at)++;
    if (c >= 0xc2 && c < 0xe0 && is_continuation(**at)) {
        c = (c & 0x1f) << 6 | ((unsigned char)*(*at)++ & 0x3f);
    }
    if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42f)) { /* А to Я */
        return c + 0x20;
    }
    return c == 0x401 ? 0x451 : c; /* Ё */
}

bool text_equal_ignoring_case(const char *a, const char *b)
{
    while (*a && *b) {
        if (next_small(&a) != next_small(&b)) {
            return false;
        }
    }
    return *a == *b;
}

/* Longer words are nobody's slip of the finger. */
#define NEAREST_WORD_MAX 63

static size_t min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edit_distance(const char *a, const char *b)
{
    size_t row[NEAREST_WORD_MAX + 1];
    size_t b_len = strlen(b);
    for (size_t j = 0; j <= b_len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            bool same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
            size_t replace = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = min_size(replace, 1 + min_size(row[j], row[j - 1]));
        }
    }
    return row[b_len];
}

const char *text_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t word_len = strlen(word);
    if (word_len > NEAREST_WORD_MAX) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t allowed = word_len < 6 ? 1 : word_len / 3;
    for (size_t i = 0; i < count; i++) {
        if (strlen(candidates[i]) > NEAREST_WORD_MAX) {
            continue;
        }
        size_t distance = edit_distance(word, candidates[i]);
        if (distance <= allowed && (!nearest || distance < allowed)) {
            nearest = candidates[i];
            allowed = distance;
        }
    }
    return nearest;
}

int text_to_i64(const char *text, int64_t min, int64_t max, int64_t *ret)
{
    bool negative = *text == '-';
    const char *digit = text + (negative ? 1 : 0);
    if (!*digit) {
        return -1;
    }
    int64_t value = 0; /* built below zero, where INT64_MIN has its place */
    for (; *digit; digit++) {
        if (!isdigit((unsigned char)*digit) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *digit - '0', &value)) {
            return -1;
        }
    }
    if (!negative && __builtin_sub_overflow(0, value, &value)) {
        return -1;
    }
    if (value < min || value > max) {
        return -1;
    }
    *ret = value;
    return 0;
}

int text_to_minor(const char *text, int64_t *ret_minor)
{
    size_t whole_len = strcspn(text, ".,");
    if (whole_len == 0 ||
        whole_len > 15) { /* 10^15 whole units: no sum of ours, and no overflow below */
        return -1;
    }
    int64_t minor = 0;
    for (size_t i = 0; i < whole_len; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return -1;
        }
        minor = minor * 10 + (text[i] - '0');
    }
    minor *= 100;
    if (text[whole_len]) {
        const char *decimals = text + whole_len + 1;
        if (!isdigit((unsigned char)decimals[0])) {
            return -1;
        }
        minor += (decimals[0] - '0') * 10;
        if (decimals[1]) {
            if (!isdigit((unsigned char)decimals[1]) || decimals[2]) {
                return -1;
            }
            minor += decimals[1] - '0';
        }
    }
    *ret_minor = minor;
    return 0;
}

bool text_equal_constant_time(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b);
    unsigned differ = a_len != b_len;
    /* as many steps as a has bytes, whatever b is */
    for (size_t i = 0; i < a_len; i++) {
        unsigned char theirs = (unsigned char)(b_len ? b[i % b_len] : 0);
        differ |= (unsigned)((unsigned char)a[i] ^ theirs);
    }
    return differ == 0;
}

/* ---- what it says ---- */

/* clang-format off */
static const struct { uint32_t from, to; const char *what; } wordless[] = {
    {0x0000,  0x002f,  "controls, blank, signs"}, {0x003a,  0x0040,  "signs"},
    {0x005b,  0x0060,  "brackets"},               {0x007b,  0x00a9,  "brackets, controls, signs"},
    {0x00ab,  0x00b4,  "signs"},                  {0x00b6,  0x00b9,  "signs"},
    {0x00bb,  0x00bf,  "signs"},                  {0x00d7,  0x00d7,  "times"},
    {0x00f7,  0x00f7,  "divided"},                {0x0300,  0x036f,  "accents alone"},
    {0x115f,  0x1160,  "fillers"},                {0x180b,  0x180e,  "selectors"},
    {0x2000,  0x214f,  "blanks, dashes, direction, money, letterlike signs"},
    {0x2190,  0x2bff,  "arrows, pictures, blank Braille"},
    {0x3000,  0x303f,  "blanks and brackets"},    {0x3164,  0x3164,  "a filler"},
    {0xfe00,  0xfe1f,  "selectors"},              {0xfeff,  0xfeff,  "no blank at all"},
    {0x1f000, 0x1faff, "emoji"},                  {0xe0000, 0xe0fff, "tags and selectors"},
};
/* clang-format on */

static uint32_t next_character(const char **at)
{
    const unsigned char *b = (const unsigned char *)*at;
    size_t len = utf8_len(b[0]);
    uint32_t c = len == 1 ? b[0] : b[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        c = c << 6 | (b[i] & 0x3fu);
    }
    *at += len;
    return c;
}

static bool is_wordless(uint32_t c)
{
    for (size_t i = 0; i < ARRAY_LEN(wordless); i++) {
        if (c >= wordless[i].from && c <= wordless[i].to) {
            return true;
        }
    }
    return false;
}

bool text_has_words(const char *text)
{
    while (*text) {
        if (!is_wordless(next_character(&text))) {
            return true;
        }
    }
    return false;
}

/* U+202A to U+202E and U+2066 to U+2069; after the first byte the others are there. */
static bool is_direction_mark(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return b[0] == 0xe2 && ((b[1] == 0x80 && b[2] >= 0xaa && b[2] <= 0xae) ||
                            (b[1] == 0x81 && b[2] >= 0xa6 && b[2] <= 0xa9));
}

void text_drop_direction_marks(char *text)
{
    char *to = text;
    while (*text) {
        if (is_direction_mark(text)) {
            text += 3;
        } else {
            *to++ = *text++;
        }
    }
    *to = '\0';
}
