import { LIMITS } from '../../../../node/domain/limits/limits.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInEnglish } from '../../durations.ts'
import { suggestionsFr } from '../../fr/cafes/suggestions.ts'

const unproven = daysInEnglish(RETENTION_DAYS.unprovenSuggestion)
const kept = daysInEnglish(RETENTION_DAYS.suggestion)

/** The texts of suggesting a café, for people without a site and without an account. */
export const suggestionsEn: typeof suggestionsFr = {
  form: {
    title: 'Suggest a café',
    lead: 'Three answers and your e-mail address. No account, no site: the directory announces it for your organisation.',
    how: 'You confirm by the link of an e-mail. A person of the team, or the referent of the territory, reads your suggestion and publishes it, or says why not. The same link lets you correct or withdraw it.',
    labels: {
      announcedFor: 'The organisation that holds it',
      descriptionMarkdown: 'In a few words',
      courriel: 'Your e-mail address',
    },
    hints: {
      announcedFor: 'Its name is public, with the café.',
      courriel: 'It stays between the directory and you: it is never published.',
    },
    submit: 'Suggest this café',
    privacy: `Your address is used to write to you about this suggestion, nothing else. It is erased after ${unproven} unless you confirm, otherwise ${kept} after the café or after a refusal; the link erases it earlier.`,
    privacyLink: 'Your data',
    emailWrong: 'This e-mail address is incomplete. Example: camille@mail.example.',
    tooFast: 'This form came back too fast, or it is more than a day old. Send it once more.',
    tooMany: 'Too many suggestions came from your network. Try again in an hour.',
    queueFull:
      'Many suggestions wait to be read already. Try again in a few days: what you wrote is not kept.',
    noMail: 'This directory sends no e-mails, so it can take no suggestion here.',
    noMailContact: 'Write to the team',
    sentTitle: 'Open your mailbox',
    sent: `An e-mail is on its way to the address that you gave. Open its link and confirm: otherwise the suggestion is erased after ${unproven}.`,
    sentHint: `Nothing comes? Look among the unwanted mails. An address gets ${LIMITS['suggestion mails'].points} of these e-mails a day at most.`,
    another: 'Suggest another café',
  },
  own: {
    title: 'The café that you suggest',
    states: {
      unproven: 'Read it again, then send it: nobody has read it yet.',
      waiting: 'A person will read it. You will get an e-mail.',
      published: 'The café is published. People who come read its page: keep it right.',
      over: 'This café is past, or cancelled.',
      refused: 'The directory does not announce this café.',
    },
    refusedBecause: (reason) => `The reason given: “${reason}”`,
    noReason: 'No reason was written. You may write to the team.',
    placeWaits: (place) => `You ask for another place: ${place}. Somebody of the team will answer.`,
    seePage: 'See the page of the café',
    prove: 'Yes, send this suggestion',
    edit: 'Correct',
    editWaiting: 'As long as nobody has decided, you may change everything.',
    editPublished:
      'The day and the hour change at once, and people who follow the café are told. Another place is checked by somebody of the team first; the page of the café says at once that the place may change. For the title or the text, write to the team.',
    save: 'Save',
    withdraw: 'Withdraw this suggestion',
    withdrawHint: 'It is erased, and your address with it.',
    cancel: 'Cancel this café',
    reason: 'Why (people who come read it)',
    site: 'Does your organisation have its own site now?',
    siteHint:
      'Announce the café there: import this file in “Import”. Then remove it from here, so that it is not shown twice.',
    siteFile: 'Take the café (calendar file)',
    handOver: 'Remove this café from here: it is announced on our site',
    erase: 'Erase my address',
    eraseHint: `The page of the café stays; this link serves no more, and you get nothing any more. Otherwise it is erased ${kept} after the café.`,
    eraseUnseen: `Otherwise it is erased after ${kept}.`,
    done: {
      proven: 'Thank you! Your suggestion has arrived.',
      saved: 'It is saved.',
      placeAsked:
        'Noted. The place changes once somebody of the team has said yes; you will get an e-mail. Until then, the page of the café warns that the place may change.',
      cancelled: 'The café is cancelled; its page says so.',
      stale: 'Somebody changed this café meanwhile. Read what follows again, then save once more.',
    },
    goneTitle: 'It is erased',
    gone: 'Your address is not here any more, and this link serves no more.',
  },
  team: {
    waits: (email) =>
      `Suggested by ${email}, without an account. Read it, correct it if needed, then publish: the café will be announced for the organisation that is named here, and its author told.`,
    published: (email) =>
      `Suggested by ${email}. This person may change the day and the hour, ask for another place, or cancel the café. An e-mail tells them if you change the day, the hour or the place, or cancel it.`,
    otherPlace: (title) => `${title}: another place is asked`,
    placeTitle: 'Another place is asked',
    placeHint:
      'It is the person who suggested the café who says so. Check it, for example by calling the place: a wrong address leads to a closed door. The page of the café warns that the place may change, until you answer.',
    placeYes: 'Publish this place',
    placeNo: 'Keep the announced place',
    keepReason: 'Why keep it',
    refuse: 'Refuse this suggestion',
    refuseTitle: 'Refuse this suggestion',
    refuseLead: 'The draft is erased. The person reads your reason, in an e-mail.',
    reason: 'Why',
    reasonHint: 'The person who suggested this café reads these words.',
    reasonMissing: 'Say why, in a few words: the person reads them.',
    submit: 'Refuse and tell the person',
  },
  mails: suggestionsFr.mails,
}
