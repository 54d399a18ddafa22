import type { Template } from './template.ts'
import { archiveTemplates } from './templates-archive.ts'
import { changeTemplates } from './templates-change.ts'
import { countTemplates } from './templates-count.ts'
import { findTemplates } from './templates-find.ts'
import { textTemplates } from './templates-text.ts'

/** All kinds of requests that Leap's own Bash tasks are drawn from. */
export const templates: readonly Template[] = [
  ...findTemplates,
  ...countTemplates,
  ...textTemplates,
  ...changeTemplates,
  ...archiveTemplates,
]
