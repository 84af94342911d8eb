// This program runs inside the network: it makes the HTTP request that its standard input describes, and prints the
// answer.
import { text } from 'node:stream/consumers'
import type { Answer, Request } from './visit.ts'

const { url, ...request }: Request = JSON.parse(await text(process.stdin))
const response = await fetch(url, {
  redirect: 'manual',
  signal: AbortSignal.timeout(15_000),
  ...request,
})
const answer: Answer = {
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
}
process.stdout.write(JSON.stringify(answer))
