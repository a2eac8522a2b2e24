/* poll.c - getUpdates, again and again, at the pace of what is handled */
#include "bot-gateway/intake/poll.h"

#include "bot-gateway/intake/window.h"
#include "common/base/clock.h"
#include "common/base/log.h"

/* Spelt out: left out, Telegram goes by what an earlier program asked for; reactions come only when
 * named. */
#define ALLOWED_UPDATES \
    "[\"message\",\"edited_message\",\"callback_query\",\"my_chat_member\",\"message_reaction\"]"

static const struct window_pace pace = {
    .limit = POLL_LIMIT,
    .moved_ms = POLL_MOVED_MS,
    .same_offset_ms = POLL_SAME_OFFSET_MS,
};

struct poll {
    struct poll_opts opts;
    struct window window;
    sd_event_source *timer; /* when to ask */
    sd_event_source *look;  /* once a turn of the loop: is it time to ask? */
    enum poll_state state;
    bool running, asking;
    int64_t asked_ms, answered_ms, not_before_ms;
    int64_t failures; /* in a row */
    int64_t seen, refused, asked;
};

/* ---- states ---- */

/* clang-format off */
static const struct state_text {
    const char *name, *line; /* line: logged once when the state begins; NULL = nothing */
} state_texts[] = {
    [POLL_OFF]         = {"off",         NULL},
    [POLL_ACTIVE]      = {"active",      NULL},
    [POLL_CONFLICT]    = {"conflict",    "another program polls this bot, standing by"},
    [POLL_REFUSED]     = {"refused",     "Telegram refuses the token, trying again; it is set by [telegram] token"},
    [POLL_UNREACHABLE] = {"unreachable", "Telegram cannot be reached, trying again"},
};
/* clang-format on */

const char *poll_state_name(enum poll_state state)
{
    return state_texts[state].name;
}

static void enter(struct poll *p, enum poll_state state, const char *why)
{
    if (p->state == state) {
        return;
    }
    bool was_in_trouble = p->state > POLL_ACTIVE;
    p->state = state;
    if (state_texts[state].line) {
        log_warn("%s reason=\"%.160s\"", state_texts[state].line, why);
    } else if (was_in_trouble) {
        log_info("polling goes on");
    }
    p->opts.on_state(p->opts.ctx, state);
}

/* ---- when to ask ---- */

static void ask(struct poll *);

static void arm(struct poll *p, int64_t wait_ms)
{
    sd_event_source_set_time_relative(p->timer, (uint64_t)wait_ms * 1000);
    sd_event_source_set_enabled(p->timer, SD_EVENT_ONESHOT);
}

static void look(struct poll *p)
{
    if (!p->running || p->asking) {
        return;
    }
    int64_t now = clock_mono_ms();
    int64_t wait = window_wait_ms(&p->window, &pace, p->asked_ms, p->answered_ms, now);
    wait = max_i64(wait, p->not_before_ms - now);
    if (wait <= 0) {
        ask(p);
    } else {
        arm(p, wait);
    }
}

static int on_timer(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)source;
    (void)now_us;
    struct poll *p = ctx;
    look(p);
    return 0;
}

static int on_look(sd_event_source *source, void *ctx)
{
    (void)source;
    struct poll *p = ctx;
    look(p);
    return 0;
}

void poll_handled(struct poll *p, int64_t update_id)
{
    window_handled(&p->window, update_id);
    if (!p->asking) { /* many are handled in one turn of the loop: looked at together */
        sd_event_source_set_enabled(p->look, SD_EVENT_ONESHOT);
    }
}

/* ---- answers ---- */

static void show(struct poll *p, struct json_object *element)
{
    int64_t id = update_peek_id(element);
    if (id != 0 && !window_see(&p->window, id)) {
        return;
    }
    struct update update;
    struct err err;
    if (update_from_json(element, &update, &id, &err) < 0) {
        p->refused++;
        log_warn("update is not understood, passing over update=%lld reason=\"%s\"", (long long)id,
                 err.text);
        window_handled(&p->window, id);
        return;
    }
    p->seen++;
    p->opts.on_update(p->opts.ctx, &update);
}

static void on_updates(struct poll *p, struct json_object *result)
{
    p->failures = 0;
    window_answered(&p->window);
    enter(p, POLL_ACTIVE, "");
    size_t count = update_list_length(result);
    for (size_t i = 0; i < count; i++) {
        show(p, update_list_at(result, i));
    }
    p->opts.on_answered(p->opts.ctx);
}

static void on_webhook_deleted(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome == TELEGRAM_OK) {
        log_info("a webhook was set for this bot and has been deleted");
    }
}

