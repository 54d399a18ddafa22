import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStopFilter } from './stop-filter.ts'

const pass = (pieces: readonly string[], stop: readonly string[]) => {
  const filter = createStopFilter(stop)
  return [...pieces.map((piece) => filter.add(piece)), filter.end()]
}

describe('createStopFilter', () => {
  it('holds back what may become a stop string, and lets it go when it does not', () => {
    expect(pass(['one\n', 'Obs', 'ession'], ['\nObservation:'])).toEqual(['one', '', '\nObsession', ''])
  })

  it('ends before a stop string that comes in pieces, whatever follows', () => {
    expect(pass(['go on', 'e EN', 'D and', ' END'], ['END', 'zzz'])).toEqual(['go on', 'e ', '', '', ''])
  })

  it('passes everything on where there is nothing to stop at', () => {
    expect(pass(['a', 'b'], ['', ''])).toEqual(['a', 'b', ''])
  })

  it('gives the text up to the first stop string, however the text is cut into pieces', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(letters), fc.array(letters.filter(Boolean), { maxLength: 3 }), (pieces, stop) => {
        const text = pieces.join('')
        // The stop string that is complete first ends the text; of those that end together, the longest is cut off.
        let expected = text
        for (let end = 1; end <= text.length && expected === text; end++) {
          const met = stop.filter((one) => text.slice(0, end).endsWith(one))
          if (met.length > 0) expected = text.slice(0, end - Math.max(...met.map(({ length }) => length)))
        }
        const passed = pass([...text], stop).join('')
        expect(passed).toBe(expected)
      }),
    )
  })
})
