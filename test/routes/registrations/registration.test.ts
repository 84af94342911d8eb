import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purge } from '../../../node/jobs/purge.ts'
import { runOffers } from '../../../node/jobs/registrations/run-offers.ts'
import { readRegistration } from '../../../node/routes/registrations/read-form.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { findSettings, saveSettings } from '../../../node/store/structures/site-settings.ts'
import { errorBeside } from '../../support/error-beside.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import { startRegistering } from '../../support/registering.ts'
import { aCafe as aCafeValue } from '../../support/some-cafes.ts'

let site: Awaited<ReturnType<typeof startRegistering>>
let server: (typeof site)['server']
let visitor: (typeof site)['visitor']
let admin: (typeof site)['admin']
let cafe: string
beforeAll(async () => {
  site = await startRegistering()
  ;({ server, visitor, admin } = site)
})
afterAll(() => site.stop())

const aCafe = (seats: number, title?: string) => site.aCafe(seats, title)
const deliver = () => site.deliver()
const ask = (fields: Record<string, string>, from?: string) => site.ask(cafe, fields, from)

/** A page without what signs its form, which is new each time. */
const unsigned = ({ text }: { text: string }) => text.replace(/name="signature" value="[^"]+"/, '')

const registrations = () => site.registrationsOf(cafe)
const states = async () => (await registrations()).map(({ state }) => state)

test('nobody is asked for an address where no mail is sent', () => {
  const read = (mailWorks: boolean) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ prenom: 'Amina', age: 'oui' }))
      form.set(name, value)
    return readRegistration(form, { cafe: aCafeValue({}), mailWorks, lang: 'fr' }).messages
  }
  expect(read(true)).toEqual([
    { name: 'courriel', message: 'Donnez une adresse e-mail ou un numéro de téléphone.' },
  ])
  expect(JSON.stringify(read(false))).toMatch(/telephone.*donnez votre numéro de téléphone/u)
  expect(JSON.stringify(read(false))).not.toContain('e-mail')
})

test('the form says who answers about what is typed, on which basis, and for how long', async () => {
  cafe = await aCafe(2, 'Café de la notice')
  const notice = async () => readable((await visitor.get(`/cafes/${cafe}/inscription`)).text)
  expect(await notice()).not.toContain('À qui parler de vos données')
  const { db, now } = server.context
  const settings = await findSettings(db)
  const legal = { ...settings.legal, dataContact: 'Nour Haddad, donnees@mediatheque.example' }
  await saveSettings(db, { ...settings, legal }, now())
  const said = await notice()
  expect(said).toContain('À qui parler de vos données : Nour Haddad, donnees@mediatheque.example.')
  for (const words of ['comme vous le demandez (RGPD, art. 6 §1 b)', 'Elles sont effacées le'])
    expect(said).toContain(words)
})

test('a person registers by mail, sees it by the link, and gives the seat back', async () => {
  cafe = await aCafe(2)
  const page = await visitor.get(`/cafes/${cafe}/inscription`)
  expect(page.status).toBe(200)
  expect(await findHtmlErrors(page.text)).toEqual([])
  const sent = await ask({ courriel: ' Amina@Mail.example ', besoins: 'step-free' })
  expect([sent.status, readable(sent.text).includes('Regardez vos courriels')]).toEqual([200, true])
  const [mail] = await deliver()
  expect([mail?.to, mail?.subject]).toEqual([
    'amina@mail.example',
    'Confirmez votre inscription : Café de 2',
  ])
  const link = mail?.link ?? ''
  const own = await visitor.get(link)
  expect(await findHtmlErrors(own.text)).toEqual([])
  expect(await states()).toEqual(['unproven'])
  const done = await visitor.post(`${link}`, {})
  expect(readable(done.text)).toContain('C’est confirmé : votre place est gardée.')
  expect((await deliver())[0]?.subject).toBe('Votre place est gardée : Café de 2')
  const more = await visitor.post(`${link}/places`, { places: '3' })
  expect([more.status, readable(more.text).includes('Il n’y a que 2 places pour vous')]).toEqual([
    422,
    true,
  ])
  await visitor.post(`${link}/places`, { places: '2' })
  expect(readable((await visitor.get(`/cafes/${cafe}`)).text)).toContain('Complet')
  const data = JSON.parse((await visitor.get(`${link}/donnees.json`)).text) as object
  expect(data).toMatchObject({ name: 'Amina', seats: 2, needs: ['step-free'] })
  await visitor.post(`${link}/annuler`, {})
  expect(await states()).toEqual(['cancelled'])
  await visitor.post(`${link}/effacer`, {})
  expect(await registrations()).toEqual([])
  expect((await visitor.get(link)).status).toBe(410)
})

