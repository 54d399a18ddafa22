"""Direct preference optimisation (Rafailov et al. 2023), with a share of supervised loss on what is preferred if asked for."""

from .job import run_job


def make_trainer(job, **parts):
    from trl import DPOConfig, DPOTrainer

    from .arguments import common_arguments

    rule = job["dpo"]
    losses = {"loss_type": ["sigmoid"]}
    if rule["sft_weight"] > 0:
        losses = {"loss_type": ["sigmoid", "sft"], "loss_weights": [1.0, rule["sft_weight"]]}
    arguments = DPOConfig(**common_arguments(job), beta=rule["beta"], **losses)
    return DPOTrainer(args=arguments, **parts)


if __name__ == "__main__":
    run_job("dpo", make_trainer)
