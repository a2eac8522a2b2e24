/* gateway.c - the gateway put together */
#include "bot-gateway/gateway.h"

#include "bot-gateway/delivery/disclosures.h"
#include "bot-gateway/dialog/command_menus.h"
#include "bot-gateway/delivery/sender.h"
#include "bot-gateway/dialog/conversation.h"
#include "bot-gateway/election.h"
#include "bot-gateway/intake/intake.h"
#include "bot-gateway/profile.h"
#include "bot-gateway/reports/desk.h"
#include "bot-gateway/stats.h"
#include "bot-gateway/telegram.h"
#include "bot-gateway/texts/catalogue.h"
#include "bot-gateway/vault.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/io/bus.h"
#include "common/io/db.h"
#include "common/io/service.h"
#include "sql/bot_gateway_queries.h"

#define DATABASE_ROLE "itsupport-bot-gateway"
#define BUS_PATIENCE_MS                                                                  \
    5000            /* for an engine; an update that waits longer is in the inbox anyway \
                     */
#define EXIT_CONF 2 /* it would only fail again */
#define INTRODUCE_EVERY_MS 3000 /* until Telegram answers getMe */

static const struct setting settings[] = {
#define SETTING(...) CONF_ROW(struct gateway_conf, __VA_ARGS__)
#include "bot-gateway/settings.def"
};
const struct conf_schema gateway_settings = CONF_SCHEMA(settings);

struct gateway {
    sd_event *loop;
    const struct gateway_conf *conf;
    struct vault *vault;
    struct telegram *telegram;
    struct db *db;
    struct db *reports_db; /* what adds up a month must not stand in anybody's way */
    struct election *election;
    struct stats *stats;
    sd_event_source *introduce; /* when to ask getMe again */
    char *username;             /* from getMe; NULL: Telegram has not answered yet */
    bool told_unreachable;      /* the log was, once */
    bool stopping;
    /* from here on NULL until it leads */
    struct bus_client *bus;
    struct sender *sender;
    struct disclosures *disclosures;
    struct command_menus *command_menus;
    struct report_desk *reports;
    struct conversation *conversation;
    struct intake *intake;
};

static bool leads(const struct gateway *g)
{
    return g->intake != NULL;
}

/* ---- what is shown ---- */

static const char *state_of(const struct gateway *g, struct buf *counters)
{
    enum election_state election = election_state(g->election);
    buf_printf(counters, "\"engines\":%zu", g->bus ? bus_client_engines(g->bus) : 0);
    if (g->username) {
        buf_add_text(counters, ",\"bot_username\":"); /* invite links are made elsewhere */
        buf_add_json(counters, g->username);
    }
    if (leads(g)) {
        buf_add_char(counters, ',');
        intake_stats(g->intake, counters);
        buf_add_char(counters, ',');
        sender_stats(g->sender, counters);
    }
    if (election == ELECTION_OTHER) {
        return "standby";
    }
    if (election == ELECTION_OPEN) {
        return "waiting for PostgreSQL";
    }
    return leads(g) ? intake_state(g->intake) : "waiting for Telegram";
}

static const char *describe(void *ctx, struct buf *counters)
{
    return state_of(ctx, counters);
}

static void show_state(struct gateway *g)
{
    scoped(buf_fini) struct buf counters = {0};
    service_status("%s", state_of(g, &counters));
    stats_write(g->stats);
}

void gateway_log_stats(struct gateway *g)
{
    scoped(buf_fini) struct buf counters = {0};
    const char *state = state_of(g, &counters);
    log_info("counters state=\"%s\" %s", state, buf_text(&counters));
}

/* ---- leading ---- */

static void on_hint(void *ctx, const struct msg *hint)
{
    struct gateway *g = ctx;
    if (hint->type == MSG_notices_wait) {
        sender_wake(g->sender);
    } else if (hint->type == MSG_domain_changed) {
        conversation_forget(g->conversation, hint->body.domain_changed.what);
        command_menus_look(g->command_menus);
        disclosures_look(g->disclosures);
    }
}

