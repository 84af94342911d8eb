import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPosterAddress } from '../../node/store/queues/poster-addresses.ts'
import { launchChromium, whyNoChromium } from '../support/chromium.ts'
import { type Site, startPair, until } from '../support/network.ts'
import { forge, signMandates } from '../support/referents.ts'
import { tabTo } from './hand.ts'

const why = whyNoChromium()

let hub: Site
let node: Site
let browser: Browser
let folder: string
let dump: string
let poster: string
let mandates: Awaited<ReturnType<typeof signMandates>>
let forged: Awaited<ReturnType<typeof forge>>

beforeAll(async () => {
  if (why) return
  ;({ hub, node } = await startPair())
  const first = await node.publish()
  await node.publish({ title: 'Café IA : l’été des robots' })
  await until(async () => (await hub.titles()).length === 2, { within: 15_000, what: 'two cafés' })
  poster = (await findPosterAddress(node.context.db, first)) ?? ''
  mandates = await signMandates(hub)
  const registry = await (await fetch(`${hub.origin}/registry.json`)).text()
  forged = await forge(node, { mandate: mandates.valid, registry })
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-verify-'))
  dump = join(folder, 'cafes.ndjson')
  await writeFile(dump, await (await fetch(`${hub.origin}/export/cafes.ndjson`)).text())
  browser = await launchChromium()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await node?.close()
  await hub?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function verify(page: Page, what: { file: string } | { text: string }): Promise<string> {
  if ('file' in what) await page.getByLabel('Un fichier').setInputFiles(what.file)
  else await page.getByLabel('Ou un texte à coller').fill(what.text)
  await page.getByRole('button', { name: 'Vérifier', exact: true }).click()
  await page.locator('#resultat li').first().waitFor()
  return (await page.locator('#resultat').textContent()) ?? ''
}

/** Returns each document with the sentences that its reader sees. */
const whatIsSaid = (): [string, string[]][] => {
  const claire = '« Claire Morin, référente du réseau des cafés IA, Ille-et-Vilaine (35), du '
  const paul = '« Paul Le Goff, référent du réseau des cafés IA, Finistère (29), du '
  const by = 'Publié par Annuaire'
  return [
    [mandates.valid, ['Ce document est authentique', claire, by, 'signé le']],
    [mandates.ofPaul, ['Ce document est authentique', paul, by]],
    [
      mandates.altered,
      ['Ne vous fiez pas', 'Modifié après la signature', 'Se dit publié par Annuaire'],
    ],
    [mandates.replayed, ['Ne vous fiez pas', 'Modifié après la signature', claire]],
    [
      mandates.expired,
      [
        'Authentique, mais arrivé à son terme',
        `jusqu’au ${mandates.lastDay.toLocaleString('fr-FR', { weekday: 'long' })}`,
        by,
      ],
    ],
    [mandates.toCome, ['Authentique, mais pas encore commencé', by]],
    [mandates.revoked, ['Ne vous fiez pas', 'Retiré par l’annuaire', by]],
    [
      forged.byMember,
      ['Ne vous fiez pas', 'Ne vient pas de l’annuaire de ce registre', 'Signé par Lieu'],
    ],
    [forged.asDirectory, ['Ne vous fiez pas', 'Signé par quelqu’un d’autre que son auteur']],
    [
      forged.ofOther,
      [
        'Ne vous fiez pas',
        'Ne vient pas de l’annuaire de ce registre',
        `Comparé au registre de ${hub.host}, signé le`,
      ],
    ],
    [poster.replace(/;[^;]+;z/u, ';Nice;z'), ['Modifié après la signature', 'Nice']],
  ]
}

const openPage = async (context: BrowserContext) => {
  const page = await context.newPage()
  page.on('filechooser', () => undefined)
  await page.goto(`${hub.origin}/verifier`, { waitUntil: 'networkidle' })
  return page
}

describe.skipIf(why)('the page that verifies', () => {
  test('asks for nothing but its own files, and finds what the directory gives out authentic', async () => {
    const context = await browser.newContext()
    const asked: string[] = []
    context.on('request', (request) => asked.push(request.url()))
    const page = await openPage(context)
    const before = asked.length
    expect(await verify(page, { file: dump })).toMatch(/Les 2 documents sont authentiques/)
    expect(asked.slice(before)).toEqual([])
    expect(asked.every((url) => url.startsWith(hub.origin))).toBe(true)
    await context.close()
  })

  test('says of a changed document that it was changed, and of the code of a poster whose it is', async () => {
    const context = await browser.newContext()
    const page = await openPage(context)
    const text = await (await fetch(`${hub.origin}/export/cafes.ndjson`)).text()
    const result = await verify(page, { text: text.replace('robots', 'robotz') })
    expect(result).toMatch(/Documents auxquels ne pas se fier.: 1 sur 2/)
    expect(result).toContain('Modifié après la signature')
    expect(await verify(page, { text: poster })).toContain('L’affiche vient bien de ce lieu')
    await context.close()
  })

  test.each([true, false])(
    'says of a mandate whose it is, where and until when, and whether it counts (scripts: %s)',
    async (javaScriptEnabled) => {
      const context = await browser.newContext({ javaScriptEnabled, locale: 'fr-FR' })
      const page = await openPage(context)
      for (const [text, said] of whatIsSaid()) {
        const result = (await verify(page, { text })).replaceAll(/\s/gu, ' ')
        for (const words of said) expect(result).toContain(words)
      }
      const words = (await page.locator('main').textContent()) ?? ''
      expect(words.includes('rien n’est envoyé')).toBe(javaScriptEnabled)
      expect(words.includes('est envoyé à ce site')).toBe(!javaScriptEnabled)
      await context.close()
    },
  )

  test('says that its registry is altered, and no more, where somebody emptied its revocations', async () => {
    const context = await browser.newContext()
    const body = `globalThis.registry = ${forged.registries.emptied}`
    await context.route('**/registry.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body }),
    )
    const page = await openPage(context)
    await page.getByLabel('Ou un texte à coller').fill(mandates.revoked)
    await page.getByRole('button', { name: 'Vérifier', exact: true }).click()
    await page.locator('#resultat').getByText('Ce registre a été altéré').waitFor()
    expect(await page.locator('#resultat li').count()).toBe(0)
    await context.close()
  })

  test('works by keyboard alone, and its answer has the focus', async () => {
    const context = await browser.newContext()
    const page = await openPage(context)
    const answer = page.locator('#resultat')
    const submit = page.getByRole('button', { name: 'Vérifier', exact: true })
    await tabTo(page, page.getByLabel('Ou un texte à coller'))
    await page.keyboard.insertText(mandates.altered)
    await tabTo(page, submit)
    await page.keyboard.press('Enter')
    await answer.getByText('Modifié après la signature').waitFor()
    expect(await answer.evaluate((node) => node === document.activeElement)).toBe(true)
    await tabTo(page, page.getByLabel('Un fichier'))
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Enter')
    await (await chooser).setFiles(dump)
    await tabTo(page, submit)
    await page.keyboard.press('Space')
    await answer.getByText('sont authentiques').waitFor()
    expect(await answer.evaluate((node) => node === document.activeElement)).toBe(true)
    await context.close()
  })

  test('works from the copy that it makes of itself, with no network at all', async () => {
    const online = await browser.newContext({ acceptDownloads: true })
    const page = await openPage(online)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Enregistrer une copie' }).click()
    const copy = join(folder, 'verifier.html')
    await (await download).saveAs(copy)
    await online.close()

    const offline = await browser.newContext({ offline: true })
    const asked: string[] = []
    offline.on('request', (request) => asked.push(request.url()))
    const failures: unknown[] = []
    const saved = await offline.newPage()
    saved.on('pageerror', (error) => failures.push(error))
    await saved.goto(pathToFileURL(copy).href)
    expect(await verify(saved, { file: dump })).toMatch(/Les 2 documents sont authentiques/)
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])
    expect(failures).toEqual([])
    await offline.close()
  })

  test('checks here what a form brings where no script runs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await openPage(context)
    expect(await verify(page, { file: dump })).toMatch(/Les 2 documents sont authentiques/)
    await page.getByRole('button', { name: 'Vérifier', exact: true }).click()
    expect(await page.getByRole('main').textContent()).toContain('Choisissez un fichier')
    await context.close()
  })
})
