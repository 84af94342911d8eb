import { describe, expect, test } from 'vitest'
import { listAudit } from '../../../node/store/accounts/acts.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { listConsents } from '../../../node/store/referents/consents.ts'
import { findReferent, listReferents } from '../../../node/store/referents/referents.ts'
import { signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { appoint } from '../../support/referents.ts'
import {
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

describe('a mandate is what its person agreed to', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)

  /**
   * Proposes a mandate of a year from today, to which the person agrees. Returns the team's page of it, and the
   * person's.
   */
  async function agree() {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    await person.submit(await person.get(path), path, { agree: '1' })
    const find = async () => {
      const referent = await findReferent(hub.context.db, one.split('/').at(-1) ?? '')
      if (!referent) throw new Error('the mandate is gone')
      return referent
    }
    return { team, one, person, path, find }
  }

  test.each([
    ['a longer term', { endsOn: '2028-06-01' }],
    ['a shorter one', { endsOn: '2026-12-31' }],
    ['another first day', { startsOn: '2026-12-01' }],
  ])('%s is asked again, and appoints nobody before the answer', async (_, days) => {
    const { team, one, person, path, find } = await agree()
    const before = await person.get(path)
    await team.submit(await team.get(one), `${one}/nommer`, days)
    expect(await find()).toMatchObject({ state: 'proposed' })
    expect((await mails()).filter(({ to }) => to === PROPOSED.email)).toHaveLength(2)
    // The form that was opened before shows other dates, so it is no consent to the present ones.
    await person.submit(before, path, { answer: 'oui', agree: '1' })
    expect(await find()).toMatchObject({ state: 'proposed' })
    await person.submit(await person.get(path), path, { agree: '1' })
    expect(await find()).toMatchObject({ state: 'consented' })
    // A second form differs, since an identical one a moment later counts as a double click.
    await team.submit(await team.get(one), `${one}/nommer`, { second: '1' })
    const { startsOn, endsOn, state } = await find()
    expect({ state, startsOn: `${startsOn}`, endsOn: `${endsOn}` }).toMatchObject({
      state: 'appointed',
      ...days,
    })
  })

  test('the yes of a page that was open while the dates changed is not taken', async () => {
    const team = await signInByLink(hub)
    await propose(team)
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    const asked = await person.get(path)
    await hub.context.db.updateTable('referent').set({ ends_on: '2029-01-01' }).execute()
    const late = await person.submit(asked, path, { agree: '1' })
    expect(late.status).toBe(422)
    expect(readable(late.text)).toContain('Les dates ont changé')
    expect(readable(late.text)).toContain('1er janvier 2029')
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
    const form = { answer: 'oui', agree: '1', name: 'Claire', email: PROPOSED.email }
    await person.post(path, form)
    expect((await listReferents(hub.context.db, ['consented'])).length).toBe(0)
  })

  test('an extension changes nothing before the person accepts it, in words that are kept', async () => {
    const { team, one, person, path, find } = await agree()
    await team.submit(await team.get(one), `${one}/nommer`)
    const { endsOn: agreed } = await find()
    const prolong = async (endsOn: string) =>
      team.submit(await team.get(one), `${one}/prolonger`, { endsOn })
    await prolong('2028-06-01')
    expect((await find()).endsOn).toEqual(agreed)
    expect(readable((await team.get(one)).text)).toContain('jusqu’au 1er juin 2028, sans réponse')
    const subjects = (await mails()).map(({ subject }) => readable(subject))
    expect(subjects).toContain('Une autre date pour votre mandat : Ille-et-Vilaine (35) ?')

    const asked = await person.get(path)
    expect(readable(asked.text)).toContain('Continuer jusqu’au 1er juin 2028 ?')
    await person.post(path, { answer: 'garder' })
    expect(await find()).toMatchObject({ endsOn: agreed, askedEndsOn: undefined })

    hub.advance({ minutes: 1 })
    // These are consents to an extension that was declined, to one that was withdrawn and to one that was never shown.
    await prolong('2027-12-31')
    await person.submit(asked, path, { answer: 'prolonger' })
    await person.post(path, { answer: 'prolonger' })
    expect((await find()).endsOn).toEqual(agreed)
    await person.submit(await person.get(path), path, {
      answer: 'prolonger',
      shownUntil: '2027-12-31',
    })
    expect(await find()).toMatchObject({ endsOn: day('2027-12-31'), askedEndsOn: undefined })
    const consents = await listConsents(hub.context.db, (await find()).id)
    expect(consents.map(({ act }) => act)).toEqual(['consented', 'consented'])
    expect(readable(consents.at(-1)?.text ?? '')).toContain('au 31 décembre 2027')
  })
})

