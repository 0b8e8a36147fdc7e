"""How a problem looks in the schema."""

from rest_framework import serializers


class FieldErrorSerializer(serializers.Serializer[object]):
    """One value that is wrong: `field` is its name, with dots where it lies within another (`points.expert`)."""

    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[object]):
    """A problem (RFC 9457). `code` is stable and for programs; `title` and `detail` are for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldErrorSerializer(  # type: ignore[assignment] # a member of the problem, not the serializer's own
        many=True, required=False, help_text="Each value at fault, where the body has some"
    )
    facts = serializers.DictField(required=False, help_text="What the refusal is about, by name")
