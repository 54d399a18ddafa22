import type { Product } from '../product.ts'
import { representDictionary } from '../python/python-text.ts'
import type { Page } from './page.ts'
import type { PageNode } from './page-nodes.ts'

interface HtmlSource {
  readonly id: string
  readonly page: Page
  readonly nodes: readonly PageNode[]
  readonly keywords: readonly string[] | undefined
  readonly pageNumber: number | undefined
  readonly options: ReadonlyMap<string, string>
}

/**
 * A page in observation mode `html`. The markup is our own and leaner than WebShop's; what programs look for is the same: the visible texts in
 * their order, `id` of instruction, search field and image, classes `btn`, `product-link`, `product-title`, `product-price`, `product-info`,
 * and radio inputs with the options' names and values. Quoting inside addresses differs.
 */
export function renderHtml(source: HtmlSource): string {
  const body = bodyOf(source)
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"></head>\n<body>\n${body.join('\n')}\n</body>\n</html>`
}

function bodyOf(source: HtmlSource): string[] {
  const { page, nodes } = source
  if (page.kind === 'done') return doneBody(nodes)
  const isIndex = page.kind === 'index'
  const [title, instruction] = isIndex ? nodes.slice(1) : nodes
  return [
    ...(isIndex ? ['<h2>WebShop</h2>'] : []),
    `<div id="instruction-text"><h4>${escapeHtml(title?.text ?? '')}<br>${escapeHtml(instruction?.text ?? '')}</h4></div>`,
    ...(isIndex ? searchForm(source) : shopBody(source)),
  ]
}

function searchForm(source: HtmlSource): string[] {
  return [
    `<form id="form-buscar" method="post" action="${address(source, {})}">`,
    '<input id="search_input" class="form-control" type="text" name="search_query" placeholder="Search..." required/>',
    '<button class="btn btn-success" type="submit">Search</button>',
    '</form>',
  ]
}

function shopBody(source: HtmlSource): string[] {
  const { page } = source
  const back = button(address(source, {}), 'Back to Search', 'btn btn-success')
  if (page.kind === 'results') return [back, ...resultsBody(source, page)]
  if (page.kind === 'item') {
    const previous = address(source, { keywords: true })
    return [back, button(previous, '< Prev'), ...itemBody(source, page.product)]
  }
  if (page.kind !== 'sub') return []
  const previous = address(source, { product: page.product, keywords: true, options: source.options })
  return [back, button(previous, '< Prev'), ...subBody(source)]
}

function resultsBody(source: HtmlSource, { number, total, products }: Extract<Page, { kind: 'results' }>): string[] {
  const to = (page: number) => address({ ...source, pageNumber: page }, { keywords: true })
  return [
    `<h3>Page ${number} (Total results: ${total})</h3>`,
    ...(number > 1 ? [button(to(number - 1), '< Prev')] : []),
    button(to(number + 1), 'Next >'),
    ...products.flatMap((product) => [
      '<div class="list-group-item">',
      `<img src="${escapeHtml(product.mainImage)}" class="result-img">`,
      `<h4 class="product-asin"><a class="product-link" href="${address(source, { product, keywords: true, options: new Map() })}">${escapeHtml(product.asin)}</a></h4>`,
      `<h4 class="product-title">${escapeHtml(product.title)}</h4>`,
      `<h5 class="product-price">${escapeHtml(product.priceTag)}</h5>`,
      '</div>',
    ]),
  ]
}

function itemBody(source: HtmlSource, product: Product): string[] {
  const { options, nodes } = source
  const to = (subPage?: string) =>
    address(source, { product, keywords: true, options, ...(subPage ? { subPage } : {}) })
  const labels = nodes.filter(({ kind }) => kind === 'button').slice(2)
  return [
    `<img id="product-image" src="${escapeHtml(product.mainImage)}" class="item-page-img">`,
    ...product.options.flatMap(({ name, values }) => [
      `<h4>${escapeHtml(name)}</h4>`,
      '<div class="radio-toolbar">',
      ...values.flatMap((value, index) => {
        const id = escapeHtml(`radio_${name}${index}`)
        const chosen = address(source, { product, keywords: true, options: new Map([...options, [name, value]]) })
        const checked = options.get(name) === value ? ' checked' : ''
        return [
          `<input type="radio" id="${id}" name="${escapeHtml(name)}" value="${escapeHtml(value)}" data-url="${chosen}"${checked}>`,
          `<label for="${id}">${escapeHtml(value)}</label>`,
        ]
      }),
      '</div>',
    ]),
    `<h2>${escapeHtml(product.title)}</h2>`,
    `<h4>Price: ${escapeHtml(product.priceTag)}</h4>`,
    '<h4>Rating: N.A.</h4>',
    ...labels.map(({ text }) =>
      text === 'Buy Now'
        ? button(address(source, { product, options }), text, 'btn btn-lg purchase')
        : button(to(text), text),
    ),
  ]
}

/** Everything after the two buttons is information. */
function subBody({ nodes }: HtmlSource): string[] {
  return nodes.slice(4).map(({ text }) => `<p class="product-info">${escapeHtml(text)}</p>`)
}

function doneBody(nodes: readonly PageNode[]): string[] {
  const headings = new Set(['Thank you for shopping with us!', 'Your code: ', 'Purchased', 'Target', 'Reward'])
  const lines = nodes.map(({ text }) =>
    headings.has(text) ? `<h3>${escapeHtml(text)}</h3>` : `<p>${escapeHtml(text)}</p>`,
  )
  return ['<div id="thankyou">', ...lines, '</div>']
}

const button = (action: string, label: string, classes = 'btn btn-primary') =>
  `<form method="post" action="${action}"><button type="submit" class="${classes}">${escapeHtml(label)}</button></form>`

interface AddressParts {
  readonly product?: Product
  readonly keywords?: boolean
  readonly subPage?: string
  readonly options?: ReadonlyMap<string, string>
}

function address({ id, keywords, pageNumber }: HtmlSource, parts: AddressParts): string {
  const query = new URLSearchParams({ session_id: id })
  if (parts.product !== undefined) query.append('asin', parts.product.asin)
  if (parts.keywords) {
    for (const word of keywords ?? []) query.append('keywords', word)
    query.append('page', String(pageNumber))
  }
  if (parts.subPage !== undefined) query.append('sub_page', parts.subPage)
  if (parts.options !== undefined) query.append('options', representDictionary(parts.options))
  return escapeHtml(`/?${query}`)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** Text as it may stand in markup and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char]!)
}
