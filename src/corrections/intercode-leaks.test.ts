import { expect, it } from 'vitest'
import type { PrivilegeLevel } from '../contracts/domain.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import { generateTask } from '../environments/intercode/generator/generate-tasks.ts'
import { createInterCodeTeacher } from '../teachers/intercode/intercode-teacher.ts'
import { hidden, trajectory } from '../teachers/intercode/testing/played.ts'
import { findLeaks } from './find-leaks.ts'

const levels: PrivilegeLevel[] = [1, 2, 3, 4, 5]
const tasks = Array.from({ length: 50 }, (_, index) => generateTask(2, 'train', index))

it('the shell expert tells no secret up to level 3, and does at levels 4 and 5', async () => {
  const leaks = new Map<PrivilegeLevel, number>()
  for (const level of levels)
    for (const task of tasks) {
      const steps: [string, string, PrivilegedState][] = [[task.query, 'ls', hidden(task)]]
      if (task.look) steps.push([task.hidden.join('\n'), 'ls', hidden(task)])
      const played = trajectory(task, steps)
      for (const { step, reason } of await createInterCodeTeacher('bash', { level, lambda: 1 }).correct(played, {
        seed: 1,
      })) {
        const found = findLeaks(played, step, reason, played.steps[step]!.privileged!.secrets)
        leaks.set(level, (leaks.get(level) ?? 0) + found.leaks.length)
      }
    }
  expect([leaks.get(1), leaks.get(2), leaks.get(3)]).toEqual([0, 0, 0])
  expect(leaks.get(4)).toBeGreaterThan(8)
  expect(leaks.get(5)).toBeGreaterThan(40)
})