describe('the answer', () => {
  test('is the same for an address that is known, which gets a mail that says so, and few of them', async () => {
    cafe = await aCafe(5)
    const first = await ask({ courriel: 'lea@mail.example' })
    const [mail] = await deliver()
    await visitor.post(`${mail?.link}`, {})
    await deliver()
    const again = await ask({ courriel: 'lea@mail.example' })
    expect(unsigned(again)).toBe(unsigned(first))
    expect((await deliver())[0]?.subject).toBe('Votre inscription : Café de 5')
    for (let time = 0; time < 5; time++) await ask({ courriel: 'lea@mail.example' })
    expect((await deliver()).length).toBeLessThanOrEqual(1)
    expect(await states()).toEqual(['confirmed'])
  })

  test('is the same for it where no seat is left and nobody waits', async () => {
    cafe = await aCafe(1, 'Café numéro 51')
    const known = { courriel: 'connue@mail.example' }
    await site.register(cafe, known.courriel)
    await deliver()
    const changed = server.context.db.updateTable('cafe').set({ waitlist: 0 })
    await changed.where('id', '=', cafe).execute()
    const other = await ask({ courriel: 'autre@mail.example' }, '203.0.113.201')
    const again = await ask(known, '203.0.113.202')
    expect([other.status, again.status]).toEqual([422, 422])
    const errorsOf = ({ text }: { text: string }) => text.match(/<p class="error".*?<\/p>/gs)
    expect(errorsOf(other)).toHaveLength(1)
    expect(errorsOf(again)).toEqual(errorsOf(other))
    expect((await deliver()).map(({ to }) => to)).toEqual([known.courriel])
  })

  test('lets the mail be sent once more, and says the same of an address that nobody gave', async () => {
    cafe = await aCafe(5, 'Café numéro 3')
    const path = `/cafes/${cafe}/inscription`
    const first = await ask({ courriel: 'perdue@mail.example', places: '2' })
    expect(await findHtmlErrors(first.text)).toEqual([])
    const sent = await deliver()
    const again = await visitor.submit(first, path, { encore: 'renvoyer' })
    const [mail] = await deliver()
    expect([mail?.subject, mail?.to]).toEqual([sent[0]?.subject, 'perdue@mail.example'])
    expect(again.text).not.toContain('value="renvoyer"')
    await visitor.submit(first, path, { encore: 'renvoyer' })
    expect(await deliver()).toEqual([])
    const nobody = await visitor.submit(first, path, {
      ...{ encore: 'renvoyer', courriel: 'personne@mail.example' },
    })
    expect(nobody.text.replaceAll('personne@', 'perdue@')).toBe(again.text)
    expect([await deliver(), (await registrations()).length]).toEqual([[], 1])
    await visitor.post(`${mail?.link}`, {})
    expect(await states()).toEqual(['confirmed'])
  })

  test('lets a mistyped address be mended, which gives its seats back at once', async () => {
    cafe = await aCafe(2, 'Café numéro 2')
    const path = `/cafes/${cafe}/inscription`
    const first = await ask({
      courriel: 'fautte@mail.example',
      places: '2',
      besoins: 'large-print',
    })
    const form = await visitor.submit(first, path, { encore: 'corriger' })
    expect(form.text).toContain('value="fautte@mail.example"')
    expect(await findHtmlErrors(form.text)).toEqual([])
    const mended = await visitor.submit(form, path, { courriel: 'juste@mail.example' })
    const mail = (await deliver()).find(({ to }) => to === 'juste@mail.example')
    await visitor.post(`${mail?.link}`, {})
    const all = await registrations()
    expect(all.map(({ email, state, seats }) => [email, state, seats])).toEqual([
      ['fautte@mail.example', 'unproven', 2],
      ['juste@mail.example', 'confirmed', 2],
    ])
    expect(mended.text).toContain('juste@mail.example')
    await deliver()
  })

  test('to a telephone number is a code, which opens the registration, and another opens none', async () => {
    cafe = await aCafe(5, 'Café numéro 4')
    const { text } = await ask({ telephone: '06 39 98 00 00', besoins: 'call-me' })
    const code = /<strong>([a-z2-9]{5}(?:-[a-z2-9]{5}){2})<\/strong>/.exec(text)?.[1] ?? ''
    expect(await findHtmlErrors(text)).toEqual([])
    const opened = await visitor.post('/inscriptions', { code: code.toUpperCase() })
    const own = await visitor.get(opened.location ?? '')
    expect(readable(own.text)).toContain('Votre place est gardée.')
    const wrong = await visitor.post('/inscriptions', { code: 'aaaaa-bbbbb-ccccc' })
    expect(wrong.status).toBe(422)
  })

  test('to a form that is sent twice is one registration', async () => {
    cafe = await aCafe(5, 'Café numéro 6')
    const page = await visitor.get(`/cafes/${cafe}/inscription`)
    server.advance({ seconds: 5 })
    const signature = /name="signature" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const fields = { prenom: 'Sol', places: '2', age: 'oui', telephone: '0639980001', signature }
    const from = { 'x-forwarded-for': '203.0.113.9' }
    const path = `/cafes/${cafe}/inscription`
    await Promise.all([visitor.post(path, fields, from), visitor.post(path, fields, from)])
    expect(await registrations()).toHaveLength(1)
  })
})

