"""Kahneman-Tversky optimisation (Ethayarajh et al. 2024) on rows with a label instead of pairs."""

from .failure import JobFailure
from .job import run_job


def make_trainer(job, **parts):
    from trl import KTOConfig, KTOTrainer

    from .arguments import common_arguments

    if job["rows_per_device"] < 2:
        raise JobFailure(
            "TRL_BATCH_TOO_SMALL",
            "KTO estimates its reference point from other rows of the same device's batch; rowsPerDevice is 1",
            "Set training.trl.rowsPerDevice to 2 or more (and accumulation accordingly).",
        )
    rule = job["kto"]
    arguments = KTOConfig(
        **common_arguments(job),
        beta=rule["beta"],
        desirable_weight=rule["desirable_weight"],
        undesirable_weight=rule["undesirable_weight"],
        # Pairs for the reference point are made along the file's order, which Leap has shuffled.
        train_sampling_strategy="sequential",
    )
    return KTOTrainer(args=arguments, **parts)


if __name__ == "__main__":
    run_job("kto", make_trainer)
