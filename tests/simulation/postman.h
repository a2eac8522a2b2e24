/* postman.h - sends what was decided through the real pacing, and counts like Telegram whether that was slow enough
 *
 * Its clock is the simulation's, and runs ahead while there is much to send. It sees no text and no blocked chat: when a
 * message may leave is all that pacing decides.
 */
#pragma once
#include "order-engine/rules/order.h"

struct postman;

struct postman *postman_new(void); /* caller owns */
void            postman_free(struct postman **);
/* Sends the notices; a line "X pacing ..." into the trace for each that Telegram would have answered with 429. */
void            postman_hand_over(struct postman *, FILE *trace, const struct decision *);
