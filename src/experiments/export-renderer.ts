import type { Renderer } from '../contracts/renderer.ts'
import { briefRenderer } from '../policies/prompts/brief.ts'
import { compactRenderer } from '../policies/prompts/compact.ts'
import type { Config } from './config.ts'
import { openDomain } from './domains/domains.ts'
import { rendererFor } from './renderer-for.ts'

/** How a run's prompts are written, for an export. The domain is opened only where it has a say in that. */
export async function exportRenderer(
  config: Config,
  { prompt, cwd }: { prompt: Config['student']['prompt']; cwd: string },
): Promise<Renderer> {
  const asked = prompt ?? config.student.prompt
  if (asked === 'compact') return compactRenderer
  if (asked === 'brief') return briefRenderer
  const { domain } = await openDomain(config, cwd)
  try {
    return rendererFor({ ...config, student: { ...config.student, ...(asked ? { prompt: asked } : {}) } }, domain, cwd)
  } finally {
    await domain.environment.close()
  }
}
