import { describe, expect, test } from 'vitest'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import type { Page } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { jpeg, submitWithImage } from '../../support/uploads.ts'
import {
  deliver,
  fill,
  PROFILE,
  profileOf,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('the links of a person', () => {
  // Newcomers are inserted directly, since the time that passes in these tests ends the sessions of the team.
  const newcomer = async (email: string, name: string) => {
    const { db, config, now } = server.context
    const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
    const person = { organizationId, origin: config.origin, name, email, isApproved: true }
    const { id } = await insertNewcomer(db, person, now())
    const link = { purpose: 'own-profile', subject: id, mailedTo: email } as const
    return `/animation/moi/${await insertLinkTo(db, link, now())}`
  }
  const askLink = async (email: string) => {
    const form = await visitor.get('/animation/moi')
    await visitor.submit(form, '/animation/moi', { email })
    return (await deliver()).find(({ to }) => to === email)?.link ?? ''
  }
  const statusOf = async (link: string) => (await visitor.get(link)).status

  test('to another address wait for its mailbox, then end all before them, and the old address is told', async () => {
    const old = await newcomer('avant@mail.example', 'Ava')
    await fill(old, { name: 'Ava', email: 'avant@mail.example' })
    await publish(old)
    await fill(old, { name: 'Ava', themes: 'école', email: 'apres@mail.example' })
    const [asked, ...none] = await deliver()
    expect([asked?.to, none]).toEqual(['apres@mail.example', []])
    // The holder of the old mailbox alone cannot publish the text; nothing is lost if the new address was mistyped.
    expect((await visitor.get(`${old}/apercu`)).text).not.toContain('name="seen"')
    expect((await visitor.get(old)).text).toContain('apres@mail.example, attend d’être confirmée')
    const next = asked?.link ?? ''
    const page = await visitor.get(next)
    expect(page.text).toContain('Oui, apres@mail.example est mon adresse')
    expect(await statusOf(old)).toBe(200)
    await visitor.submit(page, `${next}/adresse`)
    expect([await statusOf(old), await statusOf(next)]).toEqual([410, 200])
    const [told] = await deliver()
    expect([told?.to, told?.link]).toEqual(['avant@mail.example', ''])
    expect(await askLink('avant@mail.example')).toBe('')
    expect((await publish(next)).location).toContain('fait=published')
  })

  test('ten photos of one profile are drawn in an hour; the form says why no more', async () => {
    const link = await newcomer('photos@mail.example', 'Photos')
    const bytes = await jpeg(9, 9)
    const fields = { ...PROFILE, name: 'Photos', email: 'photos@mail.example', 'image.alt': 'moi' }
    const send = async () => {
      const page = await visitor.get(`${link}/profil`)
      const sent = { page, fields, file: { bytes } }
      return submitWithImage({ server, browser: visitor }, `${link}/profil`, sent)
    }
    const statuses: number[] = []
    for (let count = 0; count < 10; count++) statuses.push((await send()).status)
    expect(new Set(statuses)).toEqual(new Set([303]))
    const refused = await send()
    expect([refused.status, refused.text.includes('id="image-erreur"')]).toEqual([422, true])
    expect((await fill(link, { name: 'Photos', email: 'photos@mail.example' })).status).toBe(303)
  })

  test('of an address that changes back and forth go out three in an hour, and the form says why', async () => {
    const link = await newcomer('detour@mail.example', 'Détour')
    const to: string[] = []
    let last: Page | undefined
    for (let turn = 0; turn < 6; turn++)
      for (const email of ['visee@mail.example', `autre${turn}@mail.example`]) {
        last = await fill(link, { name: 'Détour', email })
        to.push(...(await deliver()).map((mail) => mail.to))
      }
    expect(to).toHaveLength(3)
    expect(last?.status).toBe(422)
    expect(last?.text).toContain('id="email-erreur"')
    expect(last?.text).toContain('value="autre5@mail.example"')
    // Other profiles cannot cause further mails to that mailbox either.
    for (const number of [1, 2, 3]) {
      const other = await newcomer(`complice${number}@mail.example`, `Complice ${number}`)
      await fill(other, { name: `Complice ${number}`, email: 'visee@mail.example' })
      to.push(...(await deliver()).map((mail) => mail.to))
    }
    expect(to.filter((recipient) => recipient === 'visee@mail.example')).toHaveLength(3)
    server.advance({ hours: 1, minutes: 1 })
    await fill(link, { name: 'Détour', email: 'bonne@mail.example' })
    expect((await deliver()).map((mail) => mail.to)).toEqual(['bonne@mail.example'])
  })

  test('end when a new one leaves, after 30 days without use, and when the person closes them', async () => {
    const first = await newcomer('liens@mail.example', 'Lien')
    await fill(first, { name: 'Lien', email: 'liens@mail.example' })
    await publish(first)
    const second = await askLink('liens@mail.example')
    expect([await statusOf(first), await statusOf(second)]).toEqual([410, 200])

    server.advance({ hours: 20 * 24 })
    expect(await statusOf(second)).toBe(200)
    server.advance({ hours: 20 * 24 })
    expect(await statusOf(second)).toBe(200)
    const { db, now } = server.context
    const { id: subject } = await profileOf('Lien')
    const other = await insertLinkTo(db, { purpose: 'own-profile', subject }, now())
    const page = await visitor.get(second)
    expect(page.text).toContain('Un autre lien ouvre aussi votre profil')
    expect(await findHtmlErrors(page.text)).toEqual([])
    await visitor.submit(page, `${second}/liens`)
    expect([await statusOf(`/animation/moi/${other}`), await statusOf(second)]).toEqual([410, 200])
    server.advance({ hours: 31 * 24 })
    expect(await statusOf(second)).toBe(410)
  })
})
