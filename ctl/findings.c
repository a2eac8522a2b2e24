/* findings.c - what check has found */
#include "ctl/findings.h"

#include <inttypes.h>
#include <stdarg.h>

#include "common/base/buf.h"

static const struct {
    const char *name, *sentence;
} findings_table[] = {
#define FINDING(cname, sentence) {#cname, sentence},
#include "ctl/findings.def"
};

const char *finding_name(enum finding finding)
{
    return findings_table[finding].name;
}

const char *finding_sentence(enum finding finding)
{
    return findings_table[finding].sentence;
}

int finding_parse(const char *name)
{
    for (int i = 0; i < FINDING_COUNT; i++)
        if (str_eq(findings_table[i].name, name))
            return i;
    return -1;
}

void findings_fini(struct findings *f)
{
    free(f->items);
    *f = (struct findings){0};
}

void findings_add(struct findings *f, const char *what, int64_t id, enum finding finding,
                  const char *detail_fmt, ...)
{
    va_list args;
    f->count++;
    if (f->kept == FINDINGS_KEPT_MAX)
        return;
    if (f->kept == f->cap) {
        f->cap = f->cap == 0 ? 16 : f->cap * 2;
        f->items = xrealloc(f->items, f->cap, sizeof *f->items);
    }
    struct found *found = &f->items[f->kept++];
    *found = (struct found){.what = what, .id = id, .finding = finding};
    va_start(args, detail_fmt);
    vsnprintf(found->detail, sizeof found->detail, detail_fmt, args);
    va_end(args);
}

static int compare(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    int what = strcmp(a->what, b->what);
    if (what != 0)
        return what;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->finding != b->finding)
        return a->finding < b->finding ? -1 : 1;
    return strcmp(a->detail, b->detail);
}

static void sort(struct findings *f)
{
    if (f->kept > 0)
        qsort(f->items, f->kept, sizeof *f->items, compare);
}

void findings_print(struct findings *f, FILE *out)
{
    sort(f);
    for (size_t i = 0; i < f->kept; i++) {
        const struct found *found = &f->items[i];
        fprintf(out, "%s %" PRId64 ": %s: %s", found->what, found->id, finding_name(found->finding),
                finding_sentence(found->finding));
        fprintf(out, found->detail[0] != '\0' ? " (%s)\n" : "%s\n", found->detail);
    }
    if (f->count > f->kept)
        fprintf(out, "and %zu more\n", f->count - f->kept);
}

void findings_print_json(struct findings *f, FILE *out)
{
    scoped(buf_fini) struct buf json = {0};
    sort(f);
    buf_add_char(&json, '[');
    for (size_t i = 0; i < f->kept; i++) {
        const struct found *found = &f->items[i];
        buf_printf(&json,
                   "%s\n  {\"what\": \"%s\", \"id\": %" PRId64 ", \"kind\": \"%s\", \"meaning\": ",
                   i == 0 ? "" : ",", found->what, found->id, finding_name(found->finding));
        buf_add_json(&json, finding_sentence(found->finding));
        buf_add_text(&json, ", \"detail\": ");
        buf_add_json(&json, found->detail);
        buf_add_char(&json, '}');
    }
    buf_add_char(&json, ']');
    fputs(buf_text(&json), out);
}
