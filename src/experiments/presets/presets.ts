import type { ConfigInput } from '../config.ts'
import { quickstart } from './quickstart.ts'

/** Configurations that come with Leap, by name: `leap run <name>`. */
export const presets = { quickstart } satisfies Record<string, ConfigInput>
