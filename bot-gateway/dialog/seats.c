/* seats.c - where a person sits in each role */
#include "bot-gateway/dialog/seats.h"

void seats_fini(struct seats *s)
{
    for (int i = 0; i < SEAT_COUNT; i++) {
        draft_fini(&s->of[i].draft);
    }
    *s = (struct seats){0};
}

void seats_copy(struct seats *to, const struct seats *from)
{
    to->at = from->at;
    for (int i = 0; i < SEAT_COUNT; i++) {
        to->of[i].step = from->of[i].step;
        draft_copy(&to->of[i].draft, &from->of[i].draft);
    }
}

/* ---- stepping on ---- */

static void set_step(struct seat *seat, enum dialog_step step)
{
    seat->step = step;
    if (step != STEP_INVITE_UNTIL) {
        str_free(&seat->draft.name);
    }
    if (step != STEP_JOIN) {
        str_free(&seat->draft.token);
    }
}

static bool is_of_a_role(enum seat_id seat)
{
    return dialog_seat_roles(seat) != 0;
}

/* Somebody gets up without having come to an end: what lies there stays, a bare prompt does not. */
static void leave(struct seat *seat)
{
    if (draft_is_empty(&seat->draft)) {
        set_step(seat, STEP_IDLE);
    }
}

void seats_step(struct seats *s, enum seat_id before, enum dialog_step next, bool is_done)
{
    enum seat_id from = s->at;
    enum seat_id to = dialog_step_seat(next);
    if (from != to && is_done) {
        set_step(&s->of[from], STEP_IDLE);
    } else if (from != to) {
        leave(&s->of[from]);
    }
    if (before != from && !(is_of_a_role(before) && is_of_a_role(from))) {
        leave(&s->of[before]);
    }
    s->at = to;
    set_step(&s->of[to], next);
}

enum seat_id seats_left(const struct seats *s, unsigned roles, enum seat_id beside)
{
    for (int i = 0; i < SEAT_COUNT; i++) {
        bool may_sit = (dialog_seat_roles((enum seat_id)i) & roles) != 0;
        if (may_sit && i != (int)beside && s->of[i].step != STEP_IDLE) {
            return (enum seat_id)i;
        }
    }
    return SEAT_NONE;
}

/* ---- kept ---- */

static bool is_empty(const struct seat *seat)
{
    return seat->step == STEP_IDLE && draft_is_empty(&seat->draft) && !seat->draft.search;
}

void seats_print(const struct seats *s, struct buf *into)
{
    const char *gap = "";
    buf_add_char(into, '{');
    for (int i = 0; i < SEAT_COUNT; i++) {
        const struct seat *seat = &s->of[i];
        if (is_empty(seat)) {
            continue;
        }
        buf_printf(into, "%s\"%s\":{\"step\":\"%s\",", gap, dialog_seat_name((enum seat_id)i),
                   dialog_step_name(seat->step));
        draft_print(&seat->draft, into);
        buf_add_char(into, '}');
        gap = ",";
    }
    buf_add_char(into, '}');
}
