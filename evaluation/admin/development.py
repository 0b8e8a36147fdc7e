"""Equal net development time as a picture: each team's days as a bar, and what a late starter lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consortia.rules.development import Times
from core.names import name_field
from core.templatetags.simsa import when
from evaluation.models import Round
from evaluation.queries.development import development_time


@dataclass(frozen=True)
class Bar:
    """A team's line. `at` and `days` place its own time in the picture, a day a unit; `short` follows on the end."""

    team: str
    starts: date
    days: int
    short: int
    equal_until: date
    at: int
    proposed: bool

    @property
    def words(self) -> str:
        """The bar, for whoever does not see it."""
        said = _("%(team)s: %(days)s일") % {"team": self.team, "days": self.days}
        return said if not self.short else said + ", " + _("%(short)s일 모자람") % {"short": self.short}


@dataclass(frozen=True)
class Picture:
    """The bars of a round, over `span` days; `end_at` is where its end stands, `limit_at` how far it may be moved."""

    times: Times
    bars: list[Bar]
    span: int
    end_at: int
    limit_at: int | None


def picture_of(round: Round, *, joining: Mapping[str, date] | None = None, ends: date | None = None) -> Picture:
    """The round as it stands, or as it would be with a team that joins on a day, or with another end."""
    times = development_time(round, joining=joining, ends=ends)
    names = dict(round.programme.teams.values_list("code", name_field()))
    first = min((each.starts for each in times.teams), default=round.starts)
    last = max([times.ends, times.needed_end, *([times.latest_end] if times.latest_end else [])])
    bars = [
        Bar(
            team=names[each.team],
            starts=each.starts,
            days=each.days,
            short=each.short,
            equal_until=each.equal_until,
            at=(each.starts - first).days,
            proposed=each.team in (joining or {}),
        )
        for each in times.teams
    ]
    limit = None if times.latest_end is None else (times.latest_end - first).days + 1
    return Picture(times, bars, (last - first).days + 1, (times.ends - first).days + 1, limit)


def findings(times: Times, names: Mapping[str, str]) -> list[str]:
    """What the picture says, in sentences: who lacks how much, and whether the end may be moved far enough."""
    lacking = [each for each in times.teams if each.short]
    if not lacking:
        return [_("모든 팀의 개발 기간이 기준(%(days)s일) 이상입니다.") % {"days": times.equal_days}]
    said = [
        _("%(team)s: 개발 %(days)s일. 기준 %(equal)s일보다 %(short)s일 모자랍니다.")
        % {"team": names.get(each.team, each.team), "days": each.days, "equal": times.equal_days, "short": each.short}
        for each in lacking
    ]
    day = when(times.needed_end)
    if times.allowed:
        said.append(_("종료일을 옮기면 모두 같아집니다: %(day)s") % {"day": day})
    elif times.latest_end is not None:
        limit = {"day": day, "limit": when(times.latest_end)}
        said.append(_("모두 같아지려면 종료일이 %(day)s이어야 하는데, 연장 한도(%(limit)s)를 넘습니다.") % limit)
    return said
