import type { PrivilegedState } from '../../../contracts/privileged-state.ts'
import type { Goal, WorldObject, WorldReceptacle, WorldState } from '../world-state.ts'
import type { CommandShapes } from './command-shapes.ts'
import type { Plan, PlanStepKind } from './plan.ts'
import { planVia } from './plan-from.ts'
import { treatmentTool } from './planning-problem.ts'

/** An object that can serve the task, as it is at this moment. */
export interface EssentialObject {
  name: string
  /** Receptacles that list it; none while it is in the agent's hand. */
  receptacles: string[]
  held: boolean
  /** `clean`, `hot`, `cool`, `switched`: what has been done to it. */
  done: string[]
  /** True for those of the optimal plan. */
  chosen: boolean
}

/** A receptacle that the task turns on. */
export interface CriticalLocation {
  name: string
  role: 'object' | 'tool' | 'lamp' | 'goal'
  /** Absent where there is no door. */
  open?: boolean
}

/** The `data` of a household game's privileged state (paper, appendix D.2: task, essential objects, critical locations, optimal actions). */
export interface HouseholdPrivilege extends Record<string, unknown> {
  task: string
  goal: Goal
  essentialObjects: EssentialObject[]
  criticalLocations: CriticalLocation[]
  /** Shortest plan from this state; empty when solved or when no plan exists (`solvable` tells which). */
  optimalActions: string[]
  /** What each of these actions is for. */
  optimalKinds: PlanStepKind[]
  /** Object -> receptacles, for every object that can serve the task and every lamp of a `look` task; those of the plan first. */
  places: Record<string, string[]>
  solvable: boolean
  /** Where the plan ends: the receptacle that receives the object, or holds the lamp. */
  goalReceptacle?: string
}

/**
 * What only a teacher may see of a household game at this moment. `instruction` is the task in the game's own words. The secrets are the ids of the
 * objects that serve the task, the receptacles they are in, the pairs of both (`mug 1 @ cabinet 3`: that the one is in the other is what a
 * student must not be told, even where both are known by name), and the commands of the optimal plan.
 */
export function describePrivilege(world: WorldState, instruction: string, shapes: CommandShapes): PrivilegedState {
  const plan = planVia(world, shapes)
  const objects = essentialObjects(world, plan)
  const locations = criticalLocations(world, objects, plan)
  const data: HouseholdPrivilege = {
    task: instruction,
    goal: world.goal,
    essentialObjects: objects,
    criticalLocations: locations,
    optimalActions: plan ? [...plan.commands] : [],
    optimalKinds: plan ? plan.steps.map((step) => step.kind) : [],
    places: Object.fromEntries(objects.map(({ name, receptacles }) => [name, receptacles])),
    solvable: plan !== undefined,
    ...(plan && { goalReceptacle: plan.goalReceptacle }),
  }
  const secrets = new Set<string>()
  for (const { name, receptacles } of objects) {
    for (const secret of [name, ...receptacles]) secrets.add(secret)
    for (const place of receptacles) secrets.add(`${name} @ ${place}`)
  }
  for (const command of data.optimalActions) secrets.add(command)
  return { text: render(data), data, secrets: [...secrets] }
}

function essentialObjects(world: WorldState, plan: Plan | undefined): EssentialObject[] {
  const { goal } = world
  if (goal.kind === 'other') return []
  const chosen = new Set(plan?.targets)
  if (plan?.lamp !== undefined) chosen.add(plan.lamp)
  const found: EssentialObject[] = []
  for (let i = world.objects.length - 1; i >= 0; i--) {
    const object = world.objects[i]!
    const isLamp = goal.kind === 'look' && object.type === goal.lamp
    if (object.type !== goal.object && !isLamp) continue
    found.push({
      name: object.name,
      receptacles: [...object.receptacles],
      held: object.name === world.holding,
      done: doneTo(object),
      chosen: chosen.has(object.name),
    })
  }
  const rank = ({ name, chosen: isChosen }: EssentialObject) => (name === plan?.target ? 0 : isChosen ? 1 : 2)
  return found.sort((a, b) => rank(a) - rank(b))
}

function doneTo(object: WorldObject): string[] {
  const done: string[] = []
  if (object.clean) done.push('clean')
  if (object.hot) done.push('hot')
  if (object.cool) done.push('cool')
  if (object.toggled) done.push('switched')
  return done
}

function criticalLocations(world: WorldState, objects: EssentialObject[], plan: Plan | undefined): CriticalLocation[] {
  const { goal } = world
  if (goal.kind === 'other') return []
  const byName = new Map(world.receptacles.map((receptacle) => [receptacle.name, receptacle]))
  const found: CriticalLocation[] = []
  const add = (receptacle: WorldReceptacle | undefined, role: CriticalLocation['role']) => {
    if (receptacle === undefined || found.some(({ name, role: known }) => name === receptacle.name && known === role))
      return
    found.push({ name: receptacle.name, role, ...(receptacle.openable && { open: receptacle.open }) })
  }
  for (const { name, receptacles, chosen } of objects) {
    if (!chosen) continue
    const role = name === plan?.lamp ? 'lamp' : 'object'
    for (const receptacle of receptacles) add(byName.get(receptacle), role)
  }
  if (goal.kind === 'clean' || goal.kind === 'heat' || goal.kind === 'cool')
    for (const receptacle of world.receptacles)
      if (receptacle.type === treatmentTool[goal.kind]) add(receptacle, 'tool')
  if (plan && goal.kind !== 'look') add(byName.get(plan.goalReceptacle), 'goal')
  return found
}

function render(data: HouseholdPrivilege): string {
  const objects = data.essentialObjects.map(({ name, receptacles, held, done }) => {
    const where = held
      ? 'in the hand of the agent'
      : receptacles.length > 0
        ? `in or on ${receptacles.join(' and ')}`
        : 'nowhere'
    return `- ${name}: ${[where, ...done].join(', ')}`
  })
  const locations = data.criticalLocations.map(({ name, role, open }) => {
    const door = open === undefined ? '' : open ? ', open' : ', closed'
    return `- ${name}: ${roleWords[role]}${door}`
  })
  const actions = data.optimalActions.map((action, i) => `${i + 1}. ${action}`)
  const way = !data.solvable
    ? ['No sequence of actions reaches the goal from here.']
    : actions.length === 0
      ? ['The goal holds already.']
      : [`Shortest way from here (${actions.length} ${actions.length === 1 ? 'action' : 'actions'}):`, ...actions]
  return [
    `Task: ${data.task}`,
    'Objects that can serve it:',
    ...(objects.length > 0 ? objects : ['- none']),
    'Places that matter:',
    ...(locations.length > 0 ? locations : ['- none']),
    ...way,
  ].join('\n')
}

const roleWords = {
  object: 'the object is there',
  tool: 'the object is treated there',
  lamp: 'the lamp is there',
  goal: 'the object belongs there',
} as const
