import { describe, expect, it } from 'vitest'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { openWebshopDomain } from './webshop.ts'

const domain = openWebshopDomain(smallShop())

describe('the shop as a domain', () => {
  it('explains demonstrations and names their decisions, from the past alone', async () => {
    const { environment } = domain
    const tasks = (await environment.tasks('train')).slice(0, 12)
    const kinds = new Set<string>()
    for (const policy of [...domain.baselines!(), domain.teacherPolicy!({ level: 3, lambda: 1 })]) {
      const played = await rolloutAll({ environment, tasks, policy, maxSteps: 15, seed: 1, phase: policy.name })
      for (const trajectory of played) {
        const reasons = domain.explain!(trajectory)
        for (const [index, step] of trajectory.steps.entries()) {
          kinds.add(domain.kindOf!(trajectory, index))
          // What is wanted and not on the page is known to a teacher only.
          if (!policy.needsPrivilege) expect(reasons[index]).toBe(step.reason)
          const cut = { ...trajectory, steps: trajectory.steps.slice(0, index + 1) }
          expect(domain.explain!(cut)[index]).toBe(reasons[index])
          expect(step.admissible).toBe(true)
        }
      }
    }
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['buy', 'open', 'option', 'search']))
  })

  it('measures by the parts of the reward and selects by score', async () => {
    const { environment, panels, measures, criterion } = domain
    for (const split of [panels!.selection, ...panels!.reported.map(({ split }) => split)])
      expect(environment.splits).toContain(split)
    const [task] = await environment.tasks('test')
    const [played] = await rolloutAll({
      environment,
      tasks: [task!],
      policy: domain.teacherPolicy!({ level: 3, lambda: 1 }),
      maxSteps: 15,
      seed: 1,
      phase: 'm',
    })
    expect(Object.keys(measures!(played!))).toEqual(['score', 'ATT', 'OPT', 'TYPE', 'PRICE', '#act'])
    expect(measures!(played!)).toHaveProperty(criterion!)
    expect(measures!(played!).score).toBeCloseTo(100 * played!.score)
  })
})
