"""months.py - billing months, ends of days and quiet hours, by Python's own zone data

DOMAIN.md, "Words" and "Tariffs": a month is [BILLING_DAY 00:00, same day of next month 00:00) in the installation's zone; months are
rows, a new BILLING_DAY or TIME_ZONE takes effect when the running month ends.
"""
import datetime
import functools
import zoneinfo

UTC = datetime.timezone.utc
EPOCH = datetime.date(1970, 1, 1)


@functools.lru_cache(maxsize=100_000)
def midnight(zone, year, month, day):
    """Milliseconds at which that day begins there."""
    wall = datetime.datetime(year, month, day, tzinfo=zoneinfo.ZoneInfo(zone))
    return int(wall.timestamp()) * 1000


def next_border(zone, billing_day, at):
    """The first BILLING_DAY 00:00 after an instant."""
    day = datetime.datetime.fromtimestamp(at / 1000, zoneinfo.ZoneInfo(zone)).date().replace(day=billing_day)
    while midnight(zone, day.year, day.month, billing_day) <= at:
        day = (day + datetime.timedelta(days=31)).replace(day=billing_day)
    return midnight(zone, day.year, day.month, billing_day)


def previous_border(zone, billing_day, at):
    """The last BILLING_DAY 00:00 not after an instant."""
    day = datetime.datetime.fromtimestamp(at / 1000, zoneinfo.ZoneInfo(zone)).date().replace(day=billing_day)
    while midnight(zone, day.year, day.month, billing_day) > at:
        day = (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=billing_day)
    return midnight(zone, day.year, day.month, billing_day)


@functools.lru_cache(maxsize=10_000)
def end_of_day(zone, days_since_1970):
    """A paid-until date is valid to its end."""
    day = EPOCH + datetime.timedelta(days=days_since_1970 + 1)
    return midnight(zone, day.year, day.month, day.day)


def quiet_ms(hours, zone, at):
    """How long it stays quiet: "22:00-08:00" every day by the zone's clocks; 0 outside of it."""
    begin, end = (int(h) * 60 + int(m) for h, m in (word.split(":") for word in hours.split("-")))
    local = datetime.datetime.fromtimestamp(at / 1000, zoneinfo.ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    quiet = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not quiet:
        return 0
    day = local.date() + datetime.timedelta(days=0 if minute < end else 1)
    until = datetime.datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=zoneinfo.ZoneInfo(zone))
    return int(until.timestamp()) * 1000 - at


class Months:
    """The rows so far: [starts_at, ends_at), numbered from 1."""

    def __init__(self):
        self.rows = []

    def now(self, at, zone, billing_day):
        """Number of the month in which an instant lies; rows come into being as time reaches them."""
        if not self.rows:
            start = previous_border(zone, billing_day, at)
            self.rows.append((start, next_border(zone, billing_day, start)))
        while self.rows[-1][1] <= at:
            start = self.rows[-1][1]
            self.rows.append((start, next_border(zone, billing_day, start)))
        return len(self.rows)
