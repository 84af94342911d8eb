import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { HandedMandatePage } from '../../../ui/referents/handed-mandate-page.tsx'
import { askReferentMail } from '../../../ui/referents/mails.ts'
import type { MandateCode } from '../../../ui/referents/mandate-code.tsx'
import { MandatePage } from '../../../ui/referents/mandate-pages.tsx'
import type { MandateProfileProps } from '../../../ui/referents/mandate-profile.tsx'
import type { Context } from '../../context.ts'
import type { MandateAct } from '../../domain/referents/mandate.ts'
import { mandateUri } from '../../domain/referents/mandate-address.ts'
import { REFERENT_TITLES, type Referent } from '../../domain/referents/referent.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { plainDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { listClaimants } from '../../store/facilitators/claims.ts'
import { requestJoinLink } from '../../store/queues/join-links.ts'
import {
  findReferentByLink,
  type LinkedReferent,
  saveProposedAddress,
} from '../../store/referents/accounts.ts'
import { insertMandateCode } from '../../store/referents/codes.ts'
import { listConsents } from '../../store/referents/consents.ts'
import { linkProfile, saveMandateAct } from '../../store/referents/mandate-acts.ts'
import { findReferent } from '../../store/referents/referents.ts'
import { problemsOfLength } from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { REFERENT_NAME_MAX, readShownDays } from './form.ts'
import type { CodeReader } from './mandate-code.ts'
import { createMandateMails, MAIL_HOURS } from './mandate-mails.ts'

