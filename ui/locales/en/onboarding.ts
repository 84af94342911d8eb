import type { onboardingFr } from '../fr/onboarding.ts'

export const onboardingEn: typeof onboardingFr = {
  title: 'First steps',
  lead: 'A few answers, and the site is ready. There is no hurry: what you save is kept, and you can come back whenever you like.',
  step: (number, total) => `Step ${number} of ${total}`,
  progress: (done, total) =>
    done === total
      ? 'All steps are done. The site is ready.'
      : `${done} of ${total} steps ${done === 1 ? 'is' : 'are'} done.`,
  state: { done: 'Done', todo: 'To do', skipped: 'Skipped' },
  steps: {
    place: { title: 'Your place', text: 'Its name, its address, how to reach you.' },
    legal: {
      title: 'What the law asks for',
      text: 'Who publishes the site, who hosts it, whom to ask about personal data.',
    },
    directory: {
      title: 'The directory',
      text: 'So that your cafés are found beyond your own site.',
    },
    cafe: { title: 'Your first café', text: 'Five answers are enough.' },
  },
  go: 'Continue',
  start: 'Start',
  change: (title) => `Edit: ${title}`,
  open: (title) => `Open: ${title}`,
  admin: 'Go to the administration',
  later: 'Later',
  directory: {
    lead: 'The team of the directory looks at your request. With an invitation code, you are in at once.',
    state: {
      asked: (name) => `Request sent to ${name}. Its answer has not come yet.`,
      accepted: (name) =>
        `Done: your cafés are in the directory ${name}. You can join another one.`,
      refused: (name) => `The directory ${name} has refused the request.`,
      failed: (name) => `The directory ${name} has not answered. Check its address.`,
    },
    submit: 'Send the request',
    skip: 'Skip this step',
    skipHint:
      'Without a directory, your cafés are only shown on your own site. You can join one later, on the page “Directory”.',
  },
  resume: (done, total) => `First steps: ${done} of ${total}, continue`,
}
