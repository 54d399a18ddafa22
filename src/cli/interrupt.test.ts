import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { watchInterrupts } from './interrupt.ts'

it('aborts at the first Ctrl-C and ends the process at the second', () => {
  const source = new EventEmitter()
  const heard: string[] = []
  const { signal } = watchInterrupts({
    source,
    announce: () => heard.push('announced'),
    exit: (code) => heard.push(`exit ${code}`),
  })
  expect(signal.aborted).toBe(false)
  source.emit('SIGINT')
  expect(signal.aborted).toBe(true)
  expect(heard).toEqual(['announced'])
  source.emit('SIGINT')
  expect(heard).toEqual(['announced', 'exit 130'])
})
