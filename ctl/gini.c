/* gini.c - how unevenly something is shared out, as one number */
#include "ctl/gini.h"

static int compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* Of ascending shares x1 .. xn: the sum of (2i - n - 1) xi, over n times the sum of all xi. */
double gini(const int64_t *shares, size_t count)
{
    double sum = 0, weighted = 0;
    int64_t *sorted = xcalloc(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = max_i64(shares[i], 0);
    qsort(sorted, count, sizeof *sorted, compare);
    for (size_t i = 0; i < count; i++) {
        double share = (double)sorted[i];
        sum += share;
        weighted += (2.0 * (double)(i + 1) - (double)count - 1.0) * share;
    }
    free(sorted);
    return sum > 0 ? weighted / ((double)count * sum) : 0;
}
