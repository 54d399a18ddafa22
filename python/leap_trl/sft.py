"""Supervised fine-tuning: the loss of the completion's tokens (Algorithm 1, line 8)."""

from .job import run_job


def make_trainer(job, **parts):
    from trl import SFTConfig, SFTTrainer

    from .arguments import common_arguments

    arguments = SFTConfig(**common_arguments(job), completion_only_loss=True, packing=False)
    return SFTTrainer(args=arguments, **parts)


if __name__ == "__main__":
    run_job("sft", make_trainer)
