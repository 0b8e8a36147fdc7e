from evaluation.models import Criterion
from evaluation.queries.criteria import from_the_top


def test_each_is_followed_by_its_parts_in_the_given_order():
    """Parts may stand before their parent, and between those of another."""
    under = {"b1": "b", "a": None, "b": None, "a1": "a", "b2": "b", "a1x": "a1"}
    keys = {code: key for key, code in enumerate(under, start=1)}
    criteria = [Criterion(pk=keys[code], code=code, parent_id=keys.get(parent)) for code, parent in under.items()]
    laid = [(criterion.code, depth) for criterion, depth in from_the_top(criteria)]
    assert laid == [("a", 0), ("a1", 1), ("a1x", 2), ("b", 0), ("b1", 1), ("b2", 1)]
