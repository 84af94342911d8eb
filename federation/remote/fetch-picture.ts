import type { Services } from '../services.ts'
import { originOf } from '../wire/json.ts'
import { EgressError } from './egress-error.ts'

const MAX_PICTURE = 5 * 1024 * 1024

/**
 * Fetches the bytes of a picture that a peer announced, as its own server gives them to us: some portraits are for those
 * alone who sign. Undefined where another server answers in its place: its author did not say that it may be shown.
 * @throws EgressError when it cannot be had now.
 */
export async function fetchPicture(
  { egress, signQuestion }: Pick<Services, 'egress' | 'signQuestion'>,
  address: string,
): Promise<Buffer | undefined> {
  const options = { accept: 'image/*', maxBytes: MAX_PICTURE, sign: signQuestion }
  const answer = await egress.get(address, options)
  if (answer.status !== 200)
    throw new EgressError('status', `the picture was answered ${answer.status}`, answer.status)
  return originOf(answer.url) === originOf(address) ? answer.bytes : undefined
}

/**
 * Fetches the bytes of a picture at an address that a program sent, wherever that redirects to. Undefined where it
 * cannot be had, or is larger.
 */
export async function fetchSentPicture(
  { egress }: Pick<Services, 'egress'>,
  address: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  try {
    const { status, bytes } = await egress.get(address, { accept: 'image/*', maxBytes })
    return status === 200 ? bytes : undefined
  } catch (error) {
    if (error instanceof EgressError) return undefined
    throw error
  }
}
