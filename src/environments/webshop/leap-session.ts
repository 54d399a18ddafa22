import { deriveSeed } from '../../support/random.ts'
import { PythonRandom } from './python/python-random.ts'
import type { Reward } from './reward/reward.ts'
import { type CandidateCut, candidateActions } from './session/candidate-actions.ts'
import type { ObservationMode } from './session/observe.ts'
import type { Session } from './session/session.ts'

export interface LeapSessionOptions {
  /** Default `text_rich`, LEAP's. */
  readonly mode?: ObservationMode
  /** How long lists of candidates are cut. Default `relevant`. */
  readonly cut?: CandidateCut
  /** Of the cut `sample`. Default 1. */
  readonly seed?: number
  /**
   * After a click on a product, LEAP's wrapper also opens its description and features behind the agent's back. That counts as actions, and a
   * click on a product that is not on the page turns the results back by a page. True repeats this for runs that are compared with LEAP's. Default false.
   */
  readonly strictUpstream?: boolean
}

/** What an agent gets to see after a reset or a step. */
export interface LeapObservation {
  readonly text: string
  readonly candidates: string[]
  /** Reward of this step, 0 to 1 (LEAP prints it times 10). */
  readonly reward: number
  /** True once something was bought. The step limit is the rollout's business. */
  readonly done: boolean
  readonly isPerformed: boolean
  /** What the purchase earned, by parts; undefined before one. */
  readonly parts: Reward | undefined
}

const itemClick = 'click[item - '

/** The shop as LEAP's agents see it (its WebEnv): products are clicked by title, and possible actions are listed. */
export class LeapSession {
  readonly session: Session
  readonly #mode: ObservationMode
  readonly #cut: CandidateCut
  readonly #isStrict: boolean
  readonly #seed: number
  #random: PythonRandom

  constructor(session: Session, options: LeapSessionOptions = {}) {
    this.session = session
    this.#mode = options.mode ?? 'text_rich'
    this.#cut = options.cut ?? 'relevant'
    this.#isStrict = options.strictUpstream ?? false
    this.#seed = deriveSeed(options.seed ?? 1, 'webshop-candidates', session.id)
    this.#random = new PythonRandom(this.#seed)
  }

  /** The request, as the index page has it. */
  get instruction(): string {
    return `Instruction: ${this.session.goal.instruction}`
  }

  reset(): LeapObservation {
    this.session.reset()
    this.#random = new PythonRandom(this.#seed)
    return this.#observe({ reward: 0, done: false, isPerformed: true })
  }

  step(action: string): LeapObservation {
    const asin = this.#asinOf(action)
    const mapped = asin === undefined ? action : `click[${asin.toLowerCase()}]`
    const seen = this.#observe(this.session.step(mapped))
    if (this.#isStrict && this.#namesProduct(mapped)) this.#lookAround()
    return seen
  }

  /** Whether the wrapper takes an action for a click on a product, wherever the product is listed. */
  #namesProduct(action: string): boolean {
    if (!action.startsWith('click[')) return false
    const asin = action.slice('click['.length, -1)
    return asin === asin.toLowerCase() && this.session.shop.catalogue.indexOf(asin.toUpperCase()) !== undefined
  }

  /** ASIN of the product that `click[item - <title>]` names: the last one of that title in the whole catalogue. */
  #asinOf(action: string): string | undefined {
    if (!action.startsWith(itemClick)) return undefined
    const { catalogue } = this.session.shop
    const title = action.slice(itemClick.length, -1)
    const listed = this.#isStrict
      ? undefined
      : this.session.listed.find((product) => product.title.toLowerCase() === title)
    if (listed !== undefined) return listed.asin
    const index = catalogue.indexOfTitle(title)
    return index === undefined ? undefined : catalogue.product(index).asin
  }

  #lookAround(): void {
    for (const name of ['description', 'features']) {
      this.session.step(`click[${name}]`)
      this.session.step('click[< prev]')
    }
  }

  #observe(result: { reward: number; done: boolean; isPerformed: boolean }): LeapObservation {
    return {
      ...result,
      text: this.session.observe(this.#mode),
      candidates: candidateActions(this.session, this.#cut, this.#random),
      parts: result.done ? this.session.reward : undefined,
    }
  }
}
