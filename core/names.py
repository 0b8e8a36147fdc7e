"""A thing's name in the reader's language. What is stored and what is an official document keeps the Korean one."""

from core.wording import language


def name_field(of: str = "") -> str:
    """The field that holds the name in the reader's language, of whatever stands at the end of that path."""
    return f"{of}name_{language()}"


class Named:
    """For models with a Korean and an English name, neither of them blank."""

    name_ko: str
    name_en: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        name: str = getattr(self, name_field())
        return name

    def __str__(self) -> str:
        return self.name
