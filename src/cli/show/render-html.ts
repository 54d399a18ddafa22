import type { Correction } from '../../contracts/correction.ts'
import type { Step, Trajectory } from '../../contracts/trajectory.ts'
import { renderPage } from '../../web/shop/render-page.ts'
import { shopStyle } from '../../web/shop/shop-style.ts'
import { viewOfObservation } from '../../web/shop/shop-view.ts'
import { sanitize } from '../text/sanitize.ts'
import { createStyle } from '../text/style.ts'
import { describeChecks } from './describe-checks.ts'
import { describeCorrections, describeOutcome } from './render-trajectory.ts'

/** The same as a page of its own: one file, no script, nothing loaded from elsewhere. */
export function renderHtml(trajectory: Trajectory, corrections: readonly Correction[]): string {
  const byStep = new Map(corrections.map((correction) => [correction.step, correction]))
  const { environment } = trajectory.task
  const facts = [
    ['policy', trajectory.policy],
    ['task', trajectory.task.category],
    ['asked', trajectory.instruction],
    ['outcome', describeOutcome(trajectory, createStyle(false))],
    ['teacher', describeCorrections(corrections)],
  ] as const
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(trajectory.id)}</title>
<style>${environment === 'webshop' ? `${shopStyle}${styleSheet}` : styleSheet}</style>
</head>
<body>
<main>
<h1>${escapeHtml(trajectory.id)}</h1>
<dl>${facts.map(([name, text]) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`).join('\n')}</dl>
${trajectory.steps.map((step, index) => stepHtml(step, index, byStep.get(index), environment)).join('\n')}
<section><h2>End</h2>${observationHtml(trajectory.finalObservation, environment)}</section>
</main>
</body>
</html>
`
}

function stepHtml(step: Step, index: number, correction: Correction | undefined, environment: string): string {
  const who = step.byTeacher ? 'Teacher acting (roll-in mixture)' : 'Student'
  const remark = step.admissible ? '' : '<p class="remark">not among the possible actions</p>'
  return `<section>
<h2>Step ${index + 1}</h2>
${observationHtml(step.observation, environment, step.action)}
<div class="sides">
<div><h3>${who}</h3>${answerHtml(step.reason, step.action)}${remark}</div>
${correction === undefined ? '' : correctionHtml(step, correction)}
</div>
${privilegedHtml(step)}
</section>`
}

/** What the student saw; in the shop as the page that a person would have seen, with what the student clicked marked. */
function observationHtml(observation: string, environment: string, taken?: string): string {
  if (environment !== 'webshop') return `<pre>${escapeHtml(observation)}</pre>`
  const mode = taken === undefined ? {} : { taken }
  return `<div class="page">${renderPage(viewOfObservation(sanitize(observation)), mode).markup}</div>`
}

function correctionHtml(step: Step, correction: Correction): string {
  const title = !correction.isCorrected
    ? 'agrees'
    : correction.action === step.action
      ? 'same action, other reason'
      : 'corrects'
  const remarks = describeChecks(correction).map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`)
  const dropped = correction.dropped === undefined ? '' : ' class="dropped"'
  return `<div${dropped}><h3>Teacher: ${title}</h3>${answerHtml(correction.reason, correction.action)}${remarks.join('')}</div>`
}

function answerHtml(reason: string, action: string): string {
  return `<p>${escapeHtml(reason)}</p><p><code>${escapeHtml(action)}</code></p>`
}

function privilegedHtml({ privileged }: Step): string {
  if (privileged === undefined) return ''
  return `<details><summary>Privileged state (only the teacher saw this)</summary><pre>${escapeHtml(privileged.text)}</pre></details>`
}

/** Text of models and games as HTML text, attribute values included. */
export function escapeHtml(text: string): string {
  return sanitize(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const styleSheet = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 }
main { max-width: 70rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.1rem; overflow-wrap: anywhere }
h2 { font-size: 1rem; margin: 0 }
h3 { font-size: .9rem; margin: 0; opacity: .75 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem }
dd { margin: 0 }
section { border-top: 1px solid #8886; padding: 1rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem }
pre { font-size: .9rem }
.page { border: 1px solid #8886; border-radius: 6px; padding: .5rem .75rem; margin: .5rem 0 }
.page h2 { font-size: 1rem }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem }
.sides > div { border: 1px solid #8886; border-radius: 6px; padding: .75rem; overflow-wrap: anywhere }
.dropped { border-style: dashed !important }
.remark { font-size: .85rem; opacity: .8 }
`
