/* heat_map.h - the load by hour: a week as rows of days, a darker square for more orders */
#pragma once
#include "bot-gateway/reports/report.h"
#include "bot-gateway/reports/sketch.h"

#define HEAT_MAP_HEIGHT 400 /* pixels it needs below y, over the whole width */

void heat_map_draw(const struct sketch *, const struct report *, double y);
