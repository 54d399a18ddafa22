import { createHash } from 'node:crypto'
import { html, type Markup } from './markup.ts'
import { shopStyle } from './shop-style.ts'

export interface ShopDocument {
  /** Of the window; the request stands in the header. */
  title: string
  /** What the shopper is asked to buy, where there is a trip. */
  request?: string
  /** Something that the shopper should know about what just happened. */
  notice?: string | undefined
  content: Markup
}

const styleHash = createHash('sha256').update(shopStyle).digest('base64')

/** What the pages may load and do: this style sheet and forms to this server, nothing else. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** A whole page: landmarks, a way past the header, one heading of the first order. */
export function renderDocument({ title, request, notice, content }: ShopDocument): string {
  const style = { markup: shopStyle }
  const asked = request === undefined ? undefined : html`<p class="request" id="request">Instruction: ${request}</p>`
  const said = notice === undefined ? undefined : html`<p role="status">${notice}</p>`
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header><h1>WebShop</h1>${asked}</header>
<main id="main">
${said}
${content}
</main>
</body>
</html>
`
  return markup
}
