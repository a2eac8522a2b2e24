/* bus_zap.c - the ZAP handler (rfc.zeromq.org/spec:27) for CURVE keys */
#include "common/io/bus_zap.h"

#include <errno.h>

#include <zmq.h>

#include "common/io/bus_poll.h"

#define KEY_BYTES 32
#define KEY_Z85 40
#define KEYS_MAX 64
#define ZAP_PARTS 7 /* version, request id, domain, address, routing id, mechanism, credentials */

struct bus_zap {
    void *zmq;
    struct bus_poll poll;
    size_t key_count;
    uint8_t keys[KEYS_MAX][KEY_BYTES];
};

static bool is_known(const struct bus_zap *zap, const uint8_t *key, size_t len)
{
    bool known = false;
    for (size_t i = 0; i < zap->key_count && len == KEY_BYTES; i++)
        known |=
            memcmp(zap->keys[i], key, KEY_BYTES) == 0; /* public keys: nothing to hide by timing */
    return known;
}

static void answer(struct bus_zap *zap, const char *request_id, size_t request_id_len, bool known)
{
    const char *code = known ? "200" : "400";
    const char *text = known ? "OK" : "unknown key";
    zmq_send(zap->zmq, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(zap->zmq, request_id, request_id_len, ZMQ_SNDMORE);
    zmq_send(zap->zmq, code, 3, ZMQ_SNDMORE);
    zmq_send(zap->zmq, text, strlen(text), ZMQ_SNDMORE);
    zmq_send(zap->zmq, "", 0, ZMQ_SNDMORE);
    zmq_send(zap->zmq, "", 0, 0);
}

static bool is_text(const char *part, int len, const char *text)
{
    return len == (int)strlen(text) && memcmp(part, text, strlen(text)) == 0;
}

static bool read_and_answer(struct bus_zap *zap)
{
    char parts[ZAP_PARTS][256];
    int lengths[ZAP_PARTS] = {0};
    int count = 0, more = 1;
    while (more) {
        char spare[256];
        bool fits = count < ZAP_PARTS;
        size_t size = sizeof more;
        int len = zmq_recv(zap->zmq, fits ? parts[count] : spare, 256, ZMQ_DONTWAIT);
        if (len < 0)
            return false;
        if (fits)
            lengths[count] = len > 256 ? 0 : len;
        count++;
        zmq_getsockopt(zap->zmq, ZMQ_RCVMORE, &more, &size);
    }
    bool known = count == ZAP_PARTS && is_text(parts[0], lengths[0], "1.0") &&
                 is_text(parts[5], lengths[5], "CURVE") &&
                 is_known(zap, (const uint8_t *)parts[6], (size_t)lengths[6]);
    answer(zap, parts[1], (size_t)lengths[1], known);
    return true;
}

static void on_input(void *ctx)
{
    struct bus_zap *zap = ctx;
    while (read_and_answer(zap))
        continue;
}

static int add_keys(struct bus_zap *zap, const char *keys, struct err *err)
{
    char key[KEY_Z85 + 1];
    const char *at = keys ? keys : "";
    for (at += strspn(at, " \t"); *at; at += strspn(at, " \t")) {
        size_t len = strcspn(at, " \t");
        if (zap->key_count == KEYS_MAX)
            return err_set(err, ERR_INPUT, "more than %d engine keys", KEYS_MAX);
        if (len == KEY_Z85) {
            memcpy(key, at, KEY_Z85);
            key[KEY_Z85] = '\0';
        }
        if (len != KEY_Z85 || !zmq_z85_decode(zap->keys[zap->key_count], key))
            return err_set(err, ERR_INPUT, "%.*s is no CURVE key (40 characters of Z85)",
                           (int)(len > KEY_Z85 ? KEY_Z85 : len), at);
        zap->key_count++;
        at += len;
    }
    return zap->key_count > 0 ? 0
                              : err_set(err, ERR_INPUT, "the tcp endpoint needs keys of engines");
}

struct bus_zap *bus_zap_new(sd_event *loop, const char *keys, struct err *err)
{
    struct bus_zap *zap = xcalloc(1, sizeof *zap);
    zap->zmq = bus_context_socket(ZMQ_REP);
    int rc = add_keys(zap, keys, err);
    if (rc == 0 && zmq_bind(zap->zmq, "inproc://zeromq.zap.01") < 0)
        rc = err_set(err, ERR_INTERNAL, "ZAP: %s", zmq_strerror(errno));
    if (rc < 0) {
        bus_zap_free(&zap);
        return NULL;
    }
    bus_poll_init(&zap->poll, loop, zap->zmq, on_input, zap);
    return zap;
}

void bus_zap_free(struct bus_zap **ref)
{
    struct bus_zap *zap = *ref;
    if (!zap)
        return;
    bus_poll_fini(&zap->poll);
    bus_context_close(zap->zmq);
    free(zap);
    *ref = NULL;
}
