import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import type { SideTexts } from '../../../ui/agreements/acts.tsx'
import { type Messages, messagesFor, refusalText } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import {
  type Agreement,
  type AgreementAct,
  type AgreementKey,
  type AgreementKind,
  isYes,
  listActs,
  type Side,
} from '../../domain/agreements/agreement.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Refusal } from '../../domain/values/refusal.ts'
import { findAgreement } from '../../store/agreements/agreements.ts'
import { saveOwnStatement } from '../../store/agreements/statements.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** Our side of an agreement, and the page that lists what it has agreed to. */
type Own = { uri: string; page: string }

/** The other side, found at an address that somebody typed. */
type Found = {
  outcome: 'found'
  uri: string
  name: string
  about?: string | undefined
  /** Stores our yes, and what must be known of the other side before. */
  save: () => Promise<void>
}

type Asked = { name: string; about?: string | undefined; fields: { [name: string]: string } }

/** The pages of one side of a kind of agreements, which is ours. */
export type SidePages<Ours extends Own> = {
  kind: AgreementKind
  side: Side
  /** Where the question of each act is, below the page of our side. */
  addresses: Record<AgreementAct, string>
  /** The form's field with the other side's address: in a question about an agreement, and in an offer. */
  fields: { other: string; offered: string }
  texts: (t: Messages) => SideTexts
  /** Finds our side, which is also the authorization. */
  findOurs: (c: HonoContext<WebEnv>) => Promise<Ours>
  /** Finds what a question says of the other side. */
  findOther: (agreement: Agreement) => Promise<{ name: string; about?: string | undefined }>
  lookUp: (address: string, ours: Ours) => Promise<Found | { outcome: 'refused'; reason: Refusal }>
  /** What is wrong where nothing was typed, or no address, or where both sides have agreed already. */
  wrong: (t: Messages) => { required: string; unknown: Refusal; inForce: string }
  /** The refusal of an act that the agreement's state no longer allows. */
  changed: Refusal
  /** Shows the page of our side with what is wrong with the address. */
  showWrong: (c: HonoContext<WebEnv>, ours: Ours, message: string) => Promise<Response>
}

/**
 * Mounts the questions of one side and the acts that follow: GET asks, POST does it. The other side of an offer is
 * looked up by the address that was typed. Any other act is possible only in a state that allows it, so that a late
 * click does not undo what has changed in between.
 */
export function agreementRoutes<Ours extends Own>(context: Context, pages: SidePages<Ours>) {
  const { db, now } = context
  const { kind, side, addresses, fields } = pages

  const keyOf = (ours: Own, other: string): AgreementKey => ({
    kind,
    ...(side === 'subject'
      ? { subjectUri: ours.uri, objectUri: other }
      : { subjectUri: other, objectUri: ours.uri }),
  })

  async function agreementFor(ours: Ours, other: string, act: AgreementAct): Promise<Agreement> {
    const found = await findAgreement(db, keyOf(ours, other))
    if (!found || !listActs(found.state, side).includes(act))
      throw new DomainError('not_found', pages.changed)
    return found
  }

  async function ask(c: HonoContext<WebEnv>, ours: Ours, act: AgreementAct, asked: Asked) {
    const props = await adminPropsFor(context, c)
    const { title, effects, submit } = pages.texts(messagesFor(props.site.lang))[act]
    return c.html(
      <ConfirmActionPage
        {...props}
        from={ours.page}
        action={`${ours.page}/${addresses[act]}`}
        question={() => ({ title: title(asked.name), effects: effects(asked.name), submit })}
        fields={asked.fields}
        about={isYes(act) ? asked.about : undefined}
        isGood={isYes(act)}
      />,
    )
  }

  const answerDone = (c: HonoContext, { page }: Own, flash: 'done' | 'requested') => {
    context.wake()
    return c.redirect(withFlash(page, flash), 303)
  }

  const refuse = (c: HonoContext<WebEnv>, ours: Ours, reason: Refusal) =>
    pages.showWrong(c, ours, refusalText(reason, languageOf(c)))

  const routes = new Hono<WebEnv>()
    .get(`/${addresses.offer}`, async (c) => {
      const ours = await pages.findOurs(c)
      const wrong = pages.wrong(messagesFor(languageOf(c)))
      const typed = (c.req.query('adresse') ?? '').trim()
      if (typed === '') return pages.showWrong(c, ours, wrong.required)
      const address = readFollowAddress(typed)?.address
      if (!address) return refuse(c, ours, wrong.unknown)
      const found = await pages.lookUp(address, ours)
      if (found.outcome === 'refused') return refuse(c, ours, found.reason)
      const known = await findAgreement(db, keyOf(ours, found.uri))
      if (known?.state === 'in-force') return pages.showWrong(c, ours, wrong.inForce)
      return ask(c, ours, 'offer', { ...found, fields: { [fields.offered]: found.uri } })
    })
    .post(`/${addresses.offer}`, async (c) => {
      const ours = await pages.findOurs(c)
      const found = await pages.lookUp(textOf(c.var.form, fields.offered), ours)
      if (found.outcome === 'refused') return refuse(c, ours, found.reason)
      await found.save()
      return answerDone(c, ours, 'requested')
    })
  for (const act of ['accept', 'refuse', 'withdraw', 'end'] as const)
    routes
      .get(`/${addresses[act]}`, async (c) => {
        const ours = await pages.findOurs(c)
        const other = c.req.query(fields.other) ?? ''
        const agreement = await agreementFor(ours, other, act)
        const shown = await pages.findOther(agreement)
        return ask(c, ours, act, { ...shown, fields: { [fields.other]: other } })
      })
      .post(`/${addresses[act]}`, async (c) => {
        const ours = await pages.findOurs(c)
        const other = textOf(c.var.form, fields.other)
        await agreementFor(ours, other, act)
        await saveOwnStatement(db, { ...keyOf(ours, other), side, isYes: isYes(act) }, now())
        return answerDone(c, ours, 'done')
      })
  return routes
}
