import type { certificateFr } from '../../fr/structures/certificate.ts'

export const certificateEn: typeof certificateFr = {
  title: 'Certificate of activity',
  link: 'Certificate of activity (PDF)',
  period: (from, until) => `From ${from} to ${until}`,
  facts: {
    held: 'cafés IA held',
    reported: 'cafés reported: their team said how many came',
    participations: 'participations declared in these reports',
    communes: 'communes in which they were held',
    firsts: 'times the first café IA of a commune, as this site knows',
    months: 'months with at least one café',
  },
  note: 'These facts come from the announcements and reports of the teams; nobody else counted them. Who comes three times counts as three participations. No score, no ranking.',
  check:
    'To check this paper, read this code with a phone: the site says whether a fact was changed, and what is true today.',
  code: 'QR code: check this certificate',
  end: (letters) => `End of the signature: ${letters}`,
  printed: (site, day) => `Made by ${site} on ${day}`,
  checked: {
    heading: 'The certificate',
    valid: 'This paper is authentic: this site made it, and nothing on it was changed.',
    wrong:
      'Do not trust this paper: what it says is not what this site signed. A fact was changed, or the code is invented.',
    of: (name) => `Certificate for ${name}`,
    gone: 'This organisation, or this person, is no longer on this site: nobody can say what is true today.',
    none: 'No café counts for this period any more.',
    compare: 'Compare each number with the paper: only these are signed.',
    caption: 'What the paper says, and what is true today for the same period',
    today: 'What is true today',
    fact: 'Fact',
    onPaper: 'On paper',
    now: 'Today',
    differs:
      'What differs has changed since: a report added, corrected or withdrawn, a café cancelled or hidden.',
    same: 'Nothing has changed since.',
  },
}
