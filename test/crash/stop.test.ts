import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openDatabase } from '../../node/store/open-database.ts'
import { saveFrequentBeginnings } from '../../node/store/search/frequent-beginnings.ts'
import { startChildServer } from '../support/child-server.ts'
import { fillDirectory } from '../support/full-directory.ts'

/** A server that is asked to stop ends what it has begun before it closes its database. */

/** Sends a request and leaves without reading the answer. */
async function askAndLeave(port: number, path: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/html\r\n\r\n`)
  socket.resume()
  await setTimeout(2)
  socket.destroy()
}

test('a server that stops while visitors leave in the middle of long searches reports no failure', async () => {
  const DATA = await fillDirectory({ fat: 100, ordinary: 1000 })
  const db = await openDatabase(join(DATA, 'cafe-ia.sqlite'))
  await saveFrequentBeginnings(db)
  await db.destroy()
  const server = await startChildServer({ ROLE: 'hub', DATA, TRUST_PROXY: '127.0.0.1' })
  const port = Number(new URL(server.origin).port)
  await fetch(`${server.origin}/?q=caf`)
  await Promise.all(
    Array.from({ length: 12 }, (_, turn) => askAndLeave(port, `/?q=a+c+e&page=${turn}`)),
  )
  await server.stop()
  expect(server.failures()).toEqual([])
}, 60_000)
