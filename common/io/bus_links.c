/* bus_links.c - finding the clients: inotify for speed, a look every few seconds for certainty */
#include "common/io/bus_links.h"

#include <dirent.h>
#include <errno.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include "common/base/log.h"

#define ENDPOINT_BYTES_MAX (sizeof "ipc://" + 107) /* sun_path */
#define RESCAN_ACCURACY_US 250000

struct bus_links {
    sd_event *loop;
    struct bus_links_opts opts;
    sd_event_source *watch, *rescan;
    struct bus_link *all[BUS_LINKS_MAX];
    uint64_t epoch;
};

struct bus_link *bus_links_get(const struct bus_links *links, uint32_t at)
{
    return at < BUS_LINKS_MAX ? links->all[at] : NULL;
}

/* ---- a link's socket ---- */

static void on_frame(void *ctx, const struct bus_frame *frame)
{
    struct bus_link *link = ctx;
    link->links->opts.events.on_frame(link->links->opts.ctx, link, frame);
}

static void on_drained(void *ctx)
{
    struct bus_link *link = ctx;
    link->links->opts.events.on_drained(link->links->opts.ctx);
}

static void on_peer(void *ctx, bool connected)
{
    struct bus_link *link = ctx;
    link->connected = connected;
    if (connected)
        link->links->opts.events.on_connected(link->links->opts.ctx, link);
}

static void open_link(struct bus_link *link)
{
    static const struct bus_socket_events events = {
        .on_frame = on_frame, .on_drained = on_drained, .on_peer = on_peer};
    link->socket = bus_socket_new(link->links->loop, BUS_DEALER, &events, link);
    link->connected = false;
    link->epoch = ++link->links->epoch;
}

static void close_link(struct bus_link *link)
{
    bus_socket_free(&link->socket);
    link->connected = false;
    link->epoch = ++link->links->epoch;
}

static struct bus_link *add_link(struct bus_links *links, enum daemon_id daemon, const char *name)
{
    uint32_t at = 0;
    while (at < BUS_LINKS_MAX && links->all[at])
        at++;
    if (at == BUS_LINKS_MAX) {
        log_warn("bus more than %d clients, ignoring %s", BUS_LINKS_MAX, name);
        return NULL;
    }
    struct bus_link *link = xcalloc(1, sizeof *link);
    *link = (struct bus_link){.at = at, .daemon = daemon, .links = links, .name = xstrdup(name)};
    links->all[at] = link;
    return link;
}

static void remove_link(struct bus_link *link)
{
    link->links->all[link->at] = NULL;
    sd_event_source_disable_unref(link->watch);
    bus_socket_free(&link->socket);
    free(link->folder);
    free(link->name);
    free(link);
}

/* ---- the runtime folder ---- */

/* "bot-gateway" or "bot-gateway@2"; len: of the name before an '='. 0 if it is no client's. */
static unsigned daemon_of(const char *name, size_t len)
{
    static const struct {
        const char *name;
        unsigned daemon;
    } clients[] = {
#define CLIENT_ROW(n, wire, bit) {wire, bit},
        DAEMONS(CLIENT_ROW)
#undef CLIENT_ROW
    };
    const char *at = memchr(name, '@', len);
    size_t stem = at ? (size_t)(at - name) : len;
    for (size_t i = 0; i < ARRAY_LEN(clients); i++)
        if (strlen(clients[i].name) == stem && strncmp(clients[i].name, name, stem) == 0)
            return clients[i].daemon & DAEMON_EVERY_CLIENT;
    return 0;
}

/* A socket file made anew is another client, also if the old one, which lost its lease, still
 * listens to us. */
static void check_link(struct bus_link *link)
{
    char path[ENDPOINT_BYTES_MAX], endpoint[ENDPOINT_BYTES_MAX];
    struct stat file;
    struct err err;
    int len = snprintf(endpoint, sizeof endpoint, "ipc://%s/bus", link->folder);
    snprintf(path, sizeof path, "%s/bus", link->folder);
    if ((size_t)len >= sizeof endpoint)
        return; /* nobody can listen there either */
    if (stat(path, &file) < 0) {
        if (link->socket && !link->connected)
            close_link(link);
        return;
    }
    int64_t made_ns = (int64_t)file.st_ctim.tv_sec * 1000000000 + file.st_ctim.tv_nsec;
    bool is_same = link->socket && link->inode == file.st_ino &&
                   (link->connected || link->made_ns == made_ns); /* a chmod moves ctime too */
    if (is_same)
        return;
    if (link->socket)
        close_link(link);
    link->inode = file.st_ino;
    link->made_ns = made_ns;
    open_link(link);
    if (bus_socket_connect(link->socket, endpoint, &err) < 0) {
        log_warn("bus %s, ignoring", err.text);
        close_link(link);
    }
}

static int on_folder(sd_event_source *source, const struct inotify_event *event, void *ctx)
{
    struct bus_link *link = ctx;
    (void)source;
    if (event->mask & IN_IGNORED) /* the folder is gone; if it comes back, the one above tells */
        link->watch = sd_event_source_disable_unref(link->watch);
    check_link(link);
    return 0;
}

