/* dialog_print.c - the dialog's tables in Markdown */
#include "bot-gateway/dialog/dialog_print.h"

#include "bot-gateway/dialog/bot_commands.h"
#include "bot-gateway/dialog/presses.h"
#include "bot-gateway/dialog/screens.h"

static void print_roles(FILE *out, unsigned who)
{
    if (who == ANYBODY || who == EVERYBODY) {
        fputs(who == ANYBODY ? "anybody" : "everybody who has joined", out);
        return;
    }
    const char *gap = "";
    for (unsigned role = ROLE_CLIENT; role <= ROLE_OWNER; role <<= 1) {
        if (who & role) {
            fprintf(out, "%s%s", gap, role_name((enum role)role));
            gap = ", ";
        }
    }
    if (who & ROLE_STRANGER) {
        fprintf(out, "%sstranger", gap);
    }
}

static const char *step_word(int step)
{
    return step == STEP_ANY    ? "*any*"
           : step == STEP_IDLE ? "idle"
                               : dialog_step_name((enum dialog_step)step);
}

static void print_steps(FILE *out)
{
    fputs("## Seats\n\n| Seat | What is begun there |\n|---|---|\n", out);
#define ROW(name, wire, roles, what) fprintf(out, "| %s | %s |\n", *wire ? wire : "none", what);
    DIALOG_SEATS(ROW)
#undef ROW
    fputs("\n## Steps\n\n| Step | Seat | Meaning |\n|---|---|---|\n", out);
#define ROW(name, wire, seat, what) \
    fprintf(out, "| %s | %s | %s |\n", step_word(STEP_##name), dialog_seat_name(SEAT_##seat), what);
    DIALOG_STEPS(ROW)
#undef ROW
}

static void print_rules(FILE *out)
{
    fputs("\n## What a message means\n\n| In step | Input | Who | Action | Then | If refused | Why "
          "|\n|---|---|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < dialog_rule_count; i++) {
        const struct dialog_rule *r = &dialog_rules[i];
        fprintf(out, "| %s | %s | ", step_word(r->step), dialog_input_name(r->input));
        print_roles(out, r->who);
        fprintf(out, " | %s | %s | %s | %s |\n", dialog_action_name(r->action),
                step_word((int)r->next), step_word((int)r->refused), r->why);
    }
}

static void print_presses(FILE *out)
{
    static const char *const args[] = {[PRESS_NONE] = "",
                                       [PRESS_ORDER] = ":order",
                                       [PRESS_ARG] = ":arg",
                                       [PRESS_ORDER_ARG] = ":order:arg"};
    fputs("\n## Buttons\n\n| Data | Who | Action | Then | Shows | What "
          "|\n|---|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < PRESS_COUNT; i++) {
        const struct press_row *p = &press_rows[i];
        fprintf(out, "| `%s%s` | ", p->name, args[p->args]);
        print_roles(out, p->who);
        fprintf(out, " | %s | %s | %s | %s |\n", dialog_action_name(p->action),
                step_word((int)p->next), p->screen == SCREEN_none ? "" : screen_name(p->screen),
                p->what);
    }
}

static void print_commands(FILE *out)
{
    fputs(
        "\n## Commands\n\n| Command | Who | Then | Shows | In the menu |\n|---|---|---|---|---|\n",
        out);
    for (size_t i = 0; i < bot_command_count; i++) {
        const struct bot_command *c = &bot_commands[i];
        fprintf(out, "| /%s | ", c->name);
        print_roles(out, c->who);
        fprintf(out, " | %s | %s | %s |\n", step_word((int)c->next), screen_name(c->screen),
                c->sentence ? c->sentence : "");
    }
}

static void print_screens(FILE *out)
{
    fputs("\n## Screens\n\n| Screen | Place | What it shows |\n|---|---|---|\n", out);
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        const struct screen_row *s = &screen_rows[i];
        fprintf(out, "| %s | %s | %s |\n", s->name, s->place == SCREEN_HERE ? "in place" : "below",
                s->what);
    }
}

void dialog_print(FILE *out)
{
    fputs("# The dialog\n\nPrinted by `bot-gateway --print-dialog` from bot-gateway/dialog; not to "
          "be edited.\n\n",
          out);
    print_steps(out);
    print_rules(out);
    print_presses(out);
    print_commands(out);
    print_screens(out);
}
