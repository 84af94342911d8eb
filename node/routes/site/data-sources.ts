import type { DataSources } from '../../../ui/site/data-rows.ts'
import type { Context } from '../../context.ts'
import { type Processors, purposesOf } from '../../domain/structures/personal-data.ts'
import { isPostgresUrl } from '../../store/database/address.ts'
import { isPostgres } from '../../store/database/dialect.ts'
import { listJoinedHosts } from '../../store/facilitators/directories.ts'
import { kindsOf } from '../../store/schema/personal-columns.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { countSites } from '../../store/structures/sites.ts'

type Sourced = Pick<Context, 'db' | 'config' | 'isDirectory'>

/** Reads what the pages about personal data are made of. */
export async function findDataSources(context: Sourced): Promise<DataSources> {
  const { db, isDirectory } = context
  const { legal } = await findSettings(db)
  return {
    uses: purposesOf(context).map((purpose) => ({ purpose, kinds: kindsOf(purpose) })),
    legal,
    processors: processorsOf(context),
    directories: await listJoinedHosts(db),
    members: isDirectory ? (await countSites(db)).members : undefined,
  }
}

/** Names those who get personal data because of the settings of the operator. */
function processorsOf({ config, db, isDirectory }: Sourced): Processors {
  const { mail, backups, tiles, egressProxy, database } = config
  const { hostname } = isPostgresUrl(database) ? new URL(database) : { hostname: '' }
  return {
    mailHost: mail?.host,
    storageHost: backups.s3 && new URL(backups.s3.address).host,
    hasCopies: backups.copyFolder !== undefined,
    areEncrypted: backups.passphrase !== undefined,
    areDaily: backups.areDaily,
    tilesHost: isDirectory && tiles ? new URL(tiles.origin).host : undefined,
    databaseHost: HERE.includes(hostname) ? undefined : hostname,
    proxyHost: egressProxy?.host,
    countsInDatabase: isPostgres(db),
    registrationDays: config.registrationDays,
  }
}

/** The names of this machine in the address of a database; a socket has none. */
const HERE = ['', 'localhost', '127.0.0.1', '[::1]']
