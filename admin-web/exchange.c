/* exchange.c - one HTTP request and the answer being made for it */
#include "admin-web/exchange.h"

#include <ctype.h>
#include <sodium.h>
#include <strings.h>

void exchange_fini(struct exchange *x)
{
    buf_fini(&x->body);
    buf_fini(&x->answer);
}

const char *exchange_header(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->header_count; i++) {
        if (strcasecmp(x->headers[i].name, name) == 0) {
            return x->headers[i].value;
        }
    }
    return NULL;
}

size_t exchange_header_count(const struct exchange *x, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < x->header_count; i++) {
        count += strcasecmp(x->headers[i].name, name) == 0;
    }
    return count;
}

/* The q of "en-GB;q=0.8" in thousandths; anything odd counts as 1. */
static int weight_of(const char *range, size_t len)
{
    const char *q = memmem(range, len, "q=", 2);
    if (!q || q[2] == '1' || q[2] != '0') {
        return 1000;
    }
    int weight = 0, place = 100;
    for (const char *digit = q + 4; digit < range + len && isdigit((unsigned char)*digit) && place;
         digit++) {
        weight += (*digit - '0') * place;
        place /= 10;
    }
    return weight;
}

enum language language_of(const char *accept_language)
{
    int best[] = {[LANGUAGE_EN] = 0, [LANGUAGE_RU] = 0};
    for (const char *range = accept_language; range && *range;) {
        range += strspn(range, " ,\t");
        size_t len = strcspn(range, ",");
        for (int language = LANGUAGE_EN; language <= LANGUAGE_RU; language++) {
            if (strncasecmp(range, language_tag((enum language)language), 2) == 0) {
                int weight = weight_of(range, len);
                best[language] = weight > best[language] ? weight : best[language];
            }
        }
        range += len;
    }
    return best[LANGUAGE_RU] > best[LANGUAGE_EN] ? LANGUAGE_RU : LANGUAGE_EN;
}

const char *language_tag(enum language language)
{
    return language == LANGUAGE_RU ? "ru" : "en";
}

static bool is_uuid(const char *text)
{
    if (strlen(text) != UUID_LEN) {
        return false;
    }
    for (size_t i = 0; i < UUID_LEN; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i])) {
            return false;
        }
    }
    return true;
}

/* Version 4: 122 random bits. */
static void make_uuid(char into[static UUID_LEN + 1])
{
    uint8_t b[16];
    randombytes_buf(b, sizeof(b));
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x40);
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
    snprintf(into, UUID_LEN + 1,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
             b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
             b[15]);
}

int exchange_read_key(struct exchange *x)
{
    const char *given = exchange_header(x, "Idempotency-Key");
    if (!given) {
        make_uuid(x->idempotency_key);
        return 0;
    }
    if (!is_uuid(given) || exchange_header_count(x, "Idempotency-Key") != 1) {
        return -1;
    }
    for (size_t i = 0; i <= UUID_LEN; i++) {
        x->idempotency_key[i] = (char)tolower((unsigned char)given[i]);
    }
    return 0;
}
