import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { tokenRoutes } from '../accounts/admin-api-tokens.tsx'
import { teamRoutes } from '../accounts/admin-team.tsx'
import { logActs } from '../accounts/audit.ts'
import { choosePasswordRoutes } from '../accounts/choose-password.tsx'
import { cafeActionRoutes } from '../cafes/admin/actions.tsx'
import { adminCafeRoutes } from '../cafes/admin/cafe.tsx'
import { duplicateRoutes } from '../cafes/admin/duplicates.tsx'
import { statusRoutes } from '../cafes/admin/status.tsx'
import { venueRoutes } from '../cafes/admin/venues.tsx'
import { PHOTO_LIMITS } from '../cafes/image.ts'
import { PLACE_FILE_LIMITS } from '../cafes/mediation-file.ts'
import { calendarRoutes } from '../data/admin-calendars.tsx'
import { importRoutes } from '../data/admin-import.tsx'
import { IMPORT_FORM_BYTES } from '../data/imports/import-file.ts'
import { directoryRoutes } from '../directory/admin.tsx'
import { adminFacilitatorRoutes } from '../facilitators/admin.tsx'
import type { BodyLimits } from '../http/forms.ts'
import { adminStructureNetworkRoutes } from '../networks/admin.tsx'
import { adminReferentRoutes } from '../referents/admin.tsx'
import { settingsRoutes } from '../site/admin-settings.tsx'
import { structureAdminRoutes } from '../structures/admin.tsx'
import { adminNewsletterRoutes } from '../territories/admin-newsletter.tsx'
import { requestTableRoutes } from '../territories/admin-requests.tsx'
import { adminGate, type WebEnv } from '../workspaces/access.ts'
import { answerSecondClick } from '../workspaces/double-submit.ts'
import { refuseUntilLegal } from '../workspaces/legal-minimum.ts'
import { backupRoutes } from './admin-backups.tsx'
import { adminListRoutes } from './admin-list.tsx'
import { mailRoutes } from './admin-mails.tsx'
import { adminHomeRoutes } from './home.tsx'
import { onboardingRoutes } from './onboarding.tsx'
import { onlineRoutes } from './online.tsx'

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
