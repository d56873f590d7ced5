#!/usr/bin/env python3
"""Writes packages/core/tests/recurrence/vectors.jsonl: occurrences as Python's zoneinfo and dateutil see them.

An oracle for the recurrence rules (TSK-5) that shares nothing with the product. Optional: it needs python3-dateutil
(`apt-get install python3-dateutil`, then /usr/bin/python3 scripts/recurrence-vectors.py). With --check it writes nothing and fails
if the file in the repository is not what it would write. All dates lie in years whose clock changes are history.
"""

import calendar
import hashlib
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

TARGET = Path(__file__).resolve().parent.parent / "packages/core/tests/recurrence/vectors.jsonl"
UTC = timezone.utc

# Each zone with a stretch of years in which something happens to its clocks.
ZONES = {
    "Europe/Berlin": (2019, 2024),
    "America/New_York": (2019, 2024),
    "Australia/Lord_Howe": (2019, 2024),
    "Africa/Cairo": (2010, 2015),
    "America/Sao_Paulo": (2015, 2020),
    "Asia/Kathmandu": (1984, 1989),
    "Pacific/Apia": (2009, 2014),
    "Asia/Amman": (2017, 2022),
    "America/Santiago": (2017, 2022),
    "Africa/Casablanca": (2016, 2021),
    "UTC": (2019, 2024),
}


def epoch(at):
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


def offset(seconds, zone):
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).utcoffset()


def instant(local, zone, skipped):
    """Epoch seconds of a bare local time; zoneinfo's fold=0 is the earlier of two, and in a gap the offset before it."""
    at = epoch(local.replace(tzinfo=zone, fold=0))
    shown = datetime.fromtimestamp(at, UTC).astimezone(zone).replace(tzinfo=None)
    if shown == local or skipped == "offset-before":
        return at
    low, high = at - 2 * 86400, at + 2 * 86400
    before = offset(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle, zone) == before else (low, middle)
    return high


def add_months(local, months):
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    return local.replace(year=year, month=month + 1, day=min(local.day, calendar.monthrange(year, month + 1)[1]))


