import { longDate } from '../../../../node/domain/values/date-text.ts'
import { dayInParis } from '../../../../node/domain/values/days.ts'
import { fileSize, plural } from '../../../../node/domain/values/number-text.ts'
import type { monitoringFr } from '../../fr/admin/monitoring.ts'

const dayOf = (at: Temporal.Instant): string => longDate(dayInParis(at), 'en')

const many = (n: number, one: string, more: string): string => plural(n, one, more, 'en')

const troubles: (typeof monitoringFr)['troubles'] = {
  'not-writable': {
    title: 'Nothing can be saved',
    means: () => 'The database refuses to write: what visitors send is lost.',
    todo: 'The disk is full, or the rights of the folder: “cafe-ia doctor” says which.',
  },
  'little-disk': {
    title: 'The disk is nearly full',
    means: ({ disk }) =>
      disk
        ? `${fileSize(disk.freeBytes, 'en')} are left of ${fileSize(disk.totalBytes, 'en')}. Once it is full, nothing is saved any more.`
        : '',
    todo: 'Make room on the machine, or have a larger disk from your host.',
  },
  'pages-closed': {
    title: 'The public pages are closed',
    means: () => 'The site was restored from a backup, and waits for what the directory knows.',
    todo: 'Open “Backups”: the site can be opened there without waiting.',
  },
  'requests-failing': {
    title: 'Pages have failed',
    means: ({ failures }) =>
      `${many(failures, 'request had', 'requests had')} an error of the program in the last hour or two.`,
    todo: 'The log of the machine says which: look for “a page failed”.',
  },
  'memory-high': {
    title: 'The memory is nearly full',
    means: ({ memory }) =>
      `The site takes ${fileSize(memory.bytes, 'en')} of ${fileSize(memory.limit, 'en')}. Once it is full, the system stops it.`,
    todo: 'Restart the site at a calm hour. If it comes back, give it more memory.',
  },
  'backup-late': {
    title: 'No recent backup',
    means: ({ backup, backupProblem }) =>
      [
        backup.lastAt
          ? `The last one is of ${dayOf(Temporal.Instant.from(backup.lastAt))}. If the machine failed, what has changed since would be lost.`
          : 'There is none yet. If the machine failed, everything would be lost.',
        ...(backupProblem ? [`What prevents it: ${backupProblem}`] : []),
      ].join(' '),
    todo: 'Open “Backups”, or run “cafe-ia doctor” on the machine.',
  },
  'backup-copy-failing': {
    title: 'Backups are no longer copied elsewhere',
    means: ({ backupProblem }) =>
      [
        'If the machine failed, they would be lost with it.',
        ...(backupProblem ? [`What prevents it: ${backupProblem}`] : []),
      ].join(' '),
    todo: 'Open “Backups”: the page names the setting and what to check.',
  },
  'certificate-ending': {
    title: 'The certificate ends',
    means: ({ certificate }) =>
      certificate
        ? `It is valid until ${dayOf(certificate.until)}. After that, browsers and other sites refuse this one.`
        : '',
    todo: 'It should have been renewed by itself: see the log of the web server (Caddy); ports 80 and 443 must be open.',
  },
  'sending-held': {
    title: 'Nothing leaves: the site was restored from a backup',
    means: () => 'Announcements and e-mails wait for your choice.',
    todo: 'Open “Backups” and answer the question.',
  },
  'sending-late': {
    title: 'Announcements are stuck',
    means: ({ lateMinutes }) =>
      `The oldest has been waiting for ${many(lateMinutes, 'minute', 'minutes')}: other sites do not learn what changes here.`,
    todo: 'Restart the site. If it lasts, read the log of the machine.',
  },
  'not-delivered': {
    title: 'Cafés have not arrived',
    means: ({ undelivered }) =>
      `${many(undelivered, 'server does', 'servers do')} not have your cafés as they are.`,
    todo: 'Open the page of the directory (“Sites” at a directory), and try again.',
  },
  'mails-late': {
    title: 'E-mails do not leave',
    means: ({ lateMails }) =>
      `${many(lateMails, 'e-mail is', 'e-mails are')} waiting: their readers do not know what they should.`,
    todo: 'Does the mail server answer? “cafe-ia doctor --mail you@example.org” tries it.',
  },
  'jobs-late': {
    title: 'Background work has stopped',
    means: () => 'Nothing was done by the clock for three hours: no reminders, no backups.',
    todo: 'Restart the site; with several processes, that of CAFE_IA_PROCESS=worker.',
  },
  'cut-off': {
    title: 'This site no longer reaches the network',
    means: () => 'Most other sites stopped answering at the same time.',
    todo: 'Does this machine still reach the internet? “cafe-ia doctor” checks it.',
  },
  'members-silent': {
    title: 'Some sites no longer answer',
    means: ({ silent }) =>
      `${silent.slice(0, 5).join(', ')}${silent.length > 5 ? ` and ${silent.length - 5} more` : ''}: for three days at least. Their cafés are shown with the advice to call before coming.`,
    todo: 'Tell their team, or wait: they are tried each hour, then each day.',
  },
}

