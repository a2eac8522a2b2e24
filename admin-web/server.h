/* server.h - CivetWeb, and nothing of it leaks: its threads make exchanges and have them answered
 *
 * Beyond its defaults (see PLATFORM, "HTTP server"): no files, no scripts, no CORS, no TLS, short time-outs, and every request
 * passes guard.c before anything else looks at it.
 */
#pragma once
#include "admin-web/admin.h"

/* IPv4:port and nothing more: CivetWeb's "s" for a TLS port, broken with OpenSSL 3, is refused here. ERR_INPUT. */
int server_check_listen(const char *listen, struct err *);

struct server *server_new(struct admin *, struct err *); /* listens; requests may come before it returns */
void           server_free(struct server **);            /* waits for its threads: none may wait for the main one */
