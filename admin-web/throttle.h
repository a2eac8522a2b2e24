/* throttle.h - how many unknown tokens an address may send: a small table of buckets, pure, for one thread at a time */
#pragma once
#include "common/base/base.h"

#define THROTTLE_BURST     10   /* unknown tokens in one go */
#define THROTTLE_REFILL_MS 6000 /* one more is allowed again every so often */
#define THROTTLE_ADDRESSES 256  /* remembered at once; the one least in debt makes room */

struct throttle {
    struct throttle_bucket {
        char    address[48];
        int64_t free_at_ms; /* when nothing is owed any more: grows by THROTTLE_REFILL_MS with each unknown token */
    } buckets[THROTTLE_ADDRESSES];
};

/* Seconds this address has to wait, 0 if it may try. */
int  throttle_wait_s(const struct throttle *, const char *address, int64_t now_ms);
void throttle_charge(struct throttle *, const char *address, int64_t now_ms);
