import { html, type Markup } from './markup.ts'
import type { ShopPageView, ViewedItem, ViewedOption } from './shop-view.ts'

/** How a page is shown. */
export interface PageMode {
  /** Address that actions are posted to; undefined: a picture of the page, in which nothing can be clicked. */
  post?: string
  /** Number of actions so far, sent along so that a page that is no longer current is found out. */
  step?: number
  /** The action that was taken here, to be marked in a picture. */
  taken?: string
}

/** A page of the shop as markup, to stand in a document's `main`. */
export function renderPage(view: ShopPageView, mode: PageMode): Markup {
  switch (view.kind) {
    case 'index':
      return renderSearch(mode)
    case 'results':
      return renderResults(view, mode)
    case 'item':
      return renderItem(view, mode)
    case 'sub':
      return html`${navigation(['Back to Search', '< Prev'], mode)}
<h2>${view.name}</h2>
${view.lines.length === 0 ? html`<p>Nothing is written here.</p>` : view.lines.map((line) => html`<p class="product-info">${line}</p>`)}`
    case 'done':
      return renderDone(view)
    case 'text':
      return html`<pre>${view.text}</pre>`
  }
}

function renderSearch(mode: PageMode): Markup {
  const query = /^search\[(.*)\]/s.exec(mode.taken ?? '')?.[1] ?? ''
  const field = html`<label>What are you looking for? <input name="query" type="search" required maxlength="300" autocomplete="off" value="${query}"${disabled(mode)}></label>
<button type="submit" class="main${taken(mode, mode.taken?.startsWith('search[') ?? false)}"${disabled(mode)}>Search</button>`
  return html`<div role="search">${form(mode, field)}</div>`
}

function renderResults({ number, total, items }: Extract<ShopPageView, { kind: 'results' }>, mode: PageMode): Markup {
  const buttons = ['Back to Search', ...(number > 1 ? ['< Prev'] : []), 'Next >']
  return html`${navigation(buttons, mode)}
<h2>Page ${number} (Total results: ${total})</h2>
${items.length === 0 ? html`<p>No products on this page.</p>` : html`<ol class="items" role="list">${items.map((item) => renderListed(item, mode))}</ol>`}`
}

function renderListed({ asin, title, priceTag, isVisited }: ViewedItem, mode: PageMode): Markup {
  const seen = isVisited ? ' (seen)' : ''
  const label = html`<span class="title">${title}</span>`
  const isTaken = mode.taken === `click[item - ${title.toLowerCase()}]` || mode.taken === `click[${asin.toLowerCase()}]`
  return html`<li>${button(`click[${asin.toLowerCase()}]`, label, mode, `link${taken(mode, isTaken)}`)}
<span class="price">${priceTag}</span> <span class="asin">${asin}${seen}</span></li>`
}

function renderItem({ title, priceTag, options }: Extract<ShopPageView, { kind: 'item' }>, mode: PageMode): Markup {
  return html`${navigation(['Back to Search', '< Prev'], mode)}
<h2 class="product-title">${title}</h2>
<p class="price">Price: ${priceTag}</p>
<p>Rating: N.A.</p>
${options.map((option) => renderOption(option, mode))}
${navigation(['Description', 'Features', 'Reviews'], mode, 'About this product')}
${button('click[buy now]', 'Buy Now', mode, `main${taken(mode, mode.taken === 'click[buy now]')}`)}`
}

function renderOption({ name, values, chosen }: ViewedOption, mode: PageMode): Markup {
  return html`<fieldset><legend>${name}${chosen === undefined ? '' : `: ${chosen}`}</legend>
${values.map((value) => button(`click[${value}]`, value, mode, `option${taken(mode, mode.taken === `click[${value}]`)}`, value === chosen))}
</fieldset>`
}

function renderDone({ purchase, reward }: Extract<ShopPageView, { kind: 'done' }>): Markup {
  const percent = (share: number) => `${(100 * share).toFixed(0)} of 100`
  const chosen = Object.entries(purchase.options).map(([name, value]) => `${name}: ${value}`)
  const parts =
    reward === undefined
      ? undefined
      : html`
<dt>Attributes</dt><dd>${percent(reward.attributes)}</dd>
<dt>Options</dt><dd>${reward.options === undefined ? 'none were asked for' : percent(reward.options)}</dd>
<dt>Type</dt><dd>${percent(reward.type)}</dd>
<dt>Price</dt><dd>${reward.price ? 'as asked' : 'more than was asked'}</dd>`
  return html`<h2>Thank you for shopping with us!</h2>
<dl>
<dt>You bought</dt><dd class="bought">${purchase.bought}</dd>
<dt>You chose</dt><dd>${chosen.join(', ') || 'no options'}</dd>
<dt>Your score</dt><dd class="score">${percent(purchase.score)}</dd>${parts}
</dl>`
}

function navigation(labels: readonly string[], mode: PageMode, name = 'Shop'): Markup {
  return html`<nav aria-label="${name}">${labels.map((label) => {
    const action = `click[${label.toLowerCase()}]`
    return button(action, label, mode, `plain${taken(mode, mode.taken === action)}`)
  })}</nav>`
}

/** One action: a form of its own, so that it works without scripts and by keyboard. */
function button(action: string, label: Markup | string, mode: PageMode, kind: string, isPressed?: boolean): Markup {
  const pressed = isPressed === undefined ? undefined : html` aria-pressed="${String(isPressed)}"`
  return form(
    mode,
    html`<button type="submit" name="action" value="${action}" class="${kind}"${pressed}${disabled(mode)}>${label}</button>`,
  )
}

function form({ post, step = 0 }: PageMode, content: Markup): Markup {
  if (post === undefined) return content
  return html`<form method="post" action="${post}"><input type="hidden" name="step" value="${step}">${content}</form>`
}

const disabled = ({ post }: PageMode) => (post === undefined ? html` disabled` : undefined)
const taken = ({ post }: PageMode, isTaken: boolean) => (post === undefined && isTaken ? ' taken' : '')
