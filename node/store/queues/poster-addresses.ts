import type { Database } from '../database/database.ts'
import { deleteDocument, findDocument, saveDocument } from './documents.ts'

/** The signed address of a café for a code on paper, stored beside its Event and made again with it. */

const posterUri = (cafeUri: string): string => `${cafeUri}/code`

/** Stores the signed address of a café for a code on paper, in place of the one before. */
export const savePosterAddress = (db: Database, cafeUri: string, address: string): Promise<void> =>
  saveDocument(db, { uri: posterUri(cafeUri), body: address })

/**
 * Finds the signed address of a café for a code on paper; undefined where none was made yet, and the caller then shows
 * the plain address.
 */
export const findPosterAddress = (db: Database, cafeUri: string): Promise<string | undefined> =>
  findDocument(db, posterUri(cafeUri))

/** Deletes the signed address of a café, as when the café is deleted. */
export const deletePosterAddress = (db: Database, cafeUri: string): Promise<void> =>
  deleteDocument(db, posterUri(cafeUri))
