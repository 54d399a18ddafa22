import { LeapError } from '../../../../contracts/error.ts'
import type { SandboxOptions, SandboxProvider } from '../contract.ts'

export async function openDockerProvider(_options: SandboxOptions): Promise<SandboxProvider> {
  throw new LeapError({ code: 'DOCKER_UNREACHABLE', message: 'no Docker engine answers' })
}
