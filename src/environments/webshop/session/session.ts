import { deriveSeed } from '../../../support/random.ts'
import type { Goal } from '../goal.ts'
import type { Product } from '../product.ts'
import { PythonRandom } from '../python/python-random.ts'
import type { Reward } from '../reward/reward.ts'
import type { Shop } from '../shop.ts'
import { type Clickable, clickablesOf } from './clickables.ts'
import { findProducts } from './find-products.ts'
import { type ObservationMode, observe } from './observe.ts'
import type { Page, SubPage } from './page.ts'
import { subPages } from './page.ts'
import { type PageNode, pageNodes } from './page-nodes.ts'
import { parseAction } from './parse-action.ts'
import { pageKindOf, urlOf } from './url.ts'

/** What an action did. */
export interface StepResult {
  /** Reward of this very step, 0 to 1: not 0 only when something is bought. */
  readonly reward: number
  /** True for the step that buys. */
  readonly done: boolean
  /** False if the action could not be performed, so that nothing happened. */
  readonly isPerformed: boolean
}

const nothingHappened: StepResult = { reward: 0, done: false, isPerformed: false }
const performed: StepResult = { reward: 0, done: false, isPerformed: true }
const perPage = 10

/**
 * One shopper in the shop: WebShop's text environment with its simulated server (WebAgentTextEnv, SimServer), action by action.
 * Observations are rendered when asked for.
 */
export class Session {
  readonly shop: Shop
  readonly goal: Goal
  readonly id: string
  readonly #random: PythonRandom
  #page: Page = { kind: 'index' }
  #url: string
  #keywords: readonly string[] | undefined
  #number: number | undefined
  #product: Product | undefined
  #options = new Map<string, string>()
  #visited = new Set<string>()
  #counts = new Map<string, number>()
  #reward: Reward | undefined
  #isOver = false
  #nodes: PageNode[] | undefined
  #clickables: ReadonlyMap<string, Clickable> | undefined

  constructor(shop: Shop, goal: Goal, id: string) {
    this.shop = shop
    this.goal = goal
    this.id = id
    this.#random = new PythonRandom(deriveSeed('webshop', id))
    this.#url = urlOf(this)
  }

  get page(): Page {
    return this.#page
  }

  get url(): string {
    return this.#url
  }

  /** The words searched for, as split at single spaces; undefined on the index page. */
  get keywords(): readonly string[] | undefined {
    return this.#keywords
  }

  /** Page of the results that was last shown, from 1; undefined on the index page. */
  get pageNumber(): number | undefined {
    return this.#number
  }

  /** The product whose pages are open. */
  get product(): Product | undefined {
    return this.#product
  }

  /** Option name -> chosen value, in the order of choice. A new map after every search; the old one is not changed any more. */
  get options(): ReadonlyMap<string, string> {
    return this.#options
  }

  /** ASINs of the products opened since the index page. */
  get visited(): ReadonlySet<string> {
    return this.#visited
  }

  /** How often what was done since the index page: `search`, `asin`, `options`, a sub-page's name, `purchase`. */
  get actionCounts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  /** What the last purchase earned. Stays when the session is reset, as upstream. */
  get reward(): Reward | undefined {
    return this.#reward
  }

  /** True once something was bought. Stays when the session is reset, as upstream. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** The products on the page of results; empty elsewhere. */
  get listed(): readonly Product[] {
    return this.#page.kind === 'results' ? this.#page.products : []
  }

  get hasSearchBar(): boolean {
    return this.#page.kind === 'index'
  }

