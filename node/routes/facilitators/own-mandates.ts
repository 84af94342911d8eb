import type { FieldMessage } from '../../../ui/components/fields.tsx'
import type { ClaimedMandate } from '../../../ui/facilitators/own-mandates.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { Facilitator } from '../../domain/facilitators/facilitator.ts'
import { parseMandateUri } from '../../domain/referents/mandate-address.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { findTerritory } from '../../geo/territories.ts'
import { addMandateClaim, removeMandateClaim } from '../../store/facilitators/claims.ts'
import { textOf } from '../http/forms.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { listTiedMandates } from '../territories/referents.ts'

/** Lists the mandates that a person's own profile names, and whether the directories name the profile in turn. */
export async function listClaimedMandates(
  context: Pick<Context, 'db' | 'now' | 'isDirectory' | 'config'>,
  { uri, mandates }: Pick<Facilitator, 'uri' | 'mandates'>,
): Promise<ClaimedMandate[]> {
  const tied = await listTiedMandates(context, uri)
  return mandates
    .flatMap((mandate) => parseMandateUri(mandate) ?? [])
    .map(({ uri: mandate, origin, host, territory }) => ({
      ...{ uri: mandate, host, territory: nameOfCode(territory) },
      isTied: tied.some((one) => one.issuer === origin && one.territory === territory),
    }))
}

/** Stores what the person said of a mandate, or returns what is wrong with the address that they gave. */
export async function answerClaim(
  { db, now, config, isDirectory }: Pick<Context, 'db' | 'now' | 'config' | 'isDirectory'>,
  {
    id,
    sent,
    lang,
    isByHandedLink,
  }: { id: string; sent: FormData; lang: Lang; isByHandedLink: boolean },
): Promise<{ done: 'claimed' | 'dropped' } | { typed: string; messages: FieldMessage[] }> {
  const { mandates: texts, consent } = messagesFor(lang).facilitator
  const typed = textOf(sent, 'mandate').trim()
  const wrong = (message: string) => ({ typed, messages: [{ name: 'mandate', message }] })
  const mandate = parseMandateUri(typed)
  if (!mandate || !findTerritory(mandate.territory)) return wrong(texts.wrong.address)
  if (textOf(sent, 'answer') === 'no') {
    await removeMandateClaim(db, { id, mandate }, now())
    return { done: 'dropped' }
  }
  const ownOrigin = isDirectory ? config.origin : undefined
  const claim = { id, mandate, ownOrigin, consent: { text: consent.mandate, lang, isByHandedLink } }
  const refusal = await addMandateClaim(db, claim, now())
  if (refusal === 'other-directory') return wrong(texts.wrong.directory(mandate.host))
  if (refusal) return wrong(refusal === 'full' ? texts.wrong.full : texts.wrong.notPublic)
  return { done: 'claimed' }
}
