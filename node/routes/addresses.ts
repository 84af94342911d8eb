import { Hono } from 'hono'
import { paths } from '../../ui/paths.ts'
import type { Context } from '../context.ts'
import { accountRoutes } from './accounts/account.tsx'
import { tokenRoutes } from './accounts/admin-api-tokens.tsx'
import { teamRoutes } from './accounts/admin-team.tsx'
import { choosePasswordRoutes } from './accounts/choose-password.tsx'
import { signInRoutes } from './accounts/sign-in.tsx'
import { stopMailRoutes } from './accounts/stop-mail.tsx'
import { backupRoutes } from './admin/admin-backups.tsx'
import { adminListRoutes } from './admin/admin-list.tsx'
import { mailRoutes } from './admin/admin-mails.tsx'
import { adminRoutes } from './admin/admin-routes.ts'
import { adminHomeRoutes } from './admin/home.tsx'
import { onboardingRoutes } from './admin/onboarding.tsx'
import { onlineRoutes } from './admin/online.tsx'
import type { ApiEnv } from './api/access.ts'
import { type ApiParts, apiRoutes } from './api/api.ts'
import { cafeBatch } from './api/cafes/cafe-batch.ts'
import { cafeWrites } from './api/cafes/cafe-writes.ts'
import { cafeReads } from './api/cafes/cafes.ts'
import { statusWrites } from './api/cafes/status-writes.ts'
import { calendarWrites } from './api/calendars.ts'
import { facilitatorReads } from './api/facilitators.ts'
import { networkReads } from './api/networks.ts'
import { peerReads } from './api/peers.ts'
import { refuse } from './api/problems.ts'
import { questionReads } from './api/questions.ts'
import { referentReads } from './api/referents.ts'
import { removedReads } from './api/search/changes.ts'
import { facetReads } from './api/search/facets.ts'
import { seriesReads } from './api/series/series.ts'
import { seriesWrites } from './api/series/series-writes.ts'
import { statisticsReads } from './api/statistics.ts'
import { territoryReads } from './api/territories.ts'
import { venueBatch, venueWrites } from './api/venues.ts'
import { cafeActionRoutes } from './cafes/admin/actions.tsx'
import { bulkCafeRoutes } from './cafes/admin/bulk.tsx'
import { adminCafeRoutes } from './cafes/admin/cafe.tsx'
import { duplicateRoutes } from './cafes/admin/duplicates.tsx'
import { statusRoutes } from './cafes/admin/status.tsx'
import { venueRoutes } from './cafes/admin/venues.tsx'
import { agendaRoutes } from './cafes/agenda.ts'
import { cafeRoutes } from './cafes/cafe-page.tsx'
import { confirmationLinkRoutes } from './cafes/confirmation-link.tsx'
import { calendarRoutes } from './data/admin-calendars.tsx'
import { differenceRoutes } from './data/admin-differences.tsx'
import { importRoutes } from './data/admin-import.tsx'
import { apiPageRoutes } from './data/api-page.tsx'
import { embedRoutes } from './data/embed.tsx'
import { exportRoutes } from './data/export.ts'
import { oembedRoutes } from './data/oembed.ts'
import { openDataRoutes } from './data/open-data.tsx'
import { verifyRoutes } from './data/verify.tsx'
import { directoryRoutes } from './directory/admin.tsx'
import { adminFacilitatorRoutes } from './facilitators/admin.tsx'
import { ownFacilitatorRoutes } from './facilitators/own-profile.tsx'
import { facilitatorRoutes } from './facilitators/pages.tsx'
import { facilitatorSearchRoutes } from './facilitators/search-page.tsx'
import { flagCaseRoutes } from './flags/admin.tsx'
import { flagFormRoutes } from './flags/form.tsx'
import { ownFlagRoutes } from './flags/own-flag.tsx'
import { placeAppealRoutes } from './flags/place-appeal.tsx'
import { transparencyRoutes } from './flags/transparency.tsx'
import { open } from './http/needs.ts'
import { certificateRoutes } from './kit/certificates.ts'
import { kitRoutes } from './kit/kit.tsx'
import { programmeRoutes } from './kit/programme.ts'
import { seriesSheetRoutes } from './kit/series-sheet.ts'
import { cafeSheetRoutes } from './kit/sheets.ts'
import { shortAddressRoutes } from './kit/short-address.ts'
import { publicStateRoutes } from './monitoring/public-state.tsx'
import { siteStateRoutes } from './monitoring/site-state.tsx'
import { adminStructureNetworkRoutes } from './networks/admin.tsx'
import { networkDashboardRoutes } from './networks/dashboard.tsx'
import { structureNetworkRoutes } from './networks/pages.tsx'
import { adminReferentRoutes } from './referents/admin.tsx'
import { referentDashboardRoutes } from './referents/dashboard.tsx'
import { referentRoutes } from './referents/pages.tsx'
import { registrationFormRoutes } from './registrations/form.tsx'
import { ownRegistrationRoutes } from './registrations/own-link.tsx'
import { registrationWrites } from './registrations/program.ts'
import { registrationRoutes } from './registrations/team.tsx'
import { adminReportRoutes } from './reports/admin-report.tsx'
import { reportWrites } from './reports/program.ts'
import { questionRoutes } from './reports/questions.tsx'
import { reportLinkRoutes } from './reports/report-link.tsx'
import { wordingRoutes } from './reports/wordings.ts'
import { adminResourceRoutes } from './resources/admin.tsx'
import { resourceRoutes } from './resources/pages.tsx'
import { resourceWrites } from './resources/program.ts'
import { mapRoutes } from './search/map-page.tsx'
import { searchRoutes } from './search/search-page.tsx'
import { adminSeriesRoutes } from './series/admin.tsx'
import { newSeriesRoutes } from './series/new-series.tsx'
import { seriesRoutes } from './series/pages.tsx'
import { seriesScopeRoutes } from './series/scope.tsx'
import { aboutRoutes } from './site/about.tsx'
import { settingsRoutes } from './site/admin-settings.tsx'
import { crawlerRoutes } from './site/crawlers.ts'
import { followRoutes } from './site/follow.tsx'
import { guideRoutes } from './site/guides.tsx'
import { legalRoutes } from './site/legal.tsx'
import { mediaRoutes } from './site/media.ts'
import { siteMapRoutes } from './site/site-map.tsx'
import { sitePictureRoutes } from './site/site-picture.ts'
import { structureAdminRoutes } from './structures/admin.tsx'
import { homeRoutes } from './structures/home-page.tsx'
import { hostedRoutes } from './structures/hosted.tsx'
import { hostedPageRoutes } from './structures/hosted-page.tsx'
import { organiseRoutes } from './structures/organise.tsx'
import { ownStructureRoutes, structureRoutes } from './structures/pages.tsx'
import { askedPlaceRoutes } from './suggestions/asked-place.ts'
import { suggestionRoutes } from './suggestions/form.tsx'
import { startRoutes } from './suggestions/start.tsx'
import { adminNewsletterRoutes } from './territories/admin-newsletter.tsx'
import { requestTableRoutes } from './territories/admin-requests.tsx'
import { alertRoutes } from './territories/alerts.tsx'
import { newsletterRoutes } from './territories/newsletter.tsx'
import { territoryRoutes } from './territories/pages.tsx'
import { requestRoutes } from './territories/requests.tsx'
import { statisticsRoutes } from './territories/statistics.tsx'
import { webhookPages } from './webhooks/admin-webhooks.tsx'
import { webhookWrites } from './webhooks/program.ts'
import type { WebEnv } from './workspaces/access.ts'
import { refuseUntilLegal } from './workspaces/legal-minimum.ts'

