import type { Lang } from '../../node/domain/values/lang.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import type { Refusal } from '../../node/domain/values/refusal.ts'
import { teamEn } from './en/accounts.ts'
import { adminEn } from './en/admin/admin.ts'
import { monitoringEn } from './en/admin/monitoring.ts'
import { alertEn } from './en/alerts.ts'
import { cafeAudienceEn } from './en/cafes/audience.ts'
import { cafeEn } from './en/cafes/cafes.ts'
import { questionsEn } from './en/cafes/questions.ts'
import { reportEn } from './en/cafes/reports.ts'
import { seriesEn } from './en/cafes/series.ts'
import { startEn } from './en/cafes/start.ts'
import { cafeStatusEn, confirmationEn, duplicatesEn } from './en/cafes/status.ts'
import { suggestionsEn } from './en/cafes/suggestions.ts'
import { dataEn } from './en/data.ts'
import { facilitatorEn } from './en/facilitators/facilitators.ts'
import { facilitatorSearchEn } from './en/facilitators/search.ts'
import { flagEn } from './en/flags/flags.ts'
import { followEn } from './en/follow.ts'
import { kitEn } from './en/kit.ts'
import { legalEn } from './en/legal.ts'
import { linksEn } from './en/links.ts'
import { mapEn } from './en/map.ts'
import { structureNetworksEn } from './en/networks.ts'
import { newsletterEn } from './en/newsletter.ts'
import { admissionEn, onboardingEn } from './en/onboarding.ts'
import { problemsEn, problemsOfFieldEn } from './en/problems.ts'
import { referentAdminEn } from './en/referents/admin.ts'
import { referentDashboardEn } from './en/referents/dashboard.ts'
import { referentEn } from './en/referents/referents.ts'
import { refusalsEn } from './en/refusals.ts'
import { registrationTeamEn } from './en/registration-team.ts'
import { registrationEn } from './en/registrations.ts'
import { resourcesEn } from './en/resources/resources.ts'
import { restoredEn } from './en/restored.ts'
import { safetyEn } from './en/safety.ts'
import { exploreEn, findEn, searchEn } from './en/search.ts'
import { siteEn, welcomeEn } from './en/site.ts'
import { starterEn } from './en/starter.ts'
import { certificateEn } from './en/structures/certificate.ts'
import { structureFilesEn } from './en/structures/files.ts'
import { hostedEn } from './en/structures/hosted.ts'
import { leavingEn } from './en/structures/leaving.ts'
import { personalDataEn } from './en/structures/personal-data.ts'
import { structureProfileEn } from './en/structures/profile.ts'
import { followAreaEn, organiseEn, structureEn } from './en/structures/structures.ts'
import { statisticsEn } from './en/territories/statistics.ts'
import { territoryEn } from './en/territories/territories.ts'
import { verifyEn } from './en/verify.ts'
import { teamFr } from './fr/accounts.ts'
import { adminFr } from './fr/admin/admin.ts'
import { monitoringFr } from './fr/admin/monitoring.ts'
import { alertFr } from './fr/alerts.ts'
import { cafeAudienceFr } from './fr/cafes/audience.ts'
import { cafeFr } from './fr/cafes/cafes.ts'
import { questionsFr } from './fr/cafes/questions.ts'
import { reportFr } from './fr/cafes/reports.ts'
import { seriesFr } from './fr/cafes/series.ts'
import { startFr } from './fr/cafes/start.ts'
import { cafeStatusFr, confirmationFr, duplicatesFr } from './fr/cafes/status.ts'
import { suggestionsFr } from './fr/cafes/suggestions.ts'
import { dataFr } from './fr/data.ts'
import { facilitatorFr } from './fr/facilitators/facilitators.ts'
import { facilitatorSearchFr } from './fr/facilitators/search.ts'
import { flagFr } from './fr/flags/flags.ts'
import { followFr } from './fr/follow.ts'
import { kitFr } from './fr/kit.ts'
import { legalFr } from './fr/legal.ts'
import { linksFr } from './fr/links.ts'
import { mapFr } from './fr/map.ts'
import { structureNetworksFr } from './fr/networks.ts'
import { newsletterFr } from './fr/newsletter.ts'
import { admissionFr, onboardingFr } from './fr/onboarding.ts'
import { problemsFr, problemsOfFieldFr } from './fr/problems.ts'
import { referentAdminFr } from './fr/referents/admin.ts'
import { referentDashboardFr } from './fr/referents/dashboard.ts'
import { referentFr } from './fr/referents/referents.ts'
import { refusalsFr } from './fr/refusals.ts'
import { registrationTeamFr } from './fr/registration-team.ts'
import { registrationFr } from './fr/registrations.ts'
import { resourcesFr } from './fr/resources/resources.ts'
import { restoredFr } from './fr/restored.ts'
import { safetyFr } from './fr/safety.ts'
import { exploreFr, findFr, searchFr } from './fr/search.ts'
import { siteFr, welcomeFr } from './fr/site.ts'
import { starterFr } from './fr/starter.ts'
import { certificateFr } from './fr/structures/certificate.ts'
import { structureFilesFr } from './fr/structures/files.ts'
import { hostedFr } from './fr/structures/hosted.ts'
import { leavingFr } from './fr/structures/leaving.ts'
import { personalDataFr } from './fr/structures/personal-data.ts'
import { structureProfileFr } from './fr/structures/profile.ts'
import { followAreaFr, organiseFr, structureFr } from './fr/structures/structures.ts'
import { statisticsFr } from './fr/territories/statistics.ts'
import { territoryFr } from './fr/territories/territories.ts'
import { verifyFr } from './fr/verify.ts'
import { frenchSpaces } from './typography.ts'

