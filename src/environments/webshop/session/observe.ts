import { renderHtml } from './render-html.ts'
import { renderRichText, renderText } from './render-text.ts'
import type { Session } from './session.ts'

/** WebShop's observation modes. LEAP uses `text_rich`. */
export const observationModes = ['html', 'text', 'text_rich', 'url'] as const
export type ObservationMode = (typeof observationModes)[number]

/** The present page of a session in one of the four modes. */
export function observe(session: Session, mode: ObservationMode): string {
  switch (mode) {
    case 'html':
      return renderHtml(session)
    case 'text':
      return renderText(session.nodes)
    case 'text_rich':
      return renderRichText(session.nodes, session.url, session.visited)
    case 'url':
      return session.url
  }
}
