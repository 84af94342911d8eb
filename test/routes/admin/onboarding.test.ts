import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Following } from '../../../node/domain/federation/following.ts'
import { saveFollowing } from '../../../node/store/directory/followings.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { listPendingChanges } from '../../../node/store/queues/changes.ts'
import { announce, EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import type { Browser, Fields } from '../../support/browser.ts'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const STEPS = '/administration/premiers-pas'

const readable = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/[\u00a0\u202f\s]+/gu, ' ')

let server: WebServer
afterEach(() => server.stop())

const states = async (team: Browser): Promise<(string | undefined)[]> => {
  const { text } = await team.get(STEPS)
  return [...text.matchAll(/<span class="tag[^"]*">([^<]*)<\/span>/g)].map(([, state]) => state)
}

/** Stands for what the directory answers to the request. */
async function answerAs(state: Following['state']): Promise<void> {
  const { db, now } = server.context
  const following = {
    actor: 'instance',
    address: 'https://annuaire.example',
    targetUri: 'https://annuaire.example/actors/instance',
    followId: 'https://lieu.example/follows/1',
    isJoin: true,
    invitation: undefined,
    state,
    error: undefined,
  }
  await db.deleteFrom('following').execute()
  await db.deleteFrom('change').execute()
  await upsertPeer(db, { actorUri: following.targetUri, name: 'Annuaire de Bretagne' })
  await saveFollowing(db, following, now())
}

describe('a new place', () => {
  beforeEach(async () => {
    server = await startWeb()
  })

  test('is led to its first steps as soon as it has a password', async () => {
    const browser = openBrowser(server.origin)
    const path = await newLinkPath(server)
    await browser.submit(await browser.get(path), path)
    const welcome = await browser.get('/administration/bienvenue')
    const answer = await browser.submit(welcome, '/administration/bienvenue', {
      name: 'Camille',
      email: EMAIL,
      password: PASSWORD,
      passwordAgain: PASSWORD,
    })
    expect([answer.status, answer.location]).toEqual([303, STEPS])
  })

  test('types twelve fields at most before its first café is published', async () => {
    const team = openBrowser(server.origin)
    const link = await newLinkPath(server)
    await team.submit(await team.get(link), link)
    const FORMS: [page: string, action: string, typed: Fields, ticked?: Fields][] = [
      [
        '/administration/bienvenue',
        '/administration/bienvenue',
        { name: 'Camille', email: EMAIL, password: PASSWORD, passwordAgain: PASSWORD },
      ],
      [
        '/administration/lieu?premiers-pas',
        '/administration/lieu',
        { streetAddress: '12 quai du Canal', town: '35000 Rennes', phone: '02 99 12 34 56' },
      ],
      [
        '/administration/reglages?premiers-pas',
        '/administration/reglages',
        { publicationDirector: 'Camille Martin' },
        { hostIsUs: 'oui' },
      ],
      [
        '/administration/cafes/nouveau',
        '/administration/cafes/nouveau',
        { title: 'Un café', date: '2026-12-09', time: '18:30' },
        { save: 'publish' },
      ],
    ]
    for (const [page, action, typed, ticked] of FORMS) {
      const answer = await team.submit(await team.get(page), action, { ...typed, ...ticked })
      expect([page, answer.status]).toEqual([page, 303])
    }
    expect(FORMS.flatMap(([, , typed]) => Object.keys(typed)).length).toBeLessThanOrEqual(12)
    const { db } = server.context
    const { id } = await db
      .selectFrom('cafe')
      .select('id')
      .where('publication', '=', 'published')
      .executeTakeFirstOrThrow()
    expect((await openBrowser(server.origin).get(`/cafes/${id}`)).status).toBe(200)
    const legal = readable((await openBrowser(server.origin).get('/mentions-legales')).text)
    expect(legal).toContain('12 quai du Canal')
    expect((await team.get('/administration/reglages')).text).toMatch(
      /name="hostIsUs"[^>]*\schecked/u,
    )
  })

  test('goes from step to step, each saved as it is done, and ends with a café', async () => {
    const team = await signInByLink(server)
    expect(await states(team)).toEqual(['À faire', 'À faire', 'À faire', 'À faire'])
    const first = readable((await team.get(STEPS)).text)
    expect(first).toContain('0 étape sur 4 est faite.')
    expect(first).toContain('Il manque : son adresse, un téléphone ou une adresse e-mail.')

    const place = await team.get('/administration/lieu?premiers-pas')
    expect(readable(place.text)).toContain('Étape 1 sur 4')
    const placed = await team.submit(place, '/administration/lieu', {
      town: '35000 Rennes',
      phone: '02 99 12 34 56',
    })
    expect([placed.status, placed.location]).toEqual([303, STEPS])

    const legal = await team.get('/administration/reglages?premiers-pas')
    expect(readable(legal.text)).toContain('Étape 2 sur 4')
    await team.submit(legal, '/administration/reglages', {
      legalName: 'Ville de Rennes',
      legalAddress: 'Place de la Mairie',
      legalPhone: '02 23 62 10 10',
      publicationDirector: 'Camille Martin',
      hostName: 'Hébergeur',
      hostAddress: '1 rue du Serveur',
      hostPhone: '02 99 00 00 00',
      dataContact: 'dpo@mediatheque.example',
    })
    expect(await states(team)).toEqual(['Fait', 'Fait', 'À faire', 'À faire'])

    const directory = await team.get(`${STEPS}/annuaire`)
    expect(readable(directory.text)).toContain('Étape 3 sur 4')
    const asked = await team.submit(directory, `${STEPS}/annuaire`, {
      'join.address': 'annuaire.example',
      'join.invitation': 'abcde-fghij',
    })
    expect([asked.status, asked.location]).toEqual([303, STEPS])

    await announce(team)
    expect(await states(team)).toEqual(['Fait', 'Fait', 'Demandé', 'Fait'])
    const waiting = readable((await team.get(STEPS)).text)
    expect(waiting).not.toContain('Le site est prêt.')
    expect(waiting).toContain('Sa réponse n’est pas encore arrivée')
    // Nothing is left to do but to wait.
    expect((await team.get('/administration')).text).not.toContain(STEPS)
    await answerAs('refused')
    expect(await states(team)).toEqual(['Fait', 'Fait', 'À faire', 'Fait'])
    expect(readable((await team.get(STEPS)).text)).toContain('le précédent a refusé')
    await answerAs('accepted')
    expect(await states(team)).toEqual(['Fait', 'Fait', 'Fait', 'Fait'])
    expect(readable((await team.get(STEPS)).text)).toContain('Le site est prêt.')
  })

  test('asks the directory with the code that was given', async () => {
    const team = await signInByLink(server)
    const page = await team.get(`${STEPS}/annuaire`)
    await team.submit(page, `${STEPS}/annuaire`, {
      'join.address': 'annuaire.example',
      'join.invitation': 'abcde-fghij',
    })
    const [pending] = await listPendingChanges(server.context.db, server.context.now(), 1)
    expect(pending?.change).toEqual({
      type: 'follow-asked',
      address: 'https://annuaire.example',
      join: true,
      invitation: 'abcde-fghij',
    })
  })

  test.each([
    ['asked', 'Sa réponse n’est pas encore arrivée.'],
    ['accepted', 'C’est fait : vos cafés sont dans Annuaire de Bretagne.'],
    ['refused', 'Annuaire de Bretagne a refusé la demande.'],
    ['failed', 'Vérifiez son adresse.'],
  ] as const)('reads what the directory answered: %s', async (state, words) => {
    const team = await signInByLink(server)
    await answerAs(state)
    expect(readable((await team.get(`${STEPS}/annuaire`)).text)).toContain(words)
  })

  test('may leave, come back another day from the administration, and pass a step', async () => {
    const team = await signInByLink(server)
    const admin = await team.get('/administration')
    expect(readable(admin.text)).toContain('Premiers pas : 0 sur 4, continuer')
    server.advance({ hours: 24 })
    const page = await team.get(`${STEPS}/annuaire`)
    const passed = await team.submit(page, `${STEPS}/annuaire/passer`)
    expect(passed.location).toBe(STEPS)
    expect(await states(team)).toEqual(['À faire', 'À faire', 'Passé', 'À faire'])
  })

  test('is told at once when the directory’s address is none', async () => {
    const team = await signInByLink(server)
    const page = await team.get(`${STEPS}/annuaire`)
    for (const address of ['', 'pas une adresse']) {
      const answer = await team.submit(page, `${STEPS}/annuaire`, { 'join.address': address })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('href="#join-address"')
    }
  })

  test('a step with a mistake stays a step', async () => {
    const team = await signInByLink(server)
    const place = await team.get('/administration/lieu?premiers-pas')
    const wrong = await team.submit(place, '/administration/lieu', { town: 'Nulle-Part' })
    expect(wrong.status).toBe(422)
    expect(readable(wrong.text)).toContain('Étape 1 sur 4')
    const right = await team.submit(wrong, '/administration/lieu', { town: 'Rennes' })
    expect(right.location).toBe(STEPS)
  })
})

test('a directory joins none, and has no café to announce', async () => {
  server = await startWeb({ role: 'hub' })
  const team = await signInByLink(server)
  expect(await states(team)).toEqual(['À faire', 'À faire'])
  expect((await team.get(`${STEPS}/annuaire`)).location).toBe(STEPS)
})
