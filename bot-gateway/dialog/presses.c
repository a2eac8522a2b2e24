/* presses.c - the buttons */
#include "bot-gateway/dialog/presses.h"

#include "common/base/text.h"

#define NUMBER_MAX INT64_C(999999999999999999) /* 18 digits, so that two of them and a name fit */

const struct press_row press_rows[PRESS_COUNT] = {
#define PRESS(name, args, who, action, next, screen, what) \
    {#name, PRESS_##args, who, ACTION_##action, STEP_##next, SCREEN_##screen, what},
#include "bot-gateway/dialog/presses.def"
};

static bool has_order(enum press_args args)
{
    return args == PRESS_ORDER || args == PRESS_ORDER_ARG;
}

static bool has_arg(enum press_args args)
{
    return args == PRESS_ARG || args == PRESS_ORDER_ARG;
}

void press_format(struct pressed p, char out[static PRESS_DATA_MAX])
{
    const struct press_row *row = &press_rows[p.press];
    char order[24] = "", arg[24] = "";
    if (has_order(row->args)) {
        snprintf(order, sizeof order, ":%lld", (long long)p.order_id);
    }
    if (has_arg(row->args)) {
        snprintf(arg, sizeof arg, ":%lld", (long long)p.arg);
    }
    snprintf(out, PRESS_DATA_MAX, "%s%s%s", row->name, order, arg);
}

/* ":123" -> 123 and *at behind it; no sign, no leading zero. */
static int read_number(const char **at, int64_t *ret)
{
    if (**at != ':') {
        return -1;
    }
    const char *digits = *at + 1;
    size_t len = strspn(digits, "0123456789");
    if (len == 0 || len > 18 || (digits[0] == '0' && len > 1)) {
        return -1;
    }
    char number[19];
    memcpy(number, digits, len);
    number[len] = '\0';
    *at = digits + len;
    return text_to_i64(number, 0, NUMBER_MAX, ret);
}

static int find(const char *name, size_t len)
{
    for (int i = 0; i < PRESS_COUNT; i++) {
        if (strncmp(press_rows[i].name, name, len) == 0 && press_rows[i].name[len] == '\0') {
            return i;
        }
    }
    return -1;
}

int press_parse(const char *data, struct pressed *ret)
{
    size_t name_len = strcspn(data, ":");
    int press = find(data, name_len);
    if (press < 0) {
        return -1;
    }
    struct pressed p = {.press = (enum press)press};
    const char *at = data + name_len;
    enum press_args args = press_rows[press].args;
    if ((has_order(args) && read_number(&at, &p.order_id) < 0) ||
        (has_arg(args) && read_number(&at, &p.arg) < 0) || *at) {
        return -1;
    }
    *ret = p;
    return 0;
}
