import { existsSync, readFileSync } from 'node:fs'
import { openGatebook } from '../../composition/embed.ts'
import type { GatebookOptions } from '../../composition/host-options.ts'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { type FirebaseHashConfig, readHashConfig } from '../../infrastructure/importing/formats/firebase-hash.ts'
import type { ImportFormat } from '../../infrastructure/importing/import-formats.ts'
import { type ImportSource, openImportSource } from '../../infrastructure/importing/open-import-source.ts'
import { environmentWithoutListening, partOfConfiguration } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { progressOn } from '../progress.ts'
import { accountsOf, type Choices } from './accounts-of.ts'
import { importTally, type Tally } from './import-tally.ts'

export type ImportFileOptions = {
  readonly from: ImportFormat
  readonly hashConfig?: string
  readonly dryRun?: boolean
  readonly report?: string
  readonly json?: boolean
  readonly ignoreRole?: readonly string[]
  readonly dropSecondFactors?: boolean
}

const exits = { failed: 1, wrongArguments: 2, someRefused: 3 } as const

const hashConfigIn = ({ from, hashConfig: file }: ImportFileOptions): FirebaseHashConfig | null => {
  if (file === undefined) {
    return from === 'firebase'
      ? stopWith(exits.wrongArguments, '--hash-config: expected the file with the hash_config of the project')
      : null
  }
  const config = existsSync(file) ? readHashConfig(readFileSync(file, 'utf8')) : null
  return (
    config ??
    stopWith(exits.wrongArguments, '--hash-config: expected a file with algorithm SCRYPT, signer key, salt separator, rounds and mem_cost')
  )
}

const sourceIn = (file: string, options: ImportFileOptions): ImportSource => {
  try {
    const source = openImportSource({ format: options.from, file, hashConfig: hashConfigIn(options) })
    if (source !== null) return source
  } catch {}
  return stopWith(exits.wrongArguments, `FILE: expected a file of the format ${options.from}`)
}

const tallyFor = (source: ImportSource, { report }: ImportFileOptions): Tally => {
  try {
    return importTally(source.unit, report, (line) => process.stderr.write(line))
  } catch {
    return stopWith(exits.wrongArguments, '--report: expected a path where a file can be created and none is')
  }
}

/** A dry run makes no log where there is none. */
const opened = async (isDryRun: boolean, tally: Tally) => {
  const { DATA_DIR, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  const isEmpty = isDryRun && EVENT_STORE === 'sqlite' && !existsSync(logFile(DATA_DIR))
  const options: GatebookOptions = {
    environment: environmentWithoutListening(),
    logLevel: 'silent',
    ...(isEmpty ? { eventStore: 'memory' } : {}),
  }
  try {
    return await openGatebook(options)
  } catch (error) {
    tally.discard()
    if (error instanceof TypeError) return stopWith(exits.wrongArguments, error.message)
    return stopWith(exits.failed, error instanceof Error ? error.message : 'Gatebook did not open.')
  }
}

/** What their own tools export. Whoever added the factors from elsewhere keeps them. */
const withoutFactors: ReadonlySet<ImportFormat> = new Set(['auth0', 'firebase'])

const factorWarning =
  'warning: this export may not say who has a second factor, and such people are imported without it: see docs/import.md'

const summaryOf = (tally: Tally, seconds: number, isDryRun: boolean, unit: string) => {
  const { created, skipped, refused } = tally.counts()
  const rate = Math.round((created + skipped + refused) / Math.max(seconds, 0.001))
  const verb = isDryRun ? 'would be created' : 'created'
  const more = tally.notShown() > 0 ? `\n${tally.notShown()} more refusals are not shown; --report FILE has them all.` : ''
  return `${created} accounts ${verb}, ${skipped} skipped because they are there already, ${refused} refused, in ${seconds.toFixed(1)} s (${rate} ${unit}s/s).${more}`
}

export async function importFile(file: string, options: ImportFileOptions): Promise<void> {
  const { dryRun = false, json = false, ignoreRole = [], dropSecondFactors = false } = options
  const source = sourceIn(file, options)
  const tally = tallyFor(source, options)
  if (withoutFactors.has(options.from)) console.error(factorWarning)
  const gatebook = await opened(dryRun, tally)
  const choices: Choices = { ignoredRoles: new Set(ignoreRole), dropsSecondFactors: dropSecondFactors }
  const progress = progressOn(
    process.stderr,
    dryRun ? 'dry run' : 'import',
    source.unit === 'user' && options.from === 'better-auth' ? 'users' : 'bytes',
  )
  const { accounts, numberOf } = accountsOf(source, choices, tally.refuse)
  const start = performance.now()
  try {
    await gatebook.accounts.import(accounts, {
      dryRun,
      onResult: (result) => {
        tally.note(numberOf(result.number), result)
        progress.update(source.done(), source.size)
      },
    })
  } catch {
    progress.stop()
    await gatebook.close().catch(() => {})
    return stopWith(exits.failed, 'The import stopped: the file or the log failed. Run the command again to go on.')
  }
  progress.stop()
  await gatebook.close()
  tally.close()
  const seconds = (performance.now() - start) / 1_000
  if (json) console.log(JSON.stringify({ dryRun, ...tally.counts(), seconds: Number(seconds.toFixed(3)), refusals: tally.refusals() }))
  else console.log(summaryOf(tally, seconds, dryRun, source.unit))
  process.exitCode = tally.counts().refused > 0 ? exits.someRefused : 0
}
