import { describe, expect, test } from 'vitest'
import { signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { appoint } from '../../support/referents.ts'
import { hub, mails, useReferentHub } from './referent-hub.ts'

useReferentHub()

describe('writing to them', () => {
  const FORM = '/referents/ecrire/c-35238'
  const said = {
    'contact.name': 'Une bibliothèque',
    'contact.email': 'bibli@ville.example',
    'contact.message': 'Bonjour,\nnous aimerions accueillir un café.',
  }

  test('the message is handed over; neither page nor form ever says an address', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const page = await visitor.get('/territoires/c-35238')
    const sent = await visitor.submit(page, FORM, said)
    expect(sent.status).toBe(200)
    expect(sent.text).toContain('Message en route')
    expect(sent.text).toContain('Sans réponse, écrivez à l’équipe')
    const [mail] = await mails()
    expect(mail).toMatchObject({
      to: 'claire@lieu.example',
      replyTo: 'bibli@ville.example',
    })
    expect(mail?.text).toContain('nous aimerions accueillir un café.')
    for (const path of ['/territoires/35', '/referents', FORM, '/api/v1/referents'])
      expect((await visitor.get(path)).text).not.toContain('claire@lieu.example')
  })

  test('where nobody is appointed it goes to the team', async () => {
    await signInByLink(hub)
    const visitor = openBrowser(hub.origin)
    await visitor.submit(await visitor.get(FORM), FORM, said)
    expect((await mails()).map(({ to }) => to)).toEqual(['camille@mediatheque.example'])
  })

  test.each([
    ['contact.email', 'x@y.example\r\nBcc: a@b.example'],
    ['contact.email', 'rien'],
    ['contact.name', '  '],
    ['contact.message', ''],
    ['contact.message', 'a'.repeat(3001)],
  ])('a wrong %s is refused beside the field, what was typed stays', async (name, value) => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const refused = await visitor.submit(await visitor.get(FORM), FORM, { ...said, [name]: value })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(`id="${name.replace('.', '-')}-erreur"`)
    expect(await mails()).toEqual([])
  })

  test('a flood from one network stops', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const page = await visitor.get(FORM)
    const statuses: number[] = []
    for (let i = 0; i < 7; i++) statuses.push((await visitor.submit(page, FORM, said)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  test('a few writers, however much they write, do not use up the messages of others for the day', async () => {
    await appoint(hub)
    const writeFrom = async (address: string) => {
      const headers = { 'x-forwarded-for': address }
      return (await openBrowser(hub.origin).post(FORM, said, headers)).status
    }
    const statuses: number[] = []
    for (let network = 1; network <= 12; network++)
      for (let i = 0; i < 5; i++) statuses.push(await writeFrom(`192.0.${network}.1`))
    for (let i = 1; i <= 5; i++) statuses.push(await writeFrom(`2001:db8:1:${i}::1`))
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(40)
    expect(await writeFrom('198.51.100.7')).toBe(200)
  })

  test('the forms of many communes that lead to the same referents share one limit', async () => {
    await appoint(hub)
    const communes = Array.from({ length: 60 }, (_, at) => `352${String(at + 10)}`)
    const statuses = await Promise.all(
      communes.map(async (code, at) => {
        const headers = { 'x-forwarded-for': `192.0.${at}.1` }
        const form = `/referents/ecrire/c-${code}`
        return (await openBrowser(hub.origin).post(form, said, headers)).status
      }),
    )
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    expect(await mails()).toHaveLength(40)
  })

  test('from another site nothing is sent', async () => {
    await appoint(hub)
    const visitor = openBrowser(hub.origin)
    const forged = await visitor.post(FORM, said, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    })
    expect(forged.status).toBe(403)
    expect(await mails()).toEqual([])
  })
})
