"""The GPU trainer of Leap: supervised fine-tuning, DPO and KTO with TRL.

Each rule is a script (`python -m leap_trl.sft job.json`) that reads one JSON file written by Leap and answers with JSON lines on stdout.
"""
