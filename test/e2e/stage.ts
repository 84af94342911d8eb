import { createStructure } from '../../node/commands/structures/structure.ts'
import { insertAccount } from '../../node/store/accounts/accounts.ts'
import { saveReport } from '../../node/store/reports/reports.ts'
import { updateCafes } from '../../node/store/search-index/write-cafes.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { newLinkPath, signInByLink } from '../support/admin.ts'
import type { Browser } from '../support/browser.ts'
import { type Site, startPair, until } from '../support/network.ts'
import { photoOfTable } from '../support/scene.ts'
import { startWeb, type WebServer } from '../support/server.ts'
import { submitWithImage } from '../support/uploads.ts'
import { type Cookies, type StagedPaths, stageFacilitators } from './stage-facilitators.ts'

/** A directory and a place with a café in every state, a server whose database is damaged, and one that sends mails. */
export type Stage = {
  hub: Site
  node: Site
  broken: WebServer
  mailing: WebServer
  /** The cookies of the people who are signed in. */
  sessions: {
    team: Record<'hub' | 'node' | 'mailing', Cookies>
    /** The cookies of a network's manager. */
    manager: Record<'hub' | 'node', Cookies>
    referent: Record<'hub', Cookies>
  }
  /** The ids of the cafés at the place. */
  cafes: Record<StagedCafe, string>
  /** The ids of the same cafés at the directory. */
  copies: Pick<Record<StagedCafe, string>, 'planned' | 'cancelled' | 'moved'>
  /** Paths of the administration that exist only after somebody has made something. */
  made: { venue: string; colleague: string; signInLink: string; invitation: string; series: string }
  paths: StagedPaths
  stop(): Promise<void>
}

type StagedCafe =
  | 'planned'
  | 'cancelled'
  | 'postponed'
  | 'moved'
  | 'full'
  | 'open'
  | 'online'
  | 'past'
  | 'draft'
  | 'deleted'

const PLANNED = 'L’IA au travail : amie ou concurrente ?'
export const CANCELLED = 'Mes photos, mes données et l’IA'

const PLACE = {
  name: 'Médiathèque du Canal',
  streetAddress: '12 quai du Canal',
  postalCode: '35000',
  commune: 'Rennes',
}

