import type { Context } from '../../node/context.ts'
import type { Organizer } from '../../node/domain/cafes/cafe.ts'
import type { Author } from '../../node/domain/cafes/edit.ts'
import {
  claimUnknownCafe,
  unpublishClaimedCafe,
  unpublishClaimedFacilitator,
} from '../../node/store/backup/claimed-erasures.ts'
import {
  backupFoldersOf,
  type IsGone,
  readErasures,
} from '../../node/store/backup/erasure-journal.ts'
import { type RecoveredCafe, takeNewerCafe } from '../../node/store/backup/recovered-cafes.ts'
import { addTexts, type Restoration } from '../../node/store/backup/restoration.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import type { Database } from '../../node/store/database/database.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { giveWay } from '../../node/turns/turns.ts'
import { idOf, instantOf, isObject, isStorable, type Json, originOf, textOf } from '../wire/json.ts'
import { actorUri, CAFES, INSTANCE } from '../wire/uris.ts'
import {
  isOfLostKey,
  isOwnCafeUri,
  isSignedBy,
  listOwnKeys,
  type OwnKey,
  readOwnCafe,
} from './own-texts.ts'
import { type OwnWord, readWord, takeWord } from './own-words.ts'

/** Applies what a directory says that it knows of this restored site. It may be wrong or lie. */

/** What the answers of one directory are applied with. */
export type Answers = {
  /** The actor of the directory. */
  uri: string
  restoration: Restoration
  /** The addresses of the profiles about which it was asked. */
  named: ReadonlySet<string>
  /** Those by which this site signs its cafés, and all by which it signs its words. */
  keys: readonly OwnKey[]
  wordKeys: readonly OwnKey[]
  /** The structure of cafés that the backup does not have. */
  owner: { organizationId: string; organizer: Organizer }
  /** The journal of erasures, where there is one. */
  isGone: IsGone | undefined
}

/** Loads what the answers of one directory are applied with. */
export async function prepareAnswers(
  { db, config }: Context,
  { restoration, uri }: Pick<Answers, 'restoration' | 'uri'>,
): Promise<Answers> {
  const { origin } = config
  const organization = await findSiteStructure(db)
  if (!organization) throw new Error('a site has a structure')
  const organizer = { uri: actorUri(origin, CAFES), name: organization.name, url: `${origin}/` }
  const keys = await listOwnKeys(db, origin)
  return {
    ...{ uri, restoration, named: new Set() },
    keys,
    wordKeys: [...keys, ...(await listOwnKeys(db, origin, INSTANCE))],
    owner: { organizationId: organization.id, organizer },
    isGone: await readErasures(db, backupFoldersOf(config), restoration.since),
  }
}

/** Number of items that are applied in one transaction, for which other writers wait. */
const AT_ONCE = 20

/**
 * Applies the items of a page, a few in each transaction; `inTheEnd` is done in the last one.
 */
export async function applyAnswers(
  context: Context,
  answers: Answers,
  items: readonly unknown[],
  inTheEnd: (trx: Database) => Promise<void> = async () => undefined,
): Promise<void> {
  for (let from = 0; from === 0 || from < items.length; from += AT_ONCE) {
    const some: Answer[] = []
    for (const item of items.slice(from, from + AT_ONCE)) {
      await giveWay()
      some.push(...(await readAnswer(context, answers, item)))
    }
    await context.db.transaction().execute(async (trx) => {
      const texts = { taken: 0, refused: 0, words: 0, aside: 0 }
      for (const answer of some) {
        if (answer.type === 'text') await takeText(trx, context, { answers, texts, ...answer })
        else if (answer.type === 'word')
          await applyWord(trx, context, { answers, texts, word: answer })
        else await applyClaim(trx, context, answers, answer)
      }
      await addTexts(trx, { uri: answers.uri, ...texts })
      if (from + AT_ONCE >= items.length) await inTheEnd(trx)
    })
  }
}

type Claim = { type: 'Tombstone' | 'Profile'; id: string; at: Temporal.Instant }
/** A text of this site; `cafe` is undefined where none of its keys can have signed it. */
type Text = { type: 'text'; cafe: RecoveredCafe | undefined; isSigned: boolean }
type Answer = Claim | Text | OwnWord

/** Reads an item; empty for one that is not of this origin, or says nothing that we know. */
async function readAnswer(
  { config, now }: Context,
  { keys, wordKeys, uri, named }: Answers,
  item: unknown,
): Promise<Answer[]> {
  if (!isObject(item)) return []
  const asked = { origin: config.origin, uri, wordKeys }
  const word = named.size === 0 ? await readWord(item, asked, now()) : undefined
  if (word) return [word]
  const id = idOf(item)
  const type = textOf(item.type)
  if (id === undefined || !isStorable(id) || originOf(id) !== config.origin) return []
  if (type === 'Event') {
    const isSigned = isSignedBy(item, keys)
    if (!isSigned && !isOfLostKey(item, { keys, actor: actorUri(config.origin, CAFES) }))
      return [{ type: 'text', cafe: undefined, isSigned }]
    const body = JSON.stringify(item)
    const cafe = await readOwnCafe(item, { origin: config.origin, body }, now())
    return cafe ? [{ type: 'text', cafe, isSigned }] : []
  }
  const at = readTime(item, type)
  return at ? [{ type: type as Claim['type'], id, at }] : []
}

function readTime(item: Json, type: string | undefined): Temporal.Instant | undefined {
  if (type === 'Tombstone') return instantOf(item.deleted)
  return type === 'Profile' ? instantOf(item.updated) : undefined
}

async function applyClaim(
  trx: Database,
  { config, now }: Context,
  { uri, named, restoration }: Answers,
  { type, id, at }: Claim,
): Promise<void> {
  const claim = { uri: id, directory: new URL(uri).host, at }
  const isGone = type === 'Tombstone'
  if (named.has(id)) await unpublishClaimedFacilitator(trx, { ...claim, isGone }, now())
  if (named.size > 0 || !isGone || (await unpublishClaimedCafe(trx, claim, now()))) return
  // Another directory may still have its text.
  if (restoration.directories.length === 1 || !isOwnCafeUri(id, config.origin)) return
  if (!(await findCafeByUri(trx, id))) await claimUnknownCafe(trx, claim)
}

async function applyWord(
  trx: Database,
  context: Context,
  {
    answers: { uri, restoration, owner },
    texts,
    word,
  }: { answers: Answers; texts: Taken; word: OwnWord },
): Promise<void> {
  const by: Author = { kind: 'directory', name: new URL(uri).host }
  const { organizationId } = owner
  const outcome = await takeWord(trx, context, word, { uri, by, restoration, organizationId })
  if (outcome === 'taken') texts.words += 1
  if (outcome === 'aside') texts.aside += 1
  if (outcome === 'refused') texts.refused += 1
}

/** How many texts and words came back, were refused, or differ from what was changed here since. */
type Taken = { taken: number; refused: number; words: number; aside: number }

async function takeText(
  trx: Database,
  { now }: Context,
  { answers, texts, cafe, isSigned }: Text & { answers: Answers; texts: Taken },
): Promise<void> {
  if (!cafe) {
    texts.refused += 1
    return
  }
  const { restoration: times, owner, isGone, uri } = answers
  const directory = new URL(uri).host
  const by: Author = { kind: 'directory', name: directory }
  const given = { directory, cafe, isSigned }
  const outcome = await takeNewerCafe(trx, given, { ...owner, by, times, isGone }, now())
  if (outcome === 'taken') texts.taken += 1
  if (outcome === 'refused') texts.refused += 1
}
