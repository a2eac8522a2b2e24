/* seats.h - where a person sits in each role: the step reached there, and the draft (pure)
 *
 * A button of one role is pressed at that role's seat. Taking another role's seat leaves the former one as it is, so that it can be
 * gone on with; leaving one's own for the menu or a thread leaves only what lies on it: words, files.
 */
#pragma once
#include "bot-gateway/dialog/dialog_fsm.h"
#include "bot-gateway/dialog/draft.h"

struct seat {
    enum dialog_step step;
    struct draft     draft;
};

struct seats { /* zero-initialised = nothing begun; seats_fini */
    enum seat_id at;
    struct seat  of[SEAT_COUNT]; /* of[SEAT_NONE] stays empty */
};

static inline const struct seat *seats_now(const struct seats *s)
{
    return &s->of[s->at];
}

void seats_fini(struct seats *);
void seats_copy(struct seats *to, const struct seats *from); /* to is overwritten, not released */
/* Steps on, from the seat sat at before; is_done: what was begun there has come to its end. next is no STEP_KEEP. */
void seats_step(struct seats *, enum seat_id before, enum dialog_step next, bool is_done);
/* A role's seat, other than the one sat at, where something was begun and left; roles: those the person has. SEAT_NONE: none. */
enum seat_id seats_left(const struct seats *, unsigned roles, enum seat_id beside);
void         seats_print(const struct seats *, struct buf *into); /* JSON: a member per seat with something on it */
