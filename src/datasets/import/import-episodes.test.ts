import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Correction, correctionSchema } from '../../contracts/correction.ts'
import { type Trajectory, trajectorySchema } from '../../contracts/trajectory.ts'
import { demonstrationExamples } from '../demonstration-examples.ts'
import { compactRenderer } from '../step-example.ts'
import { type ImportOptions, importEpisodes } from './import-episodes.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-import-'))
})
afterAll(() => rm(root, { recursive: true }))

async function importText(name: string, content: string, more: Partial<ImportOptions> = {}) {
  const file = join(root, name)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, content)
  return importFiles([file], more)
}

async function importFiles(from: string[], more: Partial<ImportOptions> = {}) {
  const to = join(root, 'imported')
  await rm(to, { recursive: true, force: true })
  const summary = await importEpisodes({ from, to, ...more })
  const lines = async (file: string) =>
    existsSync(join(to, file))
      ? (await readFile(join(to, file), 'utf8'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
  const trajectories: Trajectory[] = (await lines('trajectories.jsonl')).map((one) => trajectorySchema.parse(one))
  const corrections: Correction[] = (await lines('corrections.jsonl')).map((one) => correctionSchema.parse(one))
  return { summary, trajectories, corrections }
}

const say = (from: string, value: string, more: object = {}) => ({ from, value, ...more })
const household = {
  item_id: 'alfworld_7',
  conversations: [
    say('human', 'Interact with a household. Answer with Thought and Action.', { loss: null }),
    say('gpt', 'OK', { loss: false }),
    say(
      'human',
      'You are in the middle of a room. You see a desk 1.\nYour task is to: put a pen on the desk.\nAVAILABLE ACTIONS: look,go to desk 1,inventory',
      { loss: null },
    ),
    say('gpt', 'Thought:\nThe desk is\nthe only place.\n\nAction:\ngo to desk 1', { loss: true }),
    say('human', 'On the desk 1, you see nothing.', { loss: null }),
    say('gpt', 'Action: look', { loss: false }),
    say('human', 'You won.', { loss: null }),
  ],
}

describe('conversations of AgentGym and ETO', () => {
  it('become steps with reason and action, behind the explanations', async () => {
    const { summary, trajectories } = await importText('one.json', JSON.stringify([household]))
    expect(summary).toMatchObject({ episodes: 1, successes: 1, steps: 2, reasons: 1, corrections: 0, skipped: [] })
    expect(trajectories[0]).toMatchObject({
      id: 'demonstrations/alfworld_7#0',
      task: { id: 'alfworld_7', environment: 'alfworld' },
      instruction: 'put a pen on the desk.',
      steps: [
        {
          observation: 'You are in the middle of a room. You see a desk 1.',
          candidates: ['go to desk 1', 'inventory', 'look'],
          reason: 'The desk is the only place.',
          action: 'go to desk 1',
          admissible: true,
        },
        { observation: 'On the desk 1, you see nothing.', reason: '', action: 'look', untrained: true },
      ],
      finalObservation: 'You won.',
      outcome: 'success',
    })
    // A turn without loss is history: it teaches nothing.
    const rows = demonstrationExamples(trajectories, compactRenderer)
    expect(rows.map(({ step }) => step)).toEqual([0])
  })

  it('keep scores and repeated tasks apart, one record a line too', async () => {
    const lost = { ...household, reward: 0.4 }
    const { trajectories, summary } = await importText(
      'two.jsonl',
      `${JSON.stringify(household)}\n${JSON.stringify(lost)}\n`,
    )
    expect(trajectories.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['demonstrations/alfworld_7#0', 'success'],
      ['demonstrations/alfworld_7#1', 'failure'],
    ])
    expect(summary.successes).toBe(1)
  })

  it('say which turn cannot be read; with skipInvalid the others are kept', async () => {
    const { conversations } = household
    const mute = { ...household, conversations: conversations.with(5, say('gpt', 'I do not know.')) }
    const records = JSON.stringify([mute, household])
    await expect(importText('bad.json', records)).rejects.toThrow(
      /bad\.json, record 1, turn 5: expected an answer with `Action:`, found "I do not know\."/,
    )
    const kept = await importText('bad.json', records, { skipInvalid: true })
    expect(kept.summary).toMatchObject({ episodes: 1, skipped: [expect.stringContaining('record 1, turn 5')] })
    await expect(importText('bad.json', '[{"some": 1}]')).rejects.toThrow(
      /record 1: expected .*AgentGym.*found \{"some":1\}/s,
    )
    await expect(importText('torn.json', '[{')).rejects.toMatchObject({ code: 'IMPORT_INVALID' })
    await expect(importText('empty.json', '[]')).rejects.toMatchObject({ code: 'IMPORT_EMPTY' })
    await expect(importFiles([join(root, 'nowhere')])).rejects.toMatchObject({ code: 'IMPORT_MISSING' })
    await expect(importText('bad.json', records, { format: 'leap' })).rejects.toThrow(/expected LEAP's released code/)
  })
})

describe("logs of LEAP's released code", () => {
  const observed = 'You are in a room.\nYour task is to: heat some egg.'
  const game = 'json_2.1.1/train/pick_heat_then_place_in_recep-Egg-None-Fridge-14/trial_T1'
  const log = (more: object[]) => JSON.stringify({ gamefile: game, task: 'heat some egg.', trajectory: more })

  it('of demonstrations: won, with or without reasons, in the order of their numbers', async () => {
    const folder = join(root, 'logs')
    const step = { observation: observed, action: 'look', candidate_actions: ['look', 'go to fridge 1'] }
    for (const [name, reason] of [
      ['10', 'ten'],
      ['2', 'two'],
    ])
      await importText(`logs/${name}.json`, log([{ ...step, reason }]))
    await writeFile(join(folder, 'summary.csv'), 'not a log')
    const { trajectories, summary } = await importFiles([folder])
    expect(trajectories.map(({ steps }) => steps[0]!.reason)).toEqual(['two', 'ten'])
    expect(trajectories[0]).toMatchObject({
      task: { id: game, environment: 'alfworld', category: 'pick_heat_then_place_in_recep' },
      instruction: 'heat some egg.',
      steps: [{ observation: 'You are in a room.', candidates: ['go to fridge 1', 'look'], action: 'look' }],
      outcome: 'success',
    })
    expect(summary.successes).toBe(2)
  })

  it('of roll-outs: the score of the last step decides', async () => {
    const steps = [0, 1].map((score) => ({ observation: observed, action: 'look', reason: 'So.', score }))
    expect((await importText('won.json', log(steps))).trajectories[0]!.outcome).toBe('success')
    expect((await importText('lost.json', log(steps.toReversed()))).trajectories[0]!.outcome).toBe('failure')
  })

  it('of corrections: what the student did, and beside it what the teacher made of it', async () => {
    const original = {
      original_observation: observed,
      original_reason: 'Hm.',
      candidate_actions: ['look', 'inventory'],
    }
    const { trajectories, corrections, summary } = await importText(
      'corrected.json',
      log([
        { ...original, original_action: 'look', corrected_reason: 'Better.', corrected_action: 'inventory' },
        {
          ...original,
          original_action: 'look',
          corrected_reason: 'No.',
          corrected_action: 'look',
          is_corrected: false,
        },
        { ...original, original_action: 'look', corrected_reason: 'Fly.', corrected_action: 'fly' },
      ]),
    )
    expect(trajectories[0]!.steps.map(({ reason, action }) => [reason, action])).toEqual(Array(3).fill(['Hm.', 'look']))
    expect(trajectories[0]!.outcome).toBe('failure')
    expect(summary.corrections).toBe(2)
    expect(corrections).toMatchObject([
      { trajectoryId: trajectories[0]!.id, step: 0, reason: 'Better.', action: 'inventory', isCorrected: true },
      { step: 2, action: 'fly', dropped: 'unavailable' },
    ])
  })
})

const official = resolve(import.meta.dirname, '../../../../shared/data/webshop/transcripts/agenttraj_webshop_402.jsonl')
describe('AgentTraj-L', () => {
  it.skipIf(!existsSync(official))(`is read whole (needs ${official})`, async () => {
    const { summary, trajectories } = await importFiles([official])
    expect(summary).toMatchObject({ episodes: 402, skipped: [] })
    expect(summary.reasons).toBeGreaterThan(0.9 * summary.steps)
    for (const { instruction, steps, task } of trajectories) {
      expect(task.environment).toBe('webshop')
      expect(instruction.length).toBeGreaterThan(10)
      expect(instruction).not.toContain('[SEP]')
      for (const { action } of steps) expect(action).toMatch(/^(search|click)\[/)
    }
  })
})

it('leaves a folder as it is that holds anything but an import', async () => {
  const to = join(root, 'own')
  await mkdir(to)
  await writeFile(join(to, 'notes.txt'), 'mine')
  await expect(importEpisodes({ from: [join(root, 'none.jsonl')], to })).rejects.toMatchObject({ code: 'FOLDER_TAKEN' })
  expect(await readFile(join(to, 'notes.txt'), 'utf8')).toBe('mine')
})
