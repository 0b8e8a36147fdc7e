"""Every address of the site, asked of the URL resolver itself, with everything in the database that may stand in one.

A page that is added later is found without a word here. What an argument may be is told by its name and by the names
around it, as far as they are those of a model; an argument of which nothing is known gets every key, or every code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import ceil
from urllib.parse import quote

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter
from django.urls.resolvers import RoutePattern

from consortia.models import Programme
from evaluation.models import Round

OWN = ("core", "consortia", "evaluation", "appeals")
KEYS = {"pk", "id", "object_id"}
MOST = 8
"""Keys of one model: where there are more, every second, third and so on."""
FEW = 1
"""Keys for the pages of Django's admin that are the same for every object: its history, its deletion, the way to it."""
TWO, FEW_OF_MANY = 2, 4
"""Of an address with more than two arguments the first few of each: all of them together would be hundreds."""
ASKED = {"search": "?s=expert", "autocomplete": "?term=expert"}
LEFT_OUT = {
    "view_on_site": "leads to a model's own address outside of the panel, and no model has one",
    "password_change_done": "nobody changes his password there",
    "logout": "would sign the reader out",
    "mfa_edit_webauthn": "finds a person's own passkey and no other (tests/core/entrance), and nobody here has one",
    "mfa_remove_webauthn": "the same",
    "set_language": "takes what is sent to it and shows nothing to who only reads",
    "round-sheet-submit": "takes what is sent to it and shows nothing to who only reads",
}


@dataclass(frozen=True)
class Route:
    """An address with its arguments still open: `template` names them in braces, `numbers` are those of digits."""

    name: str
    template: str
    arguments: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()

    @property
    def same_for_all(self) -> bool:
        """Whether it is one of the pages that the admin has for every object or model."""
        ends = ("_history", "_delete", "_add")
        return self.template.startswith("admin/") and (not self.name or self.name.endswith(ends))

    @property
    def guessed(self) -> bool:
        """Whether it has a code of which nothing is known: most of its addresses lead nowhere."""
        codes = [argument for argument in self.arguments if argument not in KEYS | self.numbers]
        return any(not _has_code(_meant(self, argument)) for argument in codes)


def routes() -> list[Route]:
    """Every pattern. Of those that are regular expressions only the admin's own: a page for each package."""
    found = [route for route in _below(get_resolver(), Route("", "")) if route.name not in LEFT_OUT]
    return [*found, *(Route("app_list", f"admin/{label}/") for label in OWN)]


def _below(resolver: URLResolver, above: Route) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if not isinstance(each.pattern, RoutePattern):
            continue
        converters = each.pattern.converters
        numbers = {name for name, converter in converters.items() if isinstance(converter, IntConverter)}
        route = Route(
            getattr(each, "name", None) or "",
            above.template + _template(str(each.pattern), list(converters)),
            (*above.arguments, *converters),
            above.numbers | numbers,
        )
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from _below(each, route)


def _template(route: str, arguments: list[str]) -> str:
    for name in arguments:
        before, _, rest = route.partition("<")
        route = f"{before}{{{name}}}{rest.partition('>')[2]}"
    return route


def addresses(route: Route) -> list[str]:
    """The route with every combination of what its arguments may be."""
    choices = [_choices(route, argument) for argument in route.arguments]
    if len(choices) > TWO:
        choices = [each[:FEW_OF_MANY] for each in choices]
    filled = (dict(zip(route.arguments, map(quote, each), strict=True)) for each in product(*choices))
    return [f"/{route.template.format(**values)}{ASKED.get(route.name, '')}" for values in filled]


def _choices(route: Route, argument: str) -> list[str]:
    model = _meant(route, argument)
    if argument in KEYS | route.numbers:
        keys = [key for each in ([model] if model else _models()) for key in _some(each)]
        return list(dict.fromkeys(keys))[: FEW if route.same_for_all else None]
    if model is not None and _has_code(model):
        codes = _all_codes(model)
        # A round alone is called by its programme's code too (`evaluation.queries.lookup`).
        return codes + [f"{programme}.{code}" for programme in _programmes() for code in codes if model is Round]
    return sorted({code for each in _models() if _has_code(each) for code in _all_codes(each)})


def _meant(route: Route, argument: str) -> type[models.Model] | None:
    """The model that the argument is called after, or the one that the address names last before it."""
    before = route.template.partition(f"{{{argument}}}")[0]
    for piece in (argument, *reversed(before.strip("/").split("/")), *route.name.split("-")):
        for name in (piece, piece.removesuffix("s"), f"{piece.removesuffix('ies')}y"):
            if name in _by_name():
                return _by_name()[name]
    return None


@cache
def _by_name() -> dict[str, type[models.Model]]:
    return {str(model._meta.model_name): model for model in _models()}


@cache
def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OWN]


def _has_code(model: type[models.Model] | None) -> bool:
    return model is not None and any(field.name == "code" for field in model._meta.fields)


def _all_codes(model: type[models.Model]) -> list[str]:
    return list(model._base_manager.exclude(code=None).values_list("code", flat=True).distinct())


def _programmes() -> list[str]:
    return list(Programme.objects.values_list("code", flat=True))


def _some(model: type[models.Model]) -> list[str]:
    keys = [str(key) for key in model._base_manager.order_by("-pk").values_list("pk", flat=True)]
    return keys[:: ceil(len(keys) / MOST) or 1]
