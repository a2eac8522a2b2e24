/* keyboard.c - the buttons under a message */
#include "bot-gateway/dialog/keyboard.h"

#include "bot-gateway/texts/template.h"
#include "common/base/text.h"

void keyboard_fini(struct keyboard *k)
{
    buf_fini(&k->rows);
    *k = (struct keyboard){.language = k->language};
}

void keyboard_row(struct keyboard *k)
{
    if (k->in_row > 0) {
        buf_add_char(&k->rows, ']');
        k->in_row = 0;
    }
}

void keyboard_add_text(struct keyboard *k, const char *text, struct pressed pressed)
{
    if (k->in_row > 0) {
        buf_add_char(&k->rows, ',');
    } else {
        buf_add_text(&k->rows, k->rows.len > 0 ? ",[" : "[");
    }
    scoped(buf_fini) struct buf label = {0};
    template_add_cut(&label, text, KEYBOARD_LABEL_UNITS);
    if (label.len > 0) {
        text_drop_direction_marks(label.data);
        label.len = strlen(label.data);
    }
    for (size_t i = 0; i < label.len; i++) {
        label.data[i] = label.data[i] == '\n' ? ' ' : label.data[i];
    }
    char data[PRESS_DATA_MAX];
    press_format(pressed, data);
    buf_add_text(&k->rows, "{\"text\":");
    buf_add_json(&k->rows, buf_text(&label));
    buf_add_text(&k->rows, ",\"callback_data\":");
    buf_add_json(&k->rows, data);
    buf_add_char(&k->rows, '}');
    k->in_row++;
    k->has[pressed.press] = true;
}

void keyboard_add(struct keyboard *k, const char *label, struct pressed pressed)
{
    keyboard_add_text(k, tr(k->language, label), pressed);
}

void keyboard_pages(struct keyboard *k, struct pressed pressed, int64_t page, int64_t pages)
{
    if (pages <= 1) {
        return;
    }
    char here[48];
    snprintf(here, sizeof here, "%lld / %lld", (long long)page + 1, (long long)pages);
    keyboard_row(k);
    struct pressed back = pressed, forth = pressed;
    pressed.arg += page;
    back.arg += page > 0 ? page - 1 : pages - 1;
    forth.arg += page + 1 < pages ? page + 1 : 0;
    keyboard_add_text(k, "◀", back);
    keyboard_add_text(k, here, pressed);
    keyboard_add_text(k, "▶", forth);
    keyboard_row(k);
}

void keyboard_print(struct keyboard *k, struct buf *into)
{
    keyboard_row(k);
    buf_add_text(into, "{\"inline_keyboard\":[");
    buf_add_text(into, buf_text(&k->rows));
    buf_add_text(into, "]}");
}