  /** The visible texts of the page. */
  get nodes(): readonly PageNode[] {
    return (this.#nodes ??= pageNodes(this.#page, {
      instruction: this.goal.instruction,
      options: this.#options,
      showAttributes: this.shop.showAttributes,
    }))
  }

  /** What `click[...]` accepts, in the order in which upstream lists it; `search` is listed and cannot be clicked. */
  get clickables(): ReadonlyMap<string, Clickable> {
    return (this.#clickables ??= clickablesOf(this.nodes))
  }

  observe(mode: ObservationMode): string {
    return observe(this, mode)
  }

  /** What buying the open product with the chosen options would earn now; undefined where no product is open. */
  estimateReward(): Reward | undefined {
    return this.#product && this.shop.judge(this.goal, this.#product, this.#options)
  }

  /** Back to the index page, with everything but the goal forgotten. */
  reset(): void {
    this.#keywords = undefined
    this.#number = undefined
    this.#product = undefined
    this.#options = new Map()
    this.#visited = new Set()
    this.#counts = new Map()
    this.#show({ kind: 'index' })
  }

  /** Performs `search[...]` or `click[...]`; whatever cannot be done does nothing. */
  step(action: string): StepResult {
    const parsed = parseAction(action)
    if (parsed === undefined) return nothingHappened
    const { verb, argument } = parsed
    if (verb === 'search') return this.#search(argument.split(' '), 1)
    const clickable = verb === 'click' && argument !== 'search' ? this.clickables.get(argument) : undefined
    return clickable === undefined ? nothingHappened : this.#click(argument, clickable)
  }

  /** The order of the cases is upstream's: a text means the first case that fits, whatever element carries it. */
  #click(text: string, clickable: Clickable): StepResult {
    const kind = pageKindOf(this.#url)
    if (text === 'buy now') return this.#buy()
    if (text === 'back to search') {
      this.reset()
      return performed
    }
    if (text === 'next >' && kind === 'search_results') return this.#search(this.#keywords!, this.#number! + 1)
    if (text === '< prev') {
      if (kind === 'search_results') return this.#search(this.#keywords!, this.#number! - 1)
      if (kind === 'item_sub_page') return this.#open()
      if (kind === 'item_page') return this.#search(this.#keywords!, this.#number!)
    }
    const name = subPages.find((subPage) => subPage.toLowerCase() === text)
    if (name !== undefined) return this.#openSubPage(name)
    if (clickable.kind === 'product') this.#visit(text)
    else if (clickable.kind === 'option') this.#choose(clickable.option, text)
    return this.#open()
  }

  #search(keywords: readonly string[], number: number): StepResult {
    const found = findProducts(keywords, this.shop.catalogue, this.#random)
    if (found === undefined) return nothingHappened
    this.#keywords = keywords
    this.#number = number
    this.#product = undefined
    this.#options = new Map()
    this.#count('search')
    const products = found
      .slice((number - 1) * perPage, number * perPage)
      .map((index) => this.shop.catalogue.product(index))
    this.#show({ kind: 'results', keywords, number, total: found.length, products })
    return performed
  }

  #visit(text: string): void {
    const asin = text.toUpperCase()
    // A product whose ASIN has small letters cannot be looked up in capitals; upstream fails there.
    const listed = this.listed.find((product) => product.asin.toUpperCase() === asin)
    this.#product = listed ?? this.#product
    this.#count('asin')
    this.#visited.add(asin)
  }

  #choose(option: string, value: string): void {
    this.#options.set(option.toLowerCase(), value)
    this.#count('options')
  }

  #open(): StepResult {
    if (this.#product === undefined) return nothingHappened
    this.#show({ kind: 'item', product: this.#product })
    return performed
  }

  #openSubPage(name: SubPage): StepResult {
    if (this.#product === undefined) return nothingHappened
    this.#count(name)
    this.#show({ kind: 'sub', product: this.#product, name })
    return performed
  }

  #buy(): StepResult {
    const reward = this.estimateReward()
    if (reward === undefined) return nothingHappened
    this.#count('purchase')
    this.#reward = reward
    this.#isOver = true
    this.#show({ kind: 'done', product: this.#product!, reward })
    return { reward: reward.total, done: true, isPerformed: true }
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  #show(page: Page): void {
    this.#page = page
    this.#nodes = undefined
    this.#clickables = undefined
    this.#url = urlOf(this)
  }
}
