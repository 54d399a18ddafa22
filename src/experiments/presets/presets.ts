import type { ConfigInput } from '../config.ts'
import { alfworld } from './alfworld.ts'
import { household } from './household.ts'
import { intercode } from './intercode.ts'
import { quickstart } from './quickstart.ts'
import { webshop } from './webshop.ts'

/** Configurations that come with Leap, by name: `leap run <name>`. */
export const presets = { quickstart, household, alfworld, webshop, intercode } satisfies Record<string, ConfigInput>
