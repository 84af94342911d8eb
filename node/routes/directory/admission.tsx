import type { Context as HonoContext } from 'hono'
import { AdmissionPage, type AdmissionPageProps } from '../../../ui/directory/admission-page.tsx'
import { ADMISSION_REASON_MAX, ADMISSION_REASONS } from '../../../ui/directory/admission-reasons.ts'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import { findAnsweringReferent } from '../../domain/referents/referent.ts'
import { chainOf } from '../../geo/territory-chain.ts'
import { listJoiningAdvice } from '../../store/referents/dashboard.ts'
import { listInOffice } from '../../store/referents/referents.ts'
import { languageOf } from '../http/language.ts'
import { nameOfCode } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

type Typed = Pick<AdmissionPageProps, 'values' | 'messages' | 'isStale'>

/** The page of a site that asks to be in the directory: what it says of itself now, and the possible answers. */
export async function admissionPage(
  c: HonoContext<WebEnv>,
  context: Context,
  peer: Peer,
  typed: Typed = { values: {}, messages: [] },
): Promise<Response> {
  const { db, now, remote } = context
  const asked = await remote.findRequester(peer.origin)
  const code = asked.outcome === 'found' ? asked.address?.codeInsee : undefined
  const advice = await listJoiningAdvice(db)
  return c.html(
    <AdmissionPage
      {...(await adminPropsFor(context, c))}
      peer={peer}
      asked={asked}
      territory={code === undefined ? undefined : await findTerritoryOf(context, code)}
      advice={advice
        .filter(({ peerId }) => peerId === peer.id)
        .map((one) => ({ ...one, territory: nameOfCode(one.territory) }))}
      now={now()}
      {...typed}
    />,
    typed.isStale ? 409 : typed.messages.length > 0 ? 422 : 200,
  )
}

/** Finds the narrowest territory of a commune that has a referent; its département where none has. */
async function findTerritoryOf({ db, now }: Context, codeInsee: string) {
  const chain = chainOf(codeInsee)
  const inOffice = await listInOffice(db, now())
  const answering = findAnsweringReferent(
    chain.map(({ code }) => code),
    inOffice,
  )
  const departement = chain.find(({ kind }) => kind === 'departement')
  const code = answering?.territory ?? departement?.code
  if (code === undefined) return undefined
  return { name: nameOfCode(code), referents: answering?.referents.map(({ name }) => name) ?? [] }
}

/** Reads what the place will be told: the reason that was chosen, in French, and the team's own text. */
export function readAdmissionReason(
  c: HonoContext<WebEnv>,
  typed: { why: string; words: string },
): { reason: string } | { messages: AdmissionPageProps['messages'] } {
  const lang = languageOf(c)
  const { wrong } = messagesFor(lang).admission
  const { reasons } = messagesFor('fr').admission
  const chosen = ADMISSION_REASONS.find((one) => one === typed.why)
  const words = typed.words.trim()
  if (words.length > ADMISSION_REASON_MAX) {
    const detail = String(ADMISSION_REASON_MAX)
    const message = problemMessage({ field: 'words', code: 'too_long', detail }, lang)
    return { messages: [{ name: 'words', message }] }
  }
  const said = chosen === undefined || chosen === 'other' ? '' : reasons[chosen]
  const reason = [said, words].filter(Boolean).join(' ')
  if (reason !== '') return { reason }
  const isOther = chosen === 'other'
  return {
    messages: [
      isOther ? { name: 'words', message: wrong.words } : { name: 'why', message: wrong.missing },
    ],
  }
}
