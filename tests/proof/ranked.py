"""The result, told a second time: whoever stands within the seats and passed the gate advances, and nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.proof.scored import FAILED, POINTS, SEATS


@dataclass
class Ranked:
    """The points that tell the teams apart, and who failed the gate. No two teams ever have the same points."""

    points: dict[str, int] = field(default_factory=lambda: dict(POINTS))
    failed: set[str] = field(default_factory=lambda: set(FAILED))

    def outcomes(self) -> dict[str, str]:
        """Team -> outcome."""
        order = sorted(self.points, key=lambda team: -self.points[team])
        within = {team: "gate_failed" if team in self.failed else "advanced" for team in order[:SEATS]}
        return within | dict.fromkeys(order[SEATS:], "eliminated")

    def correct(self, corrections: Sequence[Mapping[str, Any]]) -> None:
        """The corrections of a decision, one after the other."""
        for each in corrections:
            if "set_points" in each:
                self.points[each["set_points"]["team"]] = int(each["set_points"]["points"])
            elif each["set_gate"]["verdict"] == "failed":
                self.failed.add(each["set_gate"]["team"])
            else:
                self.failed.discard(each["set_gate"]["team"])
