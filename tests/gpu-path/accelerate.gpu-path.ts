import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accelerateConfig } from '../../src/training/trl/accelerate-config.ts'
import { type TrlSettingsInput, trlSchema } from '../../src/training/trl/settings.ts'
import { python } from './support.ts'

// Division over GPUs cannot be run without them, but the files that ask for it are read here by accelerate itself, as its launcher reads them.

const settings: Record<string, TrlSettingsInput> = {
  ddp: { distributed: { processes: 4 } },
  fsdp: { distributed: { processes: 4, strategy: 'fsdp' }, precision: 'bf16' },
  'fsdp-offload': { distributed: { processes: 4, strategy: 'fsdp', offload: true } },
  zero1: { distributed: { processes: 4, strategy: 'deepspeed', zeroStage: 1 } },
  'zero3-offload': { distributed: { processes: 4, strategy: 'deepspeed', offload: true }, precision: 'bf16' },
  'two-machines': {
    distributed: { processes: 8, machines: 2, strategy: 'deepspeed', zeroStage: 2, mainAddress: '10.0.0.1' },
    maxGradientNorm: 0.3,
  },
}

/** Reads each file as `accelerate launch` does, and tells the environment that the trainings would be started with. */
const script = `
import json, os, sys
from accelerate.commands import launch
from accelerate.commands.config.config_args import load_config_from_file
from accelerate.utils import FullyShardedDataParallelPlugin
from accelerate.utils.launch import prepare_deepspeed_cmd_env, prepare_multi_gpu_env

found, before = {}, dict(os.environ)
for path in sys.argv[1:]:
    config = load_config_from_file(path)
    args = launch.launch_command_parser().parse_args(["--config_file", path, "-m", "leap_trl.sft", "job.json"])
    args, _, _ = launch._validate_launch_command(args)
    args.deepspeed_fields_from_accelerate_config = ",".join(config.deepspeed_config)
    environment = prepare_deepspeed_cmd_env(args)[1] if args.use_deepspeed else prepare_multi_gpu_env(args)
    told = {"kind": config.distributed_type.value, "processes": args.num_processes, "machines": args.num_machines}
    told.update({k: v for k, v in environment.items() if k.startswith(("FSDP", "ACCELERATE")) and k not in before})
    if args.use_fsdp:
        os.environ.update(environment)
        told["state"] = FullyShardedDataParallelPlugin().state_dict_type.name
        os.environ.clear(); os.environ.update(before)
    found[os.path.basename(path)] = told
json.dump(found, sys.stdout)
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-accelerate-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the files for accelerate', () => {
  it('are taken by its launcher, and mean there what the settings say', async () => {
    const paths: string[] = []
    for (const [name, input] of Object.entries(settings)) {
      paths.push(join(folder, name))
      await writeFile(paths.at(-1)!, JSON.stringify(accelerateConfig(trlSchema.parse(input))))
    }
    const found = JSON.parse(execFileSync(python(), ['-c', script, ...paths], { encoding: 'utf8' }))
    expect(found).toMatchObject({
      ddp: { kind: 'MULTI_GPU', processes: 4, machines: 1, ACCELERATE_MIXED_PRECISION: 'no' },
      fsdp: {
        kind: 'FSDP',
        FSDP_VERSION: '2',
        FSDP_RESHARD_AFTER_FORWARD: 'true',
        FSDP_OFFLOAD_PARAMS: 'false',
        ACCELERATE_MIXED_PRECISION: 'bf16',
        state: 'FULL_STATE_DICT',
      },
      'fsdp-offload': { FSDP_OFFLOAD_PARAMS: 'true' },
      zero1: { kind: 'DEEPSPEED', ACCELERATE_DEEPSPEED_ZERO_STAGE: '1' },
      'zero3-offload': {
        ACCELERATE_DEEPSPEED_ZERO_STAGE: '3',
        ACCELERATE_DEEPSPEED_OFFLOAD_PARAM_DEVICE: 'cpu',
        ACCELERATE_DEEPSPEED_OFFLOAD_OPTIMIZER_DEVICE: 'cpu',
        ACCELERATE_DEEPSPEED_ZERO3_SAVE_16BIT_MODEL: 'true',
      },
      'two-machines': {
        processes: 8,
        machines: 2,
        ACCELERATE_DEEPSPEED_ZERO_STAGE: '2',
        ACCELERATE_GRADIENT_CLIPPING: '0.3',
        ACCELERATE_GRADIENT_ACCUMULATION_STEPS: '8',
      },
    })
  })
})
