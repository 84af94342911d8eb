import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInEnglish } from '../../durations.ts'
import type { referentFr } from '../../fr/referents/referents.ts'
import { departementsText } from '../departements.ts'

/** The pages of referents, in English. */
export const referentEn: typeof referentFr = {
  role: { référente: 'local referent', référent: 'local referent', neutre: 'local referent' },
  held: (territory) => `Answers for this territory: ${territory}.`,
  panel: {
    heading: {
      référente: 'Your local referent',
      référent: 'Your local referent',
      neutre: 'Your local referent',
    },
    headingSeveral: 'Your local referents',
    headingTeam: 'Whom to ask here',
    is: (name, role, territory) => `${name}, ${role}: ${territory}`,
    wider: 'Nobody has this role for this territory yet. Who answers for the wider one:',
    team: (siteName) => `Nobody has this role here yet. The team of ${siteName} answers you.`,
    helps: 'To host a café, to find a facilitator, or to ask a question.',
    until: (date) => `In office until ${date}.`,
    proof: 'Signed attestation',
    profile: 'Their profile',
    write: 'Write to them',
    writeSeveral: 'Write to them',
    writeTeam: 'Write to the team',
    others: 'All local referents',
    noMail: 'To reach the team:',
    contact: 'the contact page',
  },
  contact: {
    title: (territory) => `Write: ${territory}`,
    to: (who) => `Your message is handed to ${who}.`,
    toTeam: (siteName) => `Your message is handed to the team of ${siteName}.`,
    privacy:
      'Your address is given to who reads this message, to answer you; this site does not keep it.',
    name: 'Your name',
    email: 'Your e-mail address',
    emailHint: 'To receive the answer.',
    message: 'Your message',
    submit: 'Send',
    nameMissing: 'Write your name, or that of your organisation.',
    emailWrong: 'This e-mail address is incomplete. Example: name@example.org',
    messageMissing: 'Write your message.',
    messageLong: 'This message is too long: 3,000 characters at most.',
    tooMany: 'Many messages were sent from here within an hour. Try again later.',
    full: 'Many messages have come by this form today, and yours was not sent. Try again tomorrow.',
    sent: 'Message on its way',
    sentLead:
      'The answer will come to the address that you gave. Without an answer, write to the team of the site by the “Contact” page.',
    back: (territory) => `Back to: ${territory}`,
    mail: {
      subject: (name) => `Message from ${name}, by the directory of cafés IA`,
      text: (p) => `${p.name} writes to you by ${p.siteName}, from the page: ${p.territory}.

${p.message}

--
Answer this mail: your answer goes to ${p.email}.
Your address was not shown. It will be if you answer.`,
    },
  },
  list: {
    title: 'Local referents',
    menu: 'Local referents',
    lead: 'One person for each territory: they know the places, help with a first café and answer questions.',
    skip: 'Skip the map: read the list of départements',
    legend: 'By département',
    filled: 'somebody answers',
    vacant: 'vacant',
    shape: (name, code, filled) => `${name} (${code}): ${filled ? 'somebody answers' : 'vacant'}`,
    count: (filled, vacant) => {
      const some = `${departementsText(filled)} ${filled.length === 1 ? 'has' : 'have'}`
      const who = filled.length === 0 ? 'No territory has' : some
      return `${who} a local referent; ${vacant === 0 ? 'none is vacant' : `${vacant} are vacant`}.`
    },
    byDepartement: 'By département',
    nobody: 'Nobody is appointed yet.',
    vacancies: 'Vacant',
    vacanciesLead:
      'Meanwhile, whoever answers for the région, or the team of the directory, answers for these territories.',
    willing: 'Would you like this role, or do you think of somebody?',
    willingLink: 'Write to the team',
  },
  person: {
    title: 'Become a local referent',
    proposed: (by, territory) => `${by} proposes that you answer for this territory: ${territory}.`,
    dates: (from, until) => `From ${from} to ${until}.`,
    what: 'What you are asked to do',
    tasks: `Answer the people and places of your territory that write to you by the directory.
Look now and then at what waits: new places, cafés announced twice, requests for cafés.
Say so when you have no time any more: somebody else will take over.`,
    public: 'What will be public, and where',
    consent: ({ role, territory, from, until, siteName, profile }) =>
      `I agree that the site “${siteName}” shows to everybody: my name as it is written here, my role (${role}), the territory (${territory}) and the dates of the mandate (from ${from} to ${until}).
Where: on the pages of this territory and of those within it, in the list of local referents, in the directory’s open data, and in a signed attestation that anybody can copy and check.${profile === undefined ? '' : ` The directory and the attestation give the address of my facilitator’s profile, on ${profile}, and that profile says so too.`}
My e-mail address is never shown: the directory hands me the messages.
I can stop at any time by this link: my name then leaves the directory at once and the attestation is revoked. Copies that others have made cannot all be erased.`,
    name: 'Your name, as it will be shown',
    nameMissing: 'Write the name to show. A first name or a pseudonym is enough.',
    word: 'The word for you',
    texts: {
      référente: 'Référente (she)',
      référent: 'Référent (he)',
      neutre: 'Référente ou référent (either)',
    },
    email: 'Your e-mail address',
    emailHint: 'Never shown. The directory hands messages on to it.',
    emailWrong: 'This e-mail address is incomplete. Example: name@example.org',
    agree: 'I have read this text and I agree.',
    agreeMissing: 'Tick this box to accept, or decline below.',
    changed:
      'The dates have changed, or this address is already proposed for this territory. Read again, then accept or decline.',
    other: (until) => `Go on until ${until}?`,
    otherLead: 'The team proposes this date. Nothing changes unless you accept.',
    acceptOther: 'Accept this date',
    keepDate: 'Keep the date as it is',
    accept: 'Accept',
    decline: 'Decline',
    declineLead: 'You do not want to, or not now? Your name and address will be erased.',
    consented: 'Noted, thank you',
    consentedLead:
      'The team of the directory has your agreement. Once it has appointed you, it gives you a link to enter your admin.',
    declined: 'Noted',
    declinedLead: `You declined. Your address is erased already, your name will be in ${daysInEnglish(RETENTION_DAYS.declinedMandate)}.`,
    appointed: (role, territory) => `You are ${role}: ${territory}`,
    appointedLead: (until) => `Your mandate lasts until ${until}.`,
    admin: 'Enter your admin',
    agreed: (date) => `What you agreed to on ${date}:`,
    resign: 'Stop',
    resignLead:
      'Your name leaves the directory at once, and the attestation is revoked. You will no longer be able to enter the administration of this territory.',
    resignSubmit: 'Yes, I stop',
    resigned: 'Done',
    resignedLead: `You are no longer a local referent. Thank you for what you did. Your address will be erased in ${daysInEnglish(RETENTION_DAYS.referentAddress)}.`,
    ended: 'This mandate is over',
    endedLead: 'The directory shows nothing of you any more.',
    keep: 'Keep this link: it also lets you stop, at any time.',
    handed: {
      title: 'Accept from your mailbox',
      lead: 'This link was handed to you: others may have seen it. So that nobody accepts for you, it only proposes: you accept by a link that is sent to your mailbox.',
      submit: 'Get the link to accept',
      sent: (to) => `A mail was sent to ${to}: open it to answer.`,
    },
    code: {
      title: 'Your code',
      lead: 'This link was handed to you: others may have seen it. So that nobody accepts for you, it only proposes: you accept with a code that you alone have. It is shown once, here. Neither the team nor this site can find it again.',
      submit: 'Get my code',
      fresh: 'Write this code down now, and keep it to yourself:',
      freshHint:
        'It is never shown again. You need it to accept, to change the date or the profile, and to enter your admin for the first time. To decline or to stop, the link is enough.',
      made: (day) =>
        `A code was given here on ${day}. If it was not given to you, decline, and ask the team for another proposal; do the same if you lost it.`,
      field: 'Your code',
      hint: 'Three groups of five letters or digits.',
      wrong: 'This code is not that of this mandate. Example: abcde-fghjk-mnpqr',
      often: 'Too many tries for this mandate. Try again tomorrow.',
      open: 'Change something',
      openLead: 'Give your code to answer about a new date or to show your profile.',
      openSubmit: 'Continue',
    },
  },
  profile: {
    title: 'Your facilitator’s profile',
    lead: 'Do you have a public profile as a facilitator? Copy this address into the page of your profile, part “Local referent of a territory”, then come back here to say yes.',
    claims:
      'This profile says that the mandate is its own. If it is yours, this is what you agree to:',
    tie: 'Yes, it is my profile',
    tied: 'This mandate shows your profile:',
    untie: 'Show this profile no more',
    gone: 'Nothing has changed: this profile is no longer public, no longer names this mandate, or the mandate is over.',
  },
  access: {
    title: 'Enter your admin',
    lead: (territory, email) =>
      `Choose a password for the administration: ${territory}. You will sign in with the address ${email}.`,
    known: (email) =>
      `You are signed in with the address ${email}: this territory is added to your account.`,
    signInFirst: (email) =>
      `The address ${email} has an account here already. Sign in with that account, then open this link again: it still works.`,
    submit: 'Enter',
    attach: 'Add to my account',
  },
}
