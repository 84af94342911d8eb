import type { ProblemCode } from '../../../node/domain/values/problem.ts'
import type { ProblemText, problemsOfFieldFr } from '../fr/problems.ts'

export const problemsEn: Record<ProblemCode, ProblemText> = {
  required: 'This field is required.',
  too_many: (detail) => `There are too many${detail ? `: at most ${detail}` : ''}.`,
  too_long: (detail) => `This text is too long${detail ? `: at most ${detail} characters` : ''}.`,
  too_short: (detail) =>
    `This text is too short${detail ? `: at least ${detail} characters` : ''}.`,
  invalid: 'This value is not understood.',
  not_a_choice: (detail) =>
    `This value is not understood${detail ? `; these are: ${detail}` : ''}.`,
  cedex_alone:
    'A Cedex code does not tell its town: write the town, alone or behind the code (35042 Rennes).',
  unknown_place: 'This town is not known. Try its postcode, for example 35000.',
  ambiguous_place: (detail) =>
    `Several towns match: choose the right one${detail ? ` (${detail})` : ''}.`,
  outside_territory: 'This place is not in your territory.',
  outside_place:
    'This territory is not within the one that the place names: give one or the other.',
  place_required: 'To sort by distance, give a place as well: a postcode, a town or a point.',
  not_a_past_month: 'Give a year and a month that are over. Example: 2026-05.',
  no_date: 'No date matches.',
  too_many_dates: (detail) => `These are too many dates: at most ${detail ?? 400}.`,
  not_of_series: (detail) => `The series has no date on that day${detail ? `: ${detail}` : ''}.`,
  not_a_closure: (detail) =>
    `We do not understand ${detail ? `“${detail}”` : 'this line'}. Example: 24/12/2026 au 03/01/2027 : end of year.`,
  too_long_pause: 'A pause lasts at most a year.',
  once_only: 'A series is published at once, or kept as a draft.',
  not_a_date: 'This date does not exist. Example: 2026-12-03.',
  not_a_time: 'This time does not exist. Example: 18:30.',
  time_required: 'Give the time as well. Example: 2026-12-03T18:30.',
  contradicts_place: (detail) =>
    `This INSEE code is that of another town${detail ? `: ${detail}` : ''}. Correct one or the other.`,
  far_from_place: (detail) =>
    `This point is far from the town${detail ? ` (${detail})` : ''}. Check the latitude and the longitude, or leave them empty.`,
  status_by_action:
    'The status of a café is not changed like this: cancel, postpone, move it online or reinstate it (cancel, postpone, move-online, reinstate).',
  other_structure:
    'No structure of this name is open here, or this token does not write for it. Give the end of the address of its page.',
  other_key: 'This is not the key of what you write here. Leave it out, or give the same.',
  in_the_past: 'This date is already past.',
  ends_before_start: 'The end must come after the start.',
  published_too_late: 'Choose a date of publication before the café begins.',
  too_long_event: 'A café lasts a week at most. Check the date and time of its end.',
  not_an_url: 'Give a complete address, for example https://www.example.org',
  inner_address:
    'This address is not public: give the https address of a server that is on the internet',
  unknown_search:
    'This search is not understood: give the conditions of the address of a search, for example territory=35&mode=online',
  not_a_timezone: 'This time zone is not known. Example: Europe/Paris.',
  price_refused: 'A Café IA is free of charge: it cannot have a price.',
  alt_required: 'Describe the image in a few words, for people who do not see it.',
  image_again: 'Choose the photo again: as long as something is to be put right, it is not kept.',
  image_unreachable: 'No picture could be had from this address within ten seconds.',
  image_unreadable: 'This image cannot be read. Choose a JPEG, PNG, WebP, AVIF or GIF file.',
  image_too_large:
    'This image is too large: at most 10 MB and 24 million pixels, 12 million in AVIF.',
  cafes_full: (detail) =>
    `Your structure already has ${detail} cafés to come, drafts included: that is its share of this site. Delete drafts, or ask the team of the site for a larger share.`,
  pictures_full:
    'Your structure already has all pictures of its share of this site: ask the team of the site for a larger one.',
  file_empty: 'This file is empty. Choose another one.',
  number_out_of_range: (detail) =>
    detail ? `Give a number within these limits: ${detail}.` : 'This number is out of range.',
  venue_required: 'Say where the café takes place, or choose "online".',
  online_url_required: 'Give the link to join the café online.',
  registration_url_required: 'Give the address of the page to sign up.',
  sign_up_required: 'Say how to sign up: the online link is given to registered people only.',
  phone_required: 'Give the telephone number to call to sign up.',
  adults_only:
    'One must be 18 or older to appear here. Until then, talk to the structure: it can welcome you at a café without publishing your name.',
  not_an_alias:
    'Three to thirty letters without accents, figures and hyphens, beginning with a letter. Example: camille-r.',
  not_free: 'This address is not free. Choose another one.',
  consent_required: 'Without your consent to this, nothing is published.',
  not_an_email: 'This e-mail address is incomplete. Example: name@example.org.',
  contact_required: 'Give an e-mail address or a telephone number.',
  not_json: 'The body of the request is not JSON.',
  unknown_field: 'This field does not exist.',
  end_and_duration: 'Give the end or the duration, not both.',
  two_to_six: 'Give two to six answers.',
  more_than_participants: (detail) =>
    `This is more than the people who were there${detail ? ` (${detail})` : ''}.`,
  question_email: 'Take the mail address out: everybody will read this question, and could use it.',
  question_phone:
    'Take the telephone number out: everybody will read this question, and could use it.',
  question_person:
    'Take the name of the person out: a question is public, and nobody asked to be in it.',
  question_link: 'Write the question in words: an address of a page, or tags, have no place here.',
  more_than_capacity: 'No more seats can be left than there are.',
  for_directories: 'Only a directory announces a café for another structure.',
  unknown_parameter: 'This parameter does not exist here.',
}

export const problemsOfFieldEn: typeof problemsOfFieldFr = {
  'consent.consent_required':
    'Tick this box if the people whom one recognises agree; if not, choose another photo.',
  'participants.required': 'Give a number, for instance 12.',
  'participants.invalid': 'Give a whole number, for instance 12.',
  'firstTimers.invalid': 'Give a whole number, for instance 4.',
  'phone.invalid': 'Give a telephone number, for example 02 99 00 00 00.',
  'registration.capacity.invalid': 'Give a whole number, for example 15.',
  'registration.capacity.number_out_of_range': 'Give a number from 1 to 100,000.',
  'latitude.invalid':
    'Give both latitude and longitude, or neither. Latitude goes from -90 to 90, for example 48.1113.',
  'longitude.invalid':
    'Give both latitude and longitude, or neither. Longitude goes from -180 to 180, for example -1.68.',
}
