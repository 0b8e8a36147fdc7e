"""Under which conditions a harness ran, each as a short text that differs wherever what it stands for does."""

import hashlib
from collections.abc import Mapping

from evaluation.readers.documents import Value, written

CONDITIONS = (
    "gen_kwargs",
    "fewshot_as_multiturn",
    "apply_chat_template",
    "max_length",
    "bootstrap_iters",
    "predict_only",
    "model_dtype",
    "transformers_version",
)
HASHED = ("system_instruction", "chat_template")
"""Long texts that are compared by their SHA-256, which the harness writes beside them under the name with `_sha`."""
LONGEST = 300
_BEGINNING = 120


def conditions(whole: Mapping[str, Value], config: Mapping[str, Value]) -> dict[str, str]:
    """Under what was measured, as far as a file and its `config` say it."""
    found = {name: told(config.get(name)) or told(whole.get(name)) for name in CONDITIONS}
    for name in HASHED:
        found[name] = next((hash for said in (config, whole) if (hash := _hash(said, name))), "")
    found["dtype"] = _dtype(config.get("model_args"))
    return {name: said for name, said in found.items() if said}


def condensed(text: str) -> str:
    """A text; a long one by its beginning and a digest, so that two that differ at their ends stay apart."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:_BEGINNING]}… (SHA-256 {hashlib.sha256(text.encode()).hexdigest()[:32]})"


def told(said: Value) -> str:
    """A condition, as a text or as JSON; empty where it is not said."""
    if said is None:
        return ""
    return condensed(said if isinstance(said, str) else written(said))


def _hash(said: Mapping[str, Value], name: str) -> str:
    """The SHA-256 of a long text, which counts; where only the hash is said, that."""
    text = said.get(name)
    if text is None or text == "":
        return told(said.get(f"{name}_sha"))
    return hashlib.sha256((text if isinstance(text, str) else written(text)).encode()).hexdigest()


def _dtype(arguments: Value) -> str:
    """Which type of numbers a model was asked to count in: `dtype=...` among its arguments, or a member of them."""
    if isinstance(arguments, Mapping):
        return told(arguments.get("dtype"))
    given = arguments.split(",") if isinstance(arguments, str) else []
    pairs = (each.partition("=") for each in given)
    return condensed(next((said.strip() for name, _equals, said in pairs if name.strip() == "dtype"), ""))
