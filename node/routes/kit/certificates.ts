import { Hono, type Context as HonoContext } from 'hono'
import { certificateWords } from '../../../ui/kit/certificate-words.ts'
import { toPrintedName } from '../../../ui/locales/typography.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type Facilitator, visibleTo } from '../../domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import { certificateStatement } from '../../domain/federation/verification.ts'
import {
  type Certificate,
  certificateAddressOf,
  NO_ACTIVITY,
} from '../../domain/structures/certificate.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findOwnFacilitator } from '../../store/facilitators/facilitators.ts'
import { findFacilitatorPage } from '../../store/facilitators/visible-profiles.ts'
import { type ActivityOf, findActivity } from '../../store/reports/activity.ts'
import { findHosted } from '../../store/structures/hosted.ts'
import { findStructure } from '../../store/structures/structures.ts'
import { languageOf } from '../http/language.ts'
import { findPublicStructure, nameOfSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { structureUriOf } from '../workspaces/organizer.ts'
import { findColours } from './look.ts'
import { sheetAnswer } from './sheets.ts'

type Asked = HonoContext<WebEnv>

/** Whose activity a certificate is about, as everybody may see them now. */
export type CertificateSubject = {
  /** The path of their page. */
  subject: string
  name: string
  isPerson: boolean
  of: ActivityOf
}

/** The certificates of what a structure or a person of this site has done, as signed PDF. */
export const certificateRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get(paths.structureCertificate(':id'), (c) =>
      sendCertificate(context, c, `structures/${c.req.param('id')}`),
    )
    .get(paths.facilitatorCertificate(':id'), (c) =>
      sendCertificate(context, c, `animation/${c.req.param('id')}`),
    )

/**
 * Finds whom the path of a page is about.
 * @returns Undefined for somebody who has left, or is not shown.
 */
export async function findCertificateSubject(
  { db, config, isDirectory, now }: Context,
  subject: string,
): Promise<CertificateSubject | undefined> {
  const [kind, id = ''] = subject.split('/')
  if (kind === 'animation') {
    const person = await findPerson({ db, isDirectory, now }, id)
    if (!person) return undefined
    const page = person.peerId === undefined ? person.handle : facilitatorPageId(person)
    const of = { facilitatorId: person.id }
    return { subject: `animation/${page}`, name: person.name, isPerson: true, of }
  }
  const hosted = await findHosted(db, { slug: id })
  if (hosted)
    return hosted.suspension
      ? undefined
      : {
          ...{ subject, name: hosted.name, isPerson: false },
          of: { organizerUri: structureUriOf(config.origin, hosted.slug) },
        }
  if (isDirectory) {
    const structure = await findStructure(db, { id })
    const of = { organizerUri: structure?.uri ?? '' }
    return structure && { subject, name: structure.name, isPerson: false, of }
  }
  const own = await findPublicStructure(db)
  const of = { organizerUri: structureUriOf(config.origin) }
  return own?.slug === id ? { subject, name: own.name, isPerson: false, of } : undefined
}

/** Finds who is shown on a page, at a directory also a person of another site. */
async function findPerson(
  { db, isDirectory, now }: Pick<Context, 'db' | 'isDirectory' | 'now'>,
  id: string,
): Promise<Facilitator | undefined> {
  const own = await findOwnFacilitator(db, id)
  if (own) return visibleTo(own, 'public', now())
  const found = isDirectory ? await findFacilitatorPage(db, id, now()) : undefined
  return found === 'erased' ? undefined : found
}

async function sendCertificate(context: Context, c: Asked, path: string) {
  const { db, now, config } = context
  const found = await findCertificateSubject(context, path)
  if (!found) return c.notFound()
  const { subject, name, isPerson, of } = found
  const today = dayInParis(now())
  const until = today.subtract({ days: 1 })
  const activity = (await findActivity(db, { of, until, now: now() })) ?? {
    ...NO_ACTIVITY,
    from: until,
  }
  const certificate: Certificate = { ...activity, subject, name: isPerson ? '' : name, until }
  const unsigned = certificateAddressOf(config.origin, certificate)
  const address = `${unsigned};${await context.signPaper(certificateStatement(unsigned))}`
  const words = certificateWords(
    {
      ...{ lang: languageOf(c), certificate, name: toPrintedName(name), address, now: now() },
      siteName: await nameOfSite(context),
    },
    await findColours(context),
  )
  const order = { sheet: 'attestation', certificate: words } as const
  const file = `attestation-cafes-ia-${until}.pdf`
  return sheetAnswer(context, c, { order, file: 'pdf', isPublic: true, name: file })
}
