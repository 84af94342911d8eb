import { expect, test } from 'vitest'
import { hashText, signS3Request } from '../../../node/jobs/backup/s3-signature.ts'

/** The examples of Amazon's own reference, "Signature Calculations for the Authorization Header". */
test.each([
  ['?lifecycle=', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
  ['?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
])('a request %s is signed as Amazon signs it', (query, signature) => {
  const { authorization } = signS3Request(
    {
      method: 'GET',
      url: new URL(`https://examplebucket.s3.amazonaws.com/${query}`),
      bodyHash: hashText(''),
      now: Temporal.Instant.from('2013-05-24T00:00:00Z'),
    },
    {
      keyId: 'AKIAIOSFODNN7EXAMPLE',
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
    },
  )
  expect(authorization).toMatch(new RegExp(`Signature=${signature}$`))
})
