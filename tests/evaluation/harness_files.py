"""Result files as lm-evaluation-harness writes them, with invented figures and neutral names."""

import json
from typing import Any

TASKS: dict[str, dict[str, Any]] = {
    "task-a": {"acc,none": 0.7125, "acc_stderr,none": 0.0143, "acc_norm,none": 0.75, "acc_norm_stderr,none": "N/A"},
    "task-b": {"exact_match,strict-match": 0.5, "exact_match_stderr,strict-match": 0.025},
}
SAMPLES = {"task-a": 1000, "task-b": 400}


def result(tasks: tuple[str, ...] = ("task-a", "task-b"), **changed: Any) -> dict[str, Any]:
    """A whole run of these tasks; `changed` replaces parts, by their names, `n_` for `n-`."""
    made: dict[str, Any] = {
        "results": {name: {"alias": name, **TASKS[name]} for name in tasks},
        "group_subtasks": {name: [] for name in tasks},
        "configs": {name: {"task": name, "num_fewshot": 5, "metadata": {"version": 1.0}} for name in tasks},
        "versions": dict.fromkeys(tasks, 1.0),
        "n-shot": dict.fromkeys(tasks, 5),
        "higher_is_better": {name: {"acc": True} for name in tasks},
        "n-samples": {name: {"original": SAMPLES[name], "effective": SAMPLES[name]} for name in tasks},
        "config": {
            "model": "hf",
            "model_args": "pretrained=example/model-1",
            "model_num_parameters": 7000000000,
            "model_sha": "0123456789abcdef0123456789abcdef01234567",
            "batch_size": "auto",
            "device": "cuda:0",
            "use_cache": None,
            "limit": None,
            "bootstrap_iters": 100000,
            "gen_kwargs": None,
            "random_seed": 0,
            "numpy_seed": 1234,
            "torch_seed": 1234,
            "fewshot_seed": 1234,
        },
        "git_hash": "abc1234",
        "date": 1767225600.25,
        "lm_eval_version": "0.4.9",
        "task_hashes": {name: f"hash-of-{name}" for name in tasks},
        "model_source": "hf",
        "model_name": "example/model-1",
        "system_instruction": None,
        "chat_template_sha": None,
        "total_evaluation_time_seconds": "3600.5",
    }
    return made | {(f"n-{name[2:]}" if name.startswith("n_") else name): part for name, part in changed.items()}


def content(*args: Any, **changed: Any) -> bytes:
    """The same as a file."""
    return json.dumps(result(*args, **changed), indent=2, ensure_ascii=False).encode()
