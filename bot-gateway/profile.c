/* profile.c - description and short description, a table of sentences */
#include "bot-gateway/profile.h"

#include "bot-gateway/texts/catalogue.h"
#include "common/base/log.h"

/* clang-format off */
static const struct profile_text {
    enum telegram_method method;
    const char          *field, *sentence;
} profile_texts[] = {
    {TG_set_my_description,       "description",
     N_("IT help by subscription. Order help, follow your orders and talk to your contractor right here. You need an invite link from the company.")},
    {TG_set_my_short_description, "short_description",
     N_("IT help by subscription")},
};
/* clang-format on */

static void on_shown(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome != TELEGRAM_OK && answer->outcome != TELEGRAM_NOT_MODIFIED) {
        log_warn("profile text is not set, ignoring reason=\"%.160s\"", answer->description);
    }
}

/* code "": for those whose language we do not speak. */
static void show(struct telegram *telegram, const struct profile_text *text, enum language language,
                 const char *code)
{
    scoped(buf_fini) struct buf params = {0};
    buf_printf(&params, "{\"language_code\":\"%s\",\"%s\":", code, text->field);
    buf_add_json(&params, tr(language, text->sentence));
    buf_add_char(&params, '}');
    telegram_call(telegram, text->method, buf_text(&params), on_shown, NULL);
}

/* What a chat shows that has no menu of its own. */
static void show_commands(struct telegram *telegram, enum language language, const char *code)
{
    scoped(buf_fini) struct buf params = {0};
    buf_printf(&params, "{\"language_code\":\"%s\",\"commands\":[{\"command\":\"start\",", code);
    buf_add_text(&params, "\"description\":");
    buf_add_json(&params, tr(language, N_("Begin")));
    buf_add_text(&params, "}]}");
    telegram_call(telegram, TG_set_my_commands, buf_text(&params), on_shown, NULL);
}

void profile_show(struct telegram *telegram)
{
    for (size_t i = 0; i < ARRAY_LEN(profile_texts); i++) {
        show(telegram, &profile_texts[i], LANGUAGE_EN, "");
        for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
            show(telegram, &profile_texts[i], language, language_code(language));
        }
    }
    show_commands(telegram, LANGUAGE_EN, "");
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        show_commands(telegram, language, language_code(language));
    }
}