static void on_engines(void *ctx, size_t engines)
{
    (void)ctx;
    if (engines == 0) {
        log_warn("no order-engine is there, updates wait");
    } else {
        log_info("order-engines are there count=%zu", engines);
    }
}

static void on_poll_state(void *ctx, enum poll_state state)
{
    (void)state;
    struct gateway *g = ctx;
    show_state(g);
}

static void on_reports_ready(void *ctx)
{
    (void)ctx;
    log_debug("database is ready for reports");
}

/* The other session tells it at a level that calls somebody. */
static void on_reports_lost(void *ctx, const struct err *err)
{
    (void)ctx;
    log_info("database is away, no reports reason=\"%s\"", err->text);
}

static int bind_bus(struct gateway *g, struct err *err)
{
    g->bus = bus_client_new(g->loop,
                            &(struct bus_client_opts){
                                .self = DAEMON_BOT_GATEWAY,
                                .endpoint_name = "bot-gateway",
                                .dir = g->conf->bus_dir,
                                .patience_ms = BUS_PATIENCE_MS,
                                .on_hint = on_hint,
                                .on_engines = on_engines,
                                .ctx = g,
                            },
                            err);
    return g->bus ? 0 : -1;
}

static struct db *open_session(struct gateway *g, const char *name, void (*on_ready)(void *),
                               void (*on_lost)(void *, const struct err *),
                               void (*on_failed)(void *, const struct err *))
{
    return db_new(g->loop, &(struct db_opts){
                               .url = g->conf->database_url,
                               .user = DATABASE_ROLE,
                               .application_name = name,
                               .queries = bot_gateway_queries,
                               .query_count = BOT_GATEWAY_QUERY_COUNT,
                               .on_ready = on_ready,
                               .on_lost = on_lost,
                               .on_failed = on_failed,
                               .ctx = g,
                           });
}

static void make_parts(struct gateway *g)
{
    int64_t bot_id = telegram_bot_id(g->telegram);
    g->sender = sender_new(g->loop, &(struct sender_opts){
                                        .db = g->db,
                                        .bus = g->bus,
                                        .telegram = g->telegram,
                                        .bot_id = bot_id,
                                        .per_second = g->conf->per_second,
                                        .chat_per_second = g->conf->chat_per_second,
                                        .chat_burst = g->conf->chat_burst,
                                        .group_per_minute = g->conf->group_per_minute,
                                    });
    g->disclosures = disclosures_new(g->loop, &(struct disclosures_opts){
                                                  .db = g->db,
                                                  .telegram = g->telegram,
                                                  .vault = g->vault,
                                                  .bot_id = bot_id,
                                              });
    g->command_menus = command_menus_new(g->db, g->telegram);
    g->reports_db =
        open_session(g, "bot-gateway reports", on_reports_ready, on_reports_lost, on_reports_lost);
    g->reports = report_desk_new(g->loop, g->reports_db, g->telegram);
    g->conversation = conversation_new(g->loop, &(struct conversation_opts){
                                                    .db = g->db,
                                                    .bus = g->bus,
                                                    .telegram = g->telegram,
                                                    .sender = g->sender,
                                                    .vault = g->vault,
                                                    .disclosures = g->disclosures,
                                                    .reports_db = g->reports_db,
                                                    .reports = g->reports,
                                                    .bot_username = g->username,
                                                    .bot_id = bot_id,
                                                });
    g->intake = intake_new(g->loop, &(struct intake_opts){
                                        .db = g->db,
                                        .telegram = g->telegram,
                                        .conversation = g->conversation,
                                        .vault = g->vault,
                                        .bot_id = bot_id,
                                        .on_poll_state = on_poll_state,
                                        .ctx = g,
                                    });
}