/* clang-format off */
static const struct trouble {
    enum telegram_outcome outcome;
    enum poll_state       state;
    int64_t               pause_ms;
} troubles[] = { /* whatever is not here: Telegram cannot be reached, and the pauses grow */
    {TELEGRAM_CONFLICT,     POLL_CONFLICT, POLL_CONFLICT_MS},
    {TELEGRAM_UNAUTHORIZED, POLL_REFUSED,  POLL_REFUSED_MS},
    {TELEGRAM_FLOOD,        POLL_ACTIVE,   SECOND_MS},
};
/* clang-format on */

static const struct trouble *find_trouble(enum telegram_outcome outcome)
{
    for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
        if (troubles[i].outcome == outcome) {
            return &troubles[i];
        }
    }
    return NULL;
}

/* Doubles from failure to failure; half of it by chance, so that gateways do not march in step. */
static int64_t growing_pause_ms(int64_t failures)
{
    int64_t pause = min_i64(POLL_RETRY_MIN_MS << min_i64(failures, 6), POLL_RETRY_MAX_MS);
    return pause / 2 + random() % (pause / 2 + 1);
}

static int64_t on_trouble(struct poll *p, const struct telegram_answer *answer)
{
    const struct trouble *trouble = find_trouble(answer->outcome);
    if (trouble) {
        if (trouble->state == POLL_CONFLICT && strcasestr(answer->description, "webhook")) {
            telegram_call(p->opts.telegram, TG_delete_webhook, "{}", on_webhook_deleted, NULL);
        }
        enter(p, trouble->state, answer->description);
        return trouble->pause_ms;
    }
    if (p->failures > 0) { /* a long poll may lose its answer any time; twice in a row is trouble */
        enter(p, POLL_UNREACHABLE, answer->description);
    }
    return growing_pause_ms(p->failures++);
}

static void on_answer(void *ctx, const struct telegram_answer *answer)
{
    struct poll *p = ctx;
    p->asking = false;
    if (!p->running) {
        return;
    }
    p->answered_ms = clock_mono_ms();
    p->not_before_ms = 0;
    if (answer->outcome == TELEGRAM_OK) {
        on_updates(p, answer->result);
    } else {
        int64_t pause = max_i64(on_trouble(p, answer), answer->retry_after_s * SECOND_MS);
        p->not_before_ms = p->answered_ms + pause;
    }
    look(p);
}

static void ask(struct poll *p)
{
    int64_t offset = p->failures > 0 ? window_ask_afresh(&p->window) : window_ask(&p->window);
    char params[256];
    snprintf(params, sizeof(params),
             "{\"offset\":%lld,\"limit\":%d,\"timeout\":%d,\"allowed_updates\":" ALLOWED_UPDATES
             "}",
             (long long)offset, POLL_LIMIT, p->state == POLL_ACTIVE ? POLL_WAIT_S : POLL_PROBE_S);
    p->asking = true;
    p->asked_ms = clock_mono_ms();
    p->asked++;
    telegram_call(p->opts.telegram, TG_get_updates, params, on_answer, p);
}

/* ---- the whole ---- */

struct poll *poll_new(sd_event *loop, const struct poll_opts *opts)
{
    struct poll *p = xcalloc(1, sizeof(*p));
    p->opts = *opts;
    int rc = sd_event_add_time_relative(loop, &p->timer, CLOCK_MONOTONIC, 0, 1, on_timer, p);
    assert(rc >= 0);
    sd_event_source_set_enabled(p->timer, SD_EVENT_OFF);
    rc = sd_event_add_defer(loop, &p->look, on_look, p);
    assert(rc >= 0);
    (void)rc;
    sd_event_source_set_enabled(p->look, SD_EVENT_OFF);
    return p;
}

void poll_free(struct poll **p)
{
    if (!*p) {
        return;
    }
    sd_event_source_disable_unref((*p)->timer);
    sd_event_source_disable_unref((*p)->look);
    window_fini(&(*p)->window);
    free(*p);
    *p = NULL;
}

void poll_start(struct poll *p)
{
    if (p->running) {
        return;
    }
    p->running = true;
    p->not_before_ms = 0;
    enter(p, POLL_ACTIVE, "");
    look(p);
}

void poll_stop(struct poll *p)
{
    p->running = false;
    sd_event_source_set_enabled(p->timer, SD_EVENT_OFF);
    sd_event_source_set_enabled(p->look, SD_EVENT_OFF);
    enter(p, POLL_OFF, "");
}

enum poll_state poll_state(const struct poll *p)
{
    return p->state;
}

size_t poll_in_flight(const struct poll *p)
{
    return p->window.in_flight;
}

int64_t poll_seen(const struct poll *p)
{
    return p->seen;
}

int64_t poll_refused(const struct poll *p)
{
    return p->refused;
}

int64_t poll_asked(const struct poll *p)
{
    return p->asked;
}
