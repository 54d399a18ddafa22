import { describe, expect, it } from 'vitest'
import type { Clock } from '../../support/clock.ts'
import { createOverlayOutput } from '../overlay-output.ts'
import { createProgress } from './progress.ts'

/** A clock that stands still until it is told, and a stream that remembers. */
function setup({ isTTY, columns = 100 }: { isTTY: boolean; columns?: number }) {
  let moment = 0
  const clock: Clock = { now: () => moment, elapsed: () => moment, sleep: async () => {} }
  const written: string[] = []
  let tick = () => {}
  let ticking = true
  const progress = createProgress(
    { isTTY, columns, write: (text) => written.push(text) },
    {
      clock,
      ticker: (callback) => {
        tick = callback
        return () => {
          ticking = false
        }
      },
    },
  )
  return {
    progress,
    written,
    wait: (milliseconds: number) => (moment += milliseconds),
    tick: () => tick(),
    isTicking: () => ticking,
    screen: () => screen(written.join('')),
  }
}

/** What a terminal shows after this text, as far as it uses line breaks, cursor up and erase below. */
function screen(text: string): string[] {
  let lines = ['']
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal codes
  for (const [part] of text.matchAll(/\u001b\[(\d*)[AJ]|\n|\r|[^\n\r\u001b]+/g)) {
    if (part === '\n') lines.push('')
    else if (part.endsWith('A') && part.startsWith('\u001b'))
      lines = lines.slice(0, lines.length - Number.parseInt(part.slice(2), 10))
    else if (part === '\u001b[J') lines[lines.length - 1] = ''
    else if (part !== '\r') lines[lines.length - 1] += part
  }
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

describe('on a terminal', () => {
  it('shows nested phases in place with bar, count, rate, elapsed and time left', () => {
    const { progress, wait, screen } = setup({ isTTY: true, columns: 120 })
    const iteration = progress.phase('iteration 1')
    const rollout = iteration.phase('rollout', { total: 200, unit: 'games' })
    wait(10_000)
    rollout.set({ count: 50, text: 'success 31%' })
    const lines = screen()
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('iteration 1')
    expect(lines[1]).toMatch(
      /^ {2}rollout +█████·{15} 50\/200 games \(25%\) {2}5\.00\/s {2}10s {2}30s left {2}success 31%$/,
    )
  })

  it('draws at most ten times a second however often it is told', () => {
    const { progress, written, wait } = setup({ isTTY: true })
    const phase = progress.phase('train', { total: 10_000 })
    const before = written.length
    for (let i = 0; i < 5000; i++) {
      wait(0.2)
      phase.advance()
    }
    expect(written.length - before).toBeLessThanOrEqual(10)
    expect(written.length - before).toBeGreaterThanOrEqual(9)
  })

  it('leaves one line behind for an ended phase and prints other lines above the bars', () => {
    const { progress, wait, screen } = setup({ isTTY: true })
    const rollout = progress.phase('rollout', { total: 4, unit: 'games' })
    progress.print('a warning')
    wait(2000)
    rollout.advance(4)
    expect(screen()[0]).toBe('a warning')
    rollout.done('success 50%')
    progress.phase('correct')
    const lines = screen()
    expect(lines.slice(0, 2)).toEqual(['a warning', 'rollout  done  4/4 games (100%)  2.00/s  2.0s  success 50%'])
    expect(lines[2]).toMatch(/^correct/)
    progress.stop()
    expect(screen()).toHaveLength(2)
  })

  it('ends what is open inside a phase with it', () => {
    const { progress, screen } = setup({ isTTY: true })
    const outer = progress.phase('outer')
    outer.phase('inner').phase('innermost')
    outer.fail('no space left')
    expect(screen().map((line) => line.trim())).toEqual([
      'innermost  failed  0.0s',
      'inner  failed  0.0s',
      'outer  failed  0.0s  no space left',
    ])
  })

  it('never writes a line wider than the terminal', () => {
    const { progress, wait, screen } = setup({ isTTY: true, columns: 40 })
    const phase = progress.phase('a phase with a name that is far too long', { total: 100_000, unit: 'labels' })
    wait(5000)
    phase.set({ count: 777, text: 'and a remark that goes on and on and on' })
    for (const line of screen()) expect(line.length).toBeLessThan(40)
  })

  it('moves the elapsed time while nothing comes in, and no longer after stop', () => {
    const { progress, wait, tick, screen, written, isTicking } = setup({ isTTY: true })
    progress.phase('waiting')
    wait(3000)
    tick()
    expect(screen()[0]).toContain('3.0s')
    progress.stop()
    expect(isTicking()).toBe(false)
    const count = written.length
    progress.phase('late').done()
    expect(written.length).toBe(count)
  })
})

it('keeps what others write to the same stream above the bars, and lets go of the stream at the end', () => {
  const clock: Clock = { now: () => 0, elapsed: () => 0, sleep: async () => {} }
  const written: string[] = []
  const stderr = createOverlayOutput({ isTTY: true, columns: 80, write: (text) => written.push(text) })
  const progress = createProgress(stderr, { clock, ticker: () => () => {} })
  progress.phase('rollout', { total: 4 })
  stderr.write('a warning\n')
  expect(screen(written.join(''))[0]).toBe('a warning')
  expect(screen(written.join(''))[1]).toMatch(/^rollout/)
  progress.stop()
  stderr.write('the end\n')
  expect(screen(written.join(''))).toEqual(['a warning', 'the end'])
})

describe('elsewhere', () => {
  it('prints a start line, a line every few seconds and an end line, without terminal codes', () => {
    const { progress, written, wait } = setup({ isTTY: false })
    const outer = progress.phase('iteration 1')
    const train = outer.phase('train', { total: 100, unit: 'steps' })
    for (let i = 0; i < 100; i++) {
      wait(120)
      train.advance()
    }
    train.done('loss 0.41')
    outer.done()
    expect(written).toEqual([
      'iteration 1 ...\n',
      'iteration 1 > train ...  0/100 steps\n',
      'iteration 1 > train  42/100 steps (42%)  8.33/s  5.0s  7.0s left\n',
      'iteration 1 > train  84/100 steps (84%)  8.33/s  10s  1.9s left\n',
      'iteration 1 > train  done  100/100 steps (100%)  8.33/s  12s  loss 0.41\n',
      'iteration 1  done  12s\n',
    ])
  })

  it('starts a resumed phase at its count and rates only the new', () => {
    const { progress, written, wait } = setup({ isTTY: false })
    const phase = progress.phase('rollout', { total: 20, count: 15 })
    wait(1000)
    phase.advance(5)
    phase.done()
    expect(written).toEqual(['rollout ...  15/20\n', 'rollout  done  20/20 (100%)  5.00/s  1.0s\n'])
  })

  it('keeps escape codes of a remark out', () => {
    const { progress, written } = setup({ isTTY: false })
    progress.phase('rollout').done('cause: \u001b[2Jbad\nworse')
    expect(written.at(-1)).toBe('rollout  done  0.0s  cause: bad ⏎ worse\n')
  })
})