/** Every address beside those of the protocol: a new router is a line here. */
export const addressesOf = (context: Context) =>
  new Hono()
    .route('/api/v1', open(apiRoutes(context, apiParts)))
    .route('/export', open(exportRoutes(context)))
    .route('/administration/confirmation', confirmationLinkRoutes(context))
    .route('/administration', open(signInRoutes(context)))
    .route(paths.account, accountRoutes(context))
    .route('/', open(stopMailRoutes(context)))
    .route('/administration/territoire', referentDashboardRoutes(context))
    .route('/administration/tableau-de-bord', networkDashboardRoutes(context))
    .route('/administration', adminRoutes(context, adminPages(context)))
    .route('/', reportLinkRoutes(context))
    .route('/cafes', open(registrationFormRoutes(context)))
    .route('/', open(ownRegistrationRoutes(context)))
    .route('/cafes', open(cafeSheetRoutes(context)))
    .route('/cafes', open(cafeRoutes(context)))
    .route('/', open(programmeRoutes(context)))
    .route('/c', open(shortAddressRoutes(context)))
    .route('/series', open(seriesSheetRoutes(context)))
    .route('/', open(seriesRoutes(context)))
    .route('/media', open(mediaRoutes(context)))
    .route('/', open(agendaRoutes(context)))
    .route('/', open(followRoutes(context)))
    .route('/', open(siteMapRoutes(context)))
    .route('/', open(aboutRoutes(context)))
    .route('/', open(guideRoutes(context)))
    .route('/', open(sitePictureRoutes(context)))
    .route('/', open(crawlerRoutes(context)))
    .route('/', open(apiPageRoutes(context, apiParts)))
    .all('/api/*', (c) => refuse(c, context.config, { type: 'not-found' }))
    .route('/', open(openDataRoutes(context)))
    .route('/', open(embedRoutes(context)))
    .route('/', open(oembedRoutes(context)))
    .route('/', open(verifyRoutes(context)))
    .route('/', open(legalRoutes(context)))
    .route('/', open(flagFormRoutes(context)))
    .route('/', open(ownFlagRoutes(context)))
    .route('/', open(transparencyRoutes(context)))
    .route('/', open(structureNetworkRoutes(context)))
    .route('/', open(resourceRoutes(context)))
    .route('/', open(statisticsRoutes(context)))
    .route('/', open(certificateRoutes(context)))
    .route('/', ownPages(context))

