import { Hono } from 'hono'
import type { Context } from './context.ts'
import { tokenRoutes } from './routes/accounts/admin-api-tokens.tsx'
import { teamRoutes } from './routes/accounts/admin-team.tsx'
import { logActs } from './routes/accounts/audit.ts'
import { choosePasswordRoutes } from './routes/accounts/choose-password.tsx'
import { backupRoutes } from './routes/admin/admin-backups.tsx'
import { adminListRoutes } from './routes/admin/admin-list.tsx'
import { mailRoutes } from './routes/admin/admin-mails.tsx'
import { adminHomeRoutes } from './routes/admin/home.tsx'
import { onboardingRoutes } from './routes/admin/onboarding.tsx'
import { onlineRoutes } from './routes/admin/online.tsx'
import { cafeActionRoutes } from './routes/cafes/admin/actions.tsx'
import { adminCafeRoutes } from './routes/cafes/admin/cafe.tsx'
import { duplicateRoutes } from './routes/cafes/admin/duplicates.tsx'
import { statusRoutes } from './routes/cafes/admin/status.tsx'
import { venueRoutes } from './routes/cafes/admin/venues.tsx'
import { PHOTO_LIMITS } from './routes/cafes/image.ts'
import { PLACE_FILE_LIMITS } from './routes/cafes/mediation-file.ts'
import { calendarRoutes } from './routes/data/admin-calendars.tsx'
import { importRoutes } from './routes/data/admin-import.tsx'
import { IMPORT_FORM_BYTES } from './routes/data/imports/import-file.ts'
import { directoryRoutes } from './routes/directory/admin.tsx'
import { adminFacilitatorRoutes } from './routes/facilitators/admin.tsx'
import type { BodyLimits } from './routes/http/forms.ts'
import { adminStructureNetworkRoutes } from './routes/networks/admin.tsx'
import { adminReferentRoutes } from './routes/referents/admin.tsx'
import { settingsRoutes } from './routes/site/admin-settings.tsx'
import { structureAdminRoutes } from './routes/structures/admin.tsx'
import { adminNewsletterRoutes } from './routes/territories/admin-newsletter.tsx'
import { requestTableRoutes } from './routes/territories/admin-requests.tsx'
import { adminGate, type WebEnv } from './routes/workspaces/access.ts'
import { answerSecondClick } from './routes/workspaces/double-submit.ts'
import { refuseUntilLegal } from './routes/workspaces/legal-minimum.ts'

/** The administration: `adminGate` guards every request; it is mounted after the pages to sign in (`signInRoutes`). */
export const adminRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(adminGate(context, limitsOf))
    .use(answerSecondClick())
    .use(logActs(context))
    .route('/', adminHomeRoutes(context))
    .route('/', choosePasswordRoutes(context))
    .route('/cafes', adminListRoutes(context))
    .route('/cafes', onlineRoutes(context))
    .route('/cafes', adminCafeRoutes(context))
    .route('/cafes', statusRoutes(context))
    .route('/cafes', cafeActionRoutes(context))
    .route('/lieux', venueRoutes(context))
    .use('/import/*', refuseUntilLegal(context))
    .route('/import/agendas', calendarRoutes(context))
    .route('/import', importRoutes(context))
    .route('/jetons', tokenRoutes(context))
    .route('/reseau', directoryRoutes(context))
    .route('/tetes-de-reseau', adminStructureNetworkRoutes(context))
    .route('/equipe', teamRoutes(context))
    .route('/animation', adminFacilitatorRoutes(context))
    .route('/courriels', mailRoutes(context))
    .route('/sauvegardes', backupRoutes(context))
    .route('/lettre', adminNewsletterRoutes(context))
    .route('/doublons', duplicateRoutes(context))
    .route('/referents', adminReferentRoutes(context))
    .route('/lieu', structureAdminRoutes(context))
    .route('/reglages', settingsRoutes(context))
    .route('/premiers-pas', onboardingRoutes(context))
    .route('/', requestTableRoutes(context))

/** The file is a field of the page that shows what the import would change. */
const IMPORT_LIMITS: Partial<BodyLimits> = {
  most: IMPORT_FORM_BYTES,
  refusal: 'data.import_too_large',
  fileField: 'packed',
}

function limitsOf(path: string): Partial<BodyLimits> {
  if (path.startsWith('/administration/import')) return IMPORT_LIMITS
  if (/^\/administration\/lieux?\/fichier/.test(path)) return PLACE_FILE_LIMITS
  return /^\/administration\/(?:cafes\/|lieu(?:\/|$))/.test(path) ? PHOTO_LIMITS : {}
}