/** The English translation of `ui/locales/fr/admin/monitoring.ts`. */
export const monitoringEn: typeof monitoringFr = {
  title: 'State of the site',
  allWell: 'All is well.',
  butOne: 'The site answers, but for one thing to look at:',
  butSome: (count) => `The site answers, but for ${count} things to look at:`,
  troubles,
  seen: (when) => `Looked at on ${when}.`,
  sending: {
    title: 'Deliveries',
    span: '14 days',
    says: (sent, resent, givenUp) =>
      sent + resent + givenUp === 0
        ? 'Nothing was sent.'
        : `${[
            `${many(sent, 'delivery', 'deliveries')} received at the first attempt`,
            ...(resent > 0 ? [`${resent} later`] : []),
            ...(givenUp > 0 ? [`${givenUp} refused`] : []),
          ].join(', ')}.`,
    first: 'at the first attempt',
    again: 'later',
    refused: 'Refused',
  },
  queue: {
    title: 'Queue',
    span: '24 hours',
    says: (waiting, minutes) =>
      waiting === 0
        ? 'Nothing waits.'
        : `${many(waiting, 'message waits', 'messages wait')}${minutes > 0 ? `, the oldest for ${many(minutes, 'minute', 'minutes')}` : ', none is late'}.`,
    waiting: 'Waiting',
    late: 'Late (minutes)',
  },
  disk: {
    title: 'Disk',
    span: '30 days',
    says: (share, day) => `${share}% taken.${day ? ` At this pace, 90% on ${day}.` : ''}`,
    unknown: 'The system does not say how much room is left.',
    used: 'Taken',
    limit: (size) => `alert at ${size}`,
  },
  memory: {
    title: 'Memory',
    span: '24 hours',
    says: (bytes, limit) => `${bytes} taken of ${limit}.`,
    used: 'Taken',
  },
  errors: {
    title: 'Errors',
    span: '14 days',
    says: (count) =>
      count === 0
        ? 'No page has failed.'
        : `${many(count, 'page', 'pages')} failed because of an error of the program.`,
    failed: 'Failed pages',
  },
  backups: {
    title: 'Backups',
    span: '30 nights',
    off: 'This site makes no backups by itself.',
    none: 'None yet: the first comes within the hour.',
    last: (when) => `The last one is of ${when}, read again as a whole.`,
    state: 'Backup',
    made: 'made',
    'not-copied': 'made, not copied elsewhere',
    missing: 'missing',
    unknown: 'unknown',
  },
  numbers: 'The numbers',
  day: 'Day',
  hour: 'Hour',
  today: 'today',
  now: 'now',
  notMeasured: 'not measured',
  since: (when) => `These measures begin on ${when}; they are kept for 30 days.`,
  noMeasureYet: 'No measure in this period yet.',
  noMeasure: 'The first measure comes within the hour.',
  certificate: (day) => `The certificate is valid until ${day}.`,
  alertsTo: (emails) =>
    `An e-mail leaves for ${emails} when something goes wrong, and when it is over.`,
  noAlerts:
    'No e-mail warns anybody: this site has no mail server, or nobody has given an address. Come back to this page.',
  lastAlert: (title, from, until) => `Last alert: ${title}, on ${from}, over on ${until}.`,
  openAlert: (title, from) => `Last alert: ${title}, on ${from}.`,
  guide: 'The guide “Surveiller”',
  publicPage: 'The public page about the state',
  publicState: {
    title: 'State of the directory',
    well: 'The directory works.',
    toMend: 'The directory answers, but something is to be mended.',
    members: 'Sites',
    total: (count) => many(count, 'site is a member', 'sites are members'),
    heard: (count) => `${many(count, 'was heard of', 'were heard of')} within 24 hours`,
    silent: (count) =>
      count === 0
        ? 'None is silent.'
        : `${many(count, 'has not answered', 'have not answered')} for three days. Call before you go to one of their cafés:`,
    name: 'Site',
    lastHeard: 'Last heard of',
    never: 'never',
    fresh: 'Freshness',
    freshWell: 'No announcement is late: as a rule, what a site announces is here within a minute.',
    freshLate: (minutes) =>
      `Announcements are late just now: ${many(minutes, 'minute', 'minutes')}.`,
    incidents: 'Incidents of the last 30 days',
    noIncident: 'None.',
    notMeasured: 'The directory has been measured for a short time only: nothing to say yet.',
    off: (hours) => `The directory did not run for ${many(hours, 'hour', 'hours')}.`,
    late: (hours) =>
      `Announcements were late by more than half an hour during ${many(hours, 'hour', 'hours')}.`,
    failing: (hours) => `Pages failed, in ${many(hours, 'hour', 'different hours')}.`,
    for: 'For programs, what is wrong has a name at',
  },
  mailSubject: ({ siteName, begun, over }) =>
    begun.length > 0
      ? `${begun.length > 1 ? `${begun.length} things to look at` : begun[0]} — ${siteName}`
      : `Over: ${over.length > 1 ? `${over.length} things` : over[0]} — ${siteName}`,
  mailText: ({ siteName, begun, over, link }) =>
    [
      'Hello,',
      '',
      ...begun.flatMap(({ title, means, todo }) => [
        `${title}.`,
        ...(means ? [means] : []),
        `To do: ${todo}`,
        '',
      ]),
      ...(over.length > 0 ? [`Over: ${over.join('; ')}.`, ''] : []),
      `The administration of ${siteName}: ${link}`,
      '',
      'This e-mail leaves once when it begins, and once when it is over.',
      '',
    ].join('\n'),
}
