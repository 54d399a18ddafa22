import type { DistributedSettings, TrlSettings } from './settings.ts'

/** Whether a training needs accelerate's launcher. */
export function isDistributed({ processes, machines }: DistributedSettings): boolean {
  return processes > 1 || machines > 1
}

/**
 * What `accelerate launch --config_file` reads (as JSON, which it takes as well as YAML), for one machine. Names are accelerate's own
 * (ClusterConfig, FSDP version 2, DeepSpeed plug-in).
 */
export function accelerateConfig(
  settings: Pick<TrlSettings, 'distributed' | 'precision' | 'useCpu' | 'accumulation' | 'maxGradientNorm'>,
): Record<string, unknown> {
  const { distributed, precision, useCpu } = settings
  const { processes, machines, machineRank, mainAddress, mainPort, strategy } = distributed
  return {
    compute_environment: 'LOCAL_MACHINE',
    debug: false,
    downcast_bf16: 'no',
    enable_cpu_affinity: false,
    num_processes: processes,
    num_machines: machines,
    machine_rank: machineRank,
    main_process_ip: mainAddress,
    main_process_port: mainPort,
    rdzv_backend: 'static',
    same_network: true,
    main_training_function: 'main',
    // With `auto` the script decides, by what its own GPU can do.
    mixed_precision: { auto: 'no', fp32: 'no', bf16: 'bf16', fp16: 'fp16' }[precision],
    use_cpu: useCpu,
    ...{ ddp: ddp(useCpu), fsdp: fsdp(distributed), deepspeed: deepspeed(settings) }[strategy],
  }
}

function ddp(useCpu: boolean) {
  return { distributed_type: useCpu ? 'MULTI_CPU' : 'MULTI_GPU', gpu_ids: 'all' }
}

function fsdp({ offload }: DistributedSettings) {
  return {
    distributed_type: 'FSDP',
    fsdp_config: {
      fsdp_version: 2,
      fsdp_auto_wrap_policy: 'TRANSFORMER_BASED_WRAP',
      fsdp_reshard_after_forward: true,
      fsdp_offload_params: offload,
      fsdp_cpu_ram_efficient_loading: true,
      // The trainer computes activations again itself (gradient_checkpointing).
      fsdp_activation_checkpointing: false,
      // One whole file: what is served, checked and resumed does not depend on the number of GPUs.
      fsdp_state_dict_type: 'FULL_STATE_DICT',
    },
  }
}

function deepspeed({
  distributed: { zeroStage, offload, machines },
  accumulation,
  maxGradientNorm,
}: Pick<TrlSettings, 'distributed' | 'accumulation' | 'maxGradientNorm'>) {
  const device = offload ? 'cpu' : 'none'
  return {
    distributed_type: 'DEEPSPEED',
    deepspeed_config: {
      zero_stage: zeroStage,
      gradient_accumulation_steps: accumulation,
      gradient_clipping: maxGradientNorm,
      offload_optimizer_device: device,
      ...(zeroStage === 3
        ? { offload_param_device: device, zero3_init_flag: true, zero3_save_16bit_model: true }
        : { zero3_init_flag: false }),
      ...(machines > 1 ? { deepspeed_multinode_launcher: 'standard' } : {}),
    },
  }
}