test('one network asks for few seats of a café in a day, so that false names do not hold all of them', async () => {
  cafe = await aCafe(30, 'Café numéro 7')
  const from = '198.51.100.7'
  const told = []
  for (let nth = 10; nth <= 20; nth++) told.push(await ask({ telephone: `06399801${nth}` }, from))
  expect(told.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429])
  expect(readable(told.at(-1)?.text ?? '')).toContain('Revenez demain, ou téléphonez au lieu.')
  expect(await registrations()).toHaveLength(10)
  cafe = await aCafe(30, 'Café numéro 9')
  expect((await ask({ telephone: '0639980121' }, from)).status).toBe(200)
})

test('an address that anybody may have typed gets one mail of a café in a day, and three of the site', async () => {
  const victim = 'victime@mail.example'
  const mails = []
  for (let n = 0; n < 5; n++) {
    cafe = await aCafe(9, `Café numéro 9${n}`)
    for (const from of ['192.0.2.1', '192.0.2.2']) await ask({ courriel: victim }, from)
    mails.push(...(await deliver()))
  }
  expect(mails.filter(({ to }) => to === victim)).toHaveLength(3)
  // Its owner confirms one, and may ask elsewhere that day.
  await visitor.post(mails[0]?.link ?? '', {})
  await deliver()
  cafe = await aCafe(9, 'Café numéro 96')
  await ask({ courriel: victim }, '192.0.2.3')
  expect((await deliver()).map(({ to }) => to)).toEqual([victim])
})

test('numbers that nobody proves take half of the seats, and a neighbourhood gives twenty in a day', async () => {
  cafe = await aCafe(5, 'Café numéro 97')
  const byPhone = (nth: number) =>
    ask({ telephone: `06399802${nth}`, places: '1' }, `192.0.2.${nth}`)
  const told = []
  for (const nth of [10, 11, 12, 13]) told.push(await byPhone(nth))
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 422])
  expect(readable(told.at(-1)?.text ?? '')).toContain('Donnez une adresse, ou téléphonez au lieu.')
  expect(await states()).toEqual(['confirmed', 'confirmed', 'confirmed'])
  await ask({ courriel: 'prouvee@mail.example', places: '2' }, '192.0.2.14')
  const [proof] = await deliver()
  expect((await findCafe(server.context.db, cafe))?.registration.seatsLeft).toBe(0)
  // Who holds the seats may be nobody.
  expect((await ask({ telephone: '0639980216' }, '198.51.100.16')).status).toBe(422)
  await visitor.post(`${proof?.link}`, {})
  await deliver()
  // Then they wait like everybody.
  expect((await byPhone(15)).status).toBe(200)
  expect((await states()).at(-1)).toBe('waiting')
  cafe = await aCafe(100, 'Café numéro 98')
  const others = []
  for (let nth = 30; nth < 48; nth++) others.push((await byPhone(nth)).status)
  expect(others.filter((status) => status === 200)).toHaveLength(15)
  expect(others.at(-1)).toBe(429)
})

test('what is wrong is said beside its field, and what was typed is kept', async () => {
  cafe = await aCafe(5, 'Café numéro 8')
  const wrong = await ask({
    prenom: ' ',
    places: '9',
    courriel: 'lea@',
    besoins: 'call-me',
    age: '',
  })
  const text = readable(wrong.text)
  expect(wrong.status).toBe(422)
  const places = [
    'Dites comment on vous appellera',
    'Choisissez de une à six places.',
    'Cette adresse e-mail est incomplète.',
    'Pour que l’équipe vous appelle, donnez votre numéro',
    'Cochez cette case',
  ].map((sentence) => text.indexOf(sentence))
  expect(places).not.toContain(-1)
  // They are listed as the form is filled in.
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(wrong.text).toContain('value="lea@"')
  const fast = await visitor.post(`/cafes/${cafe}/inscription`, {
    ...{ prenom: 'Bot', places: '1', age: 'oui', courriel: 'b@mail.example' },
  })
  expect(fast.status).toBe(422)
  const header = await ask({ courriel: 'a@mail.example\r\nBcc: b@mail.example' })
  expect(header.status).toBe(422)
  expect(await registrations()).toEqual([])
})

