import type { SftExample } from '../contracts/example.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { createRandom } from '../support/random.ts'
import type { RunSteps } from './create-steps.ts'
import { sftSettings } from './trainer-settings.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

/**
 * The rows without which a climb means nothing. Both start where pi_1 starts and repeat the schedule of pi_1..pi_N update for update:
 * - `bc-more`: the demonstrations alone, so as many updates without any correction;
 * - `bc-teacher`: as many labels of the teacher, but from its own demonstrations on the same tasks instead of corrections of the student.
 * Returns the names of the trained policies.
 */
export async function trainControls(
  { config, domain, tasks, renderer }: Workshop,
  steps: RunSteps,
  datasets: readonly SftExample[][],
): Promise<string[]> {
  const [demonstrations = [], ...corrections] = datasets
  const teachers: SftExample[][] = []
  // A model as teacher does not act itself: the scripted teacher's demonstrations would be another teacher's.
  if (domain.teacherPolicy && config.teacher.name === 'planner') {
    const policy = domain.teacherPolicy(teacherSettings(config))
    for (const [index, labels] of corrections.entries()) {
      const iteration = index + 1
      const file = await steps.play(`teacher-demonstrations-${iteration}`, {
        policy,
        tasks: tasks.rollouts[index]!,
        inputs: { ...teacherSettings(config) },
      })
      const won = (await file.all()).filter(({ outcome }) => outcome === 'success')
      const rows = demonstrationExamples(won, renderer, domain.kindOf)
      teachers.push(asMany(rows, labels.length, config.seed))
    }
  }
  const trained: string[] = []
  const chain = async (name: string, dataOf: (iteration: number) => readonly SftExample[]) => {
    const { from: start } = config.training.iteration
    const settings = sftSettings(config)
    let from = 'pi_0'
    for (let iteration = 1; iteration <= corrections.length; iteration++) {
      const policy = iteration === corrections.length ? name : `${name}_${iteration}`
      // Where every pi_i starts from the base, only the last one counts.
      if (start === 'base' && iteration < corrections.length) continue
      await steps.train(policy, { from: start === 'base' ? 'base' : from, data: dataOf(iteration), settings })
      from = policy
    }
    trained.push(name)
  }
  if (corrections.length === 0) return trained
  await chain('bc-more', () => demonstrations)
  if (teachers.length > 0)
    await chain('bc-teacher', (iteration) => [demonstrations, ...teachers.slice(0, iteration)].flat())
  return trained
}

/** Whole trajectories in an order of the seed until there are `count` rows; all there are if fewer. */
function asMany(rows: readonly SftExample[], count: number, seed: number): SftExample[] {
  const groups = [...Map.groupBy(rows, ({ trajectoryId }) => trajectoryId).values()]
  return createRandom(seed, 'teacher demonstrations').shuffle(groups).flat().slice(0, count)
}
