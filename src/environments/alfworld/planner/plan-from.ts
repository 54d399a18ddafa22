import type { WorldState } from '../world-state.ts'
import type { CommandShapes } from './command-shapes.ts'
import type { Plan, PlanConstraint, PlanStep, PlanStepKind } from './plan.ts'
import { LAMP, type PlanningProblem, planningProblem, TARGET } from './planning-problem.ts'
import { type Move, shortestMoves } from './search.ts'

/**
 * The commands of a shortest plan from this state to the goal (empty when it already holds), in the wording of `shapes`. Works from any
 * reachable state. Undefined when no plan exists (for example a wrong object in the hand that nothing accepts) or the goal is of kind `other`.
 */
export function planFrom(world: WorldState, shapes: CommandShapes): string[] | undefined {
  const plan = planVia(world, shapes)
  return plan && [...plan.commands]
}

/** The same with its steps and what they are about; `constraint` asks for the shortest plan by a certain object or to a certain receptacle. */
export function planVia(world: WorldState, shapes: CommandShapes, constraint?: PlanConstraint): Plan | undefined {
  const problem = planningProblem(world, constraint)
  if (problem === undefined) return undefined
  const moves = shortestMoves(problem)
  if (moves === undefined) return undefined
  const steps = moves.map((move, i) => describe(problem, shapes, moves, i, move))
  const solution = reached(problem, moves)
  return { commands: steps.map((step) => step.command), steps, ...solution }
}

function describe(
  problem: PlanningProblem,
  shapes: CommandShapes,
  moves: readonly Move[],
  i: number,
  move: Move,
): PlanStep {
  const receptacle = problem.receptacles[move.receptacle]!.name
  const object = move.object < 0 ? '' : problem.objects[move.object]!.name
  switch (move.verb) {
    case 'goto':
      return walk(problem, shapes, moves, i, move)
    case 'open':
      return { kind: 'open', command: shapes.open(receptacle), receptacle }
    case 'take':
      return { kind: 'take', command: shapes.take(object, receptacle), object, receptacle }
    case 'put':
      return {
        kind: delivers(problem, move) ? 'put' : 'put-back',
        command: shapes.put(object, receptacle),
        object,
        receptacle,
      }
    case 'treat': {
      const verb = problem.kind as 'clean' | 'heat' | 'cool'
      return { kind: verb, command: shapes.treat(verb, object, receptacle), object, receptacle }
    }
    case 'use':
      return { kind: 'use', command: shapes.use(object), object, receptacle }
  }
}

/** Walks name the receptacle that is used next, because arriving shows what is in that one only. */
function walk(
  problem: PlanningProblem,
  shapes: CommandShapes,
  moves: readonly Move[],
  i: number,
  move: Move,
): PlanStep {
  const next = moves[i + 1]
  const receptacle =
    next?.receptacle ?? lampAt(problem, problem.placeOf[move.receptacle]!)?.receptacle ?? move.receptacle
  const name = problem.receptacles[receptacle]!.name
  const act = moves.slice(i + 1).find((later) => later.verb !== 'open')
  return { kind: errand(problem, act), command: shapes.goTo(name), receptacle: name }
}

function errand(problem: PlanningProblem, act: Move | undefined): PlanStepKind {
  if (act === undefined || act.verb === 'use') return 'goto-lamp'
  if (act.verb === 'take') return 'goto-search'
  if (act.verb === 'treat') return 'goto-tool'
  return delivers(problem, act) ? 'goto-goal' : 'goto-free'
}

function delivers(problem: PlanningProblem, put: Move): boolean {
  return (
    problem.isGoal[put.receptacle] === 1 && problem.role[put.object] === TARGET && problem.treated[put.object] === 1
  )
}

/** A switched lamp of the goal that stands at a place. */
function lampAt(problem: PlanningProblem, place: number): { lamp: number; receptacle: number } | undefined {
  const count = problem.receptacles.length
  for (let o = 0; o < problem.objects.length; o++) {
    if (problem.role[o] !== LAMP || problem.toggled[o] === 0) continue
    for (let r = 0; r < count; r++)
      if (problem.placeOf[r] === place && problem.listed[o * count + r] === 1) return { lamp: o, receptacle: r }
  }
  return undefined
}

/** Reads from the problem in its goal state with what the goal was reached. */
function reached(
  problem: PlanningProblem,
  moves: readonly Move[],
): Pick<Plan, 'target' | 'targets' | 'goalReceptacle' | 'lamp'> {
  const name = (object: number) => problem.objects[object]!.name
  if (problem.kind === 'look') {
    const at = lampAt(problem, problem.place)!
    const target = name(problem.held)
    return { target, targets: [target], goalReceptacle: problem.receptacles[at.receptacle]!.name, lamp: name(at.lamp) }
  }
  const count = problem.receptacles.length
  const last = moves.findLast((move) => move.verb === 'put' && delivers(problem, move))
  const wanted = problem.kind === 'two' ? 2 : 1
  for (let r = 0; r < count; r++) {
    if (problem.isGoal[r] === 0 || (last !== undefined && moves.at(-1) === last && r !== last.receptacle)) continue
    const present: number[] = []
    for (let o = 0; o < problem.objects.length; o++)
      if (problem.role[o] === TARGET && problem.treated[o] === 1 && problem.listed[o * count + r] === 1) present.push(o)
    if (present.length < wanted || (problem.required >= 0 && !present.includes(problem.required))) continue
    const rank = (o: number) => (o === problem.required ? 2 : 0) + (o === last?.object ? 3 : 0)
    present.sort((a, b) => rank(b) - rank(a))
    const targets = present.slice(0, wanted).map(name)
    return { target: targets[0]!, targets, goalReceptacle: problem.receptacles[r]!.name }
  }
  throw new Error('the planner stopped in a state that does not satisfy the goal')
}
