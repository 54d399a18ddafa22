import type { ConfigInput } from '../config.ts'
import { alfworld } from './alfworld.ts'
import { household } from './household.ts'
import { householdSmollm2 } from './household-smollm2.ts'
import { intercode } from './intercode.ts'
import { paperAlfworld, paperAlfworldDpo, paperAlfworldKto } from './paper-alfworld.ts'
import { paperIntercode } from './paper-intercode.ts'
import { paperWebshop } from './paper-webshop.ts'
import { quickstart } from './quickstart.ts'
import { webshop } from './webshop.ts'

/** Configurations that come with Leap, by name: `leap run <name>`. */
export const presets = {
  quickstart,
  household,
  alfworld,
  webshop,
  intercode,
  'household-smollm2': householdSmollm2,
  'paper-alfworld': paperAlfworld,
  'paper-alfworld-dpo': paperAlfworldDpo,
  'paper-alfworld-kto': paperAlfworldKto,
  'paper-webshop': paperWebshop,
  'paper-intercode': paperIntercode,
} satisfies Record<string, ConfigInput>
