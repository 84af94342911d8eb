import type { referentDashboardFr } from '../../fr/referents/dashboard.ts'

/** The administration of a referent, in English. */
export const referentDashboardEn: typeof referentDashboardFr = {
  title: (territory) => `Your territory: ${territory}`,
  nav: {
    territory: 'My territory',
    announce: 'Announce for a structure',
    journal: 'Journal',
    site: 'See the site',
  },
  lead: (until) => `Your mandate lasts until ${until}.`,
  switch: 'Your territories',
  otherWorkspaces: 'Your other workspaces',
  team: 'Administration of the site',
  network: (name) => `Dashboard: ${name}`,
  territory: (name) => `Territory: ${name}`,
  none: 'You have no territory at the moment',
  noneLead:
    'Your mandate has not begun, or is over. Write to the team of the directory to talk about it.',
  waits: 'What waits',
  nothing: 'Nothing waits. Thank you!',
  joining: 'Places that ask to join the directory',
  joiningLead: {
    recommend: 'Tell the team what you know of them: it decides.',
    admit: 'You may let them in.',
  },
  recommend: 'Recommend a place',
  recommendLead:
    'A place that you know asks to join the directory, and is not in the list? Give its address: the team reads your word beside its request, and your word keeps a place for it.',
  recommendAddress: 'Address of its site',
  advised: (reason) => `Your opinion: ${reason}`,
  duplicates: 'Perhaps one café, announced by two sites',
  duplicatesLead:
    'Both are shown. If these are two cafés, say so; if it is one, the team of the directory chooses which is shown.',
  duplicateOne: (by) => `Announced by ${by}.`,
  duplicateOther: (title, by) => `“${title}”, announced by ${by}.`,
  hidden: 'Hidden cafés',
  hiddenLead: 'Held back when they came, or hidden by somebody.',
  suggested: 'Suggested cafés',
  suggestedLead:
    'People without a site or an account suggest them. Publish them for their organisation, or refuse them and say why.',
  examine: 'Read and decide',
  silent: 'Sites that no longer answer',
  silentLead: 'A call is often enough: a server that is off, an address that changed.',
  requests: (n) =>
    n === 0
      ? 'Nobody asked for a café here within a year.'
      : `${n} ${n === 1 ? 'request' : 'requests'} for a café here within a year.`,
  requestsAt: (commune, n) => `${commune}: ${n}`,
  announced: 'Announced for a structure',
  announcedLead:
    'The directory publishes them, you look after them: so does any other referent of this territory.',
  edit: 'Edit, cancel or delete',
  seePage: 'See the page',
  cafes: 'Cafés to come',
  noCafe: 'No café to come.',
  past: (n) => `${n} ${n === 1 ? 'café' : 'cafés'} took place here.`,
  structures: 'Structures',
  noStructure: 'No structure.',
  structure: (name, toCome, held) => `${name}: ${toCome} to come, ${held} held`,
  more: (n) => `And ${n} more.`,
  all: 'See the page of the territory',
  people: 'Facilitators',
  noPerson: 'Nobody is shown here.',
  act: {
    hide: 'Hide',
    show: 'Show',
    apart: 'These are two cafés',
    recommend: 'Give my opinion',
    recommendAgain: 'Change my opinion',
    admit: 'Let in',
  },
  hideTold:
    'If this place’s site is a member of the directory, its team will read this reason, without your name.',
  reports: {
    title: 'Reports',
    lead: 'What teams told last. A report or a question that you hide is read nowhere in the directory any more; the place reads your reason, without your name, and may contest it.',
    what: 'What',
    whole: 'All of the report, with its number',
    cacher: 'Hide of the report',
    montrer: 'Show again',
    nothing: 'Choose at least one thing.',
  },
  reason: 'Why',
  reasonMissing: 'Say why, in a few words: it is written in the journal.',
  announce: {
    title: 'Announce a café for a structure',
    lead: 'A structure of your territory asks you to, and has no site of its own yet? The directory publishes the café for it. The page says so.',
  },
  resign: 'Stop',
  resignLead:
    'Your name leaves the directory at once, and the attestation is revoked. Somebody else will take over.',
  resignSubmit: 'Yes, I stop',
  done: 'Done, and in the journal.',
}
