"""The API's words for standings. Every figure is text with its own places: a binary float would not be the figure."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

_NOT_TEXT = _("점수는 따옴표로 묶은 글자로 적어야 합니다.")


class NameSerializer(serializers.Serializer[object]):
    """A name in both languages."""

    ko = serializers.CharField(allow_blank=True)
    en = serializers.CharField(allow_blank=True)


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
    illustrative = serializers.BooleanField(help_text="true: invented figures, to be shown with the mark 예시")
    caption = NameSerializer(help_text="what is shown on everything made from this programme")
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


class SheetBodySerializer(serializers.Serializer[object]):
    """What an evaluator says of a team."""

    points = MarksField(
        child=serializers.CharField(), required=False, help_text='criterion -> figure as text, e.g. {"expert": "30.5"}'
    )
    comment = serializers.CharField(required=False, allow_blank=True, max_length=20_000, trim_whitespace=False)


class DraftBodySerializer(SheetBodySerializer):
    """The same, to be kept as a draft."""

    follows = serializers.DateTimeField(
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


class ResponseRowSerializer(serializers.Serializer[object]):
    """One response of a user panel. The mark is a number or a text; either is taken exactly as it is written."""

    team = serializers.CharField()
    criterion = serializers.CharField()
    mark = serializers.CharField()


class BroughtSerializer(serializers.Serializer[object]):
    """A batch that stands: the sender's key, how many rows it has, and SHA-256 of its lines `team,criterion,mark`."""

    key = serializers.CharField()
    size = serializers.IntegerField()
    digest = serializers.CharField()
    at = serializers.DateTimeField()
