import { describe, expect, test } from 'vitest'
import { PROFILES_ASKED } from '../../../node/domain/facilitators/facilitator.ts'
import { inTransaction } from '../../../node/store/database/database.ts'
import {
  insertNewcomer,
  insertPaperProfileLink,
} from '../../../node/store/facilitators/own-profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import {
  addressOf,
  admin,
  changes,
  DIRECTORY,
  deliver,
  everyRow,
  fill,
  invite,
  profileOf,
  publish,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('the team, for a person', () => {
  test('withdraws a published profile with a reason, which the person reads and the journal keeps', async () => {
    const link = await invite('perdue@mail.example', 'Boîte')
    await fill(link, { name: 'Boîte Perdue', email: 'perdue@mail.example' })
    await publish(link, { directory: DIRECTORY })
    const list = await admin.get('/administration/animation')
    const { id } = await profileOf('Boîte Perdue')
    const action = `/administration/animation/${id}/effacer`
    expect(list.text).toContain(action)
    const asked = await admin.get(action)
    expect(await findHtmlErrors(asked.text)).toEqual([])
    expect(asked.text).toContain('La personne reçoit un courriel')
    const refused = await admin.submit(asked, action, { reason: '' })
    expect([refused.status, refused.text.includes('Dites pourquoi')]).toEqual([422, true])
    expect((await visitor.get(link)).status).toBe(200)

    const done = await admin.submit(asked, action, { reason: 'Lettre reçue le 3 mars' })
    expect(done.status).toBe(303)
    expect((await visitor.get(link)).status).toBe(410)
    expect((await visitor.get('/animation')).text).not.toContain('Boîte Perdue')
    expect((await changes()).at(-1)).toMatchObject({ type: 'facilitator-withdrawn' })
    const [told] = await deliver()
    expect([told?.to, told?.text.includes('Lettre reçue le 3 mars')]).toEqual([
      'perdue@mail.example',
      true,
    ])
    const journal = await admin.get('/administration/animation')
    expect(journal.text).toContain('Lettre reçue le 3 mars')
    expect(journal.text).not.toContain('Boîte Perdue')
    expect(await everyRow()).not.toMatch(/Boîte Perdue|perdue@mail/)
    const rows = await server.context.db.selectFrom('act').selectAll().execute()
    expect(JSON.stringify(rows)).not.toMatch(/Boîte|perdue@/)
  })
})