/** Lists what the log of accesses says of mandates, the oldest first. */
const logged = async () =>
  (await listAudit(hub.context.db, 99))
    .filter(({ act }) => act.startsWith('mandate-'))
    .reverse()
    .map(({ kind, act, about }) => `${kind} ${act} ${about}`)

describe('what is done about a mandate', () => {
  test('is in the log of accesses, by whom and where, without the name of its person', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const path = await mailedPath(PROPOSED.email, /\/referents\/mandat\/[\w-]+/)
    const person = openBrowser(hub.origin)
    await team.submit(await team.get(one), `${one}/lien`, { way: 'papier' })
    await person.submit(await person.get(path), path, { agree: '1' })
    await team.submit(await team.get(one), `${one}/nommer`)
    hub.advance({ minutes: 1 })
    await team.submit(await team.get(one), `${one}/prolonger`, { endsOn: '2028-06-01' })
    await person.submit(await person.get(path), path, { answer: 'prolonger' })
    await person.post(path, { answer: 'garder' })
    await person.post(path, { answer: 'fin' })
    const other = (await propose(team, { email: 'b@lieu.example', territory: 'Finistère' }))
      .location
    const two = other?.split('?')[0] ?? ''
    await team.submit(await team.get(two), `${two}/retirer`)
    expect(await logged()).toEqual([
      'team mandate-proposed 35',
      'team mandate-link-shown 35',
      'link mandate-agreed 35',
      'team mandate-appointed 35',
      'team mandate-days-asked 35',
      'link mandate-prolonged 35',
      'link mandate-ended 35',
      'team mandate-proposed 29',
      'team mandate-withdrawn 29',
    ])
    const rows = await hub.context.db.selectFrom('act').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/Claire|Morin|lieu\.example/)
    const page = readable((await team.get('/administration/equipe/journal')).text)
    expect(page).toContain('a nommé une personne : Ille-et-Vilaine (35)')
    expect(page).toContain('par le lien d’un courriel')
  })

  test('by a handed link is not said to be the person’s own', async () => {
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const shown = await team.submit(await team.get(one), `${one}/lien`, { way: 'papier' })
    const path = /\/referents\/mandat\/[\w-]+/.exec(shown.text)?.[0] ?? ''
    await openBrowser(hub.origin).post(path, { answer: 'non' })
    const id = one.split('/').at(-1) ?? ''
    expect(await listConsents(hub.context.db, id)).toMatchObject([
      { act: 'declined', isByHandedLink: true },
    ])
    expect((await logged()).at(-1)).toBe('handed mandate-declined 35')
    expect(readable((await team.get(one)).text)).toContain('par un lien remis')
  })
})

