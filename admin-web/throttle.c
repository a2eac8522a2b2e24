/* throttle.c - how many unknown tokens an address may send */
#include "admin-web/throttle.h"

#include "common/base/clock.h"

static const struct throttle_bucket *bucket_of(const struct throttle *throttle, const char *address)
{
    for (size_t i = 0; i < THROTTLE_ADDRESSES; i++) {
        if (str_eq(throttle->buckets[i].address, address)) {
            return &throttle->buckets[i];
        }
    }
    return NULL;
}

int throttle_wait_s(const struct throttle *throttle, const char *address, int64_t now_ms)
{
    const struct throttle_bucket *bucket = bucket_of(throttle, address);
    int64_t allowed_debt_ms = (THROTTLE_BURST - 1) * THROTTLE_REFILL_MS;
    int64_t wait_ms = bucket ? bucket->free_at_ms - now_ms - allowed_debt_ms : 0;
    return wait_ms <= 0 ? 0 : (int)((wait_ms + SECOND_MS - 1) / SECOND_MS);
}

void throttle_charge(struct throttle *throttle, const char *address, int64_t now_ms)
{
    struct throttle_bucket *least = &throttle->buckets[0];
    for (size_t i = 0; i < THROTTLE_ADDRESSES; i++) {
        struct throttle_bucket *bucket = &throttle->buckets[i];
        if (str_eq(bucket->address, address)) {
            bucket->free_at_ms = max_i64(bucket->free_at_ms, now_ms) + THROTTLE_REFILL_MS;
            return;
        }
        least = bucket->free_at_ms < least->free_at_ms ? bucket : least;
    }
    snprintf(least->address, sizeof(least->address), "%s", address);
    least->free_at_ms = now_ms + THROTTLE_REFILL_MS;
}
