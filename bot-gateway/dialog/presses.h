/* presses.h - the buttons: what callback_data says, who may press, what follows (pure; the list is presses.def)
 *
 * callback_data comes from strangers as well: press_parse takes exactly what press_format makes and nothing else.
 */
#pragma once
#include "bot-gateway/dialog/dialog_fsm.h"
#include "common/base/buf.h"

enum press_args { PRESS_NONE, PRESS_ORDER, PRESS_ARG, PRESS_ORDER_ARG };

enum press {
#define PRESS(name, ...) PRESS_##name,
#include "bot-gateway/dialog/presses.def"
    PRESS_COUNT
};

struct press_row {
    const char        *name;
    enum press_args    args;
    unsigned           who;
    enum dialog_action action;
    enum dialog_step   next;
    enum screen_id     screen;
    const char        *what;
};
extern const struct press_row press_rows[PRESS_COUNT];

struct pressed {
    enum press press;
    int64_t    order_id, arg; /* 0 if the press has none */
};

/* The number of call_off_paid: does whoever has worked on a cancelled order earn all the same? */
enum { CALL_OFF_UNASKED, CALL_OFF_PAID, CALL_OFF_UNPAID };

#define PRESS_DATA_MAX 65 /* Telegram: 1 to 64 bytes */

void press_format(struct pressed, char out[static PRESS_DATA_MAX]);
/* 0, or -1: no data of ours (an old version's button, or a stranger's invention). */
int press_parse(const char *data, struct pressed *ret);
