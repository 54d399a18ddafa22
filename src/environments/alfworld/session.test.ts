import { describe, expect, it } from 'vitest'
import { parseGame } from './game.ts'
import { type SmallGameOptions, smallGameText } from './testing/small-game.ts'

function play(commands: readonly string[], options: SmallGameOptions = {}) {
  const session = parseGame(smallGameText(options), 'small').start()
  const opening = session.reset()
  const results = commands.map((command) => session.step(command))
  return { session, opening, results, last: results.at(-1) ?? opening }
}

describe('Session', () => {
  it('opens with the room, in id order, so numbers descend and the last one has ", and a"', () => {
    const { opening } = play([])
    expect(opening.text).toBe(
      'Welcome to the cottage.\n\nThe middle of the room. Around you: a drawer 2, a drawer 1, a oven 1, and a table 1.\n\n' +
        'Your task is to: get a cup into the oven.',
    )
    expect(opening).toMatchObject({ score: 0, done: false })
  })

  it('lists candidates in code-point order without duplicates', () => {
    const { opening } = play([])
    expect(opening.candidates).toEqual([
      'advice',
      'check pockets',
      'glance about',
      'walk to drawer 1',
      'walk to drawer 2',
      'walk to oven 1',
      'walk to table 1',
    ])
  })

  it('sees nothing when looking about in the middle of the room, because the place is bound by then', () => {
    const { results } = play(['glance about', 'glance about'])
    expect(results.map(({ text }) => text)).toEqual(Array(2).fill('The middle of the room. Around you: nothing.'))
  })

  it('does not offer to go where one is, nor to another receptacle at that place', () => {
    const { last, session } = play(['walk to drawer 1'])
    expect(last.candidates.filter((command) => command.startsWith('walk'))).toEqual([
      'walk to oven 1',
      'walk to table 1',
    ])
    expect(session.step('walk to drawer 2').text).toBe('Nothing happens.')
    expect(session.step('unlatch drawer 2').text).toBe(
      'You unlatch the drawer 2. Inside the drawer 2: a cup 1, and a pen 1.',
    )
  })

  it('inspects a thing only while it is held (the comma trap)', () => {
    const { results } = play(['walk to table 1', 'inspect pie 1', 'grab pie 1 out of table 1', 'inspect pie 1'])
    expect(results.map(({ text }) => text)).toEqual([
      'You stand at loc 3 now. Upon the table 1: a cup 2, a lamp 1, and a pie 1.',
      'Nothing happens.',
      'The pie 1 leaves the table 1.',
      'A plain pie 1.',
    ])
  })

  it('switches a lamp on twice, since being switched is never undone', () => {
    const { results, session } = play(['walk to table 1', 'flick lamp 1', 'flick lamp 1'])
    expect(results.slice(1).map(({ text }) => text)).toEqual(Array(2).fill('Light from the lamp 1.'))
    const lamp = session.worldState().objects.find(({ name }) => name === 'lamp 1')
    expect(lamp).toMatchObject({ on: false, toggled: true })
  })

  it('takes the first alternative that holds: a hot cup is an ordinary vessel', () => {
    const { last } = play([
      'walk to table 1',
      'grab cup 2 out of table 1',
      'walk to oven 1',
      'bake cup 2 by oven 1',
      'inspect cup 2',
    ])
    expect(last.text).toBe('An ordinary cup 2.')
  })

  it('leaves a thing that is listed in two receptacles in the other one', () => {
    const { results, session } = play([
      'walk to drawer 1',
      'grab pen 1 out of drawer 1',
      'unlatch drawer 2',
      'check pockets',
    ])
    expect(results[2]!.text).toBe('You unlatch the drawer 2. Inside the drawer 2: a cup 1, and a pen 1.')
    expect(results[3]!.text).toBe('You hold a pen 1.')
    expect(session.worldState().objects.find(({ name }) => name === 'pen 1')).toMatchObject({
      receptacles: ['drawer 2'],
    })
  })

  it('shows beside a place what was moved between two receptacles there', () => {
    const { results } = play([
      'walk to drawer 1',
      'glance about',
      'unlatch drawer 2',
      'grab cup 1 out of drawer 2',
      'stow cup 1 at drawer 1',
      'glance about',
    ])
    expect(results[1]!.text).toBe('Before you: drawer 2, and drawer 1. Beside: nothing.')
    expect(results[5]!.text).toBe('Before you: drawer 2, and drawer 1. Beside: a cup 1.')
  })

  it('swallows the line break at the start of a literal text and keeps the one at its end', () => {
    expect(play(['advice']).last.text).toBe('What can be done:\n  walk to (place):     go there\n')
  })

  it('ignores white space around a command, and nothing else', () => {
    const { results } = play(['  walk to table 1 \n', 'Glance about', 'glance about.', 'glance  about', ''])
    expect(results[0]!.text).toMatch(/^You stand at loc 3/)
    for (const { text } of results.slice(1)) expect(text).toBe('Nothing happens.')
  })

  const winning = [
    'walk to table 1',
    'grab cup 2 out of table 1',
    'walk to oven 1',
    'unlatch oven 1',
    'stow cup 2 at oven 1',
  ]

  it('is won when the goal holds, accepts commands afterwards, and can be lost again', () => {
    const { results, session } = play(winning)
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, true])
    expect(results.at(-1)).toMatchObject({ score: 1, text: 'The cup 2 goes to the oven 1.' })
    expect(session.step('nonsense')).toMatchObject({ text: 'Nothing happens.', score: 1, done: true })
    expect(session.step('grab cup 2 out of oven 1')).toMatchObject({ score: 0, done: false })
  })

  const twoCups = `(exists (?r - receptacle) (exists (?o1 - object) (and (objectType ?o1 CupType) (receptacleType ?r DrawerType)
    (inReceptacle ?o1 ?r) (exists (?o2 - object) (and (not (= ?o1 ?o2)) (objectType ?o2 CupType) (receptacleType ?r DrawerType)
    (inReceptacle ?o2 ?r))))))`

  it('wants two things in one and the same receptacle', () => {
    const fetch = ['walk to table 1', 'grab cup 2 out of table 1', 'walk to drawer 1']
    const { last, session } = play([...fetch, 'stow cup 2 at drawer 1'], { goal: twoCups })
    expect(session.worldState().goal).toEqual({ kind: 'two', object: 'cup', receptacle: 'drawer' })
    expect(last.done).toBe(false)
    expect(play([...fetch, 'unlatch drawer 2', 'stow cup 2 at drawer 2'], { goal: twoCups }).last.done).toBe(true)
  })

  it('starts again from the beginning', () => {
    const { session, opening } = play(winning)
    expect(session.reset()).toEqual(opening)
    expect(session.step('walk to table 1').text).toContain('a cup 2, a lamp 1, and a pie 1')
  })

  it('clones into a session of its own', () => {
    const { session } = play(winning.slice(0, 4))
    const twin = session.clone()
    expect(twin.candidates).toEqual(session.candidates)
    expect(twin.step('stow cup 2 at oven 1').done).toBe(true)
    expect(session.step('check pockets').text).toBe('You hold a cup 2.')
    expect(twin.step('check pockets').text).toBe('Your hands are free.')
  })

  it('tells the hidden truth in the names of the commands', () => {
    const { session } = play([
      'walk to table 1',
      'grab pie 1 out of table 1',
      'walk to oven 1',
      'bake pie 1 by oven 1',
      'unlatch oven 1',
    ])
    const world = session.worldState()
    expect(world).toMatchObject({
      location: 'loc 1',
      holding: 'pie 1',
      goal: { kind: 'place', object: 'cup', receptacle: 'oven' },
    })
    expect(
      world.receptacles.map(({ name, type, location, openable, open }) => [name, type, location, openable, open]),
    ).toEqual([
      ['drawer 2', 'drawer', 'loc 2', true, false],
      ['drawer 1', 'drawer', 'loc 2', false, false],
      ['oven 1', 'oven', 'loc 1', true, true],
      ['table 1', 'table', 'loc 3', false, false],
    ])
    const pie = world.objects.find(({ name }) => name === 'pie 1')
    expect(pie).toMatchObject({
      type: 'pie',
      receptacles: [],
      hot: true,
      heatable: true,
      pickupable: true,
      clean: false,
    })
    expect(pie).not.toHaveProperty('location')
    expect(world.objects.find(({ name }) => name === 'cup 1')).toMatchObject({
      receptacles: ['drawer 2'],
      location: 'loc 2',
    })
    expect([...world.canContain.get('oven')!].sort()).toEqual(['cup', 'pie'])
  })
})