test.each([
  [{ prenom: '' }, 'prenom', /Dites comment/],
  [{ prenom: 'x'.repeat(10_000) }, 'prenom', /long|caractères/],
  [{ places: '-1' }, 'places', /une à six/],
  [{ places: '0' }, 'places', /une à six/],
  [{ places: '9999' }, 'places', /une à six/],
  [{ places: '1e1' }, 'places', /une à six/],
  [{ places: 'deux' }, 'places', /une à six/],
  [{ courriel: '' }, 'courriel', /adresse e-mail ou/],
  [{ courriel: 'lea@' }, 'courriel', /incomplète/],
  [{ courriel: 'a@mail.example\r\nBcc: b@mail.example' }, 'courriel', /incomplète/],
  [{ courriel: `${'x'.repeat(10_000)}@mail.example` }, 'courriel', /incomplète/],
  [{ telephone: '12' }, 'telephone', /./],
  [{ telephone: '<script>' }, 'telephone', /./],
  [{ besoins: 'call-me' }, 'telephone', /appelle/],
  [{ age: '' }, 'age', /Cochez/],
] as [Record<string, string>, string, RegExp][])(
  'what cannot be read of a registration is said beside its field, and nobody is registered: %#',
  async (fields, name, message) => {
    cafe = await aCafe(5, `Café mal rempli ${fields[name]?.length} ${Math.random()}`)
    const typed = { prenom: 'Léa', courriel: 'lea.juste@mail.example', ...fields }
    const { status, text } = await ask(typed)
    expect(status).toBe(422)
    expect(errorBeside(text, name)).toMatch(message)
    const { prenom, courriel } = typed
    for (const value of [prenom, courriel])
      if (value.length < 100 && !/[\r<]/.test(value)) expect(text).toContain(value)
    expect(await registrations()).toEqual([])
    expect(await deliver()).toEqual([])
  },
)

test('a seat that becomes free is offered by mail, taken by its link, and then is nobody else’s', async () => {
  const title = 'Café numéro 10'
  cafe = await aCafe(1, title)
  await ask({ courriel: 'un@mail.example' })
  const first = (await deliver())[0]?.link ?? ''
  await visitor.post(`${first}`, {})
  await deliver()
  await ask({ courriel: 'deux@mail.example' }, '203.0.113.20')
  const second = (await deliver())[0]?.link ?? ''
  await visitor.post(`${second}`, {})
  expect(await states()).toEqual(['confirmed', 'waiting'])
  expect(readable((await visitor.get(second)).text)).toContain('Rang sur la liste d’attente')
  const team = await admin.get(`/administration/cafes/${cafe}/inscrits?etat=attendent`)
  expect(readable(team.text)).toContain('attend, rang 1')
  await visitor.post(`${first}/annuler`, {})
  const offered = (await deliver()).find(({ to }) => to === 'deux@mail.example')
  expect(offered?.subject).toBe(`Une place s’est libérée : ${title}`)
  await visitor.post(`${offered?.link}/accepter`, {})
  expect(await states()).toEqual(['cancelled', 'confirmed'])
  server.advance({ hours: 30 })
  await runOffers(server.context)
  expect(await states()).toEqual(['cancelled', 'confirmed'])
})

test('thirty days after the café nothing of anybody is left, and the numbers stay', async () => {
  cafe = await aCafe(3, 'Café numéro 14')
  await ask({ courriel: 'reste@mail.example', besoins: 'large-print' })
  const mail = (await deliver()).find(({ to }) => to === 'reste@mail.example')
  await visitor.post(`${mail?.link}`, {})
  const { db } = server.context
  const needs = () => db.selectFrom('registration_need').selectAll().execute()
  const { ends_at } = await db
    .selectFrom('cafe')
    .select('ends_at')
    .where('id', '=', cafe)
    .executeTakeFirstOrThrow()
  const end = Temporal.Instant.from(ends_at)
  server.advance(server.context.now().until(end.add({ hours: 25 })))
  const path = `/administration/cafes/${cafe}/inscrits`
  const late = await admin.submit(await admin.get(path), path, { prenom: 'Trop tard', places: '1' })
  expect([late.status, readable(late.text).includes('Ce café a commencé')]).toEqual([422, true])
  await purge(server.context)
  expect(await needs()).toEqual([])
  expect(await states()).toEqual(['confirmed'])
  server.advance({ hours: 24 * 30 })
  await purge(server.context)
  expect(await states()).toEqual([])
  const mails = await db.selectFrom('mail').select('recipient').execute()
  expect(mails.filter(({ recipient }) => recipient === 'reste@mail.example')).toEqual([])
  const counted = await db
    .selectFrom('registration_count')
    .selectAll()
    .where('cafe_id', '=', cafe)
    .executeTakeFirst()
  expect(counted).toMatchObject({ registered: 1, waited: 0, cancelled: 0 })
})
