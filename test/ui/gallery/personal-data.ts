import { type Processors, purposesOf } from '../../../node/domain/structures/personal-data.ts'
import { kindsOf } from '../../../node/store/schema/personal-columns.ts'
import type { DataSources } from '../../../ui/site/data-rows.ts'
import { aLegalNotice } from './sample.ts'

const NONE: Processors = {
  ...{ mailHost: undefined, storageHost: undefined, tilesHost: undefined },
  ...{ databaseHost: undefined, proxyHost: undefined },
  ...{
    hasCopies: false,
    areEncrypted: false,
    areDaily: true,
    countsInDatabase: false,
    registrationDays: 30,
  },
}

/** Returns what the pages about personal data are made of, with these services. */
export const someDataSources = (
  site: { isDirectory: boolean },
  processors: Partial<Processors> = {},
): DataSources => ({
  uses: purposesOf(site).map((purpose) => ({ purpose, kinds: kindsOf(purpose) })),
  legal: aLegalNotice(),
  processors: { ...NONE, ...processors },
  directories: site.isDirectory ? [] : ['annuaire.example'],
  members: site.isDirectory ? 12 : undefined,
})

/** Every service that a site may have. */
export const EVERY_SERVICE: Partial<Processors> = {
  ...{ mailHost: 'relais.example', storageHost: 's3.example', tilesHost: 'tuiles.example' },
  ...{ databaseHost: 'base.example', proxyHost: 'sortie.example' },
  ...{ hasCopies: true, areEncrypted: true, countsInDatabase: true },
}
