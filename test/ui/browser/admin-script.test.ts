import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { EMAIL, newLinkPath, PASSWORD } from '../../support/admin.ts'
import { launchChromium, whyNoChromium } from '../../support/chromium.ts'
import { reviseCafe } from '../../support/own-cafes.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const why = whyNoChromium()
const NEW = '/administration/cafes/nouveau'

let server: WebServer
let browser: Browser
let page: Page

beforeAll(async () => {
  if (why) return
  server = await startWeb()
  browser = await launchChromium()
  page = await browser.newPage()
  await page.goto(server.origin + (await newLinkPath(server)))
  await page.getByRole('button', { name: 'Entrer' }).click()
  await page.fill('[name=name]', 'Camille')
  await page.fill('[name=email]', EMAIL)
  await page.fill('[name=password]', PASSWORD)
  await page.fill('[name=passwordAgain]', PASSWORD)
  await page.press('[name=passwordAgain]', 'Enter')
  await page.waitForURL(/administration(?!\/bienvenue)/)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const kept = () => page.evaluate(() => Object.values(localStorage).join())

describe.skipIf(why)('where scripts run', () => {
  test('the characters that are left are counted, under the security policy of the administration', async () => {
    await page.goto(server.origin + NEW)
    const counter = page.locator('#title + .counter')
    expect(await counter.textContent()).toBe('140 caractères restants')
    await page.locator('#title').pressSequentially('Quinze lettres.')
    expect(await counter.textContent()).toBe('125 caractères restants')
  })

  test('a text that is pasted is never cut: what is too much is counted', async () => {
    await page.goto(server.origin + NEW)
    const title = page.locator('#title')
    await title.focus()
    await page.keyboard.insertText('a'.repeat(150))
    expect(await title.inputValue()).toHaveLength(150)
    expect(await page.locator('#title + .counter').textContent()).toBe('10 caractères de trop')
    await title.fill('Quinze lettres.')
  })

  test('what was not sent is offered again, and comes back only when asked', async () => {
    await expect.poll(kept).toContain('Quinze lettres.')
    await page.goto(server.origin + NEW)
    expect(await page.inputValue('#title')).toBe('')
    await page.getByRole('button', { name: 'Reprendre' }).click()
    expect(await page.inputValue('#title')).toBe('Quinze lettres.')
  })

  test('what was sent and what a person leaves behind when signing out is kept nowhere', async () => {
    await page.getByRole('button', { name: 'Publier', exact: true }).click()
    await expect.poll(() => page.locator('.errors').count()).toBe(1)
    expect(await kept()).toContain('Quinze lettres.')
    await page.fill('#date', '2026-12-09')
    await page.fill('#time', '18:30')
    await page.fill('#venue-name', 'Médiathèque du Canal')
    await page.fill('#venue-town', '35000 Rennes')
    await page.getByRole('button', { name: 'Enregistrer comme brouillon' }).click()
    await page.locator('.flash').waitFor()
    expect(await kept()).toBe('')

    // The draft of an edit is older than what another person saved, whose text stays.
    const { db, now } = server.context
    const { id } = await db.selectFrom('cafe').select('id').executeTakeFirstOrThrow()
    const edited = `${server.origin}/administration/cafes/${id}`
    await page.goto(edited)
    await page.locator('summary', { hasText: 'Inscription' }).click()
    await page.locator('#phone').pressSequentially('02 99')
    await expect.poll(kept).toContain('02 99')
    const content = await findCafe(db, id)
    if (!content) throw new Error('no café')
    await reviseCafe(db, { id, content: { ...content, title: 'Changé ailleurs' } }, now())
    await page.goto(edited)
    await page.getByRole('button', { name: 'Reprendre' }).click()
    expect(await page.inputValue('#title')).toBe('Quinze lettres.')
    await page.locator('#phone').fill('02 99 00 00 00')
    await page.getByRole('button', { name: 'Enregistrer comme brouillon' }).click()
    await page.locator('.flash').waitFor()
    expect(await findCafe(db, id)).toMatchObject({
      ...{ title: 'Changé ailleurs', phone: '02 99 00 00 00' },
    })

    await page.goto(server.origin + NEW)
    await page.locator('#title').pressSequentially('Laissé là')
    await expect.poll(kept).toContain('Laissé là')
    await page.getByRole('button', { name: 'Me déconnecter' }).click()
    await page.waitForURL(/connexion/)
    expect(await kept()).toBe('')
  })
})