describe('« Ce n’est pas moi »', () => {
  const disowned = async () =>
    (await mails()).filter(({ subject }) => readable(subject).includes('Ce n’est pas moi'))

  test('ends the mandate after one button, erases the address and tells the team once', async () => {
    const team = await signInByLink(hub)
    const id = await appoint(hub, PERSON)
    const one = `${LIST}/${id}`
    await team.submit(await team.get(one), `${one}/lien`, { way: 'courriel' })
    const path = await mailedPath(PERSON.email, /\/referents\/pas-moi\/[\w-]+/)
    const stranger = openBrowser(hub.origin)
    const asked = await stranger.get(path)
    expect(asked.headers.get('cache-control')).toBe('no-store')
    expect(readable(asked.text)).toContain('Ille-et-Vilaine (35)')
    expect(asked.text).not.toContain(PERSON.name)
    expect((await findReferent(hub.context.db, id))?.state).toBe('appointed')
    expect((await stranger.submit(asked, path)).status).toBe(303)
    const over = { state: 'ended', endReason: 'disowned', email: undefined }
    expect(await findReferent(hub.context.db, id)).toMatchObject(over)
    expect((await stranger.get('/territoires/35')).text).not.toContain(PERSON.name)
    hub.advance({ minutes: 1 })
    expect((await stranger.post(path, {})).status).toBe(303)
    expect(readable((await stranger.get(path)).text)).toContain(
      'l’équipe de l’annuaire est prévenue',
    )
    const [told, ...more] = await disowned()
    expect(more).toEqual([])
    expect(told?.text).toContain(`${hub.origin}${one}`)
    expect(await logged()).toContain('link mandate-disowned 35')
    expect((await listConsents(hub.context.db, id)).at(-1)).toMatchObject({
      act: 'resigned',
      isByHandedLink: false,
    })
    const rows = await hub.context.db.selectFrom('mail').select(['recipient', 'params']).execute()
    expect(JSON.stringify(rows)).not.toContain(PERSON.email)
  })

  test.each([
    ['that went to no mailbox', undefined],
    ['that went to another mailbox', 'autre@lieu.example'],
  ])('by a link %s ends nothing', async (_, mailedTo) => {
    const id = await appoint(hub, PERSON)
    const { db, now } = hub.context
    const link = { purpose: 'not-my-mandate', subject: id, mailedTo } as const
    const path = `/referents/pas-moi/${await insertLinkTo(db, link, now())}`
    const stranger = openBrowser(hub.origin)
    expect((await stranger.get(path)).status).toBe(410)
    expect((await stranger.post(path, {})).status).toBe(410)
    expect((await findReferent(db, id))?.state).toBe('appointed')
    expect(await disowned()).toEqual([])
  })
})

const PERSON = { name: 'Claire Morin', email: 'boite@ailleurs.example' }

