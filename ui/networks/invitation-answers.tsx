import type { PropsWithChildren } from 'hono/jsx'
import type { Messages } from '../locales/messages.ts'

export type Answer = { structure: string; isYes: boolean }

type Props = { answers: readonly Answer[]; network: string; t: Messages }

/** Says, until it was read, what structures answered to the invitations of a network. */
export const InvitationAnswers = ({ answers, network, t, children }: PropsWithChildren<Props>) =>
  answers.length === 0 ? null : (
    <section class="panel" aria-labelledby="reponses">
      <h2 id="reponses">{t.structureNetworks.invitationAnswers}</h2>
      <ul>
        {answers.map(({ structure, isYes }) => (
          <li>{t.admin.home.answers.invitation(structure, network, isYes)}</li>
        ))}
      </ul>
      {children}
    </section>
  )
