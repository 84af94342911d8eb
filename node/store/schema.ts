import type { AccountTables } from './schema/accounts.ts'
import type { ActorTables } from './schema/actors.ts'
import type { AgreementTables } from './schema/agreements.ts'
import type { CafeTables } from './schema/cafes.ts'
import type { ConsentTables } from './schema/consents.ts'
import type { DirectoryTables } from './schema/directory.ts'
import type { FacilitatorTables } from './schema/facilitators.ts'
import type { FeedTables } from './schema/feeds.ts'
import type { FileTables } from './schema/files.ts'
import type { FlagTables } from './schema/flags.ts'
import type { NetworkTables } from './schema/networks.ts'
import type { QueueTables } from './schema/queues.ts'
import type { ReferentTables } from './schema/referents.ts'
import type { RegistrationTables } from './schema/registrations.ts'
import type { ReportTables } from './schema/reports.ts'
import type { ResourceTables } from './schema/resources/resources.ts'
import type { SearchTables } from './schema/search.ts'
import type { SeriesTables } from './schema/series.ts'
import type { SettingTables } from './schema/settings.ts'
import type { StructureTables } from './schema/structures.ts'
import type { SuggestionTables } from './schema/suggestions.ts'
import type { TerritoryTables } from './schema/territories.ts'

/** The tables as Kysely sees them, by noun. The migrations say what each column may hold. */
export interface Schema
  extends AccountTables,
    ActorTables,
    AgreementTables,
    CafeTables,
    ConsentTables,
    DirectoryTables,
    FacilitatorTables,
    FeedTables,
    FileTables,
    FlagTables,
    NetworkTables,
    QueueTables,
    ReferentTables,
    RegistrationTables,
    ReportTables,
    ResourceTables,
    SearchTables,
    SeriesTables,
    SettingTables,
    StructureTables,
    SuggestionTables,
    TerritoryTables {}
