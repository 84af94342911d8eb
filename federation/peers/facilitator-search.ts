import type { Context } from '../../node/context.ts'
import {
  FACILITATOR_STATUSES,
  FACILITATOR_TITLES,
  TRAININGS,
} from '../../node/domain/facilitators/facilitator.ts'
import type {
  FacilitatorAnswer,
  FacilitatorQuestion,
  RemoteFacilitator,
} from '../../node/domain/facilitators/remote-search.ts'
import { isEmail, isPhone } from '../../node/domain/values/contact.ts'
import { cleanLines, cleanText } from '../../node/formats/text/clean-text.ts'
import { findPeerByActor } from '../../node/store/directory/peers.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import type { Services } from '../services.ts'
import { isObject, type Json, textOf, toList } from '../wire/json.ts'

/**
 * Asks the directories for a structure that looks for a person. The question is asked by its own site in its name, and
 * nothing of the answers is stored.
 */
export async function findRemoteFacilitators(
  { db }: Pick<Context, 'db'>,
  services: Pick<Services, 'egress' | 'signQuestion'>,
  question: FacilitatorQuestion,
): Promise<FacilitatorAnswer[]> {
  const directories = await listJoinedDirectories(db)
  return Promise.all(
    directories.map(async ({ uri }) => {
      const name = (await findPeerByActor(db, uri))?.name ?? new URL(uri).host
      return { directory: { uri, name }, people: await ask(services, uri, question) }
    }),
  )
}

const DEADLINE_MS = 8_000

async function ask(
  { egress, signQuestion }: Pick<Services, 'egress' | 'signQuestion'>,
  directory: string,
  question: FacilitatorQuestion,
): Promise<RemoteFacilitator[] | undefined> {
  const address = `${new URL(directory).origin}/api/v1/facilitators?${new URLSearchParams(question)}`
  try {
    const { json } = await egress.getJson(address, {
      accept: 'application/json',
      types: ['application/json'],
      sign: signQuestion,
      deadlineMs: DEADLINE_MS,
    })
    const items = isObject(json) ? toList(json.items).slice(0, MOST) : []
    return items.flatMap((item) => (isObject(item) ? (toPerson(item) ?? []) : []))
  } catch {
    return undefined
  }
}

const MOST = 100

/** Reads a person. A directory decides who there is, but not what a page of ours may contain. */
function toPerson(item: Json): RemoteFacilitator | undefined {
  const uri = webAddress(item.id)
  const name = line(item.name, 80)
  if (!uri || !name) return undefined
  const contact = isObject(item.contact) ? item.contact : undefined
  const shown = line(contact?.shown, 254)
  const shownContact = shown && (isEmail(shown) || isPhone(shown)) ? shown : undefined
  return {
    uri,
    url: webAddress(item.url) ?? uri,
    name,
    word: choice(item.word, FACILITATOR_TITLES) ?? 'neutre',
    territory: isObject(item.territory) ? line(item.territory.code, 20) : undefined,
    radiusKm: typeof item.radiusKm === 'number' ? Math.round(item.radiusKm) : undefined,
    formats: lines(item.formats),
    themes: lines(item.themes),
    languages: lines(item.languages).filter((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)),
    status: choice(item.status, FACILITATOR_STATUSES),
    training: choice(item.training, TRAININGS),
    trainedOn: /^20\d\d-(?:0[1-9]|1[0-2])$/.exec(textOf(item.trainedOn) ?? '')?.[0],
    availability: line(item.availability, 200),
    presentation: cleanLines(textOf(item.presentation) ?? '', 600) || undefined,
    contact: shownContact ? 'shown' : contact && textOf(contact.url) ? 'relay' : 'none',
    shownContact,
    km: typeof item.distanceKm === 'number' ? item.distanceKm : undefined,
    isForStructures: item.forStructures === true,
  }
}

const webAddress = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text && text.length <= 500 && /^https?:\/\//.test(text) && URL.canParse(text)
    ? text
    : undefined
}

const line = (value: unknown, max: number): string | undefined =>
  cleanText(textOf(value) ?? '', max) || undefined

const lines = (value: unknown): string[] =>
  toList(value)
    .slice(0, WORDS_READ)
    .flatMap((item) => line(item, 60) ?? [])
    .slice(0, 12)

/** The maximum number of words that are read of a list, however long it is, since cleaning each of them takes time. */
const WORDS_READ = 100

const choice = <const Value extends string>(
  value: unknown,
  among: readonly Value[],
): Value | undefined => among.find((one) => one === value)
