import type { TeacherSettings } from '../../contracts/domain.ts'
import type { PrivilegedState } from '../../contracts/privileged-state.ts'
import {
  type BashMove,
  type BashSituation,
  finished,
  nextBashMove,
  searching,
} from '../../environments/intercode/agent/bash-agent.ts'
import { describeCommand } from '../../environments/intercode/agent/describe-command.ts'
import { readRequest } from '../../environments/intercode/agent/read-request.ts'
import { type BashPrivilege, bashPrivilegeSchema } from '../../environments/intercode/bash/privileged-state.ts'
import { createRandom } from '../../support/random.ts'
import { readPrivilege } from '../read-privilege.ts'

/** A step as the teacher sees it. */
export interface BashMoment extends BashSituation {
  privileged: PrivilegedState | undefined
  seed: number
  /** Names the step, in errors and for the draws of level 4. */
  where: string
}

/**
 * What a teacher of a level says should be done in a shell, and why (paper section 4.5). Level 1: what anybody could know. From 2 on the hidden state says
 * whether the work is done, and which command does it; 2 and 3 first let the student see every place that the command names (2 keeps to the
 * wording of the request where that is clear enough), 4 says the command aloud in one step of three, 5 gives it at once and says so.
 * Throws a LeapError `PRIVILEGE_MISSING` where the level needs a hidden state and there is none.
 */
export function adviseBash({ level }: TeacherSettings, moment: BashMoment): BashMove {
  if (level === 1) return nextBashMove(moment)
  const hidden = readPrivilege(moment.privileged, bashPrivilegeSchema, moment.where, needs)
  const move = nextByPrivilege(hidden, moment, level)
  if (move.kind === 'submit') return move
  const tells = level === 5 || (level === 4 && createRandom(moment.seed, 'tell', moment.where).next() < 1 / 3)
  return tells ? { ...move, reason: `The right command is ${hidden.gold}. ${move.reason}` } : move
}

const needs = 'the shell expert needs the hidden state of an InterCode Bash task'

function nextByPrivilege(hidden: BashPrivilege, moment: BashMoment, level: number): BashMove {
  const { instruction, history, observation } = moment
  const { filesRight, outputRight, changes, gold } = hidden
  // The first observation is the request: its words must not be taken for a result.
  if (history.length > 0 && filesRight && outputRight)
    return { action: 'submit', reason: finished(changes), kind: 'submit' }
  if (changes && filesRight && hidden.expected.trim() === '')
    return {
      action: 'true',
      reason: 'The files are as they should be; a last command that prints nothing leaves no other output.',
      kind: 'command',
    }
  const seen = [instruction, observation, ...history.flatMap((step) => [step.observation, step.action])].join('\n')
  const unseen = hidden.hidden.filter((path) => !seen.includes(path))
  if (unseen.length > 0 && level !== 5) {
    const look = lookFor(hidden, unseen)
    // What a search cannot show is left to the command itself.
    if (!history.some(({ action }) => action === look.action)) return look
  }
  if (level === 2 && readRequest(instruction) !== undefined) {
    const own = nextBashMove(moment)
    if (own.kind !== 'submit') return own
  }
  if (history.at(-1)?.action === gold)
    return { action: 'submit', reason: 'Nothing more can be done here, so I submit.', kind: 'submit' }
  // The task's own words name the places, which nobody knows here who has not seen them.
  const reason = (unseen.length === 0 || level === 5 ? hidden.reason : undefined) ?? describeCommand(gold)
  return { action: gold, reason, kind: 'command' }
}

/** A search for places that have not been seen, in the tree that they have in common. */
function lookFor({ look }: BashPrivilege, unseen: readonly string[]): BashMove {
  const names = unseen.map((path) => path.slice(path.lastIndexOf('/') + 1))
  const top = `/${unseen[0]!.split('/')[1]}`
  const generic = unseen.every((path) => path.split('/').length > 2)
    ? `find ${top} ${names.map((name) => `-name ${name}`).join(' -o ')}`
    : 'ls /'
  return {
    action: look ?? generic,
    reason: searching(names, look === undefined && generic === 'ls /' ? '/' : top),
    kind: 'look',
  }
}
