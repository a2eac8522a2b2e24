/* draft.h - what a chat has begun: the order it is about, what has been collected so far (pure)
 *
 * One for each seat, kept in chats.drafts (seats.h), so that it survives a restart; the JSON is printed here and taken apart by load_chat.sql.
 */
#pragma once
#include "bot-gateway/update.h"
#include "common/base/buf.h"
#include "common/wire/domain.h"

#define DRAFT_PARTS_MAX 50

struct draft_part { /* one message */
    int64_t message_id;
    char   *text;  /* "" if it had none */
    char   *files; /* lines of "<kind> <file_id> <chat_id> <message_id>" */
};

struct draft { /* zero-initialised = empty; draft_fini */
    int64_t            order_id, arg; /* what the step is about: the order; stars, tariff */
    char              *token, *name;  /* an invite being accepted; an account being invited */
    char              *wish, *search; /* until when the new order is wanted; what was looked for last */
    struct draft_part *parts;
    size_t             part_count;
    int64_t            parts_of; /* the order whose report they are; 0 = of none that is there yet */
};

void draft_fini(struct draft *);
bool draft_is_empty(const struct draft *);
void draft_drop_parts(struct draft *); /* what was collected, and the wish; step and its names stay */
void draft_copy(struct draft *to, const struct draft *from); /* to is overwritten, not released */
/* Keeps one more message (text and files of the update). -1: too much for one order, nothing was kept. */
int  draft_collect(struct draft *, const struct update *);
/* As draft_collect, of a part that was stored; takes the strings. */
void draft_restore(struct draft *, int64_t message_id, char *text /* takes */, char *files /* takes */);
/* The parts of the other go behind this one's; what is too much is left out. */
void draft_move_parts(struct draft *to, struct draft *from);
/* The edited words of a message kept before. -1: it is none of the draft's. */
int  draft_amend(struct draft *, int64_t message_id, const char *text);

void   draft_text(const struct draft *, struct buf *into); /* all words, a line apart */
size_t draft_file_count(const struct draft *);
void   draft_file_lines(const struct draft *, struct buf *into); /* all files, a '\n' after each */
void   draft_print(const struct draft *, struct buf *into); /* members of a JSON object */

/* The files of an update as such lines, a '\n' after each. */
void update_file_lines(const struct update *, struct buf *into);
/* Cuts lines apart in place: items point into the text. */
size_t split_lines(char *lines, const char **items, size_t max);
