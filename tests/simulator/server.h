/* server.h - the HTTP side: one CivetWeb server in front of methods, control API, files and page */
#pragma once

#include <stdio.h>

#include "control.h"
#include "world.h"

struct server;

struct server_opts {
    const char *listen;       /* 127.0.0.1:PORT */
    FILE *log;                /* one line per Bot API call; NULL: none */
    struct control_conf conf; /* borrowed words */
};

struct server *server_new(struct world *, const struct server_opts *, char *why, size_t why_size);
int server_port(const struct server *);
void server_free(struct server **); /* waiting requests end first */
