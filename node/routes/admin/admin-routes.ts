import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { logActs } from '../accounts/audit.ts'
import { PHOTO_LIMITS } from '../cafes/image.ts'
import { PLACE_FILE_LIMITS } from '../cafes/mediation-file.ts'
import { IMPORT_FORM_BYTES } from '../data/imports/import-file.ts'
import { LIST_BYTES } from '../directory/block-list.tsx'
import type { BodyLimits } from '../http/forms.ts'
import { adminGate, needsSite, type WebEnv } from '../workspaces/access.ts'
import { answerSecondClick } from '../workspaces/double-submit.ts'
import { needsOwn } from '../workspaces/ownership.ts'

/**
 * The administration with its pages: `adminGate` guards every request; it is mounted after the pages to sign in
 * (`signInRoutes`).
 */
export const adminRoutes = (context: Context, pages: Hono<WebEnv>) =>
  new Hono<WebEnv>()
    .use(adminGate(context, limitsOf))
    .use(answerSecondClick())
    .use(logActs(context))
    .route('/', ofSite())
    .use('/cafes/:id/*', needsOwn(context, 'cafe'))
    .use('/series/:id/*', needsOwn(context, 'series'))
    .use('/lieux/:id/*', needsOwn(context, 'venue'))
    .use('/ressources/:id/*', needsOwn(context, 'resource'))
    .use('/import/agendas/:id/*', needsOwn(context, 'calendar'))
    .use('/import/differences/:id/*', needsOwn(context, 'cafe'))
    .use('/ressources/:id/*', needsOwn(context, 'resource'))
    .use('/jetons/:id/*', needsOwn(context, 'token'))
    .use('/webhooks/:id/*', needsOwn(context, 'webhook'))
    .use('/tetes-de-reseau/reseaux/:slug/*', needsOwn(context, 'network'))
    .use('/equipe/:id/*', needsOwn(context, 'colleague'))
    .use('/equipe/invitations/:id/*', needsOwn(context, 'invitation'))
    .use('/animation/:id/*', needsOwn(context, 'person'))
    .use('/referents/:id/*', needsOwn(context, 'mandate'))
    // A café or a person, which a directory hides.
    .use('/masques/:id/*', needsOwn(context, 'cafe'))
    .use('/masques/:id/*', needsOwn(context, 'person'))
    .route('/', pages)

/**
 * The parts of the administration that are of the whole site: other servers, its settings, its mails, what everybody has
 * flagged, the journal of all accesses. People of a hosted structure have none of them.
 */
const SITE_PARTS = [
  ...['a-traiter', 'courriels', 'demandes', 'demandes.csv', 'doublons', 'etat', 'lettre'],
  ...['premiers-pas', 'questions', 'referents', 'reglages', 'reseau', 'sauvegardes'],
  ...['tetes-de-reseau', 'equipe/journal', 'equipe/second-facteur'],
]

function ofSite(): Hono<WebEnv> {
  const gates = new Hono<WebEnv>()
  for (const part of SITE_PARTS) gates.use(`/${part}/*`, needsSite)
  return gates
}

/** The file is a field of the page that shows what the import would change. */
const IMPORT_LIMITS: Partial<BodyLimits> = {
  most: IMPORT_FORM_BYTES,
  refusal: 'data.import_too_large',
  fileField: 'packed',
}

/** A list of other sites, and the fields beside it. */
const LIST_LIMITS: Partial<BodyLimits> = {
  most: LIST_BYTES + 64 * 1024,
  refusal: 'data.import_too_large',
  fileField: 'file',
}

function limitsOf(path: string): Partial<BodyLimits> {
  if (path.startsWith('/administration/import')) return IMPORT_LIMITS
  if (path === paths.blockList) return LIST_LIMITS
  if (/^\/administration\/lieux?\/fichier/.test(path)) return PLACE_FILE_LIMITS
  return /^\/administration\/(?:cafes\/|lieu(?:\/|$))/.test(path) ? PHOTO_LIMITS : {}
}