def every(start, zone, n, unit):
    anchor = datetime.fromtimestamp(start, UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    yield start
    index = 1
    last = start
    while True:
        if unit == "hours":
            at = start + index * n * 3600
        elif unit == "months":
            at = instant(add_months(anchor, index * n), zone, "end-of-gap")
        else:
            at = instant(anchor + timedelta(days=index * n * (7 if unit == "weeks" else 1)), zone, "end-of-gap")
        index += 1
        if at > last:
            yield at
            last = at


def by_rule(start, zone, rule, end):
    anchor = datetime.fromtimestamp(start, UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    far = datetime.fromtimestamp(end, UTC).replace(tzinfo=None) + timedelta(days=3)
    found = set()
    for local in rrulestr(rule, dtstart=anchor):
        if local > far:
            break
        found.add(start if local == anchor else instant(local, zone, "offset-before"))
    return sorted(at for at in found if at >= start)


def at_local(zone, *parts):
    return instant(datetime(*parts), zone, "end-of-gap")


def case(name, zone_name, start, end, occurrences, what):
    inside = [at for at in occurrences if at <= end]
    joined = ",".join(map(str, inside)).encode()
    return {
        "name": name,
        "timeZone": zone_name,
        "startAt": start,
        **what,
        "until": end,
        "count": len(inside),
        "sha256": hashlib.sha256(joined).hexdigest(),
        "first": inside[:6],
        "last": inside[-2:],
    }


EVERY = [
    ((7, 31, 2, 30), 1, "days"),
    ((1, 31, 0, 0), 1, "days"),
    ((2, 28, 0, 30), 3, "days"),
    ((3, 1, 23, 59, 59), 10, "days"),
    ((3, 3, 2, 15), 1, "weeks"),
    ((10, 27, 1, 45), 2, "weeks"),
    ((1, 31, 2, 30), 1, "months"),
    ((12, 30, 0, 0), 2, "months"),
    ((2, 29, 9, 0), 12, "months"),
    ((8, 31, 1, 30), 5, "months"),
    ((3, 28, 2, 30), 7, "hours"),
    ((10, 1, 0, 30), 36, "hours"),
]

RULES = [
    "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU,FR",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=-1,15;BYHOUR=0,2",
    "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=1,20,53;BYDAY=MO",
    "FREQ=YEARLY;BYYEARDAY=1,100,-1",
    "FREQ=DAILY;INTERVAL=9;COUNT=40",
    "FREQ=DAILY;INTERVAL=2;BYMONTH=3,10",
]

DENSE = ["FREQ=DAILY", "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30", "FREQ=HOURLY;INTERVAL=1", "FREQ=HOURLY;BYMINUTE=15,45;INTERVAL=5"]


def random_rule(dice):
    frequency = dice.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"])
    parts = [f"FREQ={frequency}", f"INTERVAL={dice.choice([1, 1, 1, 2, 3, 5])}"]
    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    pick = lambda values, most: ",".join(map(str, sorted(dice.sample(values, dice.randint(1, most)))))
    signed = lambda most: [n for n in range(-most, most + 1) if n != 0]
    if dice.random() < 0.3:
        parts.append(f"BYMONTH={pick(range(1, 13), 4)}")
    if dice.random() < 0.5:
        ordinals = frequency == "MONTHLY" and dice.random() < 0.5
        named = [f"{dice.choice(['1', '2', '-1', '-2', '3'])}{day}" for day in days] if ordinals else days
        parts.append(f"BYDAY={pick(named, 3)}")
    if frequency in ("YEARLY", "MONTHLY", "DAILY") and dice.random() < 0.3:
        parts.append(f"BYMONTHDAY={pick(signed(28), 4)}")
    if dice.random() < 0.3:
        parts.append(f"BYHOUR={pick(range(24), 3)}")
    if dice.random() < 0.3:
        parts.append(f"BYMINUTE={pick(range(60), 2)}")
    if frequency in ("YEARLY", "MONTHLY") and len(parts) > 2 and dice.random() < 0.3:
        parts.append(f"BYSETPOS={pick([1, -1, 2], 2)}")
    if dice.random() < 0.3:
        parts.append(f"WKST={dice.choice(days)}")
    if dice.random() < 0.2:
        parts.append(f"COUNT={dice.randint(1, 30)}")
    return ";".join(parts)


def leap_or_last(year, month, day, *time):
    return (year, month, min(day, calendar.monthrange(year, month)[1]), *time)


def vectors():
    for zone_name, (first, last) in ZONES.items():
        zone = ZoneInfo(zone_name)
        end = at_local(zone, last, 1, 1)
        for when, n, unit in EVERY:
            start = at_local(zone, *leap_or_last(first, *when))
            within = []
            for at in every(start, zone, n, unit):
                if at > end:
                    break
                within.append(at)
            yield case(f"every {n} {unit}", zone_name, start, end, within, {"every": {"n": n, "unit": unit}})
        for number, rule in enumerate(RULES):
            start = at_local(zone, first, 1 + number % 12, 31 if number % 12 in (0, 2, 4, 6, 7, 9, 11) else 28, 2, 30)
            yield case(rule, zone_name, start, end, by_rule(start, zone, rule, end), {"rrule": rule})
    for zone_name in ("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo"):
        zone = ZoneInfo(zone_name)
        first = ZONES[zone_name][0] + (2 if zone_name == "Pacific/Apia" else 0)
        for rule in DENSE:
            start, end = at_local(zone, first, 1, 1, 2, 30), at_local(zone, first + 1, 1, 3)
            yield case(rule, zone_name, start, end, by_rule(start, zone, rule, end), {"rrule": rule})
    # An anchor at the second of two equal wall times.
    zone = ZoneInfo("Europe/Berlin")
    start = epoch(datetime(2019, 10, 27, 2, 30, tzinfo=zone, fold=1))
    for unit in ("days", "weeks", "months"):
        within = list(islice(every(start, zone, 1, unit), 50))
        yield case(f"from the second 02:30, {unit}", "Europe/Berlin", start, within[-1], within, {"every": {"n": 1, "unit": unit}})
    dice = random.Random(5545)
    names = sorted(ZONES)
    for number in range(250):
        zone_name = dice.choice(names)
        zone = ZoneInfo(zone_name)
        first = ZONES[zone_name][0]
        start = at_local(zone, first, dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23), dice.choice([0, 17, 30]))
        end = start + 86400 * 500
        rule = random_rule(dice)
        found = by_rule(start, zone, rule, end)
        if len(found) > 0:
            end = found[min(len(found), 40) - 1]
        yield case(f"random {number}: {rule}", zone_name, start, end, found, {"rrule": rule})


def main():
    cases = list(vectors())
    text = "".join(json.dumps(one, separators=(",", ":")) + "\n" for one in cases)
    if "--check" not in sys.argv:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text)
        print(f"{len(cases)} cases, {sum(one['count'] for one in cases)} occurrences")
    elif TARGET.read_text() != text:
        sys.exit("vectors.jsonl is not what the oracle says; run scripts/recurrence-vectors.py and look at the difference")


main()
