/* notice_scene.h - what notices and cards are told from in the tests */
#pragma once
#include "bot-gateway/texts/notice_table.h"

#define NOW           INT64_C(1795345320000) /* 22 November 2026, 14:02 in Moscow */
#define MESSAGE_UNITS 4096                   /* UTF-16 units: Telegram's limit */

char          *many(const char *piece, size_t times); /* caller owns */
struct contact somebody(int64_t id, const char *name);
/* An order as full as it gets; factor 1: of ordinary texts, more: as long as people can make them. */
struct notice_facts facts_of(enum notice_kind, enum language, size_t factor);

/* There are words, no hole has stayed open, and all of it is UTF-8. */
void   check_text(const char *html, const char *why);
size_t visible_units(const char *html); /* UTF-16 units, without tags */
