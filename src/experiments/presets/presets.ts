import type { ConfigInput } from '../config.ts'
import { alfworld } from './alfworld.ts'
import { household } from './household.ts'
import { quickstart } from './quickstart.ts'

/** Configurations that come with Leap, by name: `leap run <name>`. */
export const presets = { quickstart, household, alfworld } satisfies Record<string, ConfigInput>
