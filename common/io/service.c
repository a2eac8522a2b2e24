/* service.c - to be written */
#include "common/io/service.h"
