import { describe, expect, it } from 'vitest'
import { checkManifest, type Manifest, manifestSchema } from './manifest.ts'

const manifest: Manifest = {
  format: 1,
  leapVersion: '0.1.0',
  nodeVersion: 'v24.0.0',
  createdAt: '2026-01-01T00:00:00.000Z',
  environment: 'toy',
  games: 'generated, seed 1',
  seed: 1,
  panels: [
    { name: 'valid', hash: '0123456789ab', tasks: 10 },
    { name: 'test', hash: 'ba9876543210', tasks: 20 },
  ],
  config: { student: { layers: 4, targets: ['q', 'v'] }, concurrency: 64 },
}
const changed = (change: (copy: Manifest) => void): Manifest => {
  const copy = structuredClone(manifest)
  change(copy)
  return manifestSchema.parse(copy)
}

describe('checkManifest', () => {
  it('accepts the same run, whatever the versions, the time and the order of keys and panels', () => {
    expect(checkManifest(manifest, structuredClone(manifest))).toEqual([])
    const later = changed((copy) => {
      copy.nodeVersion = 'v26.0.0'
      copy.createdAt = 'later'
      copy.panels.reverse()
      copy.config = { concurrency: 64, student: { targets: ['q', 'v'], layers: 4 } }
    })
    expect(checkManifest(manifest, later).map(({ field }) => field)).toEqual(['nodeVersion', 'createdAt'])
  })

  it.each<[string, (copy: Manifest) => void, RegExp]>([
    [
      'a nested setting',
      (copy) => ((copy.config.student as { layers: number }).layers = 6),
      /config\.student\.layers was 4 and is now 6/,
    ],
    [
      'a list',
      (copy) => ((copy.config.student as { targets: string[] }).targets = ['q']),
      /config\.student\.targets was \["q","v"\]/,
    ],
    ['a new setting', (copy) => (copy.config.beta = 0.5), /config\.beta was absent and is now 0\.5/],
    ['the seed', (copy) => (copy.seed = 2), /seed was 1 and is now 2/],
    ['the games', (copy) => (copy.games = 'other'), /games was/],
    [
      'a panel',
      (copy) => (copy.panels[1]!.hash = 'ffffffffffff'),
      /panels\.test\.hash was "ba9876543210" and is now "ffffffffffff"/,
    ],
    ['a missing panel', (copy) => void copy.panels.pop(), /panels\.test was .* and is now absent/],
  ])('names the field: %s', (_, change, message) => {
    expect(() => checkManifest(manifest, changed(change))).toThrow(message)
    expect(() => checkManifest(manifest, changed(change))).toThrow(
      expect.objectContaining({ code: 'RUN_MANIFEST_MISMATCH' }),
    )
  })

  it('lets fields that do not determine the result change, and reports them', () => {
    const current = changed((copy) => (copy.config.concurrency = 1))
    expect(() => checkManifest(manifest, current)).toThrow('config.concurrency')
    expect(checkManifest(manifest, current, ['config.concurrency'])).toEqual([
      { field: 'config.concurrency', recorded: 64, found: 1 },
    ])
    expect(() => checkManifest(manifest, current, ['config.con'])).toThrow('config.concurrency')
  })
})
