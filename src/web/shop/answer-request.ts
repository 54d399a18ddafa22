import type { Shop } from '../../environments/webshop/shop.ts'
import type { Random } from '../../support/random.ts'
import { html } from './markup.ts'
import { renderPage } from './render-page.ts'
import { contentSecurityPolicy, renderDocument, type ShopDocument } from './shop-document.ts'
import { viewOfSession } from './shop-view.ts'
import type { Visit, Visits } from './shop-visits.ts'

/** What the server needs of a request. */
export interface ShopRequestMessage {
  method: string
  /** Path with query, as sent. */
  url: string
  /** Fields of a posted form. */
  form: URLSearchParams
}

export interface ShopAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export interface ShopSite {
  shop: Shop
  visits: Visits
  /** Where requests are drawn from. */
  random: Random
  /** Numbers of the goals that are offered, first and behind the last. */
  goals: readonly [number, number]
}

/** Answers one request: a page, or after an action the way to the page that it leads to. Never throws for anything that a browser can send. */
export function answerRequest(site: ShopSite, { method, url, form }: ShopRequestMessage): ShopAnswer {
  const path = url.split('?', 1)[0]!
  const isRead = method === 'GET' || method === 'HEAD'
  if (path === '/') return isRead ? page(200, startPage(site)) : notAllowed('GET, HEAD')
  if (path === '/start') return method === 'POST' ? start(site, form) : notAllowed('POST')
  const id = /^\/visit\/([0-9a-z]{1,64})$/.exec(path)?.[1]
  const visit = id === undefined ? undefined : site.visits.find(id)
  if (id === undefined) return page(404, message('There is no such page.'))
  if (visit === undefined) return page(404, message('This trip is over or was never made.'))
  if (isRead) return page(200, visitPage(visit))
  return method === 'POST' ? act(visit, form) : notAllowed('GET, HEAD, POST')
}

function start({ visits, random, goals: [first, end] }: ShopSite, form: URLSearchParams): ShopAnswer {
  const wanted = form.get('goal')?.trim() ?? ''
  const number = wanted === '' ? first + random.integer(end - first) : Number(wanted)
  if (!/^\d*$/.test(wanted) || number < first || number >= end)
    return page(400, message(`Expected the number of a request from ${first} to ${end - 1}, found "${wanted}".`))
  return redirect(`/visit/${visits.start(number).id}`)
}

function act(visit: Visit, form: URLSearchParams): ShopAnswer {
  const { session, actions } = visit
  const query = form.get('query')
  const action = query === null ? form.get('action') : searchFor(query)
  if (action === null) return page(400, message('Expected an action or a search, found none.'))
  // A page from the browser's history offers what is no longer possible.
  if (form.get('step') !== String(actions))
    return page(409, visitPage(visit, 'That page was no longer current, so nothing was done. This is where you are.'))
  if (!session.step(action).isPerformed)
    return page(409, visitPage(visit, `Nothing happened: ${action} is not possible here.`))
  visit.actions++
  return redirect(`/visit/${visit.id}`)
}

/** Brackets would end the action early and line breaks make it none. */
function searchFor(query: string): string {
  return `search[${query.replace(/[[\]\s]+/g, ' ').trim()}]`
}

function visitPage(visit: Visit, notice?: string): ShopDocument {
  const { session, id, actions } = visit
  const view = viewOfSession(session)
  const again = view.kind === 'done' ? html`<p><a href="/">Shop for something else</a></p>` : undefined
  const content = html`${renderPage(view, { post: `/visit/${id}`, step: actions })}${again}`
  const place = {
    index: 'Search',
    results: 'Results',
    item: 'Product',
    sub: 'About a product',
    done: 'Done',
    text: '',
  }[view.kind]
  return { title: `${place} - WebShop`, request: session.goal.instruction, notice, content }
}

function startPage({ goals: [first, end] }: ShopSite): ShopDocument {
  const content = html`<p>You are asked to buy something. Find it, choose its options, and buy it: the score tells how well it fits.</p>
<form method="post" action="/start">
<p><label for="goal">Number of the request, ${first} to ${end - 1} (leave it empty for any)</label><br>
<input id="goal" name="goal" inputmode="numeric" pattern="[0-9]*" autocomplete="off"></p>
<p><button type="submit" class="main">Start</button></p>
</form>`
  return { title: 'WebShop', content }
}

function message(text: string): ShopDocument {
  return { title: 'WebShop', notice: text, content: html`<p><a href="/">To the start</a></p>` }
}

function page(status: number, document: ShopDocument): ShopAnswer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: renderDocument(document),
  }
}

const redirect = (location: string): ShopAnswer => ({ status: 303, headers: { location }, body: '' })

function notAllowed(allow: string): ShopAnswer {
  const answer = page(405, message('This page does not take that kind of request.'))
  return { ...answer, headers: { ...answer.headers, allow } }
}
