import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { ROOT } from '../../support/sources.ts'

let hub: WebServer

beforeAll(async () => {
  hub = await startWeb({ role: 'hub' })
})
afterAll(() => hub.stop())

const GUIDES = readdirSync(join(ROOT, 'docs/guides'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `/guides/${file.replace('.md', '')}`)

const addressesIn = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="(\/[^"#?]*)/g)].map(([, path = '']) => path)

test.each(['', '?lang=en'])('the page of guides%s has each of them', async (language) => {
  const { status, text } = await openBrowser(hub.origin).get(`/guides${language}`)
  expect(status).toBe(200)
  expect(
    [...new Set(addressesIn(text).filter((path) => path.startsWith('/guides/')))].sort(),
  ).toEqual(GUIDES.sort())
})

test('whoever wants to organise finds how, and no link of a guide leads nowhere', async () => {
  const visitor = openBrowser(hub.origin)
  const { text } = await visitor.get('/organiser')
  expect(text).toContain('href="/guides/organiser-un-cafe"')
  expect(text).toContain('href="/guides/installer"')
  const paths = new Set<string>()
  for (const guide of GUIDES) {
    const page = await visitor.get(guide)
    expect([guide, page.status]).toEqual([guide, 200])
    for (const path of addressesIn(page.text)) paths.add(path)
  }
  const answers: unknown[] = []
  for (const path of paths) {
    const { status } = await fetch(hub.origin + path)
    if (status !== 200) answers.push([path, status])
  }
  expect(answers).toEqual([])
  expect([...paths].filter((path) => path.startsWith('/public/guides/')).length).toBeGreaterThan(8)
})

test('a picture has the size that the page says', async () => {
  const { text } = await openBrowser(hub.origin).get('/guides/installer')
  const said = [
    ...text.matchAll(/src="(\/public\/guides\/[^"]+)"[^>]* width="(\d+)" height="(\d+)"/g),
  ]
  expect(said.length).toBe(4)
  for (const [, src = '', width, height] of said) {
    const bytes = await (await fetch(hub.origin + src)).arrayBuffer()
    const seen = await sharp(bytes).metadata()
    expect([src, seen.width, seen.height]).toEqual([src, Number(width), Number(height)])
  }
})

test.each([
  ...['perdu', '__proto__', 'images', 'images/x', '../deploy.md'].map((name) => [name, 404]),
  ['..%2Fdeploy', 400],
])('/guides/%s is not found', async (name, status) => {
  expect((await fetch(`${hub.origin}/guides/${name}`)).status).toBe(status)
})
