"""The API's words for standings. Every figure is text with its own places: a binary float would not be the figure."""

from rest_framework import serializers


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
    rows = RowSerializer(many=True)
    means = serializers.DictField(child=serializers.CharField(allow_null=True))


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
