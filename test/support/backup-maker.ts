import { createBackup } from '../../node/jobs/backup/create-backup.ts'

/** `node backup-maker.ts DATA FILE NOW`: makes a backup whose pictures lie beside it. */
const [data = '', file = '', now = ''] = process.argv.slice(2)
const database = `${data}/cafe-ia.sqlite`
await createBackup({ database, data, file, passphrase: undefined, arePicturesBeside: true }, now)
