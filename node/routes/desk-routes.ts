import { Hono } from 'hono'
import type { Context } from '../context.ts'
import { deskGate, type WebEnv } from './access.ts'
import { PHOTO_FORM_BYTES } from './cafe-image.ts'
import { accountRoutes } from './desk-account.tsx'
import { cafeActionRoutes } from './desk-cafe-actions.tsx'
import { deskCafeRoutes } from './desk-cafes.tsx'
import { demandTableRoutes } from './desk-demands.tsx'
import { duplicateRoutes } from './desk-duplicates.tsx'
import { deskFacilitatorRoutes } from './desk-facilitators.tsx'
import { firstStepsRoutes } from './desk-first-steps.tsx'
import { deskHomeRoutes } from './desk-home.tsx'
import { importRoutes } from './desk-import.tsx'
import { deskLetterRoutes } from './desk-letter.tsx'
import { mailRoutes } from './desk-mails.tsx'
import { networkRoutes } from './desk-network.tsx'
import { placeRoutes } from './desk-place.tsx'
import { deskReferentRoutes } from './desk-referents.tsx'
import { settingsRoutes } from './desk-settings.tsx'
import { situationRoutes } from './desk-situation.tsx'
import { deskStructureNetworkRoutes } from './desk-structure-networks.tsx'
import { teamRoutes } from './desk-team.tsx'
import { tokenRoutes } from './desk-tokens.tsx'
import { venueRoutes } from './desk-venues.tsx'
import { LONG_FORM_BYTES, limitBody } from './forms.ts'
import { IMPORT_FORM_BYTES } from './import-file.ts'
import { giveFormBack, keepForm } from './kept-form.tsx'
import { refuseUntilLegal } from './publishing.ts'
import { forgiveSecondClick } from './second-click.ts'

/** The administration, behind one door; mounted after the ways in (`signInRoutes`). */
export const deskRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use((c, next) => limitOf(c.req.path)(c, next))
    .use(deskGate(context, keepForm(context), giveFormBack(context)))
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

const smallBody = limitBody(LONG_FORM_BYTES)
const photoBody = limitBody(
  PHOTO_FORM_BYTES,
  'Cette image est trop grande\u00a0: 10\u00a0Mo au plus. Revenez à la page précédente\u00a0: ce que vous avez écrit y est encore.',
)
const importBody = limitBody(IMPORT_FORM_BYTES)

function limitOf(path: string) {
  if (path.startsWith('/administration/import')) return importBody
  return /^\/administration\/(?:cafes\/|lieu(?:\/|$)|lieux\/fichier)/.test(path)
    ? photoBody
    : smallBody
}
