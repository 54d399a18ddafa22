import { LeapError } from '../../../contracts/error.ts'
import type { GameFile } from '../game-file.ts'

/** `as-is`: what the file says. `2.1.1`: the wording of ALFWorld up to 0.3.5, which LEAP, ReAct and their data use. */
export type TextVersion = 'as-is' | '2.1.1'

const kept = new Map<string, string>()

/**
 * Gives a game of text 2.1.2/2.1.3 the wording of 2.1.1: `put X in/on Y` for `move X to Y`, `You arrive at loc 7.` for
 * `You arrive at desk 1.`, and no `help`. A file that has the old wording already is returned as it is.
 *
 * @throws LeapError `GAME_TEXT_VERSION` if the grammar is neither
 */
export function withTextVersion(file: GameFile, version: TextVersion, source: string): GameFile {
  if (version === 'as-is' || file.grammar.includes('"put {o} in/on {r}"')) return file
  const grammar = convert(`g${file.grammar}`, () => oldGrammar(file.grammar, source))
  const domain = convert(`d${file.domain}`, () =>
    file.domain.replace(/\(:action\s+help\b[\s\S]*?\n\)\s*(?=\(:action|\)\s*$)/, ''),
  )
  const walkthrough = file.walkthrough?.map((command) => command.replace(/^move (.+) to (.+)$/, 'put $1 in/on $2'))
  return { ...file, grammar, domain, ...(walkthrough === undefined ? {} : { walkthrough }) }
}

/** True if the game puts things with `put X in/on Y`. */
export const hasOldText = (file: GameFile) => file.grammar.includes('"put {o} in/on {r}"')

function oldGrammar(grammar: string, source: string): string {
  const replaced = grammar
    .replace('You arrive at {r.name}.', 'You arrive at {lend.name}.')
    .replaceAll('"move {o} to {r}"', '"put {o} in/on {r}"')
    .replace('You move the {o.name} to the {r.name}.', 'You put the {o.name} in/on the {r.name}.')
    .replace(/action help \{[\s\S]*?\n\}\n?/, '')
  if (
    !replaced.includes('{lend.name}') ||
    !replaced.includes('"put {o} in/on {r}"') ||
    replaced.includes('action help')
  ) {
    throw new LeapError({
      code: 'GAME_TEXT_VERSION',
      message: `${source}: grammar: expected the texts of ALFWorld 2.1.2 or 2.1.3 to turn into those of 2.1.1, found others`,
      remedy: 'Ask for the text "as-is".',
    })
  }
  return replaced
}

function convert(key: string, make: () => string): string {
  let text = kept.get(key)
  if (text === undefined) {
    text = make()
    if (kept.size > 64) kept.clear()
    kept.set(key, text)
  }
  return text
}
