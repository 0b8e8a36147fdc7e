"""The end of a period in the words of a notice: plain dates and times, no clock and no database."""

from datetime import date, datetime, time, timedelta, tzinfo

_DAYS_KO = "월화수목금토일"
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def window_words(closes_at: datetime, zone: tzinfo, language: str = "ko") -> str:
    """The last moment that is in time: "2026년 1월 26일(월) 24:00까지", "until 24:00 on Monday, 26 January 2026".

    `closes_at` is the first instant that is too late. `language` is a language code; whatever is not English is told in
    Korean.
    """
    end = end_words(closes_at, zone, language)
    return f"until {end}" if language.startswith("en") else f"{end}까지"


def end_words(closes_at: datetime, zone: tzinfo, language: str = "ko") -> str:
    """When a period ends or ended: "2026년 1월 26일(월) 24:00", "24:00 on Monday, 26 January 2026".

    A period ends with the end of its last day (Civil Act art. 159), so midnight is told as 24:00 of the day that is
    over, not as 00:00 of the next, which people take for a day more.
    """
    if closes_at.tzinfo is None:
        raise ValueError("closes_at must carry its offset")
    end = closes_at.astimezone(zone)
    if end.time() == time():
        day, clock = end.date() - timedelta(days=1), "24:00"
    else:
        day, clock = end.date(), end.strftime("%H:%M:%S" if end.second else "%H:%M")
    if language.startswith("en"):
        return f"{clock} on {day_words(day, language)}"
    return f"{day_words(day)} {clock}"


def moment_words(at: datetime, zone: tzinfo, language: str = "ko") -> str:
    """A moment: "2026년 1월 15일(목) 14:00", "14:00 on Thursday, 15 January 2026"."""
    local = at.astimezone(zone)
    if language.startswith("en"):
        return f"{local:%H:%M} on {day_words(local, language)}"
    return f"{day_words(local)} {local:%H:%M}"


def day_words(day: date, language: str = "ko") -> str:
    """A day: "2026년 1월 15일(목)", "Thursday, 15 January 2026"."""
    if language.startswith("en"):
        return f"{_DAYS_EN[day.weekday()]}, {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}년 {day.month}월 {day.day}일({_DAYS_KO[day.weekday()]})"
