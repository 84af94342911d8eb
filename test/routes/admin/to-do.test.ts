import { describe, expect, test } from 'vitest'
import { findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { saveSetting } from '../../../node/store/database/settings.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { signInByLink } from '../../support/admin.ts'
import { readable } from '../../support/readable.ts'
import {
  addInTurn,
  becomeUnreachable,
  endInTurn,
  followDirectory,
  home,
  inHours,
  own,
  rowsOf,
  server,
  start,
  startPublicPlace,
  startWithRelay,
  useToDoSite,
  writeMail,
} from './to-do-site.ts'
import { ADMINISTRATORS, DIRECTORY, EVERYONE, PLACE, SAFETY } from './to-do-sources.ts'

useToDoSite()

const AT_A_PLACE = [...EVERYONE, ...ADMINISTRATORS, ...PLACE, ...SAFETY]

describe('« Rien n’attend » is said only where every source says so', () => {
  test('at a place', async () => {
    await startPublicPlace()
    await addInTurn(await signInByLink(server), AT_A_PLACE)
  })

  test('at a directory', async () => {
    await start({ role: 'hub' })
    await addInTurn(await signInByLink(server), [
      ...EVERYONE,
      ...ADMINISTRATORS,
      ...DIRECTORY,
      ...SAFETY,
    ])
  })

  test('each task at a place has a button that ends it', async () => {
    await startPublicPlace()
    await endInTurn(await signInByLink(server), AT_A_PLACE)
  })

  test('each task at a directory has a button that ends it', async () => {
    await start({ role: 'hub' })
    await endInTurn(await signInByLink(server), DIRECTORY)
  })

  test('with more cafés than questions fit, and when the network is out of reach', async () => {
    await start()
    const browser = await signInByLink(server)
    for (const hours of [10, 20, 30, 40, 50]) await own({ startsAt: inHours(hours) })
    const confirmations = await rowsOf(browser)
    expect(confirmations).toHaveLength(4)
    expect(confirmations[3]).toEqual({
      title: '2 autres cafés dans les trois jours',
      leads: '/administration/cafes?etat=a-venir',
    })
    await followDirectory('un', 'accepted')
    await becomeUnreachable('un')
    await saveSetting(server.context.db, 'cut-off-since', server.context.now().toString())
    const titles = (await rowsOf(browser)).map(({ title }) => title)
    expect(titles).toContain('Ce site n’atteint plus le réseau')
    const page = await browser.get('/administration')
    expect((await browser.submit(page, '/administration/reseau/reessayer')).status).toBe(303)
    expect(titles).not.toContain('Annuaire un ne répond plus')
  })

  test('with mails that the relay refused', async () => {
    await startWithRelay()
    const browser = await signInByLink(server)
    const stillTried = { error: '450' }
    const lost = { error: '550', dropped_at: server.context.now().toString() }
    for (const answer of [stillTried, lost]) {
      await writeMail()
      expect(await rowsOf(browser)).toEqual([])
      await server.context.db.updateTable('mail').set(answer).execute()
      expect(await rowsOf(browser)).toEqual([
        { title: '1 courriel n’est pas parti', leads: '/administration/courriels' },
      ])
      const page = await browser.get('/administration/courriels')
      if (answer === lost)
        expect(readable(page.text)).toContain('L’adresse n’existe pas, ou n’existe plus')
      const [, remove = ''] = /action="([^"]+enlever)"/.exec(page.text) ?? []
      expect((await browser.submit(page, remove)).status).toBe(303)
      expect(await rowsOf(browser)).toEqual([])
    }
  })

  test('each kind of row has been provoked', async () => {
    await start()
    const kinds = [...EVERYONE, ...ADMINISTRATORS, ...PLACE, ...DIRECTORY, ...SAFETY].map(
      ({ kind }) => kind,
    )
    const apart = ['moreToConfirm', 'cutOff', 'mails', 'asking', 'siteState']
    const known = Object.keys(messagesFor('fr').admin.home.todo)
    expect([...kinds, ...apart].sort()).toEqual(known.sort())
  })
})

test('who does not administer is not told of what only administrators may answer', async () => {
  await startPublicPlace()
  const browser = await signInByLink(server)
  for (const { add } of [...ADMINISTRATORS, ...PLACE]) await add()
  const account = await findAccountByEmail(server.context.db, 'camille@mediatheque.example')
  await server.context.db
    .updateTable('role')
    .set({ role: 'editor' })
    .where('account_id', '=', account?.id ?? '')
    .execute()
  expect((await rowsOf(browser)).map(({ title }) => title)).toEqual([
    'Rien ne peut être publié pour le moment',
  ])
  expect(await home(browser)).toContain('Seule une personne qui administre ce site')
})
