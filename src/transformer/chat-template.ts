import { Template } from '@huggingface/jinja'
import { LeapError } from '../contracts/error.ts'
import type { Message } from '../contracts/model.ts'
import type { TokenizerConfig } from './tokenizer-file.ts'

/** The template of Leap's own students: a prompt is the contents of its messages, one after the other. */
export const plainTemplate = "{% for message in messages %}{{ message['content'] }}{% endfor %}"

/** How messages become the text that the model continues. */
export interface ChatTemplate {
  render(messages: readonly Message[]): string
  /** Whether the text may hold special tokens by name, as a model's own template writes them. */
  readonly special: boolean
}

/**
 * The model's own Jinja template where it has one (with the generation prompt),
 * plain concatenation where it has none. Throws CHAT_TEMPLATE for messages that the template refuses.
 */
export function createChatTemplate(config: TokenizerConfig): ChatTemplate {
  const source = templateOf(config)
  if (source === undefined || source === plainTemplate)
    return { special: false, render: (messages) => messages.map(({ content }) => content).join('') }
  const fail = (cause: unknown) =>
    new LeapError({
      code: 'CHAT_TEMPLATE',
      message: `the model's chat template failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Check chat_template in tokenizer_config.json, and whether the model accepts these roles.',
      cause,
    })
  let template: Template
  try {
    template = new Template(source)
  } catch (cause) {
    throw fail(cause)
  }
  const names = {
    bos_token: nameOf(config.bos_token),
    eos_token: nameOf(config.eos_token),
    pad_token: nameOf(config.pad_token),
  }
  return {
    special: true,
    render(messages) {
      try {
        return template.render({
          ...names,
          messages: messages.map((message) => ({ ...message })),
          add_generation_prompt: true,
        })
      } catch (cause) {
        throw fail(cause)
      }
    },
  }
}

function templateOf({ chat_template: template }: TokenizerConfig): string | undefined {
  if (typeof template === 'string') return template
  return template?.find(({ name }) => name === 'default')?.template
}

/** The text of a special token in tokenizer_config.json, or nothing. */
export function nameOf(token: TokenizerConfig['eos_token']): string {
  return (typeof token === 'string' ? token : token?.content) ?? ''
}
