import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

test('a browser asks again after a stretch in which the server gave up idle connections', async () => {
  const server = createServer((_, response) => response.end('ok'))
  server.keepAliveTimeout = 3000
  server.keepAliveTimeoutBuffer = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser = openBrowser(`http://127.0.0.1:${port}`)
  await browser.get('/')
  await setTimeout(20)
  // The process gets no time here, as on a busy machine: no timer of either side runs before the next request.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500)
  expect((await browser.get('/')).text).toBe('ok')
  server.close()
})
