"""The API's words for standings. Every figure is text with its own places: a binary float would not be the figure."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consortia.models import Programme

_NOT_TEXT = _("점수는 따옴표로 묶은 글자로 적어야 합니다.")
_NO_TEXT = _("따옴표로 묶은 글자로 적어야 합니다.")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_UNKNOWN = _("모르는 이름입니다.")
ILLUSTRATIVE = "true: invented figures, to be shown with the mark 예시"
CAPTION = "what is shown on everything made from this programme"
_ALONE = _("점수(points)와 함께 보내야 합니다.")


class NameSerializer(serializers.Serializer[object]):
    """A name in both languages."""

    ko = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


def marked(programme: Programme) -> dict[str, Any]:
    """Whose figures they are, and the mark that an invented one bears wherever it is shown."""
    return {
        "programme": programme.code,
        "illustrative": programme.illustrative,
        "caption": {"ko": programme.label_ko, "en": programme.label_en},
    }


class RowSerializer(serializers.Serializer[object]):
    """One entry. Without a rank there is no total, and a reason; before the announcement an outcome may be open."""

    team = serializers.CharField()
    name = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    total = serializers.CharField(allow_null=True)
    scores = serializers.DictField(child=serializers.CharField(allow_null=True))
    gates = serializers.DictField(child=serializers.CharField(allow_null=True))
    outcome = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class StandingsSerializer(serializers.Serializer[object]):
    """The standings of a round: the newest published snapshot, or, with `snapshot` null, as computed now."""

    programme = serializers.CharField()
    round = serializers.CharField()
    name = NameSerializer()
    state = serializers.CharField()
    illustrative = serializers.BooleanField(help_text=ILLUSTRATIVE)
    caption = NameSerializer(help_text=CAPTION)
    snapshot = serializers.IntegerField(allow_null=True)
    digest = serializers.CharField(allow_null=True, help_text="SHA-256 of the published result")
    advanced = serializers.IntegerField()
    criteria_version = serializers.IntegerField(help_text="the version of the criteria by which it is judged")
    rows = RowSerializer(many=True)
    means = serializers.DictField(child=serializers.CharField(allow_null=True))


class MarksField(serializers.DictField):
    """Marks by the codes of their criteria, as text: a binary float would not be the figure. Faults name the criterion.

    Whether a text is a figure within its bounds, the operation says.
    """

    def to_internal_value(self, data: object) -> dict[str, str]:
        """The same texts; anything else is refused with the criterion's code."""
        if not isinstance(data, dict):
            self.fail("not_a_dict", input_type=type(data).__name__)
        wrong = {code: [_NOT_TEXT] for code, mark in data.items() if not isinstance(mark, str)}
        if wrong:
            raise serializers.ValidationError(wrong)
        return data


class TextField(serializers.CharField):
    """A text that was sent as one: a number that is taken for its digits is not what somebody wrote."""

    def to_internal_value(self, data: object) -> str:
        """The same text."""
        if not isinstance(data, str):
            raise serializers.ValidationError(_NO_TEXT)
        return super().to_internal_value(data)


class MomentField(serializers.DateTimeField):
    """RFC 3339 with its offset, as `at` is told: a time without one could be meant in two zones."""

    def to_internal_value(self, value: object) -> datetime:
        """That moment."""
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            self.fail("invalid", format="2026-01-15T14:00:00+09:00")
        return super().to_internal_value(value)


class SheetBodySerializer(serializers.Serializer[object]):
    """What an evaluator says of a team. A name that means nothing is a fault: a misspelt one would empty a draft."""

    points = MarksField(
        child=serializers.CharField(), required=False, help_text='criterion -> figure as text, e.g. {"expert": "30.5"}'
    )
    comment = TextField(required=False, allow_blank=True, max_length=20_000, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Every name is known."""
        unknown = {name: [_UNKNOWN] for name in self.initial_data if name not in self.fields}
        if unknown:
            raise serializers.ValidationError(unknown)
        return attrs


class SubmitBodySerializer(SheetBodySerializer):
    """What is handed in: marks and comment together, or nothing, which stands for the draft."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A comment comes with its marks: the draft has its own."""
        if "comment" in attrs and "points" not in attrs:
            raise serializers.ValidationError({"comment": [_ALONE]})
        return super().validate(attrs)


class DraftBodySerializer(SheetBodySerializer):
    """The same, to be kept as a draft."""

    follows = MomentField(
        required=False,
        allow_null=True,
        help_text="`at` of the draft that these marks go on from, null for none; another one is then not written over",
    )


class SheetCriterionSerializer(serializers.Serializer[object]):
    """A criterion that a sheet has a mark for, with its full marks."""

    code = serializers.CharField()
    name = NameSerializer()
    points = serializers.CharField()
    guidance = serializers.CharField(allow_blank=True, help_text="What one is to look for")


class SheetSerializer(serializers.Serializer[object]):
    """One's own sheet for a team. `at` is when it was kept or handed in."""

    round = serializers.CharField()
    team = serializers.CharField()
    state = serializers.ChoiceField(choices=("none", "draft", "submitted"))
    points = serializers.DictField(child=serializers.CharField())
    comment = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(allow_null=True)
    criteria = SheetCriterionSerializer(many=True)


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class _Mark(serializers.CharField):
    pass


class ResponseRowSerializer(serializers.Serializer[object]):
    """One response of a user panel. The mark is a number or a text; either is taken exactly as it is written."""

    team = serializers.CharField()
    criterion = serializers.CharField()
    mark = _Mark()


class BroughtSerializer(serializers.Serializer[object]):
    """A batch that stands: the sender's key, how many rows it has, and SHA-256 of its lines `team,criterion,mark`."""

    key = serializers.CharField()
    size = serializers.IntegerField()
    digest = serializers.CharField()
    at = serializers.DateTimeField()
