/* guard.h - what a request must be before anything looks at its meaning: the checks CivetWeb leaves to us, pure */
#pragma once
#include "admin-web/exchange.h"

/* Each 0, or -1 with the problem answered. */
int guard_head(struct exchange *); /* the head makes sense; finds language and route */
int guard_body(struct exchange *); /* what is announced as the body is what the route wants; reads the command's key */

/* The client's address: behind a proxy on this machine, what that proxy saw (the last of X-Forwarded-For). */
void guard_address(struct exchange *, const char *peer);
