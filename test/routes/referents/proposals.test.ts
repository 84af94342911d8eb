import { describe, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { listConsents } from '../../../node/store/referents/consents.ts'
import { saveMandateAct } from '../../../node/store/referents/mandate-acts.ts'
import {
  deleteOldReferents,
  findReferent,
  insertReferent,
  listReferents,
} from '../../../node/store/referents/referents.ts'
import { signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { appoint, enterAdmin } from '../../support/referents.ts'
import {
  api,
  hub,
  LIST,
  mailedPath,
  mails,
  PROPOSED,
  propose,
  restartWithoutMail,
  useReferentHub,
} from './referent-hub.ts'

useReferentHub()

describe('from the proposal to the office', () => {
  test('the team proposes, the person agrees by the mailed link, the team appoints, everyone sees', async () => {
    const team = await signInByLink(hub)
    const proposed = await propose(team)
    expect(proposed.status).toBe(303)
    const one = proposed.location?.split('?')[0] ?? ''

    const person = openBrowser(hub.origin)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const asked = await person.get(path)
    expect(asked.headers.get('cache-control')).toBe('no-store')
    // With `no-referrer` a browser would send this page's own form with `Origin: null`, which is refused.
    expect(asked.headers.get('referrer-policy')).toBe('same-origin')
    expect(readable(asked.text)).toContain('Mon adresse e-mail n’est jamais montrée')
    expect((await person.get('/territoires/35')).text).not.toContain('Claire')

    const unticked = await person.submit(asked, path, { name: 'Claire M.' })
    expect(unticked.status).toBe(422)
    expect(unticked.text).toContain('value="Claire M."')
    const agreed = await person.submit(asked, path, { name: 'Claire M.', agree: '1' })
    expect(agreed.status).toBe(303)
    expect((await person.get('/territoires/35')).text).not.toContain('Claire')

    const page = await team.get(one)
    expect(readable(page.text)).toContain('J’accepte que')
    await team.submit(page, `${one}/nommer`)
    expect(readable((await person.get('/territoires/35')).text)).toContain(
      'Claire M., référente : Ille-et-Vilaine (35)',
    )
    expect(readable((await person.get('/territoires/35')).text)).toContain('Votre référente locale')
    expect((await person.get('/referents')).text).toContain('Claire M.')
    expect(await api('?territory=c-35238')).toMatchObject({
      territory: { code: 'c-35238' },
      level: { code: '35' },
      items: [{ name: 'Claire M.', word: 'référente', territory: { code: '35' } }],
    })
    expect(await mailedPath(PROPOSED.email, /\/referents\/acces\/[\w-]+/)).toBeTruthy()
  })

  test('one domain that proposes many stands beside the others, a page at a time', async () => {
    const team = await signInByLink(hub)
    const { db, now } = hub.context
    const day = Temporal.PlainDate.from('2026-12-01')
    const proposeFrom = (domain: string, name: string) =>
      insertReferent(
        db,
        {
          ...{ territory: '35', name, word: 'neutre', email: `${name}@x.example`, domain },
          ...{ proposedBy: domain },
          ...{ startsOn: day, endsOn: day.add({ days: 365 }) },
        },
        now(),
      )
    for (let i = 0; i < 60; i++) await proposeFrom('beaucoup.example', `A${100 + i}`)
    await proposeFrom('honnete.example', 'Zoe')
    const namesAt = async (query = '') => {
      const [, list = ''] = (await team.get(`${LIST}?etat=proposes${query}`)).text.split(
        'id="proposes"',
      )
      return list.split('id="proposer"')[0]?.match(/>(A\d{3}|Zoe)</g)?.length
    }
    expect((await team.get(LIST)).text).toContain('>Zoe<')
    expect(await namesAt()).toBe(6)
    expect(await namesAt('&domaine=beaucoup.example')).toBe(50)
    expect(await namesAt('&domaine=beaucoup.example&page=2')).toBe(10)
  })

  test('nobody is appointed who did not agree', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const page = await team.get(one)
    expect(page.text).not.toContain(`${one}/nommer`)
    const forced = { csrf: /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '' }
    await team.post(`${one}/nommer`, forced)
    expect((await listReferents(hub.context.db, ['appointed'])).length).toBe(0)
  })

  test('who declines is forgotten, their address at once', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    const asked = await person.get(path)
    const answered = await person.post(path, { answer: 'non' })
    expect(answered.status).toBe(303)
    expect((await person.get(path)).text).toContain('C’est noté')
    const [declined] = await listReferents(hub.context.db, ['declined'])
    expect(declined?.email).toBeUndefined()
    expect((await mails()).filter(({ to }) => to === PROPOSED.email)).toEqual([])
    expect(
      JSON.stringify(await hub.context.db.selectFrom('mail').selectAll().execute()),
    ).not.toContain(PROPOSED.email)
    // The consent of a second tab comes too late.
    await person.submit(asked, path, { agree: '1' })
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
  })

  test('of a proposal that the team withdraws no address stays', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    expect(await mails()).toHaveLength(1)
    await team.submit(await team.get(one), `${one}/retirer`)
    expect(await listReferents(hub.context.db, ['proposed'])).toEqual([])
    expect(await hub.context.db.selectFrom('mail').selectAll().execute()).toEqual([])
  })

  test('thirty days after the end the address is gone, and the account that was for nothing else', async () => {
    const { db, now } = hub.context
    const { id } = await enterAdmin(hub)
    // The person is also of the team, so the account stays.
    const team = await signInByLink(hub)
    const { id: other } = await enterAdmin(hub, { email: 'deux@lieu.example', territory: '29' })
    const account = async (email: string) => findAccountByEmail(db, email)
    await saveMandateAct(db, id, { act: 'end', by: OPERATOR, reason: 'ended' }, now())
    hub.advance({ hours: 29 * 24 })
    await deleteOldReferents(db, now())
    expect(await account('claire@lieu.example')).toBeDefined()
    hub.advance({ hours: 25 })
    await deleteOldReferents(db, now())
    expect(await account('claire@lieu.example')).toBeUndefined()
    expect(await findReferent(db, id)).toMatchObject({ email: undefined, accountId: undefined })
    expect(await account('deux@lieu.example')).toBeDefined()
    expect(await findReferent(db, other)).toMatchObject({ email: 'deux@lieu.example' })
    expect((await team.get('/administration')).status).toBeLessThan(400)
  })

  test('a paper link is shown once, proposes, and agrees to nothing: a mailbox does', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team, { email: '' })).location?.split('?')[0] ?? ''
    expect((await mails()).length).toBe(0)
    // A second form differs, since an identical one counts as a double click.
    const show = async (place: string) => {
      const fields = { way: 'papier', place }
      const shown = await team.submit(await team.get(one), `${one}/lien`, fields)
      return /\/referents\/mandat\/[\w-]+/.exec(shown.text)?.[0] ?? ''
    }
    const older = await show('1')
    hub.advance({ minutes: 1 })
    const path = await show('2')
    expect((await team.get(one)).text).not.toContain(path)
    const person = openBrowser(hub.origin)
    expect((await person.get(older)).status).toBe(410)
    // Whoever has seen the link could send this: the team, or who finds the paper.
    const days = { shownFrom: '2026-11-25', shownUntil: '2027-11-25' }
    const yes = { answer: 'oui', agree: '1', name: 'Claire', ...days }
    const states = ['consented', 'appointed'] as const
    await team.post(path, { ...yes, email: 'c@lieu.example' })
    expect(await listReferents(hub.context.db, states)).toEqual([])
    const asked = await person.get(path)
    expect(readable(asked.text)).toContain('vous acceptez par un lien envoyé dans votre boîte')
    expect((await person.submit(asked, path)).text).toContain('c@lieu.example')
    for (const answer of ['prolonger', 'lier']) await person.post(path, { ...yes, answer })
    // The address that was given first stays, and gets one mail in a minute.
    await person.post(path, { answer: 'recevoir', email: 'voleur@lieu.example' })
    expect((await mails()).map(({ to }) => to)).toEqual(['c@lieu.example'])
    const mailed = await mailedPath('c@lieu.example', /\/referents\/mandat\/[\w-]+/)
    await person.submit(await person.get(mailed), mailed, { agree: '1' })
    expect((await listReferents(hub.context.db, states))[0]?.email).toBe('c@lieu.example')
    hub.advance({ hours: 24 * 420 })
    expect((await person.get(mailed)).status).toBe(410)
  })

  test('on a hub without mail both links are short, and shown to be handed over', async () => {
    await restartWithoutMail()
    const team = await signInByLink(hub)
    const id = await appoint(hub)
    const one = `${LIST}/${id}`
    const page = await team.get(one)
    expect(readable(page.text)).toContain('Aucun courriel ne part de ce site')
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const asked = async (link: string) => {
      const { text } = await team.post(`${one}/lien`, { csrf, way: 'papier', link })
      return /<strong class="paper-link">([^<]+)/.exec(text)?.[1] ?? text
    }
    const code = '[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$'
    const access = await asked('access')
    expect(access).toMatch(new RegExp(`^${hub.origin}/referents/acces/${code}`))
    const person = await asked('person')
    expect(person).toMatch(new RegExp(`^${hub.origin}/referents/mandat/${code}`))
    for (const link of [access.toUpperCase().slice(-17), access.slice(-17)])
      expect((await openBrowser(hub.origin).get(`/referents/acces/${link}`)).status).toBe(200)
    expect((await openBrowser(hub.origin).get(new URL(person).pathname)).status).toBe(200)
    expect((await team.get(one)).text).not.toContain(access)
  })

  test('the person stops by the same link, and is nowhere any more', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const id = await appoint(hub, { email: 'autre@lieu.example', name: 'Une autre' })
    const person = openBrowser(hub.origin)
    await person.submit(await person.get(path), path, { agree: '1' })
    const [consented] = await listReferents(hub.context.db, ['consented'])
    const one = `${LIST}/${consented?.id}`
    await team.submit(await team.get(one), `${one}/nommer`)
    expect((await person.get('/territoires/35')).text).toContain('Claire Morin')

    hub.advance({ minutes: 1 })
    expect((await person.post(path, { answer: 'fin' })).status).toBe(303)
    expect((await person.get(path)).text).toContain('Vous n’êtes plus référente')
    for (const page of ['/territoires/35', '/referents', '/api/v1/referents'])
      expect((await person.get(page)).text).not.toContain('Claire Morin')
    const consents = await listConsents(hub.context.db, consented?.id ?? '')
    expect(consents.map(({ act }) => act)).toEqual(['consented', 'resigned'])
    expect((await findReferent(hub.context.db, id))?.state).toBe('appointed')
  })

  test.each([
    ['name', { name: ' ' }, 'Écrivez le nom'],
    ['territory', { territory: 'Zzz' }, 'Ce territoire n’est pas connu'],
    ['email', { email: 'claire' }, 'incomplète'],
    ['endsOn', { endsOn: '2026-01-01' }, 'déjà passée'],
    ['endsOn', { endsOn: '2036-01-01' }, 'trois ans au plus'],
  ])('a wrong %s is said beside it, and nothing is kept', async (_, fields, message) => {
    const team = await signInByLink(hub)
    const refused = await propose(team, fields)
    expect(refused.status).toBe(422)
    expect(readable(refused.text)).toContain(message)
    expect(await listReferents(hub.context.db, ['proposed'])).toEqual([])
  })

  test('of several territories of one name the team chooses', async () => {
    const team = await signInByLink(hub)
    const several = await propose(team, { territory: 'Saint-Denis' })
    expect(several.status).toBe(422)
    expect(several.text).toContain('value="c-97411"')
    const chosen = await team.submit(several, LIST, { ...PROPOSED, territory: 'c-97411' })
    expect(chosen.status).toBe(303)
  })

  test('a link that nobody made answers 410, whatever it looks like', async () => {
    const person = openBrowser(hub.origin)
    for (const path of ['/referents/mandat/x', '/referents/acces/x'])
      expect((await person.get(path)).status).toBe(410)
  })
})