/** The link by which a person answers, and ends the mandate; it is valid for as long as that lasts. */
export function referentLinkRoutes(context: Context & { readCode: CodeReader }) {
  const { db, config, now, readCode } = context
  const mails = createMandateMails(context)

  const find = (c: HonoContext<WebEnv>) =>
    findReferentByLink(db, { token: c.req.param('token') ?? '', purpose: 'mandate' }, now())

  async function page(c: HonoContext<WebEnv>, referent: LinkedReferent, asked: Answered = {}) {
    const site = await findSite(context, c)
    const consents = await listConsents(db, referent.id)
    const agreed = consents.findLast(({ act }) => act === 'consented')
    const common = {
      site,
      token: c.req.param('token') ?? '',
      territory: nameOfCode(referent.territory),
      from: plainDate(referent.startsOn, site.lang),
      shown: { startsOn: referent.startsOn.toString(), endsOn: referent.endsOn.toString() },
      until: plainDate(referent.endsOn, site.lang),
      consent: agreed?.text ?? consentText(referent, { siteName: site.name, lang: site.lang }),
    }
    const agreedOn = agreed ? plainDate(dayInParis(agreed.at), site.lang) : ''
    const { messages = [] } = asked
    const values = asked.values ?? {
      name: referent.name,
      word: referent.word,
      email: referent.email ?? '',
    }
    const { state, proposedBy } = referent
    const status = messages.length > 0 ? 422 : 200
    const { isProven, codeMadeAt } = referent
    const mayAnswer = isProven || asked.code !== undefined
    if (state === 'proposed' && !isProven && !codeMadeAt) {
      const to = referent.email
      const { isSent = false } = asked
      const way = config.mail ? { to, isSent, values, messages } : undefined
      return c.html(<HandedMandatePage {...common} {...{ proposedBy, way }} />, status)
    }
    if (state === 'proposed')
      return c.html(
        <MandatePage
          {...common}
          {...{ state, proposedBy, values, messages }}
          code={isProven ? undefined : givenCode(codeMadeAt, asked.fresh, site.lang)}
        />,
        status,
      )
    if (state !== 'appointed' && state !== 'consented') {
      const over = referent.endReason === 'resigned' ? 'resigned' : state
      return c.html(<MandatePage {...common} state={over} />)
    }
    const { isGone = false } = asked
    const profile = mayAnswer ? await profileOf(referent, { ...site, isGone }) : undefined
    const { code } = asked
    const lock = code !== undefined ? { code } : isProven || !codeMadeAt ? undefined : { messages }
    if (state === 'consented')
      return c.html(
        <MandatePage {...common} {...{ state, agreedOn, profile, lock }} />,
        asked.isGone ? 409 : status,
      )
    const role = messagesFor(site.lang).referent.role[referent.word]
    const { askedEndsOn: endsOn } = referent
    const otherDay = mayAnswer &&
      endsOn && {
        endsOn: endsOn.toString(),
        until: plainDate(endsOn, site.lang),
        consent: consentText({ ...referent, endsOn }, { siteName: site.name, lang: site.lang }),
      }
    return c.html(
      <MandatePage
        {...common}
        {...{ state, role, agreedOn, asked: otherDay || undefined, profile, lock }}
      />,
      asked.isGone ? 409 : status,
    )
  }

  /** Finds the profile that the mandate names, or those that name the mandate as their person's. */
  async function profileOf(
    referent: Referent,
    { name: siteName, lang, isGone }: { name: string; lang: Lang; isGone: boolean },
  ): Promise<MandateProfileProps> {
    const address = mandateUri(config.origin, referent)
    const tied = referent.facilitatorUri
    const people = tied === undefined ? await listClaimants(db, address, now()) : []
    return {
      ...{ address, tied, isGone },
      claimants: people.map(({ uri, url, name }) => ({
        ...{ uri, href: url, name },
        consent: consentText({ ...referent, facilitatorUri: uri }, { siteName, lang }),
      })),
    }
  }

  /** Mails the link by which the person answers; a handed one does nothing else. */
  async function mailAnswerLink(form: FormData, referent: Referent, siteName: string, lang: Lang) {
    const email = referent.email ?? toEmail(textOf(form, 'email'))
    if (!isEmail(email)) {
      const message = messagesFor(lang).referent.person.emailWrong
      return { values: valuesOf(form), messages: [{ name: 'email', message }] }
    }
    const asked = await saveProposedAddress(db, { id: referent.id, email })
    const draft = asked && askReferentMail(mails.about(asked, siteName))
    const expiresAt = now().add({ hours: MAIL_HOURS })
    if (draft)
      await requestJoinLink(db, { ...draft, to: email, about: referent.id, expiresAt }, now())
    context.wake()
    return { isSent: true }
  }

  /** By a handed link: mails the link by which the person answers, or where no mail leaves, makes their code. */
  async function askForProof(
    form: FormData,
    referent: LinkedReferent,
    { siteName, lang }: { siteName: string; lang: Lang },
  ): Promise<Answered | undefined> {
    if (referent.state !== 'proposed') return undefined
    if (config.mail) return mailAnswerLink(form, referent, siteName, lang)
    if (textOf(form, 'answer') !== 'code') return undefined
    const fresh = await insertMandateCode(db, referent.id, now())
    return fresh === undefined ? undefined : { fresh }
  }

  async function answer(
    c: HonoContext<WebEnv>,
    referent: LinkedReferent,
  ): Promise<Answered | undefined> {
    const form = await readForm(c)
    const { lang, name: siteName } = await findSite(context, c)
    const { id } = referent
    const chosen = textOf(form, 'answer')
    const by = { kind: referent.isProven ? 'link' : 'handed', name: '' } as const
    if (!referent.isProven && chosen !== 'non' && chosen !== 'fin') {
      if (!referent.codeMadeAt || chosen === 'code')
        return askForProof(form, referent, { siteName, lang })
      const read = await readCode(form, { id, lang })
      if (!('code' in read)) return { ...read, values: valuesOf(form) }
      if (chosen === 'ouvrir') return read
    }
    if (chosen === 'non' || chosen === 'fin') {
      const text = messagesFor(lang).referent.person[chosen === 'non' ? 'decline' : 'resignLead']
      const said = { text, lang }
      const done: MandateAct =
        chosen === 'non'
          ? { act: 'decline', said, by }
          : { act: 'end', reason: 'resigned', said, by }
      await saveMandateAct(db, id, done, now())
      return undefined
    }
    if (chosen === 'lier' || chosen === 'delier') {
      const profile = chosen === 'lier' ? textOf(form, 'profile') : undefined
      const text = consentText({ ...referent, facilitatorUri: profile }, { siteName, lang })
      const mandate = mandateUri(config.origin, referent)
      const isDone = await linkProfile(
        db,
        id,
        { profile, mandate, said: { text, lang }, by },
        now(),
      )
      return isDone ? undefined : { isGone: true }
    }
    const shown = readShownDays(form)
    if (chosen === 'garder') {
      await saveMandateAct(db, id, { act: 'keep-days', by }, now())
      return undefined
    }
    if (chosen === 'prolonger') {
      // A date other than the one shown is not agreed to; the page shows it.
      if (!shown) return undefined
      const { endsOn } = shown
      const text = consentText({ ...referent, endsOn }, { siteName, lang })
      await saveMandateAct(db, id, { act: 'renew', endsOn, said: { text, lang }, by }, now())
      return undefined
    }
    const texts = messagesFor(lang).referent.person
    const name = cleanText(textOf(form, 'name'), LINE_MAX)
    const email = textOf(form, 'email')
    const word = REFERENT_TITLES.find((one) => one === textOf(form, 'word')) ?? 'neutre'
    const messages: FieldMessage[] = [
      ...(name === '' ? [{ name: 'name', message: texts.nameMissing }] : []),
      ...problemsOfLength('name', name, REFERENT_NAME_MAX, lang),
      ...(isEmail(email) ? [] : [{ name: 'email', message: texts.emailWrong }]),
      ...(form.has('agree') ? [] : [{ name: 'agree', message: texts.agreeMissing }]),
    ]
    if (messages.length > 0) return { values: valuesOf(form), messages }
    const text = consentText({ ...referent, word }, { siteName, lang })
    const as = { name, word, email }
    const agreeing = shown && ({ act: 'agree', shown, as, said: { text, lang }, by } as const)
    if (agreeing && (await saveMandateAct(db, id, agreeing, now()))) return undefined
    const isOpen = (await findReferent(db, id))?.state === 'proposed'
    if (!isOpen) return undefined
    return { values: valuesOf(form), messages: [{ name: 'agree', message: texts.changed }] }
  }

  return new Hono<WebEnv>()
    .use('/referents/mandat/*', withSecretAddress())
    .get('/referents/mandat/:token', async (c) => {
      const referent = await find(c)
      return 'dead' in referent ? deadLink(context, c, 'mandate', referent) : page(c, referent)
    })
    .post('/referents/mandat/:token', limitBody(), async (c) => {
      assertSameOrigin(c, config)
      const referent = await find(c)
      if ('dead' in referent) return deadLink(context, c, 'mandate', referent)
      const asked = await answer(c, referent)
      if (asked) {
        const saved = (await findReferent(db, referent.id)) ?? referent
        const codeMadeAt = asked.fresh === undefined ? referent.codeMadeAt : now()
        return page(c, { ...saved, isProven: referent.isProven, codeMadeAt }, asked)
      }
      context.wake()
      return c.redirect(paths.mandate(c.req.param('token')), 303)
    })
}

/** What an answer leaves to show, where it was not done: the form again, or what it opened. */
type Answered = {
  values?: FormValues
  messages?: FieldMessage[]
  isGone?: boolean
  isSent?: boolean
  /** The code that was made, shown in this answer only. */
  fresh?: string
  /** The code that was typed, which is right. */
  code?: string
}

const givenCode = (
  madeAt: Temporal.Instant | undefined,
  fresh: string | undefined,
  lang: Lang,
): MandateCode | undefined => madeAt && { fresh, madeOn: plainDate(dayInParis(madeAt), lang) }

/** Returns the text to which the person agrees, in their language, with everything that is public about the mandate. */
function consentText(
  { word, territory, startsOn, endsOn, facilitatorUri }: Referent,
  { siteName, lang }: { siteName: string; lang: Lang },
): string {
  const { person, role } = messagesFor(lang).referent
  return person.consent({
    role: role[word],
    territory: nameOfCode(territory),
    from: plainDate(startsOn, lang),
    until: plainDate(endsOn, lang),
    siteName,
    profile:
      facilitatorUri && URL.canParse(facilitatorUri) ? new URL(facilitatorUri).host : undefined,
  })
}
