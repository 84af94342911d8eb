import type { Proposal } from '../../node/store/referents.ts'
import { answerProposal, appointReferent, insertReferent } from '../../node/store/referents.ts'
import type { WebServer } from './server.ts'

const days = (from: string, until: string) => ({
  startsOn: Temporal.PlainDate.from(from),
  endsOn: Temporal.PlainDate.from(until),
})

type Reached = Pick<WebServer, 'context'>

/** Somebody proposed, who agreed and was appointed, from yesterday for a year. */
export async function appoint(
  { context }: Reached,
  change: Partial<Proposal> = {},
): Promise<string> {
  const now = context.now()
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const proposal: Proposal = {
    territory: '35',
    name: 'Claire',
    word: 'référente',
    email: 'claire@lieu.example',
    facilitatorUri: undefined,
    proposedBy: 'L’équipe',
    ...days(today.subtract({ days: 1 }).toString(), today.add({ days: 364 }).toString()),
    ...change,
  }
  const id = (await insertReferent(context.db, proposal, now)) ?? ''
  const { name, word, email = '', startsOn, endsOn } = proposal
  const agreed = { name, word, email }
  await answerProposal(context.db, { id, agreed, text: 'J’accepte.', lang: 'fr' }, now)
  await appointReferent(context.db, { id, startsOn, endsOn }, now)
  return id
}
