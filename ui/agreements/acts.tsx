import type { Agreement, AgreementAct, Side } from '../../node/domain/agreements/agreement.ts'
import { Link } from '../components/link.tsx'

/** The sentences of an act: the button that leads to its question, and the question itself. */
type ActTexts = {
  label: string
  title: (name: string) => string
  /** What happens, one sentence per line. */
  effects: (name: string) => string
  submit: string
}

/** The sentences of one side of a kind of agreements. */
export type SideTexts = Record<AgreementAct, ActTexts>

/** Where an agreement stands; an ended one was ended or refused by one of both sides. */
type StateTexts = { asked: string; invited: string; inForce: string; ended: Record<Side, string> }

export const stateText = (
  { state, endedBy = 'subject' }: Pick<Agreement, 'state' | 'endedBy'>,
  texts: StateTexts,
): string =>
  state === 'ended' ? texts.ended[endedBy] : texts[state === 'in-force' ? 'inForce' : state]

type ActLinksProps = {
  acts: readonly AgreementAct[]
  /** Returns the address of the question of an act. */
  hrefOf: (act: AgreementAct) => string
  texts: SideTexts
  /** Whom it is about, which the reader of a screen hears after each label. */
  about: string
}

/** Links to the question of each act that a side can do now. */
export const ActLinks = ({ acts, hrefOf, texts, about }: ActLinksProps) => (
  <>
    {acts.map((act) => (
      <Link class="button quiet" href={hrefOf(act)}>
        {texts[act].label}
        <span class="unseen">{about}</span>
      </Link>
    ))}
  </>
)
