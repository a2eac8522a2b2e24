/* watch.h - what watches the suite may ask: is it alive, is it ready, how is everybody, the figures */
#pragma once
#include "admin-web/exchange.h"

int on_health(struct exchange *);  /* 200 as long as a thread can answer */
int on_ready(struct exchange *);   /* 200, or 503 with what is missing */
int on_status(struct exchange *);  /* for the start page: no person, no text; rendered once a second at most */
int on_metrics(struct exchange *); /* Prometheus text, metrics.c */

/* A query's rows, the caller's; NULL: it failed, which has been logged. */
struct db_result *watch_rows(struct exchange *, int query);
