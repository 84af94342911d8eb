import type { Generated } from 'kysely'

/** The tables of pictures and files. */
export interface FileTables {
  media: {
    id: string
    organization_id: string
    width: number
    height: number
    sizes: string
    of_person: Generated<number>
    created_at: string
  }
  kept_file: {
    folder: string
    name: string
    part: number
    bytes: Buffer<ArrayBuffer>
    kept_at: string
  }
}
