/* chart.h - a billing month as one picture that a phone shows legibly */
#pragma once
#include "bot-gateway/reports/report.h"

/* Appends a PNG, 1080 pixels wide. -1: there is no memory for it. */
int chart_draw(const struct report *, bool dark, struct buf *png);
