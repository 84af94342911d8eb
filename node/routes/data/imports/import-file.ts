import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { ImportPreview } from '../../../domain/cafes/import.ts'
import type { Problem } from '../../../domain/values/problem.ts'

/**
 * The maximum number of bytes of a file, enough for a calendar of thousands of events; a larger one is the wrong file.
 */
export const IMPORT_BYTES = 5 * 1024 ** 2

/** The maximum number of bytes of a form with a file, or with the same file packed into a hidden field. */
export const IMPORT_FORM_BYTES = 2 * IMPORT_BYTES

/**
 * The bytes of memory that an import takes beside those of the thread that reads it: its form, its rows, and the page
 * that shows them.
 */
export const IMPORT_MEMORY = 24 * 1024 ** 2

export type ImportFile = {
  bytes: Uint8Array
  filename?: string | undefined
  contentType?: string | undefined
}

/** Returns why nothing of a file can be read; undefined when something can. */
export const problemOfFile = ({ rows }: ImportPreview): Problem | undefined =>
  rows.every(({ row, problems }) => row === 0 && problems) ? rows[0]?.problems?.[0] : undefined

/**
 * Packs the file into a hidden field of its preview: the confirmation needs no state, so a restart between both loses
 * nothing.
 */
export const packFile = async (bytes: Uint8Array): Promise<string> =>
  (await promisify(deflateRaw)(bytes)).toString('base64')

/**
 * Unpacks a file that a form carried along, from base64 and raw DEFLATE (RFC 1951); undefined where it cannot be, or
 * where it is larger than an import may be.
 */
export async function unpackFile(text: string): Promise<Uint8Array | undefined> {
  try {
    const packed = Buffer.from(text, 'base64')
    return await promisify(inflateRaw)(packed, { maxOutputLength: IMPORT_BYTES })
  } catch {
    return undefined
  }
}
