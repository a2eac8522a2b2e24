/* alert_list.c - several alerts for one person in one message */
#include "bot-gateway/texts/alert_list.h"

#include <inttypes.h>

static size_t lines_of(size_t count)
{
    return count > ALERT_LIST_LINES ? ALERT_LIST_LINES : count;
}

/* The task on one line, whatever the client wrote. */
static void add_task(struct values *v, const struct notice_facts *alert)
{
    scoped(str_free) char *task = xstrdup(alert->card.order.task ? alert->card.order.task : "");
    for (char *c = task; *c; c++) {
        *c = *c == '\n' ? ' ' : *c;
    }
    values_cut(v, "task", task, ALERT_LIST_TASK_UNITS);
}

static void say_alert(const struct notice_facts *alert, struct buf *into)
{
    scoped(values_fini) struct values v;
    values_init(&v, &alert->card.viewer.reader);
    notice_say_heading(alert, into);
    if (alert->card.order.task) {
        add_task(&v, alert);
        say(&v, N_(" · <i>{task}</i>"), into);
    }
}

void alert_list_say(const struct notice_facts *const *alerts, size_t count, struct buf *into)
{
    scoped(values_fini) struct values v;
    values_init(&v, &alerts[0]->card.viewer.reader);
    values_number(&v, "n", (int64_t)count);
    say_n(&v, "🔔 <b>{n} order needs you</b>", "🔔 <b>{n} orders need you</b>", (int64_t)count, into);
    buf_add_char(into, '\n');
    for (size_t i = 0; i < lines_of(count); i++) {
        buf_add_char(into, '\n');
        say_alert(alerts[i], into);
    }
    if (count > ALERT_LIST_LINES) {
        values_number(&v, "n", (int64_t)(count - ALERT_LIST_LINES));
        buf_add_char(into, '\n');
        say(&v, N_("and {n} more"), into);
    }
}

void alert_list_buttons(const struct notice_facts *const *alerts, size_t count,
                        struct keyboard *keyboard)
{
    for (size_t i = 0; i < lines_of(count); i++) {
        char label[32];
        int64_t order_id = alerts[i]->card.order.order_id;
        snprintf(label, sizeof label, "№%" PRId64, order_id);
        if (i % ALERT_LIST_ROW == 0) {
            keyboard_row(keyboard);
        }
        keyboard_add_text(keyboard, label, (struct pressed){PRESS_order, order_id, 0});
    }
    if (count > ALERT_LIST_LINES) {
        keyboard_row(keyboard);
        keyboard_add(keyboard, N_("📊 Board"), (struct pressed){.press = PRESS_board});
    }
}
