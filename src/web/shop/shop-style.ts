/** The look of the shop's pages. No other file is loaded. */
export const shopStyle = `
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 }
header, main { padding: 0.75rem max(1rem, 50% - 26rem) }
header { border-bottom: 1px solid #8886; background: #8881 }
h1 { font-size: 1.1rem; margin: 0 }
h2 { font-size: 1.2rem; overflow-wrap: anywhere }
.request { margin: 0.25rem 0 0; overflow-wrap: anywhere }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 0 }
form { display: inline }
nav { margin: 0.5rem 0 }
button, input { font: inherit; padding: 0.3rem 0.75rem; margin: 0.15rem 0.3rem 0.15rem 0; border: 1px solid #8889; border-radius: 0.3rem; color: inherit; background: Canvas; max-width: 100% }
button:not(:disabled) { cursor: pointer }
button:disabled, input:disabled { opacity: 1; color: inherit }
button.main { padding: 0.4rem 1.25rem; background: #0b57d0; color: #fff; border-color: #0b57d0 }
button.link { border: 0; background: none; padding: 0; text-align: left; text-decoration: underline; overflow-wrap: anywhere }
button[aria-pressed="true"] { border: 2px solid #0b57d0; font-weight: 600 }
button[aria-pressed="true"]::before { content: "\\2713\\00a0" / "" }
:focus-visible { outline: 3px solid #f9ab00; outline-offset: 2px }
.taken { box-shadow: 0 0 0 3px #f9ab00 }
input[type="search"] { width: min(30rem, 100%); box-sizing: border-box }
.items { list-style: none; padding: 0 }
.items li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; align-items: start; padding: 0.6rem 0; border-top: 1px solid #8884 }
.price { font-weight: 600 }
.asin { opacity: 0.75; font-size: 0.85rem; grid-column: 1 / -1 }
fieldset { border: 1px solid #8886; border-radius: 0.3rem; margin: 0.5rem 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem }
dd { margin: 0; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
[role="status"] { border-left: 4px solid #f9ab00; padding-left: 0.75rem }
`
