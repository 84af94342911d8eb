import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const run = promisify(execFile)

let web: WebServer
let page: string
let token: string

beforeAll(async () => {
  web = await startWeb({ role: 'hub' })
  const { db, now } = web.context
  const organizationId = web.organization.id
  token = (await createToken(db, { organizationId, label: 'test' }, now())).token
  page = await (await fetch(`${web.origin}/api`)).text()
})
afterAll(async () => {
  expect(web.failures).toEqual([])
  await web.stop()
})

/** Returns the commands of the page, as somebody copies them. */
const commands = () =>
  [...page.matchAll(/<code class="command">(.*?)<\/code>/gs)].map(([, text = '']) =>
    text
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  )

test('an address of no API is refused as a problem, in the language that is asked for', async () => {
  for (const path of ['/api/v2/cafes', '/api/v1/nothing', '/export/cafes.zip']) {
    const answer = await fetch(web.origin + path, { headers: { 'Accept-Language': 'en' } })
    expect(answer.status, path).toBe(404)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect((await answer.json()).title).toBe('There is nothing at this address.')
  }
})

test('every command of the page works as it is in a terminal', async () => {
  const curls = commands().filter((command) => command.includes('curl'))
  expect(curls.length).toBeGreaterThanOrEqual(10)
  for (const command of curls) {
    const careful = command
      .replace('curl ', 'curl --silent --show-error --fail-with-body ')
      .replace('-o cafes.csv', '-o /dev/null')
    const { stdout } = await run('bash', ['-c', `set -o pipefail; ${careful}`], {
      env: { ...process.env, JETON: token },
    })
    expect(stdout, command).not.toContain('"errors"')
  }
  const { items } = await (await fetch(`${web.origin}/api/v1/cafes?q=quotidien`)).json()
  expect(items.map(({ reference }: { reference: string }) => reference).sort()).toEqual([
    'cafe-1',
    'cafe-2',
    'cafe-3',
  ])
}, 60_000)

test('every address of the OpenAPI document is on the page, in French', async () => {
  const document = await (await fetch(`${web.origin}/api/v1/openapi.json`)).json()
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods as object))
      expect(page).toContain(`${method.toUpperCase()} /api/v1${path}`)
  const operations = page.slice(page.indexOf('class="operations"'))
  expect(operations).not.toMatch(/<p><span lang="en">/)
})

test('the type of an error leads to what is said of it', async () => {
  const { type } = await (await fetch(`${web.origin}/api/v1/cafes?territory=zzz`)).json()
  const [address, anchor] = type.split('#')
  expect(address).toBe(`${web.origin}/api`)
  expect(page).toContain(`id="${anchor}"`)
})
