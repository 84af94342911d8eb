import { getLogger, reset } from '@logtape/logtape'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configureLog } from '../../node/server/log.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { checkLogs } from '../support/logs.ts'
import { startWeb } from '../support/server.ts'

const lines: string[] = []
beforeAll(() => configureLog('debug', (line) => lines.push(line)))
afterAll(() => reset())

const logger = getLogger(['cafe-ia', 'essai'])
const logged = (template: string, properties: Record<string, unknown>) => {
  lines.length = 0
  logger.error(template, properties)
  return lines.join('')
}

test('no address of anybody is in a log, whatever a message or an error says', () => {
  const addresses = [
    'camille.r@mediatheque.example',
    '@camille@social.example',
    'https://lieu.example/animation/h4k7m2p9qx',
    'https://lieu.example:4000/animation/moi/abcde-fghjk-mnpqr?fait=published',
    'http://127.0.0.1:4000/actors/h4k7m2p9qx#main-key',
  ]
  for (const address of addresses) {
    const cause = Object.assign(new Error(`550 <${address}>: no such user`), {
      detail: `Key (email)=(${address}) already exists.`,
    })
    const text = logged('{what} failed for {address}: {cause}', { what: 'a', address, cause })
    expect(text).toContain('failed')
    for (const part of ['camille', 'h4k7m2p9qx', 'fghjk']) expect(text).not.toContain(part)
  }
})

test('a log line keeps the place of an error, and whole addresses that name no person', () => {
  const failed = logged('{error}', {
    error: Object.assign(new Error('one'), { detail: 'Failing row contains (Camille)' }),
  })
  expect(failed).toContain('log.test.ts')
  expect(failed).not.toContain('Camille')
  const about = 'https://lieu.example/actors/instance'
  expect(logged('{about} answered 500', { about })).toContain(about)
  const path = '/srv/node_modules/@hono/node-server/dist/index.mjs'
  expect(logged('{path}', { path })).toContain(path)
})

describe('the log of every server that a test starts', () => {
  beforeAll(() => reset())

  test.each(['Lou Derrien', 'personne@chez-elle.example'])(
    'is searched when the server stops, and no line holds %s',
    async (word) => {
      const server = await startWeb()
      await publishTestFacilitator(server, { name: 'Lou Derrien' })
      logger.debug('{what} failed', { what: 'a relay' })
      await checkLogs(server.context.db)
      // With the slash the word is no address, so the log does not leave it out.
      logger.debug(`${word}/ failed`)
      await expect(checkLogs(server.context.db)).rejects.toThrow('somebody is named')
      // The output of a server that ran as a process of its own is checked in the same way.
      const { db } = server.context
      await checkLogs(db, ['a relay failed'])
      await expect(checkLogs(db, [`${word} failed`])).rejects.toThrow('somebody is named')
      await server.stop()
    },
  )
})