static void on_webhook_deleted(void *ctx, const struct telegram_answer *answer)
{
    (void)ctx;
    if (answer->outcome != TELEGRAM_OK) { /* the poll will meet it, and try again */
        log_warn("webhook is not deleted reason=\"%.160s\"", answer->description);
    }
}

/* Once in a process's life. */
static int begin_to_lead(struct gateway *g, struct err *err)
{
    if (bind_bus(g, err) < 0) {
        return -1;
    }
    make_parts(g);
    telegram_call(g->telegram, TG_delete_webhook, "{}", on_webhook_deleted, NULL);
    profile_show(g->telegram);
    log_info("leading bot=%s", g->username);
    return 0;
}

static void lead(struct gateway *g)
{
    struct err err;
    bool may_lead = g->username && election_state(g->election) == ELECTION_WON && !g->stopping;
    if (may_lead && !leads(g) && begin_to_lead(g, &err) < 0) {
        log_error("bus is not bound, starting anew reason=\"%s\"", err.text);
        service_fail(g->loop, EXIT_FAILURE);
        return;
    }
    if (may_lead) {
        sender_database_ready(g->sender);
        disclosures_open(g->disclosures);
        command_menus_look(g->command_menus);
        intake_start(g->intake);
    }
    show_state(g);
}

/* ---- PostgreSQL and the election ---- */

static void on_won(void *ctx)
{
    struct gateway *g = ctx;
    lead(g);
}

static void on_lost(void *ctx)
{
    struct gateway *g = ctx;
    if (leads(g)) {
        sender_database_lost(g->sender);
        disclosures_close(g->disclosures);
        intake_database_lost(g->intake);
        conversation_forget(g->conversation, "chats");
    }
}

static void on_other(void *ctx)
{
    struct gateway *g = ctx;
    show_state(g);
    if (leads(g)) {
        log_warn("another gateway has taken over, starting anew to stand by");
        service_fail(g->loop, EXIT_FAILURE);
    }
}

static void on_database_ready(void *ctx)
{
    struct gateway *g = ctx;
    log_info("database is ready");
    election_database_ready(g->election);
}

static void on_database_lost(void *ctx, const struct err *err)
{
    struct gateway *g = ctx;
    log_warn("database is away, updates wait at Telegram reason=\"%s\"", err->text);
    election_database_lost(g->election);
    show_state(g);
}

static void on_database_failed(void *ctx, const struct err *err)
{
    struct gateway *g = ctx;
    log_error("a query does not prepare, is the schema up to date? reason=\"%s\"", err->text);
    service_fail(g->loop, EXIT_FAILURE);
}

/* ---- the introduction ---- */

static void ask_again_later(struct gateway *g)
{
    sd_event_source_set_time_relative(g->introduce, INTRODUCE_EVERY_MS * 1000);
    sd_event_source_set_enabled(g->introduce, SD_EVENT_ONESHOT);
}

static void on_me(void *ctx, const struct telegram_answer *answer)
{
    struct gateway *g = ctx;
    if (g->stopping) {
        return;
    }
    if (answer->outcome == TELEGRAM_OK) {
        g->username = xstrdup(telegram_result_text(answer, "username"));
        log_info("telegram knows us bot=%s id=%lld", g->username,
                 (long long)telegram_bot_id(g->telegram));
        lead(g);
    } else if (answer->outcome == TELEGRAM_UNAUTHORIZED) {
        log_error("Telegram refuses the token; set the right one by [telegram] token, "
                  "ITSUPPORT_TELEGRAM_TOKEN or the unit's credential");
        service_fail(g->loop, EXIT_CONF);
    } else {
        if (!g->told_unreachable) {
            log_warn("Telegram cannot be reached, trying again reason=\"%.160s\"",
                     answer->description);
        }
        g->told_unreachable = true;
        ask_again_later(g);
    }
}

