/* script.c - a history told again */
#include "tests/simulation/script.h"

#include "tests/simulation/changes.h"

/* Places of a command's words; after them what it brings along. */
enum {
    KIND,
    STEP,
    AT,
    EVENT,
    ORDER,
    ACTOR,
    ACTS_AS,
    TARGET,
    TEXT,
    LENGTH,
    FILES,
    ESTIMATE,
    RATING,
    ALERT,
    CATEGORY,
    PAYMENT,
    ADDRESSEE,
    COMMAND_WORDS
};

static void give_up(const char *what, const char *about)
{
    fprintf(stderr, "%s: %s\n", what, about);
    exit(2);
}

static void command(struct shell *s, const struct words *w)
{
    int event = w->count >= COMMAND_WORDS ? order_event_parse(w->items[EVENT]) : -1;
    if (event < 0)
        give_up("no command", w->items[KIND]);
    int64_t order_id = words_number(w, ORDER), payment = words_number(w, PAYMENT);
    struct order_command c = {
        .event = (enum order_event)event,
        .id = "simulated",
        .has_text = words_number(w, TEXT) != 0,
        .text_len = (size_t)words_number(w, LENGTH),
        .file_count = (size_t)words_number(w, FILES),
        .estimate_minutes = words_number(w, ESTIMATE),
        .rating = words_number(w, RATING),
        .alert_id = words_number(w, ALERT),
        .category_id = words_number(w, CATEGORY),
        .pay_given = payment >= 0,
        .pay = payment > 0,
        .addressee = (int)words_number(w, ADDRESSEE),
    };
    if (c.event == EVENT_CREATE) {
        s->company.next_order_id = order_id;
        order_id = 0;
    }
    shell_command(s,
                  &(struct speaker){.person_id = words_number(w, ACTOR),
                                    .acts_as = (unsigned)words_number(w, ACTS_AS)},
                  order_id, words_number(w, TARGET), &c);
}

/* What stands behind a line's kind, step and instant. */
static const char *words_behind_head(const char *line)
{
    for (int word = KIND; word < EVENT; word++)
        line += strcspn(line, " ") + (line[strcspn(line, " ")] != '\0');
    return line;
}

/* Time passes to the line's instant, then it happens. */
static void tell(struct shell *s, char *line)
{
    struct words w;
    scoped(str_free) char *change = xstrdup(words_behind_head(line));
    words_cut(&w, line);
    if (w.count <= EVENT)
        give_up("no line of a script", line);
    int64_t at = words_number(&w, AT), step = words_number(&w, STEP);
    if (s->began_at == 0)
        s->company.now = s->began_at = at;
    if (s->step == 0 && step != 0)
        watcher_start(&s->watcher, &s->company);
    s->step = step;
    shell_pass_time(s, at);
    if (str_eq(w.items[KIND], "W"))
        change_happen(s, "%s", change);
    else
        command(s, &w);
}

void script_tell(struct shell *s, const char *path)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (file == NULL)
        give_up("cannot be read", path);
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        tell(s, line);
    }
    free(line);
    fclose(file);
}