export async function openStage(): Promise<Stage> {
  const [{ hub, node }, broken, mailing] = await Promise.all([
    startPair(),
    startWeb(),
    startWeb({ smtpUrl: 'smtp://127.0.0.1:25' }),
  ])
  const stop = async () => {
    await Promise.all([hub.close(), node.close(), broken.stop(), mailing.stop()])
  }
  try {
    await broken.context.db.schema.dropTable('cafe').execute()
    const [atNode, atHub, atMailing] = await Promise.all([
      signInByLink(node),
      signInByLink(hub),
      signInByLink(mailing),
    ])
    await sayWhoItIs(atNode, PLACE.name)
    await sayWhoItIs(atHub, 'Annuaire des cafés IA')
    // The structure of the site is the oldest one.
    mailing.advance({ minutes: 1 })
    await createStructure(mailing.context, { name: 'Médiathèque de Bruz' })
    const cafes = await announceAll(node, atNode)
    const copies = await untilCopied(hub, node, cafes)
    await askQuestions(hub, `${node.origin}/cafes/${cafes.past}`)
    const team = { node: atNode.cookies, hub: atHub.cookies, mailing: atMailing.cookies }
    const made = await prepareAdmin(node, atNode)
    const planned = { uri: `${node.origin}/cafes/${cafes.planned}` }
    const { paths, manager, referent } = await stageFacilitators({ hub, node }, planned)
    const sessions = { team, manager, referent: { hub: referent } }
    return { hub, node, broken, mailing, sessions, cafes, copies, made, paths, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Fills in everything that the first steps of a place require. */
async function sayWhoItIs(browser: Browser, name: string): Promise<void> {
  const place = '/administration/lieu'
  await browser.submit(await browser.get(place), place, {
    name,
    presentationMarkdown:
      'Une médiathèque de quartier, ouverte à tout le monde. Le bâtiment est **accessible en fauteuil**.',
    streetAddress: PLACE.streetAddress,
    town: '35000 Rennes',
    phone: '02 99 12 34 56',
    email: 'bonjour@lieu.example',
  })
  const settings = '/administration/reglages'
  await browser.submit(await browser.get(settings), settings, {
    legalName: 'Ville de Rennes',
    legalAddress: 'Place de la Mairie\n35000 Rennes',
    legalPhone: '02 23 62 10 10',
    publicationDirector: 'Camille Martin',
    hostName: 'Ville de Rennes',
    hostAddress: 'Place de la Mairie\n35000 Rennes',
    hostPhone: '02 23 62 10 10',
    dataContact: 'donnees@lieu.example',
  })
}

async function announceAll(node: Site, browser: Browser): Promise<Stage['cafes']> {
  const bytes = await photoOfTable()
  const planned = await announcePictured(node, browser, bytes, {
    title: PLANNED,
    ...at(2, '18:30'),
    summary:
      'Raconter ce que l’IA change déjà dans nos métiers, et décider de ce que l’on en fait.',
    'venue.streetAddress': PLACE.streetAddress,
    descriptionMarkdown:
      'On commence par un tour de table **écrit et anonyme**, puis on essaie ensemble deux outils sur un cas réel.\n\nAucune connaissance n’est nécessaire : venez comme vous êtes.',
    themes: 'travail, métiers',
    audiences: 'adultes',
    'registration.mode': 'phone',
    phone: '02 99 12 34 56',
    format: 'débat mouvant',
  })
  const cancelled = await announcePictured(node, browser, bytes, {
    title: CANCELLED,
    ...at(5, '10:30'),
  })
  const publish = async (title: string, day: number, more: Record<string, unknown> = {}) => {
    const { json } = await node.call('POST', '/cafes', { ...bodyOf(title, day), ...more })
    return idOf(String(json.id))
  }
  const change = async (id: string, what: string, body: object = {}) => {
    const { status } = await node.call('POST', `/cafes/${id}/${what}`, body)
    if (status !== 200) throw new Error(`${what}: ${status}`)
    return id
  }
  await change(cancelled, 'cancel', { reason: 'L’animatrice est souffrante.' })
  const [postponed, moved, full, open, online, past, draft, deleted] = [
    await publish('Écrire avec une machine', 8),
    await publish('Aïe Aïe IA, le jeu', 9),
    await publish('Comment une machine apprend-elle ?', 11, {
      registration: { mode: 'phone', capacity: 15, seatsLeft: 0 },
      phone: '02 99 12 34 56',
    }),
    await publish('Dessiner avec une machine', 12, {
      registration: { mode: 'local', capacity: 4 },
    }),
    await publish('Un café à distance', 13),
    await publish('L’IA et l’eau', 3),
    await publish('Le prochain, peut-être', 20, { draft: true }),
    await publish('Une erreur', 21),
  ]
  await change(postponed, 'postpone', { note: 'L’autrice a un empêchement.' })
  await change(online, 'move-online', { onlineUrl: 'https://visio.example/cafe' })
  const { status } = await node.call('PUT', `/cafes/${moved}`, bodyOf('Aïe Aïe IA, le jeu', 16))
  if (status !== 200) throw new Error(`moved: ${status}`)
  await node.call('DELETE', `/cafes/${deleted}`)
  for (const [name, seats] of [
    ['Amina', 3],
    ['Bruno', 2],
  ] as const) {
    const person = { name, seats, phone: '06 12 34 56 78', needs: [] }
    await node.call('POST', `/cafes/${open}/registrations`, person)
  }
  await updateCafes(
    node.context.db,
    { starts_at: '2026-01-15T17:30:00Z', ends_at: '2026-01-15T19:00:00Z' },
    (qb) => qb.where('id', '=', past),
  )
  return { planned, cancelled, postponed, moved, full, open, online, past, draft, deleted }
}

const bodyOf = (title: string, day: number) => ({
  title,
  startsAt: `${at(day, '').date}T14:00`,
  timezone: 'Europe/Paris',
  venue: PLACE,
})

const at = (days: number, time: string) => ({
  date: Temporal.Now.plainDateISO('Europe/Paris').add({ days }).toString(),
  time,
})

const idOf = (uri: string): string => uri.split('/').at(-1) ?? ''

async function announcePictured(
  server: Site,
  browser: Browser,
  bytes: Buffer,
  fields: Record<string, string>,
): Promise<string> {
  const path = '/administration/cafes/nouveau'
  const { status, text } = await submitWithImage({ server, browser }, path, {
    page: await browser.get(path),
    fields: {
      'venue.id': '',
      'venue.keep': '',
      'venue.name': PLACE.name,
      'venue.town': '35000 Rennes',
      'image.alt': 'Trois tasses et une feuille sur une table en bois',
      'image.credit': 'photo Camille Martin',
      save: 'publish',
      ...fields,
    },
    file: { bytes },
  })
  if (status !== 303) throw new Error(`${fields.title}: ${status} ${text}`)
  const { items } = (await server.call('GET', '/cafes?limit=100')).json
  const found = (items as { id: string; title: string }[]).find(
    ({ title }) => title === fields.title,
  )
  return idOf(found?.id ?? '')
}

/** Tells at the directory what was asked at a café that took place. */
async function askQuestions(hub: Site, uri: string): Promise<void> {
  await until(async () => hub.find(uri), { what: 'the past café at the directory' })
  const cafeId = (await hub.find(uri))?.id ?? ''
  const at = hub.context.now()
  const nothing = { organizationId: undefined, uri: undefined, firstTimers: undefined }
  await saveReport(hub.context.db, {
    ...{ ...nothing, cafeId, isHeld: true, participants: 14, format: undefined },
    ...{ nextSteps: undefined, words: undefined, isTextPublic: false, picture: undefined },
    ...{ pictureAlt: undefined, isPicturePublic: false, isCounted: true, hiddenReason: undefined },
    ...{ createdAt: at, updatedAt: at },
    questions: QUESTIONS.map(([theme, text]) => ({
      ...{ id: `${cafeId} ${theme}`, text, theme, hiddenReason: undefined },
    })),
  })
}

const QUESTIONS = [
  ['Santé', 'Si mon médecin se sert d’une IA, doit-il me le dire ?'],
  ['École', 'Comment savoir si mon enfant a fait son devoir tout seul ?'],
  ['Écologie', 'Une réponse, c’est combien d’eau ?'],
  ['Arnaques', 'Ma voix au téléphone, on peut me la voler ?'],
] as const

/** Waits until the directory has received the cafés, and returns the ids that it gave them. */
async function untilCopied(hub: Site, node: Site, cafes: Stage['cafes']): Promise<Stage['copies']> {
  const find = (name: StagedCafe) => hub.find(`${node.origin}/cafes/${cafes[name]}`)
  await until(
    async () =>
      (await find('planned')) &&
      (await find('cancelled'))?.status === 'cancelled' &&
      (await find('moved'))?.status === 'rescheduled' &&
      (await find('online'))?.status === 'moved-online',
    { within: 15_000, what: 'the cafés at the directory' },
  )
  const idAt = async (name: StagedCafe) => (await find(name))?.id ?? ''
  return {
    planned: await idAt('planned'),
    cancelled: await idAt('cancelled'),
    moved: await idAt('moved'),
  }
}

/** Adds a venue, a second account, two links for signing in and a series, for the pages that need them. */
async function prepareAdmin(node: Site, browser: Browser): Promise<Stage['made']> {
  const venues = '/administration/lieux'
  await browser.submit(await browser.get(`${venues}/nouveau`), `${venues}/nouveau`, {
    name: PLACE.name,
    town: '35000 Rennes',
    streetAddress: PLACE.streetAddress,
    access: 'Entrée par la cour, ascenseur à droite.',
  })
  const venue = firstMatch(
    (await browser.get(venues)).text,
    /"(\/administration\/lieux\/[0-9a-f-]{36})"/,
  )
  const team = '/administration/equipe'
  const paper = await browser.submit(await browser.get(team), `${team}/invitations`, {
    role: 'editor',
    way: 'paper',
  })
  const invitation = firstMatch(paper.text, /(\/administration\/invitation\/[\w-]+)</)
  const { db, now } = node.context
  const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
  const noe = { email: 'noe@mediatheque.example', organizationId, role: 'editor' } as const
  await insertAccount(db, noe, now())
  const colleague = firstMatch(
    (await browser.get(team)).text,
    /"(\/administration\/equipe\/[0-9a-f-]{36}\/retirer)"/,
  )
  const series = await node.call('POST', '/series', {
    ...bodyOf('Le café du jeudi', 22),
    recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4', exclude: [], include: [] },
  })
  return {
    ...{ venue, colleague, invitation, series: idOf(String(series.json.id)) },
    signInLink: await newLinkPath(node),
  }
}

const firstMatch = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`nothing like ${pattern} in ${text}`)
  return found
}
