import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { announce, EMAIL, newLinkPath, PASSWORD } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
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
  test('the dates of a series follow its rule, and publishing shows them before it saves', async () => {
    await page.goto(server.origin + NEW)
    await page.locator('[name=dates][value=several]').check()
    await page.fill('[name=date]', '2026-12-10')
    await page.fill('[name=time]', '18:30')
    await page.locator('[name=ends]').selectOption('open')
    await page.locator('[name=repeats]').selectOption('fortnightly')
    const dates = page.locator('#dates-prevues')
    await dates.getByText('Un jeudi sur deux').waitFor()
    await page.locator('[name=repeats]').selectOption('weekly')
    await dates.getByText('Tous les jeudis').waitFor()
    expect(await dates.locator('[name=planned]').inputValue()).toBe('')
    await page.goto(server.origin)
    await page.evaluate(() => localStorage.clear())
  })

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
  test('a count is kept without a network and after signing out, and is sent once', async () => {
    const team = openBrowser(server.origin)
    const signIn = '/administration/connexion'
    const who = { email: EMAIL, password: PASSWORD }
    await team.submit(await team.get(signIn), signIn, who)
    const id = await announce(team, { time: '20:00', 'registration.mode': 'local' })
    const list = `/administration/cafes/${id}/inscrits`
    for (const [prenom, places] of [
      ['Awa', '2'],
      ['Jo', '1'],
    ] as const)
      await team.submit(await team.get(list), list, { prenom, places })
    const { db } = server.context
    const counted = () =>
      db.selectFrom('registration_count').selectAll().where('cafe_id', '=', id).executeTakeFirst()
    const { starts_at } = await db
      .selectFrom('cafe')
      .select('starts_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    server.advance(server.context.now().until(Temporal.Instant.from(starts_at)))
    const enter = async () => {
      await page.fill('[name=email]', EMAIL)
      await page.fill('[name=password]', PASSWORD)
      await page.press('[name=password]', 'Enter')
    }

    await page.goto(`${server.origin}/administration/cafes/${id}/compter`)
    await enter()
    await page.locator('.some label', { hasText: '2' }).click()
    await page.locator('label.who').click()
    await page.getByRole('button', { name: 'Une personne de plus' }).click()
    expect(await page.locator('[data-total]').textContent()).toBe('4')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Terminer : 4' }).click()
    await page.getByText('Sans réseau').waitFor()
    expect(await kept()).not.toContain('Awa')
    await page.context().setOffline(false)
    await page.waitForURL(/inscrits/)
    const first = await counted()
    expect(first).toMatchObject({ participants: 4, absent: 0, unregistered: 1 })

    await page.goto(`${server.origin}/administration/cafes/${id}/compter`)
    await page.locator('label.who').click()
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Terminer : 3' }).click()
    await page.getByText('Votre session est terminée').waitFor()
    expect(await counted()).toEqual(first)
    await page.getByRole('link', { name: 'Se connecter' }).click()
    await enter()
    await page.waitForURL(/compter/)
    expect(await page.locator('[data-total]').textContent()).toBe('3')
    await page.getByRole('button', { name: 'Terminer : 3' }).click()
    await page.waitForURL(/inscrits/)
    expect(await counted()).toMatchObject({ participants: 3, absent: 1, unregistered: 1 })
    expect(await kept()).toBe('')
  })
})
