import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLongAnswers } from '../../../node/routes/cafes/write-cafes.ts'
import { onError } from '../../../node/routes/site/errors.tsx'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
})
afterAll(() => server.stop())

test.each([
  ['fr', 'Trop de demandes arrivent en ce moment. Réessayez dans une minute.'],
  ['en', 'Too many requests are coming in at the moment. Try again in a minute.'],
])('a page that found no memory says so and speaks of no file (%s)', async (lang, sentence) => {
  const answers = createLongAnswers(server.context)
  const app = new Hono()
    .get('/carte', (c) => answers.make(c, async () => c.text('')))
    .onError(onError(server.context, ({ error }) => expect.fail(String(error))))
  // A visitor who is gone has none either, at once.
  const incoming = new IncomingMessage(new Socket())
  const outgoing = new ServerResponse(incoming).destroy()
  const answer = await app.request(
    `${server.origin}/carte?lang=${lang}`,
    {},
    { incoming, outgoing },
  )
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('30')
  expect(readable(await answer.text())).toContain(sentence)
})
