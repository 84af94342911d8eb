import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveCafes } from '../../node/store/cafes/cafes.ts'
import { borrowFor, createMemory, type Loan, memory } from '../../node/turns/memory.ts'
import { startWeb, type WebServer } from '../support/server.ts'
import { aCafe } from '../support/some-cafes.ts'

const by = (near: string, network = near) => ({ near, network })

describe('a ledger of 64', () => {
  test('lends works 48 in all, 12 to a neighbourhood and 8 to a network, and pages 16', async () => {
    const ledger = createMemory(64, 20)
    const lend = (bytes: number, near: string, network?: string) =>
      ledger.borrow('work', bytes, by(near, network))
    expect(await lend(8, 'a', 'a1')).toBeDefined()
    expect(await lend(1, 'a', 'a1')).toBeUndefined()
    expect(await lend(4, 'a', 'a2')).toBeDefined()
    expect(await lend(1, 'a', 'a3')).toBeUndefined()
    for (const near of ['b', 'c', 'd', 'e', 'f', 'g']) expect(await lend(6, near)).toBeDefined()
    expect(await lend(1, 'h')).toBeUndefined()
    expect([ledger.lent('work'), ledger.lent('page')]).toEqual([48, 0])
    expect(await ledger.borrow('page', 8, by('h'))).toBeDefined()
    expect(await ledger.borrow('page', 1, by('h'))).toBeUndefined()
    expect(await ledger.borrow('page', 8, by('i'))).toBeDefined()
    expect(await ledger.borrow('page', 1, by('j'))).toBeUndefined()
  })

  test('lends one work more than a network may have, and lets it go on before smaller ones that came later', async () => {
    const ledger = createMemory(64, 1000)
    const small = await ledger.borrow('work', 6, by('a'))
    const other = await ledger.borrow('work', 6, by('b'))
    const order: string[] = []
    const large = ledger.borrow('work', 48, by('c')).then((loan) => {
      order.push('large')
      return loan
    })
    small?.end()
    expect([ledger.isWanted('b'), ledger.isWanted('c')]).toEqual([true, true])
    const later = ledger.borrow('work', 1, by('d')).then(() => order.push('later'))
    await setTimeout(5)
    expect(order).toEqual([])
    other?.end()
    ;(await large)?.keep(2)
    await later
    expect(order).toEqual(['large', 'later'])
    expect(ledger.lent('work')).toBe(3)
  })

  test('takes bytes back once, and counts more than were asked for', async () => {
    const ledger = createMemory(64)
    const loan = await ledger.borrow('work', 2, by('a'))
    loan?.keep(5)
    expect([loan?.bytes(), ledger.lent('work')]).toEqual([5, 5])
    loan?.end()
    loan?.keep(3)
    loan?.end()
    expect([loan?.bytes(), ledger.lent('work')]).toEqual([0, 0])
  })
})

describe('what answers borrow', () => {
  let server: WebServer
  beforeAll(async () => {
    server = await startWeb({ role: 'node' })
    const cafes = Array.from({ length: 150 }, () => aCafe({ publication: 'published' }))
    await server.context.db.transaction().execute((trx) => saveCafes(trx, cafes))
  })
  afterAll(() => server.stop())

  const PATHS = ['/cafes', '/export/cafes.json', '/agenda.ics', '/api/v1/cafes', '/nowhere']

  /** Requests a page of its own, and leaves after so many milliseconds, or stays. */
  const visit = (nth: number, leaveAfter?: number): Promise<void> =>
    new Promise((resolve) => {
      const path = PATHS[nth % PATHS.length] ?? '/'
      const request = get(server.origin + path, { agent: false }, (answer: IncomingMessage) =>
        answer.resume(),
      )
      request.on('error', () => undefined).on('close', resolve)
      if (leaveAfter !== undefined) void setTimeout(leaveAfter).then(() => request.destroy())
    })

  test('comes back when they end, and when a thousand visitors leave before', async () => {
    await Promise.all(PATHS.map((_, nth) => visit(nth)))
    await Promise.all(Array.from({ length: 1000 }, (_, nth) => visit(nth, nth % 40)))
    for (let tries = 0; tries < 100 && memory.lent('work') + memory.lent('page') > 0; tries++)
      await setTimeout(50)
    expect([memory.lent('work'), memory.lent('page')]).toEqual([0, 0])
  })

  test('is not waited for by a visitor who has left', async () => {
    const all = await memory.borrow('page', memory.mostUnread, by('others'))
    const { promise: borrowed, resolve } = Promise.withResolvers<Loan | undefined>()
    const waiting = createServer((_, outgoing) => {
      resolve(borrowFor(outgoing, 'page', 1, by('visitor')))
      request.destroy()
    }).listen(0, '127.0.0.1')
    await once(waiting, 'listening')
    const { port } = waiting.address() as AddressInfo
    const request = get({ host: '127.0.0.1', port }).on('error', () => undefined)
    expect(await borrowed).toBeUndefined()
    all?.end()
    waiting.close()
  })
})
