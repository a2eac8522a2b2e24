/* screens.h - what the bot shows: rows of a query in, text and buttons out (pure but for reading rows)
 *
 * The list is screens.def; render_<name> stands in the file of the role that sees it.
 */
#pragma once
#include "bot-gateway/dialog/chat_cache.h"
#include "bot-gateway/texts/order_card.h"

#define SCREEN_NO_QUERY  (-1)
#define SCREEN_PAGE_ROWS 8
#define EXCERPT_UNITS    90  /* of a task in a list */

enum screen_place { SCREEN_HERE, SCREEN_BELOW };

struct show { /* what a screen sees and makes; show_init, show_fini */
    const struct person    *person;
    struct reader           reader;
    const struct seats     *seats;
    const char             *bot_username, *invite_token; /* token: of the link just made */
    int64_t                 order_id, arg;
    enum press              press;  /* what opened it; PRESS_COUNT: no button */
    const struct db_result *rows;   /* NULL: the screen has no query */
    struct card             card;   /* of_order screens with Q_load_card */
    unsigned                view;
    struct values           values;
    struct buf              html;
    struct keyboard         keyboard;
    char                    link[192]; /* invite_link: shown as a picture too */
};

struct screen_row {
    const char       *name;
    int               query; /* enum bot_gateway_query or SCREEN_NO_QUERY */
    const char       *args;
    enum screen_place place;
    bool              of_order;
    void (*render)(struct show *);
    const char *what;
};
extern const struct screen_row screen_rows[SCREEN_COUNT];

void show_init(struct show *, const struct person *, const struct reader *);
void show_fini(struct show *);

/* The button that leads back to what was begun at a seat and left. */
void go_on_button(const struct seats *, enum seat_id, const struct reader *, struct keyboard *);

/* Fills html and keyboard. false: the button that opened it does not fit the order any more; the card was rendered instead. An
 * order that is not there, or not for this person, is a sentence. */
bool screen_render(struct show *, enum screen_id);

/* ---- for the render functions ---- */

#define SCREEN(name, ...) void render_##name(struct show *);
#include "bot-gateway/dialog/screens.def"

void show_say(struct show *, const char *msgid);  /* a sentence */
void show_line(struct show *, const char *msgid); /* a line break, then a sentence */
void show_gap(struct show *);                     /* an empty line */
void show_button(struct show *, const char *label, struct pressed);
void show_back(struct show *);                    /* "Main menu" in a row of its own */
void show_drop(struct show *, const char *label); /* a prompt's way out */
void show_excerpt(struct show *, const char *name, const char *task); /* one line of a task, as a value */
const struct draft *show_draft(const struct show *, enum seat_id);
void show_pages(struct show *, enum press, int64_t order_id, int64_t total);
void show_months(struct show *, enum press, int64_t months_ago, int64_t unit); /* before, after; unit: the arg of one month */
void show_hours(struct show *, enum press exact, enum press other); /* 1 2 3 4 / 6 8 12 24 / another */
const char *state_sign(enum order_state, bool late);
