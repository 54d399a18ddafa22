// Stands for llama-server (and, called with --outfile, for the conversion of an adapter): adapters are known from its start, scales come with requests.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

const after = (name: string) => process.argv[process.argv.indexOf(name) + 1]
if (process.argv.includes('--outfile')) {
  writeFileSync(after('--outfile')!, 'GGUF')
  process.exit(0)
}
if (process.env.FAKE_SERVER === 'broken') {
  process.stderr.write('error: unable to load model\n')
  process.exit(1)
}
const lora = process.argv.includes('--lora') ? [{ id: 0, path: after('--lora')!, scale: 0 }] : []
for (const { path } of lora)
  if (readFileSync(path, 'latin1').slice(0, 4) !== 'GGUF') {
    process.stderr.write(`error: ${path} is no GGUF file\n`)
    process.exit(1)
  }
createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {}
  const send = (content: unknown) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(content))
  }
  if (request.url === '/health') return send({ status: 'ok' })
  if (request.url === '/lora-adapters') return send(lora)
  const scale = body.lora?.[0]?.scale ?? 0
  const choice = { index: 0, message: { role: 'assistant', content: `scale ${scale}` }, finish_reason: 'stop' }
  send({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'base',
    choices: [choice],
    usage: { prompt_tokens: 1, completion_tokens: 1 },
  })
}).listen(Number(after('--port')), after('--host'))
