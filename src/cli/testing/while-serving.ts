import { runCli } from '../run-cli.ts'
import { type TestContextOptions, testContext } from './test-context.ts'

/** Runs a command that serves until Ctrl-C: `use` is told the address that it printed, and when `use` is done, Ctrl-C is pressed. */
export async function whileServing(
  argv: readonly string[],
  options: TestContextOptions,
  use: (url: string) => Promise<void>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { context, interrupt, stdout, stderr } = testContext(options)
  const listening = Promise.withResolvers<string>()
  const write = context.stdout.write.bind(context.stdout)
  context.stdout.write = (text) => {
    const url = /http:\S+/.exec(text)?.[0]
    if (url) listening.resolve(url)
    return write(text)
  }
  const ended = runCli([...argv], context)
  void ended.then((code) => listening.reject(new Error(`exit ${code}: ${stderr()}`)))
  await use(await listening.promise)
  interrupt()
  return { code: await ended, stdout: stdout(), stderr: stderr() }
}
