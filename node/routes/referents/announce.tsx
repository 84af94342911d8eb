import { Hono, type Context as HonoContext } from 'hono'
import { inputFor } from '../../../ui/cafes/form.tsx'
import { messagesOf } from '../../../ui/components/fields.tsx'
import { messagesFor, problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { AnnounceForPage, type AnnounceForPageProps } from '../../../ui/referents/announce-form.tsx'
import type { Context } from '../../context.ts'
import { STRUCTURE_MAX, withAnnouncedFor } from '../../domain/cafes/announced-for.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { createCafe } from '../../store/cafes/own-cafes.ts'
import { inTransaction } from '../../store/database/database.ts'
import { logCafeAct } from '../../store/referents/dashboard.ts'
import { findFirstOrganization } from '../../store/structures/organizations.ts'
import { readCafeForm } from '../cafes/form.ts'
import { decideCafeFromBody } from '../cafes/validation.ts'
import { problemsOfLength } from '../http/contact-form.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findLegalGaps } from '../http/legal-minimum.ts'
import { organizerOf } from '../http/organizer.ts'
import { findSite } from '../http/site.ts'
import { type Mandate, mandateOf, type ReferentEnv, sessionOf } from './access.ts'

type UserText = Pick<AnnounceForPageProps, 'values' | 'messages'>

/** A structure without a site of its own asks the referent: the directory announces its café, and says so. */
export function announceForRoutes(context: Context) {
  const { db, config, now } = context

  async function page(c: HonoContext<ReferentEnv>, { territory }: Mandate, typed: UserText) {
    return c.html(
      <AnnounceForPage
        site={await findSite(context, c)}
        session={sessionOf(c, territory)}
        notReady={(await findLegalGaps(context)).length > 0}
        {...typed}
      />,
      typed.messages.length > 0 ? 422 : 200,
    )
  }

  /** What may be published, or what is wrong with it. */
  function decide(c: HonoContext<ReferentEnv>, { territory }: Mandate) {
    const { form } = c.var
    const t = messagesFor(languageOf(c))
    const texts = t.referentDashboard.announce
    const structure = cleanText(textOf(form, 'structure'), LINE_MAX)
    const read = readCafeForm(form, undefined)
    const descriptionMarkdown = withAnnouncedFor(structure, textOf(form, 'descriptionMarkdown'))
    const body = { ...read.body, descriptionMarkdown }
    const { content, problems = [] } = decideCafeFromBody(body, { now: now() })
    const isTimeRead = read.problems.length === 0
    const others = problems.filter(({ field }) => isTimeRead || field !== 'startsAt')
    const messages = [
      ...(structure === '' ? [{ name: 'structure', message: texts.structureMissing }] : []),
      ...problemsOfLength('structure', structure, STRUCTURE_MAX, t.lang),
      ...messagesOf([...read.problems, ...others], t, inputFor),
      ...(content && !isWithin(territory, content.venue)
        ? [
            {
              name: 'venue.town',
              message: problemMessage({ field: 'venue', code: 'outside_territory' }, t.lang),
            },
          ]
        : []),
    ]
    return messages.length > 0 || !content
      ? { messages }
      : { content: { ...content, announcedFor: structure } }
  }

  return new Hono<ReferentEnv>()
    .get('/:code/annoncer', (c) => page(c, mandateOf(c), { values: {}, messages: [] }))
    .post('/:code/annoncer', async (c) => {
      const mandate = mandateOf(c)
      const decided = decide(c, mandate)
      const values = valuesOf(c.var.form)
      if (!decided.content) return page(c, mandate, { values, messages: decided.messages })
      const organization = await findFirstOrganization(db)
      if (!organization || (await findLegalGaps(context)).length > 0)
        throw new DomainError('conflict', 'referents.directory_not_ready')
      const { content } = decided
      const cafe = await inTransaction(db, async (trx) => {
        const made = await createCafe(
          trx,
          {
            content,
            organizationId: organization.id,
            organizer: organizerOf(config, organization),
            origin: config.origin,
            publication: 'published',
            announcedUnder: mandate.territory.code,
          },
          now(),
        )
        const accountId = c.var.signedIn.account.id
        const act = { ...mandate, accountId, reason: content.announcedFor }
        await logCafeAct(trx, act, { act: 'cafe-announced', cafe: made }, now())
        return made
      })
      context.wake()
      return c.redirect(paths.cafe(cafe.id), 303)
    })
}