static int on_introduce(sd_event_source *source, uint64_t now_us, void *ctx)
{
    (void)source;
    (void)now_us;
    struct gateway *g = ctx;
    telegram_call(g->telegram, TG_get_me, "{}", on_me, g);
    return 0;
}

/* ---- start and stop ---- */

static int check_token(const struct gateway_conf *conf, struct err *err)
{
    if (telegram_is_token(conf->token)) {
        return 0;
    }
    return err_set(
        err, ERR_INPUT,
        "[telegram] token is not a bot's token (digits, a colon, letters); set it in the "
        "settings, by ITSUPPORT_TELEGRAM_TOKEN or the unit's credential");
}

static struct telegram *open_telegram(struct gateway *g)
{
    size_t len = strlen(g->conf->api_root);
    while (len > 0 && g->conf->api_root[len - 1] == '/') {
        len--;
    }
    scoped(str_free) char *root = xmemdup_text(g->conf->api_root, len);
    return telegram_new(g->loop, root, g->conf->token);
}

static struct election *open_election(struct gateway *g)
{
    char lock[64];
    snprintf(lock, sizeof(lock), "bot-gateway:%lld", (long long)telegram_bot_id(g->telegram));
    return election_new(g->loop, &(struct election_opts){
                                     .db = g->db,
                                     .lock = lock,
                                     .on_won = on_won,
                                     .on_lost = on_lost,
                                     .on_other = on_other,
                                     .ctx = g,
                                 });
}

struct gateway *gateway_new(sd_event *loop, const struct gateway_conf *conf, struct err *err)
{
    if (check_token(conf, err) < 0) {
        return NULL;
    }
    struct vault *vault = vault_new(conf->vault_key, err);
    if (!vault) {
        return NULL;
    }
    catalogue_init(NULL);
    struct gateway *g = xcalloc(1, sizeof(*g));
    g->loop = loop;
    g->conf = conf;
    g->vault = vault;
    g->telegram = open_telegram(g);
    g->db = open_session(g, "bot-gateway", on_database_ready, on_database_lost, on_database_failed);
    g->election = open_election(g);
    g->stats = stats_new(loop, &(struct stats_opts){
                                   .db = g->db,
                                   .instance = conf->instance,
                                   .describe = describe,
                                   .ctx = g,
                               });
    int rc =
        sd_event_add_time_relative(loop, &g->introduce, CLOCK_MONOTONIC, 0, 1, on_introduce, g);
    assert(rc >= 0);
    (void)rc;
    return g;
}

static void on_sender_drained(void *ctx)
{
    struct gateway *g = ctx;
    service_stopped(g->loop);
}

static void on_intake_drained(void *ctx)
{
    struct gateway *g = ctx;
    sender_stop(g->sender, on_sender_drained, g);
}

void gateway_stop(struct gateway *g)
{
    g->stopping = true;
    if (leads(g)) {
        disclosures_close(g->disclosures); /* the rows say how to go on */
        intake_stop(g->intake, on_intake_drained, g);
    } else {
        service_stopped(g->loop);
    }
}

/* First those that may still call back, the bus, Telegram and PostgreSQL; then those they call. */
void gateway_free(struct gateway **pg)
{
    struct gateway *g = *pg;
    if (!g) {
        return;
    }
    g->stopping = true;
    sd_event_source_disable_unref(g->introduce);
    if (g->reports) {
        report_desk_stop(g->reports);
    }
    bus_client_free(&g->bus);
    telegram_free(&g->telegram);
    db_free(&g->reports_db);
    db_free(&g->db);
    conversation_free(&g->conversation);
    disclosures_free(&g->disclosures);
    command_menus_free(&g->command_menus);
    report_desk_free(&g->reports);
    sender_free(&g->sender);
    intake_free(&g->intake);
    stats_free(&g->stats);
    election_free(&g->election);
    vault_free(&g->vault);
    free(g->username);
    free(g);
    *pg = NULL;
}
