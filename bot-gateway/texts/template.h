/* template.h - sentences with holes: "Order №{order} until {due}" and the values that fill them (pure)
 *
 * A hole is {name}, name of [a-z_]; "{{" stands for one brace. What fills it is escaped for Telegram's HTML unless it is HTML
 * already; the sentence itself is HTML, written by us.
 */
#pragma once
#include "common/base/buf.h"

struct template_value {
    const char *name;
    const char *text; /* NULL = no such fact: the hole stays, as one of no name does */
    bool        is_html;
};

/* Appends the sentence. Returns how many holes nothing filled: those are left as they stand. */
size_t template_render(const char *sentence, const struct template_value *, size_t count, struct buf *into);

/* Walks over the holes of a sentence: the next name, or NULL at the end. *at begins as the sentence. */
#define TEMPLATE_NAME_MAX 32
const char *template_next_hole(const char **at, char name[static TEMPLATE_NAME_MAX]);

/* Text a person wrote, cut so that it has at most so many UTF-16 units; a cut shows as "…". */
void template_add_cut(struct buf *into, const char *text, size_t units);