/** The pages that only a place has, or only a directory. */
const ownPages = (context: Context): Hono =>
  context.isDirectory
    ? new Hono()
        .route('/', open(searchRoutes(context)))
        .route('/', open(mapRoutes(context)))
        .route('/', open(publicStateRoutes(context)))
        .route('/', open(territoryRoutes(context)))
        .route('/', open(referentRoutes(context)))
        .route('/', open(hostedPageRoutes(context)))
        .route('/', open(structureRoutes(context)))
        .route('/', open(organiseRoutes(context)))
        .route('/', open(startRoutes(context)))
        .route('/', open(suggestionRoutes(context)))
        .route('/', open(questionRoutes(context)))
        .route('/', open(alertRoutes(context)))
        .route('/', open(requestRoutes(context)))
        .route('/', open(newsletterRoutes(context)))
        .route('/', open(facilitatorSearchRoutes(context)))
        .route('/', open(ownFacilitatorRoutes(context)))
        .route('/', open(facilitatorRoutes(context)))
    : new Hono()
        .route('/', open(homeRoutes(context)))
        .route('/', open(hostedPageRoutes(context)))
        .route('/', open(ownStructureRoutes(context)))
        .route('/', open(ownFacilitatorRoutes(context)))
        .route('/', open(facilitatorRoutes(context)))

/** The pages below `/administration`, behind its gate. */
const adminPages = (context: Context) =>
  new Hono<WebEnv>()
    .route('/', adminHomeRoutes(context))
    .route('/', choosePasswordRoutes(context))
    .route('/cafes', adminListRoutes(context))
    .route('/cafes', bulkCafeRoutes(context))
    .route('/cafes', onlineRoutes(context))
    .route('/cafes', newSeriesRoutes(context))
    .route('/cafes', seriesScopeRoutes(context))
    .route('/cafes', adminCafeRoutes(context))
    .route('/cafes', kitRoutes(context))
    .route('/cafes', registrationRoutes(context))
    .route('/cafes', adminReportRoutes(context))
    .route('/cafes', statusRoutes(context))
    .route('/cafes', cafeActionRoutes(context))
    .route('/cafes', askedPlaceRoutes(context))
    .route('/series', adminSeriesRoutes(context))
    .route('/lieux', venueRoutes(context))
    .use('/import/*', refuseUntilLegal(context))
    .route('/import/agendas', calendarRoutes(context))
    .route('/import/differences', differenceRoutes(context))
    .route('/import', importRoutes(context))
    .route('/ressources', adminResourceRoutes(context))
    .route('/jetons', tokenRoutes(context))
    .route('/webhooks', webhookPages(context))
    .route('/', placeAppealRoutes(context))
    .route('/a-traiter', flagCaseRoutes(context))
    .route('/reseau', directoryRoutes(context))
    .route('/tetes-de-reseau', adminStructureNetworkRoutes(context))
    .route('/equipe', teamRoutes(context))
    .route('/animation', adminFacilitatorRoutes(context))
    .route('/courriels', mailRoutes(context))
    .route('/sauvegardes', backupRoutes(context))
    .route('/etat', siteStateRoutes(context))
    .route('/lettre', adminNewsletterRoutes(context))
    .route('/doublons', duplicateRoutes(context))
    .route('/referents', adminReferentRoutes(context))
    .route('/lieu', structureAdminRoutes(context))
    .route('/structures', hostedRoutes(context))
    .route('/reglages', settingsRoutes(context))
    .route('/premiers-pas', onboardingRoutes(context))
    .route('/questions', wordingRoutes(context))
    .route('/', requestTableRoutes(context))

/**
 * Every address below `/api/v1` that the OpenAPI document describes.
 *
 * @internal
 */
export const apiParts: ApiParts = (context, limits) =>
  new Hono<ApiEnv>()
    .route('/', cafeReads(context))
    .route('/', cafeBatch(context, limits))
    .route('/', cafeWrites(context, limits))
    .route('/', statusWrites(context, limits))
    .route('/', seriesReads(context))
    .route('/', seriesWrites(context, limits))
    .route('/', venueBatch(context, limits))
    .route('/', venueWrites(context, limits))
    .route('/', calendarWrites(context, limits))
    .route('/', webhookWrites(context, limits))
    .route('/', registrationWrites(context, limits))
    .route('/', reportWrites(context, limits))
    .route('/', removedReads(context))
    .route('/', peerReads(context))
    .route('/', facilitatorReads(context))
    .route('/', territoryReads(context))
    .route('/', referentReads(context))
    .route('/', networkReads(context))
    .route('/', questionReads(context))
    .route('/', resourceWrites(context, limits))
    .route('/', statisticsReads(context))
    .route('/', facetReads(context))
