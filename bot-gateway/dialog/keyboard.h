/* keyboard.h - the buttons under a message, as Telegram's reply_markup (pure) */
#pragma once
#include "bot-gateway/dialog/presses.h"
#include "bot-gateway/texts/catalogue.h"

struct keyboard { /* zero-initialised with the language; keyboard_fini */
    enum language language;
    struct buf    rows;
    int           in_row; /* buttons of the row that is open */
    bool          has[PRESS_COUNT]; /* which presses it offers */
};

void keyboard_fini(struct keyboard *);
/* The next button begins a new row. */
void keyboard_row(struct keyboard *);
/* A button; label is a msgid ... */
void keyboard_add(struct keyboard *, const char *label, struct pressed);
/* ... or text as it is: a number, a name; cut to what fits a button. */
void keyboard_add_text(struct keyboard *, const char *text, struct pressed);
/* "« 2/5 »" in a row of its own if there is more than one page; the page is added to the press's arg. */
void keyboard_pages(struct keyboard *, struct pressed, int64_t page, int64_t pages);
/* Appends {"inline_keyboard":[...]}; without buttons an empty one, which takes an old keyboard away. */
void keyboard_print(struct keyboard *, struct buf *into);

#define KEYBOARD_LABEL_UNITS 40
