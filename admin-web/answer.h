/* answer.h - from an admitted request to its answer: the bearer's rights, the handler, the headers, the log line */
#pragma once
#include "admin-web/exchange.h"

/* Lets the bearer of a token through to the route found; public routes are open. 0, or -1 with the problem answered. */
int answer_admit(struct exchange *);

/* Calls the route's handler; there is an answer afterwards, whatever happens. */
void answer_make(struct exchange *);

/* Appends the headers beyond type and length: caching, security, language, and those of the status. */
void answer_headers(const struct exchange *, struct buf *head);

/* Counts it and logs it once: changes at info, the rest at debug. */
void answer_count(const struct exchange *, int64_t took_ms);
