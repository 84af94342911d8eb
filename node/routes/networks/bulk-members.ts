import type { Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { listActs, subjectOf } from '../../domain/agreements/agreement.ts'
import type { Arrival } from '../../domain/federation/arrivals.ts'
import type { Network } from '../../domain/structures/network.ts'
import { findAgreement, listAgreements } from '../../store/agreements/agreements.ts'
import { saveOwnStatement } from '../../store/agreements/statements.ts'
import type { Database } from '../../store/database/database.ts'
import { listHostArrivals } from '../../store/directory/known-hosts.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../workspaces/bulk.tsx'

/** Lists the structures that ask to be members of a network, by where they come from and when. */
export async function listMemberArrivals(
  db: Database,
  { uri: objectUri }: Pick<Network, 'uri'>,
): Promise<Arrival[]> {
  const party = { kind: 'member-of', objectUri } as const
  const { items } = await listAgreements(db, party, { state: 'asked', limit: MOST })
  return listHostArrivals(
    db,
    items.map(({ subjectUri: id, subjectAt: at }) => ({ id, host: new URL(id).host, at })),
  )
}

/** More than can wait of one network. */
const MOST = 1000

/** Several structures that ask to be members of a network are refused at once, each as by its own question. */
export const refuseMembers = (context: Context, c: HonoContext<WebEnv>, network: Network) =>
  answerBulk(c, context, {
    action: paths.manyMembers(network.slug),
    from: paths.adminNetwork(network.slug),
    acts: { refuser: refusalOf(context, c, network) },
    listArrivals: () => listMemberArrivals(context.db, network),
  })

function refusalOf({ db, now }: Context, c: HonoContext<WebEnv>, network: Network): BulkAct {
  const { gone, changed } = messagesFor(languageOf(c)).admin.bulk
  const keyOf = ({ id: subjectUri }: ChosenItem) =>
    ({ kind: 'member-of', subjectUri, objectUri: network.uri }) as const
  const look = async (item: ChosenItem) => {
    const found = await findAgreement(db, keyOf(item))
    if (!found) return { name: item.id, problem: gone }
    const isWaiting = listActs(found.state, 'object').includes('refuse')
    return { name: subjectOf(found).name, problem: isWaiting ? undefined : changed }
  }
  return {
    question: { texts: ({ members }) => members.refused },
    look,
    apply: async (item) => {
      const line = await look(item)
      if (line.problem) return line
      await saveOwnStatement(db, { ...keyOf(item), side: 'object', isYes: false }, now())
      return line
    },
  }
}
