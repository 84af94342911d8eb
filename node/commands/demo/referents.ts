import type { Context } from '../../context.ts'
import { MANDATE_DAYS } from '../../domain/referents/referent.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import {
  answerProposal,
  appointReferent,
  insertReferent,
  listInOffice,
  todayIn,
} from '../../store/referents/referents.ts'

/** One of the people of the demonstration, by the name of her profile. */
export const DEMO_REFERENT_NAME = 'Camille R.'

const DEMO_REFERENT = {
  territory: '35',
  name: DEMO_REFERENT_NAME,
  word: 'référente' as const,
  email: 'camille@exemple.example',
  proposedBy: 'L’équipe de l’annuaire',
}

/** Somebody who agreed to answer for Ille-et-Vilaine; the directory signs it as soon as it runs. All else is vacant. */
export async function appointDemoReferent({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  if ((await listInOffice(db, now())).length > 0) return
  const people = await listFacilitators(db, { audience: 'public', now: now(), limit: 100 })
  const profile = people.facilitators.find((one) => one.name === DEMO_REFERENT_NAME)
  const startsOn = todayIn(DEMO_REFERENT.territory, now())
  const days = { startsOn, endsOn: startsOn.add({ days: MANDATE_DAYS.usual }) }
  const id = await insertReferent(
    db,
    { ...DEMO_REFERENT, facilitatorUri: profile?.uri, ...days },
    now(),
  )
  if (id === undefined) return
  const { name, word, email } = DEMO_REFERENT
  const text = 'J’accepte que l’annuaire de la démonstration montre mon nom et mon territoire.'
  await answerProposal(
    db,
    { id, shown: days, agreed: { name, word, email }, text, lang: 'fr' },
    now(),
  )
  await appointReferent(db, id, now())
}