describe('who asks by themselves', () => {
  test('proves their address, writes, and is published once the team says yes', async () => {
    const form = await visitor.get('/animation/demande')
    expect(await findHtmlErrors(form.text)).toEqual([])
    await visitor.submit(form, '/animation/demande', { name: 'Sacha', email: 'sacha@mail.example' })
    const [mail] = await deliver()
    const link = mail?.link ?? ''
    expect((await admin.get('/administration/animation')).text).not.toContain('Sacha')
    await fill(link, { name: 'Sacha' })
    const preview = await visitor.get(`${link}/apercu`)
    expect(preview.text).toContain('doit d’abord accepter votre demande')
    expect(preview.text).not.toContain('name="seen"')

    const page = await admin.get('/administration/animation')
    expect(await findHtmlErrors(page.text)).toEqual([])
    const [, action = ''] =
      /href="(\/administration\/animation\/[\w-]+\/accepter)"/.exec(page.text) ?? []
    expect(page.text).not.toContain(`action="${action}"`)
    const asked = await admin.get(action)
    expect(asked.text).toContain('sacha@mail.example')
    await admin.submit(asked, action, {})
    const [yes] = await deliver()
    expect(yes?.text).toContain('a accepté votre demande')
    expect((await publish(yes?.link ?? '')).status).toBe(303)
    expect((await visitor.get(await addressOf('Sacha'))).status).toBe(200)
  })

  test('is refused only after a question and with a reason, which they read by mail', async () => {
    const form = await visitor.get('/animation/demande')
    const email = 'refus@mail.example'
    await visitor.submit(form, '/animation/demande', { name: 'Refusé', email })
    const [first] = await deliver()
    await fill(first?.link ?? '', { name: 'Refusé' })
    const page = await admin.get('/administration/animation')
    const [, action = ''] =
      /href="(\/administration\/animation\/[\w-]+\/refuser)"/.exec(page.text) ?? []
    expect(page.text).not.toContain(`action="${action}"`)
    const asked = await admin.get(action)
    expect(await findHtmlErrors(asked.text)).toEqual([])
    expect((await admin.submit(asked, action, { reason: ' ' })).status).toBe(422)
    expect((await visitor.get(first?.link ?? '')).status).toBe(200)
    expect((await admin.submit(asked, action, { reason: 'Pas encore formé.' })).status).toBe(303)
    const [told, ...others] = await deliver()
    expect([told?.to, others.length]).toEqual([email, 0])
    expect(told?.text).toContain('n’a pas accepté votre demande')
    expect(told?.text).toContain('Pas encore formé.')
    expect((await visitor.get(first?.link ?? '')).status).toBe(410)
    expect(await everyRow()).not.toMatch(/refus@mail/)
  })

  test('strangers have one half of those who wait, are refused at once, and the invited never wait', async () => {
    const { db, now, config } = server.context
    const organization = await findSiteStructure(db)
    await inTransaction(db, async (trx) => {
      for (let i = 0; i < PROFILES_ASKED.inAll / 2; i++) {
        const email = `p@libre${i}.example`
        const newcomer = { organizationId: organization?.id ?? '', isApproved: false }
        const asked = { ...newcomer, origin: config.origin, name: `N${i}`, email }
        await insertNewcomer(trx, asked, now())
      }
      await trx
        .updateTable('facilitator_contact')
        .set({ confirmed_at: now().toString() })
        .where('email', 'like', 'p@libre%')
        .execute()
    })
    const path = '/animation/demande'
    const form = await visitor.get(path)
    const honest = { name: 'Honnête', email: 'moi@honnete.example' }
    const full = await visitor.submit(form, path, honest)
    expect(full.status).toBe(429)
    expect(full.text).toContain('Trop de demandes attendent déjà notre équipe')
    expect(full.text).toContain('value="Honnête"')
    const colleague = { name: 'Collègue', email: 'camille@mediatheque.example' }
    expect((await visitor.submit(form, path, colleague)).status).toBe(200)
    await deliver()
    expect((await visitor.get(await invite('invitee@mail.example'))).status).toBe(200)

    const list = await admin.get('/administration/animation')
    const many = '/administration/animation/plusieurs'
    const [day = ''] = /day:[\d-]+/.exec(list.text) ?? []
    const asked = await admin.submit(list, many, { act: 'refuser', item: day })
    expect(asked.text).toMatch(/Refuser 150.demandes/u)
    const done = await admin.submit(asked, many, { reason: 'Vous n’animez pas ici.' })
    expect(done.text).toMatch(/C’est fait pour 150.lignes/u)
    expect((await visitor.submit(form, path, honest)).status).toBe(200)
    await db.deleteFrom('mail').execute()
    await db.deleteFrom('rate_limit').execute()
  })

  test('a paper link opens the profile, whose address must be proved before it is published', async () => {
    const page = await admin.get('/administration/animation')
    const action = '/administration/animation/invitations'
    const paper = await admin.submit(page, action, { name: 'Noa', email: '', way: 'paper' })
    expect(await findHtmlErrors(paper.text)).toEqual([])
    const [link = ''] =
      /\/animation\/moi\/[a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5}/.exec(paper.text) ?? []
    await fill(link, { name: 'Noa', email: 'noa@mail.example' })
    expect((await visitor.get(`${link}/apercu`)).text).toContain('Un lien part vers votre adresse')
    const [mail] = await deliver()
    expect(mail?.to).toBe('noa@mail.example')
    expect((await publish(mail?.link ?? '')).status).toBe(303)
    expect((await visitor.get(await addressOf('Noa'))).status).toBe(200)

    // A consent that was given by a link which the team had prepared is marked, so that the person sees it.
    const { db, now } = server.context
    const of = db.selectFrom('facilitator').select('id').where('name', '=', 'Noa')
    const { id } = await of.executeTakeFirstOrThrow()
    const handed = `/animation/moi/${await insertPaperProfileLink(db, id, now())}`
    await fill(handed, { name: 'Noa', presentation: 'Par le lien de l’équipe.' })
    expect((await publish(handed)).status).toBe(303)
    const own = (await visitor.get(handed)).text
    expect(own.match(/par un lien que l’équipe a remis/g)).toHaveLength(1)
    const { consents } = JSON.parse((await visitor.get(`${handed}/donnees?format=json`)).text)
    const marks = (consents as { isByHandedLink: boolean }[]).map((one) => one.isByHandedLink)
    expect([marks.filter(Boolean).length, marks.length > 1]).toEqual([1, true])
    const forTeam = (await admin.get('/administration/animation')).text
    expect(forTeam.match(/Accord donné par un lien que l’équipe a remis/g)).toHaveLength(1)
  })
})