static void look_into(struct bus_links *links, const char *name)
{
    unsigned daemon = daemon_of(name, strlen(name));
    struct bus_link *link = NULL;
    if (daemon == 0)
        return;
    for (uint32_t at = 0; at < BUS_LINKS_MAX && !link; at++)
        if (links->all[at] && links->all[at]->folder && str_eq(links->all[at]->name, name))
            link = links->all[at];
    if (!link && !(link = add_link(links, (enum daemon_id)daemon, name)))
        return;
    if (!link->folder)
        link->folder = xasprintf("%s/%s", links->opts.dir, name);
    if (!link->watch) /* before the look, or what comes between the two is missed; failing is no
                         harm: we look again */
        sd_event_add_inotify(links->loop, &link->watch, link->folder,
                             IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR, on_folder, link);
    check_link(link);
}

static void forget_the_vanished(struct bus_links *links)
{
    struct stat folder;
    for (uint32_t at = 0; at < BUS_LINKS_MAX; at++) {
        struct bus_link *link = links->all[at];
        if (link && link->folder && !link->connected && stat(link->folder, &folder) < 0)
            remove_link(link);
    }
}

static int on_dir(sd_event_source *source, const struct inotify_event *event, void *ctx);

static void scan(struct bus_links *links)
{
    if (!links->watch)
        sd_event_add_inotify(links->loop, &links->watch, links->opts.dir,
                             IN_CREATE | IN_MOVED_TO | IN_ONLYDIR, on_dir, links);
    forget_the_vanished(links);
    DIR *dir = opendir(links->opts.dir);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));)
        look_into(links, entry->d_name);
    closedir(dir);
}

static int on_dir(sd_event_source *source, const struct inotify_event *event, void *ctx)
{
    struct bus_links *links = ctx;
    (void)source;
    if (event->mask & IN_IGNORED)
        links->watch = sd_event_source_disable_unref(links->watch);
    scan(links);
    return 0;
}

static int on_rescan(sd_event_source *source, uint64_t usec, void *ctx)
{
    struct bus_links *links = ctx;
    (void)usec;
    scan(links);
    sd_event_source_set_time_relative(source, BUS_RESCAN_MS * 1000);
    sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
    return 0;
}

/* ---- tcp endpoints ---- */

static int connect_tcp(struct bus_links *links, const char *word, const char *key, struct err *err)
{
    const char *equals = strchr(word, '=');
    unsigned daemon = equals ? daemon_of(word, (size_t)(equals - word)) : 0;
    if (daemon == 0 || strncmp(equals + 1, "tcp://", 6) != 0)
        return err_set(err, ERR_INPUT, "%s must read like bot-gateway=tcp://host:port", word);
    struct bus_link *link = add_link(links, (enum daemon_id)daemon, word);
    if (!link)
        return err_set(err, ERR_INPUT, "more than %d clients", BUS_LINKS_MAX);
    open_link(link);
    if (bus_socket_curve_client(link->socket, links->opts.curve_secret_key, key, err) < 0)
        return -1;
    return bus_socket_connect(link->socket, equals + 1, err);
}

static int connect_all_tcp(struct bus_links *links, struct err *err)
{
    scoped(str_free) char *words =
        xstrdup(links->opts.tcp_endpoints ? links->opts.tcp_endpoints : "");
    scoped(str_free) char *keys =
        xstrdup(links->opts.curve_server_keys ? links->opts.curve_server_keys : "");
    char *word_rest, *key_rest, *key = NULL;
    char *next_key = strtok_r(keys, " \t", &key_rest);
    for (char *word = strtok_r(words, " \t", &word_rest); word;
         word = strtok_r(NULL, " \t", &word_rest)) {
        if (next_key)
            key = next_key;
        if (connect_tcp(links, word, key, err) < 0)
            return -1;
        if (next_key)
            next_key = strtok_r(NULL, " \t", &key_rest);
    }
    return 0;
}

/* ---- life ---- */

struct bus_links *bus_links_new(sd_event *loop, const struct bus_links_opts *opts, struct err *err)
{
    struct bus_links *links = xcalloc(1, sizeof *links);
    links->loop = sd_event_ref(loop);
    links->opts = *opts;
    if (connect_all_tcp(links, err) < 0) {
        bus_links_free(&links);
        return NULL;
    }
    scan(links);
    int rc = sd_event_add_time_relative(loop, &links->rescan, CLOCK_MONOTONIC, BUS_RESCAN_MS * 1000,
                                        RESCAN_ACCURACY_US, on_rescan, links);
    assert(rc >= 0);
    return links;
}

void bus_links_free(struct bus_links **ref)
{
    struct bus_links *links = *ref;
    if (!links)
        return;
    for (uint32_t at = 0; at < BUS_LINKS_MAX; at++)
        if (links->all[at])
            remove_link(links->all[at]);
    sd_event_source_disable_unref(links->watch);
    sd_event_source_disable_unref(links->rescan);
    sd_event_unref(links->loop);
    free(links);
    *ref = NULL;
}
