import { plural } from '../../../node/domain/values/number-text.ts'
import type { restoredFr } from '../fr/restored.ts'

/** The English translation of `ui/locales/fr/restored.ts`. */
export const restoredEn: typeof restoredFr = {
  lostTitle: 'Your followers, after the loss of the data',
  closedTitle: 'The pages of this site are not shown yet',
  waitingTitle: 'This site waits for the answer of the directory',
  openTitle: 'What the directory has not said',
  answeredTitle: 'What the directory gave back',
  taken: (total, host) =>
    `${plural(total, 'café announced or changed after the backup is back', 'cafés announced or changed after the backup are back', 'en')} from ${host}, by the signature of this site. A picture that was added since is not back: choose it again.`,
  words: (total, host) =>
    `${plural(total, 'word', 'words', 'en')} of the place ${total === 1 ? 'is' : 'are'} back from ${host}: its presentation, its networks, what it answered to them, or the mandates of its referents.`,
  aside: (total, host) =>
    `${host} had ${plural(total, 'other text', 'other texts', 'en')} of the presentation of the place or of a network that you have changed here since it was restored: yours is kept, the other is in the history of the page.`,
  refused: (total, host) =>
    `${host} has ${plural(total, 'text', 'texts', 'en')} whose signature is of no key of this site: nothing of that is taken.`,
  noDirectory:
    'This site was restored from a backup, and is in no directory that would know what has changed since: read the cafés and the profiles again.',
  states: {
    waiting: (host, since) =>
      `This site asks ${host} what was announced, changed, deleted or withdrawn since the backup of ${since}.`,
    unreachable: (host, since) =>
      `${host} does not answer: what was announced, changed, deleted or withdrawn since the backup of ${since} is not known yet. The site asks again by itself.`,
    unknown: (host) =>
      `${host} does not recognise this site yet, whose keys may have changed after the backup. The site asks again by itself.`,
    endless: (host) =>
      `The answer of ${host} has no end: the site stopped reading it. Read the cafés and the profiles again.`,
    unable: (host, since) =>
      `${host} cannot say what was announced, changed, deleted or withdrawn since the backup of ${since}. Read the cafés and the profiles again.`,
  },
  answered: (host, when, isAnything) =>
    `${host} answered on ${when}${isAnything ? '.' : ': there was no café to take back.'}`,
  editsHeld:
    'What you change in cafés from before the restore is saved, but is announced only after its answer: it may have a newer version.',
  never:
    'No directory has the drafts, the accounts and accesses, the settings, the logo, the partners, the links and the SIRET and RNA numbers of the place, the original pictures, the texts of profiles (each person agrees anew), or the followers who came since its last reading, once a night: whoever receives nothing any more follows you again.',
  lostStates: {
    waiting: (host) =>
      `This site has asked ${host} which servers followed it, to send them your announcements again. The team of the directory must agree first: call it. This site asks again by itself.`,
    answered: (host, servers) =>
      servers === 0
        ? `${host} knows no server that followed you. Tell your followers to follow you again.`
        : `Your followers get your announcements again: ${plural(servers, 'server is back', 'servers are back', 'en')} from the list of ${host}.`,
    refused: (host) =>
      `The team of ${host} did not give the list of the servers that followed you. Tell your followers to follow you again.`,
    unable: (host) =>
      `${host} could not give the list of the servers that followed you. Tell your followers to follow you again.`,
  },
  followers: {
    waiting: (host) =>
      `This site has asked ${host} which servers follow you since the backup. ${host} knows some that this site does not have, and its team must first agree to name them: call it.`,
    answered: (host, servers) =>
      servers === 0
        ? `${host} knows no other server that follows you than those of the backup.`
        : `${plural(servers, 'server that followed you since the backup is back', 'servers that followed you since the backup are back', 'en')} from the list of ${host}.`,
    refused: (host) =>
      `The team of ${host} has not named the servers that follow you since the backup: tell your recent followers to follow you again.`,
    unable: (host) =>
      `${host} could not name the servers that follow you since the backup: tell your recent followers to follow you again.`,
  },
  openHow:
    'You need not wait. What was deleted or withdrawn after the backup is then shown again, and your changes leave, until the answer.',
  open: 'Show the pages without waiting',
  sendHow:
    'You need not wait. Your followers then receive your changes, even where they contradict a newer version; the directory receives them only once it has answered.',
  send: 'Announce without waiting',
  claimsTitle: (total) =>
    total === 1
      ? 'Deleted after the backup, says the directory'
      : `${total} deletions after the backup, says the directory`,
  claims:
    'The directory says that it was deleted, or withdrawn, before the failure. It is hidden until you answer, and nothing is erased. If that is true, erase it for good; if not, put it back. A profile that you put back still waits for its person to agree.',
  much: (total, shown) =>
    `That is a lot: ${plural(total, 'deletion', 'deletions', 'en')}, and this site shows no more than ${plural(shown, 'café or profile', 'cafés and profiles', 'en')}. If your team did not delete all of it, the directory is wrong: put it back.`,
  which: 'Which of them?',
  whichHint: 'The first fifty. The others come next.',
  none: 'Tick at least one café or profile.',
  claim: ({ name, when, directory, at }) =>
    `${name}${when ? `, ${when}` : ' (profile)'}: deleted ${at}, says ${directory}`,
  confirm: 'Erase for good…',
  reject: 'Put back…',
  versions: {
    title: 'What the directory has that is newer',
    lead: 'A directory has another version than this site, which cannot choose by itself. Until then nothing of it is announced.',
    count: (total) =>
      total === 1
        ? 'One version of the directory waits for your choice'
        : `${total} versions of the directory wait for your choice`,
    nouns: { cafe: 'A café', structure: 'The description of the place', network: 'A network' },
    see: 'Compare and choose',
    none: 'There is nothing to choose.',
    first: (shown) => `The first ${shown}. The others come next.`,
    reasons: {
      both: (host, when) =>
        `Your site had this version on ${when}, after the backup (${host} has kept it), and another was saved here since the restore.`,
      key: (host, when) =>
        `${host} has a version of ${when}, signed by a key that this site no longer has: it cannot verify that it comes from your team. Read it well.`,
      clock: (host, when) =>
        `${host} has a version signed by this site, of ${when}, which is after the restore: the clock of this machine, or that of the one before, is wrong.`,
    },
    field: 'Field',
    here: 'Here',
    there: 'In the directory',
    state: 'State',
    picture: 'Picture',
    hasPicture: (isThere) => (isThere ? 'yes' : 'none, or to be chosen again'),
    nothing: 'nothing',
    missing: 'This café is not on this site.',
    same: 'Both versions read alike.',
    keep: 'Keep the one here',
    take: (host) => `Take the one of ${host}`,
    bring: 'Bring this café back',
    erase: 'Do not take it back',
    sure: {
      title: 'Leave this café out?',
      effects:
        'Its address will never be used again.\nThe directory and the sites that follow yours will be asked to erase it.',
      submit: 'Yes, leave it out',
    },
    stale: 'The version here has changed meanwhile: read it again, then choose.',
    ofCafe: (isAdministrator) =>
      `A directory has another version of this café, from before the site was restored. Your changes are saved here, and will be announced only once the right version is chosen${isAdministrator ? '.' : ', by somebody who administers this site.'}`,
    wordsHeld:
      'This site was restored from a backup. Your changes here are saved, and will be announced only once the directories have answered and the right versions are chosen.',
    ofAsking:
      'This site was restored from a backup, and the directory has not yet said whether it has a newer version of this café. Your changes are saved here, and announced after its answer.',
  },
}
