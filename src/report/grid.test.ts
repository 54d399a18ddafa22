import { describe, expect, it } from 'vitest'
import { renderGrid } from './grid.ts'

const grid = {
  header: ['policy', 'success'],
  rows: [
    ['pi_0', '50'],
    ['a|b', '9.5\n[1, 20]'],
  ],
}

describe('renderGrid', () => {
  it('draws a box for the terminal, without colours', () => {
    expect(renderGrid(grid, 'text')).toBe(
      [
        '┌────────┬─────────┐',
        '│ policy │ success │',
        '├────────┼─────────┤',
        '│ pi_0   │      50 │',
        '├────────┼─────────┤',
        '│ a|b    │     9.5 │',
        '│        │ [1, 20] │',
        '└────────┴─────────┘',
      ].join('\n'),
    )
  })

  it('lets no control character through to the terminal', () => {
    expect(renderGrid({ header: ['a\u001b[31m'], rows: [['b\u0007']] }, 'text')).toMatch(/│ a\?\[31m │\n.*\n│ b\? /)
  })

  it('writes Markdown that survives pipes and lines in cells', () => {
    expect(renderGrid(grid, 'markdown')).toBe(
      ['| policy | success |', '| :-- | --: |', '| pi_0 | 50 |', '| a\\|b | 9.5<br>[1, 20] |'].join('\n'),
    )
  })
})
