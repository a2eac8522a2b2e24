/* cities.c - time zones as people know them: by a city whose clocks show the same */
#include "bot-gateway/texts/cities.h"

#include <ctype.h>

#include "common/base/text.h"

/* clang-format off */
const struct city cities[] = {
/*   number  zone                  name                  */
    {1,      "Europe/London",      N_("London")},
    {2,      "Europe/Berlin",      N_("Berlin")},
    {3,      "Europe/Kaliningrad", N_("Kaliningrad")},
    {4,      "Europe/Moscow",      N_("Moscow")},
    {5,      "Europe/Minsk",       N_("Minsk")},
    {6,      "Europe/Istanbul",    N_("Istanbul")},
    {7,      "Europe/Samara",      N_("Samara")},
    {8,      "Asia/Tbilisi",       N_("Tbilisi")},
    {9,      "Asia/Yerevan",       N_("Yerevan")},
    {10,     "Asia/Baku",          N_("Baku")},
    {11,     "Asia/Dubai",         N_("Dubai")},
    {12,     "Asia/Yekaterinburg", N_("Yekaterinburg")},
    {13,     "Asia/Tashkent",      N_("Tashkent")},
    {14,     "Asia/Almaty",        N_("Almaty")},
    {15,     "Asia/Omsk",          N_("Omsk")},
    {16,     "Asia/Novosibirsk",   N_("Novosibirsk")},
    {17,     "Asia/Krasnoyarsk",   N_("Krasnoyarsk")},
    {18,     "Asia/Bangkok",       N_("Bangkok")},
    {19,     "Asia/Irkutsk",       N_("Irkutsk")},
    {20,     "Asia/Yakutsk",       N_("Yakutsk")},
    {21,     "Asia/Vladivostok",   N_("Vladivostok")},
    {22,     "Asia/Magadan",       N_("Magadan")},
    {23,     "Asia/Kamchatka",     N_("Kamchatka")},
};

/* Where the tz database keeps its cities; "" = those names that stand alone, as Japan does. */
static const char *const areas[] = {"", "Europe/", "Asia/", "America/", "Africa/", "Australia/", "Atlantic/", "Indian/", "Pacific/"};
/* clang-format on */
const size_t city_count = ARRAY_LEN(cities);

const struct city *city_numbered(int64_t number)
{
    for (size_t i = 0; i < city_count; i++) {
        if (cities[i].number == number) {
            return &cities[i];
        }
    }
    return NULL;
}

static const struct city *city_of(const char *zone)
{
    for (size_t i = 0; i < city_count; i++) {
        if (str_eq(cities[i].zone, zone)) {
            return &cities[i];
        }
    }
    return NULL;
}

/* ---- what people type ---- */

static const struct city *city_called(const char *name)
{
    for (size_t i = 0; i < city_count; i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            if (text_equal_ignoring_case(tr((enum language)language, cities[i].name), name)) {
                return &cities[i];
            }
        }
    }
    return NULL;
}

/* "+7", "UTC+7" -> "Etc/GMT-7": there the sign says how far UTC is from the zone. */
static bool zone_ahead(const char *typed, char ret[static ZONE_NAME_MAX])
{
    char sign[2];
    unsigned hours;
    int used = 0;
    const char *p = strncasecmp(typed, "UTC", 3) == 0 ? typed + 3 : typed;
    if (sscanf(p, " %1[+-]%2u%n", sign, &hours, &used) != 2 || p[used]) {
        return false;
    }
    snprintf(ret, ZONE_NAME_MAX, "Etc/GMT%c%u", *sign == '+' ? '-' : '+', hours);
    return zone_exists(ret);
}

/* In place: "new york" as "New_York". */
static void write_as_a_zone(char *name)
{
    for (char *c = name; *c; c++) {
        bool begins_word = c == name || c[-1] == '_' || c[-1] == '/';
        *c = *c == ' ' ? '_' : (char)(begins_word ? toupper((unsigned char)*c) : *c);
    }
}

static bool zone_called(char *name, char ret[static ZONE_NAME_MAX])
{
    if (zone_exists(name)) {
        snprintf(ret, ZONE_NAME_MAX, "%s", name);
        return true;
    }
    write_as_a_zone(name);
    for (size_t i = 0; i < ARRAY_LEN(areas); i++) {
        int len = snprintf(ret, ZONE_NAME_MAX, "%s%s", areas[i], name);
        if (len < ZONE_NAME_MAX && zone_exists(ret)) {
            return true;
        }
    }
    return false;
}

int city_parse_zone(const char *typed, char ret[static ZONE_NAME_MAX])
{
    char word[2 * ZONE_NAME_MAX]; /* what is cut is no zone's name either way */
    snprintf(word, sizeof word, "%s", typed + strspn(typed, " \n"));
    size_t len = strlen(word);
    while (len > 0 && strchr(" \n.", word[len - 1])) {
        word[--len] = '\0';
    }
    const struct city *city = city_called(word);
    if (city) {
        snprintf(ret, ZONE_NAME_MAX, "%s", city->zone);
        return 0;
    }
    return zone_ahead(word, ret) || zone_called(word, ret) ? 0 : -1;
}

/* ---- what they read ---- */

static void add_offset(int minutes, struct buf *into)
{
    int from_utc = minutes < 0 ? -minutes : minutes;
    buf_add_text(into, "UTC");
    if (from_utc > 0) {
        buf_printf(into, "%s%d", minutes < 0 ? "−" : "+", from_utc / 60);
    }
    if (from_utc % 60 > 0) {
        buf_printf(into, ":%02d", from_utc % 60);
    }
}

/* The last word of a zone's name, as one writes it: "New York". */
static void add_last_word(const char *zone, struct buf *into)
{
    const char *stroke = strrchr(zone, '/');
    for (const char *c = stroke ? stroke + 1 : zone; *c; c++) {
        buf_add_char(into, *c == '_' ? ' ' : *c);
    }
}

void format_zone(const struct reader *reader, const char *zone, struct buf *into)
{
    int minutes = zone_offset_minutes(zone, reader->now_ms);
    if (strncmp(zone, "Etc/", 4) == 0 || str_eq(zone, "UTC")) {
        add_offset(minutes, into);
        return;
    }
    const struct city *city = city_of(zone);
    if (city) {
        buf_add_text(into, tr(reader->language, city->name));
    } else {
        add_last_word(zone, into);
    }
    buf_add_text(into, " (");
    add_offset(minutes, into);
    buf_add_char(into, ')');
}

void values_zone(struct values *v, const char *name, const char *zone)
{
    struct buf said = {0};
    format_zone(&v->reader, zone, &said);
    values_html(v, name, &said);
}

void say_whose_days(const struct reader *reader, struct buf *html)
{
    if (str_eq(reader->zone, reader->days_zone)) {
        return;
    }
    scoped(values_fini) struct values v;
    values_init(&v, reader);
    values_zone(&v, "zone", reader->days_zone);
    buf_add_char(html, '\n');
    say(&v, N_("🗓 Days and months by the time zone {zone}."), html);
}
