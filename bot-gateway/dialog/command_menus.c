/* command_menus.c - which chats' command menus are out of date, and setting them */
#include "bot-gateway/dialog/command_menus.h"

#include "bot-gateway/dialog/bot_commands.h"
#include "common/base/log.h"
#include "sql/bot_gateway_queries.h"

struct command_menus {
    struct db *db;
    struct telegram *telegram;
    bool look_again;
    size_t busy; /* the look itself and the chats it has found; the next look waits for them */
};

struct menu_change { /* one chat, on its way */
    struct command_menus *all;
    int64_t chat_id;
    char key[BOT_MENU_KEY_MAX];
};

static void done(struct command_menus *all)
{
    if (--all->busy == 0 && all->look_again) {
        command_menus_look(all);
    }
}

static void end_change(struct menu_change *change)
{
    struct command_menus *all = change->all;
    free(change);
    done(all);
}

static void on_written(void *ctx, const struct err *err)
{
    if (err) {
        log_debug("command menu not written down reason=\"%s\"", err->text);
    }
    end_change(ctx);
}

static void write_down(struct menu_change *change)
{
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, change->chat_id);
    db_arg_text(&args, change->key);
    db_call(change->all->db, Q_save_menu, &args, NULL, NULL);
    db_end(change->all->db, on_written, change);
}

/* Whoever cannot be reached needs no menu; what may be tried again is left to the next look. */
static void on_set(void *ctx, const struct telegram_answer *answer)
{
    struct menu_change *change = ctx;
    switch (answer->outcome) {
    case TELEGRAM_FLOOD:
    case TELEGRAM_TRANSIENT:
    case TELEGRAM_UNCERTAIN:
    case TELEGRAM_CONFLICT:
    case TELEGRAM_UNAUTHORIZED:
        end_change(change);
        return;
    case TELEGRAM_OK:
    case TELEGRAM_NOT_MODIFIED:
    case TELEGRAM_GONE:
    case TELEGRAM_BAD_FORMAT:
    case TELEGRAM_TOO_LONG:
    case TELEGRAM_TOPIC_GONE:
    case TELEGRAM_UNREACHABLE:
    case TELEGRAM_REFUSED:
        write_down(change);
        return;
    }
}

/* Without a role the chat gets what every stranger sees. */
static void set(struct menu_change *change, enum language language, unsigned roles)
{
    scoped(buf_fini) struct buf params = {0};
    if (roles == 0) {
        bot_commands_no_menu(change->chat_id, &params);
        telegram_call(change->all->telegram, TG_delete_my_commands, buf_text(&params), on_set,
                      change);
    } else {
        bot_commands_menu_key(language, roles, change->key);
        bot_commands_menu(language, roles, change->chat_id, &params);
        telegram_call(change->all->telegram, TG_set_my_commands, buf_text(&params), on_set, change);
    }
}

static void on_rows(void *ctx, const struct db_result *rows)
{
    struct command_menus *all = ctx;
    all->look_again = all->look_again || db_rows(rows) == COMMAND_MENUS_AT_ONCE;
    for (int i = 0; i < db_rows(rows); i++) {
        struct menu_change *change = xcalloc(1, sizeof *change);
        *change = (struct menu_change){.all = all, .chat_id = db_i64(rows, i, 0)};
        all->busy++;
        set(change, language_of(db_text(rows, i, 2), LANGUAGE_RU), (unsigned)db_i64(rows, i, 1));
    }
}

static void on_looked(void *ctx, const struct err *err)
{
    struct command_menus *all = ctx;
    if (err) { /* the next change of people, or the database's return, looks again */
        log_debug("command menus not read reason=\"%s\"", err->text);
        all->look_again = false;
    }
    done(all);
}

void command_menus_look(struct command_menus *all)
{
    if (all->busy > 0) {
        all->look_again = true;
        return;
    }
    all->look_again = false;
    all->busy = 1;
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, COMMAND_MENUS_AT_ONCE);
    db_call(all->db, Q_list_stale_menus, &args, on_rows, all);
    db_end(all->db, on_looked, all);
}

struct command_menus *command_menus_new(struct db *db, struct telegram *telegram)
{
    struct command_menus *all = xcalloc(1, sizeof *all);
    all->db = db;
    all->telegram = telegram;
    return all;
}

void command_menus_free(struct command_menus **all)
{
    free(*all);
    *all = NULL;
}
