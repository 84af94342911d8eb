import type { Context } from '../../node/context.ts'
import type { Database } from '../../node/store/database/database.ts'
import { isObject, isOfType, type Json } from '../wire/json.ts'
import { isReportNote } from '../wire/reports/report-note.ts'
import { isResourceArticle } from '../wire/resources/resource-article.ts'
import type { Handler } from './handler.ts'
import { receiveOrganization, removeNetwork } from './networks.ts'
import { receiveReportNote, removeReportNote } from './reports/report-notes.ts'
import { receiveResourceArticle, removeResource } from './resources/resources.ts'

type ReceivedObject = {
  /** Which objects of the type it is, where not all. */
  isIts?: (object: Json) => boolean
  /** Applies a Create or an Update of it. */
  save: Handler
  /**
   * Removes it by its address, if the sender may.
   * @returns Whether the address was that of such an object, so that no other noun is asked.
   */
  remove: (
    trx: Database,
    removal: { uri: string; from: string; written: Json },
    context: Context,
  ) => Promise<boolean>
}

/** What other servers send of theirs beside cafés and people, by its type. */
const OBJECTS: Record<string, ReceivedObject> = {
  Organization: { save: receiveOrganization, remove: removeNetwork },
  Article: { save: receiveResourceArticle, remove: removeResource, isIts: isResourceArticle },
  Note: { save: receiveReportNote, remove: removeReportNote, isIts: isReportNote },
}

/** Returns what applies a Create or an Update of this object; undefined where it is of none of these types. */
export const findSave = (object: unknown): Handler | undefined =>
  Object.entries(OBJECTS).find(
    ([type, { isIts = () => true }]) => isObject(object) && isOfType(object, type) && isIts(object),
  )?.[1].save

/** Removes what the sender deletes, and returns whether its address was that of one of these objects. */
export async function removeObject(
  trx: Database,
  removal: { uri: string; from: string; written: Json },
  context: Context,
): Promise<boolean> {
  for (const { remove } of Object.values(OBJECTS))
    if (await remove(trx, removal, context)) return true
  return false
}
