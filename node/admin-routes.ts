import { Hono } from 'hono'
import type { Context } from './context.ts'
import { accountRoutes } from './routes/accounts/admin-account.tsx'
import { tokenRoutes } from './routes/accounts/admin-api-tokens.tsx'
import { teamRoutes } from './routes/accounts/admin-team.tsx'
import { mailRoutes } from './routes/admin/desk-mails.tsx'
import { deskHomeRoutes } from './routes/admin/home.tsx'
import { firstStepsRoutes } from './routes/admin/onboarding.tsx'
import { deskCafeRoutes } from './routes/cafes/admin.tsx'
import { cafeActionRoutes } from './routes/cafes/admin-actions.tsx'
import { duplicateRoutes } from './routes/cafes/admin-duplicates.tsx'
import { situationRoutes } from './routes/cafes/admin-status.tsx'
import { venueRoutes } from './routes/cafes/admin-venues.tsx'
import { PHOTO_FORM_BYTES } from './routes/cafes/image.ts'
import { importRoutes } from './routes/data/admin-import.tsx'
import { IMPORT_FORM_BYTES } from './routes/data/import-file.ts'
import { networkRoutes } from './routes/directory/admin.tsx'
import { deskFacilitatorRoutes } from './routes/facilitators/admin.tsx'
import { deskGate, type WebEnv } from './routes/http/access.ts'
import { forgiveSecondClick } from './routes/http/double-submit.ts'
import type { BodyLimits } from './routes/http/forms.ts'
import { refuseUntilLegal } from './routes/http/legal-minimum.ts'
import { deskStructureNetworkRoutes } from './routes/networks/admin.tsx'
import { deskReferentRoutes } from './routes/referents/admin.tsx'
import { settingsRoutes } from './routes/site/admin-settings.tsx'
import { placeRoutes } from './routes/structures/admin.tsx'
import { deskLetterRoutes } from './routes/territories/admin-newsletter.tsx'
import { demandTableRoutes } from './routes/territories/admin-requests.tsx'

/** The administration, behind one door; mounted after the ways in (`signInRoutes`). */
export const deskRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(deskGate(context, limitsOf))
    .use(forgiveSecondClick())
    .route('/', deskHomeRoutes(context))
    .route('/', accountRoutes(context))
    .route('/cafes', deskCafeRoutes(context))
    .route('/cafes', situationRoutes(context))
    .route('/cafes', cafeActionRoutes(context))
    .route('/lieux', venueRoutes(context))
    .use('/import/*', refuseUntilLegal(context))
    .route('/import', importRoutes(context))
    .route('/jetons', tokenRoutes(context))
    .route('/reseau', networkRoutes(context))
    .route('/tetes-de-reseau', deskStructureNetworkRoutes(context))
    .route('/equipe', teamRoutes(context))
    .route('/animation', deskFacilitatorRoutes(context))
    .route('/courriels', mailRoutes(context))
    .route('/lettre', deskLetterRoutes(context))
    .route('/doublons', duplicateRoutes(context))
    .route('/referents', deskReferentRoutes(context))
    .route('/lieu', placeRoutes(context))
    .route('/reglages', settingsRoutes(context))
    .route('/premiers-pas', firstStepsRoutes(context))
    .route('/', demandTableRoutes(context))

const PHOTO_LIMITS = {
  most: PHOTO_FORM_BYTES,
  refusal:
    'Cette image est trop grande\u00a0: 10\u00a0Mo au plus. Revenez à la page précédente\u00a0: ce que vous avez écrit y est encore.',
}

/** The file is a field of the page that shows what it would change. */
const IMPORT_LIMITS = { most: IMPORT_FORM_BYTES, fileField: 'packed' }

function limitsOf(path: string): Partial<BodyLimits> {
  if (path.startsWith('/administration/import')) return IMPORT_LIMITS
  return /^\/administration\/(?:cafes\/|lieu(?:\/|$)|lieux\/fichier)/.test(path) ? PHOTO_LIMITS : {}
}
