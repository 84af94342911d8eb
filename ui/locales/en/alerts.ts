import { ALERT_DAYS } from '../../../node/domain/values/retention.ts'
import { daysInEnglish } from '../durations.ts'
import type { alertFr } from '../fr/alerts.ts'

export const alertEn: typeof alertFr = {
  title: 'Tell me',
  lead: 'Get a mail when a café is announced near you: one a day at most.',
  here: (place) => `Get a mail when a café is announced: ${place}.`,
  rhythm: 'When?',
  rhythms: {
    new: 'As soon as a café is announced, one mail a day at most',
    weekly: 'Each week, the letter of the cafés of the coming two weeks',
  },
  letter: {
    everywhere: 'all of France',
    title: 'Get it each week',
    lead: (place) =>
      `One mail a week, on Thursday: the cafés of the coming two weeks, what has changed, the questions that came up. For: ${place}. In French.`,
    submit: 'Get the letter',
    keepLead: (place) => `You will get the letter of the AI cafés each week. For: ${place}.`,
    keepDone: (until) =>
      `You will get the letter each week, when it has something to say, until ${until}. Each letter has a link to stop.`,
    stopLead: (place) => `You will no longer get the letter of the AI cafés. It was for: ${place}.`,
    confirmSubject: 'Confirm: get the letter of the AI cafés',
    confirm: ({ siteName, place, link }) =>
      `Hello,

Somebody, probably you, asked on “${siteName}” to get the letter of the AI cafés each week: ${place}.

To confirm it, open this link, then press the button:
${link}

If it was not you, do nothing: this request is erased in ${daysInEnglish(ALERT_DAYS.unconfirmed)}, and your address with it unless another one needs it.`,
    renewSubject: 'Do you still want the letter of the AI cafés?',
    renew: ({ siteName, place, until, keep, stop }) =>
      `Hello,

Almost ${daysInEnglish(ALERT_DAYS.kept)} ago, you asked on “${siteName}” to get the letter of the AI cafés each week: ${place}.

To go on for ${daysInEnglish(ALERT_DAYS.kept)} more, open this link, then press the button:
${keep}

Without an answer, this request is erased on ${until}, and your address with it unless another one needs it. To erase it now:
${stop}`,
    foot: ({ siteName, stop }) =>
      `You get this letter because you asked for it on “${siteName}”. To stop it and erase this request:
${stop}`,
    stop: 'Stop and erase this request',
  },
  limitedTo: (words) => `Only: ${words}.`,
  email: 'Your e-mail address',
  emailHint: 'It serves nothing else. It is erased as soon as you stop.',
  emailWrong: 'This e-mail address is incomplete. Example: camille@mail.example.',
  where: 'Where?',
  whereHint: 'Postcode, town or département',
  radius: 'Within',
  km: (n) => `${n} km`,
  placeOf: (place, km) => `${place}, ${km} km`,
  point: 'your point on the map',
  submit: 'Tell me',
  tooMany: 'Too many requests came from your network. Wait an hour, then try again.',
  several: 'Choose the right place:',
  noMail: 'This site sends no mails. You can follow the cafés in other ways:',
  otherWay: 'To hear that a café has just been announced:',
  followInstead: 'See how to follow the cafés',
  sent: {
    title: 'Look at your mails',
    lead: 'We sent you a link. Open it and confirm: without that, nothing comes of your request.',
    notThere: 'Nothing arrives? Look among unwanted mails, or wait an hour and try again.',
  },
  keep: {
    title: 'Confirm your request',
    lead: (place) => `You will be told of new cafés: ${place}.`,
    submit: 'Yes, tell me',
    stop: 'On second thoughts, stop and erase this request',
    doneTitle: 'It is confirmed',
    done: (until) =>
      `You will get a mail when a café is announced, until ${until}. Each mail has a link to stop.`,
  },
  stop: {
    title: 'Stop being told',
    lead: (place) => `You will get no more mails about cafés: ${place}.`,
    submit: 'Stop and erase my address',
    submitOne: 'Stop these mails',
    doneTitle: 'It is stopped',
    done: 'Your address is erased. You will get nothing more.',
    doneOne:
      'This request is erased. Your address stays here for another one, which the link in its mails stops.',
  },
  again: 'Make a new request',
  back: 'See the cafés',
  mail: {
    confirmSubject: 'Confirm: be told of AI cafés',
    confirm: ({ siteName, place, link }) =>
      `Hello,

Somebody, probably you, asked on “${siteName}” to be told of new AI cafés: ${place}.

To confirm, open this link and press the button:
${link}

If it was not you, do nothing: this request will be erased in ${daysInEnglish(ALERT_DAYS.unconfirmed)}, and your address with it if it serves no other.`,
    subject: (n, place) => `${n} new AI ${n === 1 ? 'café' : 'cafés'}: ${place}`,
    cafes: ({ siteName, place, total, list, more, stop }) =>
      `Hello,

${total === 1 ? 'An AI café was just announced' : `${total} AI cafés were just announced`}: ${place}.

${list}${more > 0 ? `\n\nAnd ${more} more.` : ''}

An AI café is free: people talk there about artificial intelligence. Before you set out, look at the café’s page: a date may change.

You get this mail because you asked for it on “${siteName}”. To stop and erase this request:
${stop}`,
    renewSubject: 'Do you still want to be told of AI cafés?',
    renew: ({ siteName, place, until, keep, stop }) =>
      `Hello,

Almost ${daysInEnglish(ALERT_DAYS.kept)} ago you asked on “${siteName}” to be told of new AI cafés: ${place}.

To go on for another year, open this link and press the button:
${keep}

Without an answer this request will be erased on ${until}, and your address with it if it serves no other. To erase it now:
${stop}`,
  },
}
