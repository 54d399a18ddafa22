import { online, type Tally } from './tally.ts'

/** `97.6 %`, rounded down so that a limit that is missed does not look reached; a dash for a share of nothing. */
export function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`
}

/** What came of one log, in lines. */
export function describeTally(name: string, tally: Tally, shown: number): string[] {
  const { turns, scored, episodes, skipped, differences, notes } = tally
  const count = (part: number, whole: number) => `${part} of ${whole} (${share(part, whole)})`
  return [
    `${name}: ${episodes} episodes, ${turns} turns${skipped > 0 ? `, ${skipped} turns without an answer of the environment left out` : ''}`,
    ...notes.map((note) => `  ${note}`),
    `  observations equal   ${count(tally.observationsEqual, tally.observed)}`,
    `  rewards equal        ${count(tally.rewardsEqual, scored)}`,
    ...(tally.lostStarts === 0
      ? []
      : [
          `    ${tally.lostStarts} of these with the gold command's output as the log has it: without its start, which was lost when it was recorded`,
        ]),
    `  success flags equal  ${count(tally.successesEqual, scored)}`,
    ...(tally.offline === 0
      ? []
      : [
          `    without the ${tally.offline} turns of tasks that need a network: rewards ${share(online(tally).rewardsEqual, online(tally).scored)}, success flags ${share(online(tally).successesEqual, online(tally).scored)}`,
        ]),
    ...(tally.recomputed === 0 ? [] : [`  from recorded output ${count(tally.recomputedEqual, tally.recomputed)}`]),
    ...(tally.evident === 0 ? [] : [`  from the log alone   ${count(tally.evidentEqual, tally.evident)}`]),
    ...[...tally.causes]
      .sort((a, b) => b[1] - a[1])
      .map(([cause, number]) => `  ${String(number).padStart(5)} rewards differ: ${cause}`),
    ...differences
      .slice(0, shown)
      .map(
        ({ where, expected, found, cause, action }) =>
          `    ${where}: recorded ${expected.toFixed(2)}, here ${found.toFixed(2)} (${cause}): ${oneLine(action)}`,
      ),
    ...(differences.length > shown && shown > 0 ? [`    and ${differences.length - shown} more`] : []),
  ]
}

const oneLine = (action: string) => {
  const flat = action.replace(/\s+/g, ' ')
  return flat.length > 110 ? `${flat.slice(0, 107)}...` : flat
}
