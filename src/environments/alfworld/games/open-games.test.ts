import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFileAtomic } from '../../../support/atomic-file.ts'
import { smallGameText } from '../testing/small-game.ts'
import { openGames } from './open-games.ts'

const files: Record<string, string> = {
  'json/train/pick_and_place_simple-Cup-None-Oven-1/trial_2/game.tw-pddl': smallGameText({ walkthrough: ['b'] }),
  'json/train/pick_and_place_simple-Cup-None-Oven-1/trial_1/game.tw-pddl': smallGameText({ walkthrough: ['a'] }),
  'json/train/pick_and_place_with_movable_recep-Cup-Pan-Oven-1/trial_1/game.tw-pddl': smallGameText(),
  'json/valid_seen/pick_and_place_simple-Cup-None-Oven-2/trial_1/game.tw-pddl': smallGameText({ solvable: false }),
  'json/valid_seen/look_at_obj_in_light-Cup-None-Lamp-2/trial_1/game.tw-pddl': smallGameText({ walkthrough: ['c'] }),
  'json/valid_seen/look_at_obj_in_light-Cup-None-Lamp-2/trial_1/traj_data.json': '{}',
}
const ids = [
  'train/pick_and_place_simple-Cup-None-Oven-1/trial_1',
  'train/pick_and_place_simple-Cup-None-Oven-1/trial_2',
  'valid_seen/look_at_obj_in_light-Cup-None-Lamp-2/trial_1',
]

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-games-'))
  for (const [name, text] of Object.entries(files)) await writeFileAtomic(join(folder, 'tree', name), text)
  const tar = pack()
  tar.entry({ name: 'json/train', type: 'directory' })
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text)
  tar.finalize()
  const parts: Buffer[] = []
  for await (const part of tar) parts.push(part as Buffer)
  const archive = Buffer.concat(parts)
  await writeFile(join(folder, 'games.tar'), archive)
  await writeFile(join(folder, 'games.tar.gz'), gzipSync(archive))
  await writeFile(join(folder, 'cut.tar.gz'), gzipSync(archive).subarray(0, 500))
  await writeFile(join(folder, 'wrong.tar.xz'), archive)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('openGames', () => {
  it.each(['tree', 'games.tar', 'games.tar.gz'])('finds the playable games of %s, sorted by id', async (name) => {
    const { entries, leftOut } = await openGames(join(folder, name))
    expect(entries.map(({ id }) => id)).toEqual(ids)
    expect(entries.map(({ category }) => category)).toEqual([
      'pick_and_place_simple',
      'pick_and_place_simple',
      'look_at_obj_in_light',
    ])
    expect(entries.map((entry) => entry.read().walkthrough)).toEqual([['a'], ['b'], ['c']])
    expect(leftOut.map(({ reason }) => reason).sort()).toEqual(['is marked unsolvable', 'needs a movable receptacle'])
  })

  it('finds everything when asked to', async () => {
    for (const name of ['tree', 'games.tar'])
      expect((await openGames(join(folder, name), { all: true })).entries).toHaveLength(5)
  })

  it('opens a split folder and a single file', async () => {
    const split = await openGames(join(folder, 'tree/json/train'))
    expect(split.entries.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const single = await openGames(join(folder, 'tree/json', ids[2]!, 'game.tw-pddl'))
    expect(single.entries.map(({ id, split: name }) => [id, name])).toEqual([[ids[2], 'valid_seen']])
  })

  it.each([
    ['nothing-here', 'GAMES_NOT_FOUND'],
    ['cut.tar.gz', 'GAME_ARCHIVE_INVALID'],
    ['wrong.tar.xz', 'GAME_ARCHIVE_INVALID'],
    ['tree/json/valid_seen/pick_and_place_simple-Cup-None-Oven-2', 'GAMES_EMPTY'],
  ])('names what is wrong with %s', async (name, code) => {
    const error: unknown = await openGames(join(folder, name)).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code })
    expect((error as Error).message).toContain(name)
  })
})
