/* dice.c - numbers that look random and are the same for the same seed and step */
#include "tests/simulation/dice.h"

/* splitmix64 (Steele, Lea, Flood 2014): any state is a good one. */
static uint64_t next(struct dice *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t step)
{
    struct dice d = {seed};
    d.state = next(&d) ^ step;
    d.state = next(&d);
    return d;
}

int64_t dice_any(struct dice *d, int64_t n)
{
    return (int64_t)(next(d) % (uint64_t)n);
}

bool dice_one_in(struct dice *d, int64_t n)
{
    return dice_any(d, n) == 0;
}
