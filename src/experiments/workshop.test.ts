import { expect, test } from 'vitest'
import { configSchema } from './config.ts'
import { percent, teacherSettings } from './workshop.ts'

const settings = (teacher: object) =>
  teacherSettings(
    configSchema.parse({
      name: 'x',
      demonstrations: { games: 1 },
      teacher,
      iterations: 0,
      rollouts: { games: 1 },
      training: { cloning: { updates: 1, learningRate: 1 }, iteration: { updates: 1, learningRate: 1 } },
    }),
  )

test('a scripted teacher without privilege is one of level 1', () => {
  expect(settings({ level: 4, lambda: 2 })).toEqual({ level: 4, lambda: 2 })
  expect(settings({ level: 4, privilege: 'none' })).toEqual({ level: 1, lambda: 1 })
  expect(settings({ level: 4, privilege: 'other-task' })).toEqual({ level: 4, lambda: 1 })
})

test('a share of nothing is a dash', () => {
  expect([percent(1, 8), percent(0, 0)]).toEqual(['12.5 %', '-'])
})
