/* screens.c - the table of screens and what their render functions share */
#include "bot-gateway/dialog/screens.h"

#include "common/base/text.h"
#include "sql/bot_gateway_queries.h"

#define NO_QUERY SCREEN_NO_QUERY

const struct screen_row screen_rows[SCREEN_COUNT] = {
#define SCREEN(name, query, args, place, of_order, what) \
    {#name, query, args, SCREEN_##place, of_order, render_##name, what},
#include "bot-gateway/dialog/screens.def"
};

void show_init(struct show *s, const struct person *person, const struct reader *reader)
{
    *s = (struct show){.person = person, .reader = *reader, .press = PRESS_COUNT};
    s->keyboard.language = reader->language;
    values_init(&s->values, reader);
}

void show_fini(struct show *s)
{
    card_fini(&s->card);
    values_fini(&s->values);
    buf_fini(&s->html);
    keyboard_fini(&s->keyboard);
}

static void say_that_there_is_none(struct show *s)
{
    show_say(s, refusal_sentence(REFUSE_no_such_order));
    show_back(s);
}

/* As what the person looks: a press counts by the role its button is for, so that a manager who is
 * a contractor too may take. */
static unsigned view_of_press(const struct show *s)
{
    unsigned who = s->press < PRESS_COUNT ? press_rows[s->press].who : 0;
    unsigned view = card_view(&s->card, who == STAFF);
    bool may_take =
        who == ROLE_CONTRACTOR && s->card.offered && (s->card.viewer.roles & ROLE_CONTRACTOR) != 0;
    return view == VIEW_STAFF && may_take ? VIEW_OFFERED : view;
}

/* Screens about one order: is it there, for this person, and does the button still fit? */
static bool open_order(struct show *s, enum screen_id screen)
{
    if (db_rows(s->rows) > 0) {
        card_read(s->rows, 0, &s->card);
        s->view = view_of_press(s);
    }
    if (s->view == 0) {
        say_that_there_is_none(s);
        return true;
    }
    card_values(&s->card, s->view, &s->values);
    if (s->press < PRESS_COUNT && !card_offers(&s->card, s->view, s->press)) {
        render_order(s);
        return screen == SCREEN_order;
    }
    screen_rows[screen].render(s);
    return true;
}

bool screen_render(struct show *s, enum screen_id screen)
{
    const struct screen_row *row = &screen_rows[screen];
    if (row->query == Q_load_card) {
        return open_order(s, screen);
    }
    if (row->of_order && db_rows(s->rows) == 0) {
        say_that_there_is_none(s);
        return true;
    }
    row->render(s);
    return true;
}

/* ---- pieces ---- */

void show_say(struct show *s, const char *msgid)
{
    say(&s->values, msgid, &s->html);
}

void show_line(struct show *s, const char *msgid)
{
    if (s->html.len > 0) {
        buf_add_char(&s->html, '\n');
    }
    show_say(s, msgid);
}

void show_gap(struct show *s)
{
    buf_add_char(&s->html, '\n');
}

void show_button(struct show *s, const char *label, struct pressed pressed)
{
    keyboard_add(&s->keyboard, label, pressed);
}

void show_back(struct show *s)
{
    keyboard_row(&s->keyboard);
    show_button(s, N_("« Menu"), (struct pressed){.press = PRESS_menu});
}

void show_drop(struct show *s, const char *label)
{
    keyboard_row(&s->keyboard);
    show_button(s, label, (struct pressed){.press = PRESS_drop});
}

void show_excerpt(struct show *s, const char *name, const char *task)
{
    scoped(buf_fini) struct buf line = {0};
    template_add_cut(&line, task, EXCERPT_UNITS);
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\n') {
            line.data[i] = ' ';
        }
    }
    values_text(&s->values, name, buf_text(&line));
}

const struct draft *show_draft(const struct show *s, enum seat_id seat)
{
    return &s->seats->of[seat].draft;
}

void show_pages(struct show *s, enum press press, int64_t order_id, int64_t total)
{
    keyboard_pages(&s->keyboard, (struct pressed){press, order_id, 0}, s->arg,
                   (total + SCREEN_PAGE_ROWS - 1) / SCREEN_PAGE_ROWS);
}

void show_months(struct show *s, enum press press, int64_t months_ago, int64_t unit)
{
    keyboard_row(&s->keyboard);
    if (db_rows(s->rows) > 0) {
        show_button(s, N_("◀ The month before"),
                    (struct pressed){press, 0, (months_ago + 1) * unit});
    }
    if (months_ago > 0) {
        show_button(s, N_("The month after ▶"),
                    (struct pressed){press, 0, (months_ago - 1) * unit});
    }
}

void show_hours(struct show *s, enum press exact, enum press other)
{
    static const int hours[] = {1, 2, 3, 4, 6, 8, 12, 24};
    for (size_t i = 0; i < ARRAY_LEN(hours); i++) {
        scoped(buf_fini) struct buf label = {0};
        format_span(&s->reader, hours[i] * INT64_C(3600000), &label);
        if (i % 4 == 0) {
            keyboard_row(&s->keyboard);
        }
        keyboard_add_text(&s->keyboard, buf_text(&label),
                          (struct pressed){exact, s->order_id, hours[i]});
    }
    keyboard_row(&s->keyboard);
    show_button(s, N_("⌨️ Another time"), (struct pressed){other, s->order_id, 0});
    show_button(s, N_("« Back"), (struct pressed){PRESS_order, s->order_id, 0});
}

const char *state_sign(enum order_state state, bool late)
{
    static const char *const signs[ORDER_STATE_COUNT] = {
        [ORDER_NEW] = "🕐",  [ORDER_IN_WORK] = "🛠", [ORDER_WAITING_CLIENT] = "❓",
        [ORDER_DONE] = "✅", [ORDER_CLOSED] = "🏁",     [ORDER_CANCELLED] = "✖️",
    };
    if (late && (state == ORDER_NEW || state == ORDER_IN_WORK)) {
        return "🔴";
    }
    return (unsigned)state < ORDER_STATE_COUNT ? signs[state] : "";
}
