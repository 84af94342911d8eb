import { expect, test } from 'vitest'
import { mailFailureOf } from '../../../ui/admin/mail-failure.ts'

test.each([
  ['550 5.1.1 The email account that you tried to reach does not exist', 'address'],
  ['550 user unknown', 'address'],
  ['550', 'address'],
  ['550-5.7.1 Our system has detected that this message is likely unsolicited mail', 'refused'],
  ['550 Message rejected as spam by Content Filtering', 'refused'],
  ['554 5.7.26 unauthenticated sender', 'refused'],
  ['552 5.2.2 mailbox full', 'full'],
  ['450 4.2.1 try again later', 'later'],
  ['535 5.7.8 authentication failed', 'login'],
  ['connect ECONNREFUSED 127.0.0.1:25', 'unreachable'],
])('« %s » means: %s', (answer, failure) => {
  expect(mailFailureOf(answer)).toBe(failure)
})