const fr = {
  lang: 'fr' as Lang,
  site: siteFr,
  welcome: welcomeFr,
  cafe: cafeFr,
  cafeStatus: cafeStatusFr,
  flag: flagFr,
  follow: followFr,
  search: searchFr,
  admin: adminFr,
  legal: legalFr,
  personalData: personalDataFr,
  place: structureProfileFr,
  onboarding: onboardingFr,
  admission: admissionFr,
  team: teamFr,
  confirmationRequest: confirmationFr,
  find: findFr,
  explore: exploreFr,
  alert: alertFr,
  territory: territoryFr,
  structure: structureFr,
  structureNetworks: structureNetworksFr,
  organise: organiseFr,
  start: startFr,
  followArea: followAreaFr,
  audience: cafeAudienceFr,
  resources: resourcesFr,
  restored: restoredFr,
  safety: safetyFr,
  monitoring: monitoringFr,
  profile: structureFilesFr,
  map: mapFr,
  statistics: statisticsFr,
  certificate: certificateFr,
  hosted: hostedFr,
  leaving: leavingFr,
  newsletter: newsletterFr,
  duplicates: duplicatesFr,
  data: dataFr,
  verify: verifyFr,
  facilitator: facilitatorFr,
  links: linksFr,
  referent: referentFr,
  referentAdmin: referentAdminFr,
  referentDashboard: referentDashboardFr,
  facilitatorSearch: facilitatorSearchFr,
  kit: kitFr,
  starter: starterFr,
  series: seriesFr,
  registration: registrationFr,
  registrationTeam: registrationTeamFr,
  suggestion: suggestionsFr,
  report: reportFr,
  questions: questionsFr,
  refusals: refusalsFr,
}

/** All texts of the pages in one language. */
export type Messages = typeof fr

const en: Messages = {
  lang: 'en',
  site: siteEn,
  welcome: welcomeEn,
  cafe: cafeEn,
  cafeStatus: cafeStatusEn,
  flag: flagEn,
  follow: followEn,
  search: searchEn,
  admin: adminEn,
  legal: legalEn,
  personalData: personalDataEn,
  place: structureProfileEn,
  onboarding: onboardingEn,
  admission: admissionEn,
  team: teamEn,
  confirmationRequest: confirmationEn,
  find: findEn,
  explore: exploreEn,
  alert: alertEn,
  territory: territoryEn,
  structure: structureEn,
  structureNetworks: structureNetworksEn,
  organise: organiseEn,
  start: startEn,
  followArea: followAreaEn,
  audience: cafeAudienceEn,
  resources: resourcesEn,
  restored: restoredEn,
  safety: safetyEn,
  monitoring: monitoringEn,
  profile: structureFilesEn,
  map: mapEn,
  statistics: statisticsEn,
  certificate: certificateEn,
  hosted: hostedEn,
  leaving: leavingEn,
  newsletter: newsletterEn,
  duplicates: duplicatesEn,
  data: dataEn,
  verify: verifyEn,
  facilitator: facilitatorEn,
  links: linksEn,
  referent: referentEn,
  referentAdmin: referentAdminEn,
  referentDashboard: referentDashboardEn,
  facilitatorSearch: facilitatorSearchEn,
  kit: kitEn,
  starter: starterEn,
  series: seriesEn,
  registration: registrationEn,
  registrationTeam: registrationTeamEn,
  suggestion: suggestionsEn,
  report: reportEn,
  questions: questionsEn,
  refusals: refusalsEn,
}

const dictionaries: Record<Lang, Messages> = { fr, en }

/** Returns every sentence of the pages in one language. */
export const messagesFor = (lang: Lang): Messages => dictionaries[lang]

/**
 * Returns one sentence about a problem. `detail`, where it is known, is the limit for `too_long` and `too_short` (a
 * number), the limits for `number_out_of_range` (`1–500`) and the candidates for `ambiguous_place`.
 */
export function problemMessage(problem: Problem, lang: Lang): string {
  const ofField = lang === 'fr' ? problemsOfFieldFr : problemsOfFieldEn
  const ofAny = lang === 'fr' ? problemsFr : problemsEn
  const message = ofField[`${problem.field}.${problem.code}`] ?? ofAny[problem.code]
  const sentence = typeof message === 'string' ? message : message(problem.detail ?? '')
  return lang === 'fr' ? frenchSpaces(sentence) : sentence
}

/** Returns one sentence that says why something was refused or failed. */
export function refusalText(refusal: Refusal, lang: Lang): string {
  const { refusals } = messagesFor(lang)
  if (typeof refusal === 'string') return refusals[refusal]
  const sentence = refusals[refusal.key] as (params: object) => string
  return sentence(refusal.params)
}
