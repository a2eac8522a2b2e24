/* draft.c - what a chat has begun */
#include "bot-gateway/dialog/draft.h"

#include "common/base/text.h"

void draft_drop_parts(struct draft *d)
{
    for (size_t i = 0; i < d->part_count; i++) {
        free(d->parts[i].text);
        free(d->parts[i].files);
    }
    free(d->parts);
    d->parts = NULL;
    d->part_count = 0;
    str_free(&d->wish);
    d->parts_of = 0;
}

void draft_fini(struct draft *d)
{
    draft_drop_parts(d);
    free(d->token);
    free(d->name);
    free(d->search);
    *d = (struct draft){0};
}

bool draft_is_empty(const struct draft *d)
{
    return d->part_count == 0;
}

void draft_copy(struct draft *to, const struct draft *from)
{
    *to = (struct draft){.order_id = from->order_id, .arg = from->arg, .parts_of = from->parts_of};
    to->token = xstrdup_or_null(from->token);
    to->name = xstrdup_or_null(from->name);
    to->wish = xstrdup_or_null(from->wish);
    to->search = xstrdup_or_null(from->search);
    for (size_t i = 0; i < from->part_count; i++) {
        draft_restore(to, from->parts[i].message_id, xstrdup(from->parts[i].text),
                      xstrdup(from->parts[i].files));
    }
}

static size_t count_lines(const char *lines)
{
    size_t count = 0;
    for (; *lines; lines++) {
        count += *lines == '\n';
    }
    return count;
}

static size_t text_characters(const struct draft *d)
{
    size_t units = 0;
    for (size_t i = 0; i < d->part_count; i++) {
        units += text_utf16_units(d->parts[i].text) + 1;
    }
    return units;
}

void update_file_lines(const struct update *u, struct buf *into)
{
    for (size_t i = 0; i < u->file_count; i++) {
        buf_printf(into, "%s %s %lld %lld\n", u->files[i].kind, u->files[i].file_id,
                   (long long)u->place_id, (long long)u->message_id);
    }
}

void draft_restore(struct draft *d, int64_t message_id, char *text, char *files)
{
    if (d->part_count == DRAFT_PARTS_MAX) { /* of a version that kept more */
        free(text);
        free(files);
        return;
    }
    d->parts = xrealloc(d->parts, d->part_count + 1, sizeof *d->parts);
    d->parts[d->part_count++] = (struct draft_part){message_id, text, files};
}

void draft_move_parts(struct draft *to, struct draft *from)
{
    for (size_t i = 0; i < from->part_count; i++) {
        struct draft_part *part = &from->parts[i];
        draft_restore(to, part->message_id, part->text, part->files);
        part->text = part->files = NULL;
    }
    draft_drop_parts(from);
}

int draft_collect(struct draft *d, const struct update *u)
{
    if (d->part_count == DRAFT_PARTS_MAX || draft_file_count(d) + u->file_count > ORDER_FILES_MAX ||
        text_characters(d) + text_utf16_units(u->text) > TASK_TEXT_MAX) {
        return -1;
    }
    struct buf files = {0};
    update_file_lines(u, &files);
    draft_restore(d, u->message_id, xstrdup(u->text), buf_take(&files));
    return 0;
}

int draft_amend(struct draft *d, int64_t message_id, const char *text)
{
    for (size_t i = 0; i < d->part_count; i++) {
        if (d->parts[i].message_id == message_id) {
            free(d->parts[i].text);
            d->parts[i].text = xstrdup(text);
            return 0;
        }
    }
    return -1;
}

void draft_text(const struct draft *d, struct buf *into)
{
    for (size_t i = 0; i < d->part_count; i++) {
        if (!*d->parts[i].text) {
            continue;
        }
        if (into->len > 0) {
            buf_add_char(into, '\n');
        }
        buf_add_text(into, d->parts[i].text);
    }
}

size_t draft_file_count(const struct draft *d)
{
    size_t count = 0;
    for (size_t i = 0; i < d->part_count; i++) {
        count += count_lines(d->parts[i].files);
    }
    return count;
}

size_t split_lines(char *lines, const char **items, size_t max)
{
    size_t count = 0;
    for (char *line; count < max && (line = strsep(&lines, "\n"));) {
        if (*line) {
            items[count++] = line;
        }
    }
    return count;
}

void draft_file_lines(const struct draft *d, struct buf *into)
{
    for (size_t i = 0; i < d->part_count; i++) {
        buf_add_text(into, d->parts[i].files);
    }
}

static void add_member(struct buf *into, const char *name, const char *text)
{
    if (text) {
        buf_printf(into, ",\"%s\":", name);
        buf_add_json(into, text);
    }
}

void draft_print(const struct draft *d, struct buf *into)
{
    buf_printf(into, "\"order\":%lld,\"arg\":%lld", (long long)d->order_id, (long long)d->arg);
    add_member(into, "token", d->token);
    add_member(into, "name", d->name);
    add_member(into, "wish", d->wish);
    add_member(into, "search", d->search);
    buf_printf(into, ",\"of\":%lld,\"parts\":[", (long long)d->parts_of);
    for (size_t i = 0; i < d->part_count; i++) {
        buf_printf(into, "%s{\"message\":%lld", i > 0 ? "," : "",
                   (long long)d->parts[i].message_id);
        add_member(into, "text", d->parts[i].text);
        add_member(into, "files", d->parts[i].files);
        buf_add_char(into, '}');
    }
    buf_add_char(into, ']');
}