describe('where no mail leaves', () => {
  const codeIn = (text: string) => /<strong class="paper-link">([^<]+)/.exec(text)?.[1] ?? ''
  const answered = { name: PERSON.name, word: 'neutre', email: PERSON.email, agree: '1' }

  /** Proposes a mandate on a site without mail; returns what shows a link of it to the team, and the person’s. */
  async function handOver() {
    await restartWithoutMail()
    const team = await signInByLink(hub)
    const one = (await propose(team)).location?.split('?')[0] ?? ''
    const show = async (link: 'person' | 'access') => {
      // An identical form a moment later counts as a double click.
      const fields = { way: 'papier', link, time: `${hub.context.now()}` }
      const shown = await team.submit(await team.get(one), `${one}/lien`, fields)
      return /\/referents\/(?:mandat|acces)\/[\w-]+/.exec(shown.text)?.[0] ?? ''
    }
    const person = openBrowser(hub.origin)
    const find = async () =>
      (await findReferent(hub.context.db, one.split('/').at(-1) ?? ''))?.state
    return { team, one, show, person, path: await show('person'), find }
  }

  test('the link that was handed over agrees to nothing without the code that its person got once', async () => {
    const { team, one, show, person, path, find } = await handOver()
    await person.submit(await person.get(path), path, { ...answered, answer: 'oui' })
    expect(await find()).toBe('proposed')
    const [, given] = [
      await person.post(path, { answer: 'code' }),
      await person.post(path, { answer: 'code' }),
    ]
    expect(given.headers.get('cache-control')).toBe('no-store')
    const code = codeIn(given.text)
    expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$/)

    // The team has the link too, and makes another one: neither shows the code again, nor another one.
    const thief = openBrowser(hub.origin)
    hub.advance({ minutes: 1 })
    const again = await show('person')
    const seen = readable((await thief.get(again)).text)
    expect(seen).toContain('Un code a été donné ici le 25 novembre 2026')
    expect(codeIn((await thief.post(again, { answer: 'code' })).text)).toBe('')
    for (const wrong of ['', 'abcde-fghjk-mnpqr', path.split('/').at(-1) ?? '']) {
      const refused = await thief.submit(await thief.get(again), again, {
        ...answered,
        code: wrong,
      })
      expect(refused.status).toBe(422)
      expect(readable(refused.text)).toContain('Ce code n’est pas celui de ce mandat')
    }
    expect(await find()).toBe('proposed')
    const { db } = hub.context
    const kept = await db.selectFrom('link').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(code)
    for (const page of [one, '/administration/equipe/journal', '/administration/courriels'])
      expect((await team.get(page)).text).not.toContain(code)

    await person.submit(await person.get(again), again, { ...answered, code: code.toUpperCase() })
    expect(await find()).toBe('consented')
    expect(await listConsents(db, one.split('/').at(-1) ?? '')).toMatchObject([
      { act: 'consented', isByHandedLink: true },
    ])
    expect(await logged()).toEqual([
      'team mandate-proposed 35',
      'team mandate-link-shown 35',
      'handed mandate-code-made 35',
      'handed mandate-code-made 35',
      'team mandate-link-shown 35',
      'handed mandate-agreed 35',
    ])

    // What the person is given then opens nothing for others either.
    await team.submit(await team.get(one), `${one}/nommer`)
    hub.advance({ minutes: 1 })
    await team.submit(await team.get(one), `${one}/prolonger`, { endsOn: '2028-06-01' })
    await thief.post(again, {
      answer: 'prolonger',
      shownFrom: '2026-11-25',
      shownUntil: '2028-06-01',
    })
    expect((await logged()).at(-1)).toBe('team mandate-days-asked 35')
    const open = await person.post(again, { answer: 'ouvrir', code })
    await person.submit(open, again, { answer: 'prolonger' })
    expect((await logged()).at(-1)).toBe('handed mandate-prolonged 35')
    const access = await show('access')
    const passwords = { password: 'une longue phrase', passwordAgain: 'une longue phrase' }
    const closed = await thief.submit(await thief.get(access), access, passwords)
    expect(closed.status).toBe(422)
    const entered = await person.submit(await person.get(access), access, { ...passwords, code })
    expect(entered.location).toBe('/administration/territoire')
  })

  test('wrong codes of one mandate are counted together, by whichever link they come', async () => {
    const { team, one, show, person, path } = await handOver()
    const code = codeIn((await person.post(path, { answer: 'code' })).text)
    await person.submit(await person.get(path), path, { ...answered, code })
    await team.submit(await team.get(one), `${one}/nommer`)
    for (const letter of 'abcdefghjk')
      await person.post(path, { answer: 'ouvrir', code: `${letter.repeat(5)}-aaaaa-aaaaa` })
    const access = await show('access')
    const typed = { password: 'une longue phrase', passwordAgain: 'une longue phrase', code }
    const late = await person.submit(await person.get(access), access, typed)
    expect(late.status).toBe(422)
    expect(readable(late.text)).toContain('Trop d’essais pour ce mandat')
  })

  test('wrong codes are counted, and then the right one waits too; a refusal needs none and ends it', async () => {
    const { person, path, find } = await handOver()
    const code = codeIn((await person.post(path, { answer: 'code' })).text)
    const form = await person.get(path)
    for (const letter of 'abcdefghjk')
      await person.submit(form, path, { ...answered, code: `${letter.repeat(5)}-aaaaa-aaaaa` })
    const late = await person.submit(form, path, { ...answered, code })
    expect(readable(late.text)).toContain('Trop d’essais pour ce mandat')
    expect(await find()).toBe('proposed')
    await openBrowser(hub.origin).post(path, { answer: 'non' })
    expect(await find()).toBe('declined')
    const codes = hub.context.db
      .selectFrom('link')
      .where('purpose', '=', 'mandate-code')
      .selectAll()
    expect(await codes.execute()).toEqual([])
  })
})
