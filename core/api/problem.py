"""How a problem looks in the schema."""

from rest_framework import serializers


class ProblemSerializer(serializers.Serializer[object]):
    """A problem (RFC 9457). `code` is stable and for programs; `title` and `detail` are for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    facts = serializers.DictField(required=False, help_text="What the refusal is about, by name")
