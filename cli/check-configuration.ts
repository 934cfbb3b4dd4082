import { isLeft } from 'fp-ts/lib/Either.js'
import { readConfiguredFiles } from '../composition/core/configured-files.ts'
import { startFailureText } from '../composition/start-failure.ts'
import { logWarnings } from '../infrastructure/configuration/log-warnings.ts'
import { misspelled } from '../infrastructure/configuration/misspelled.ts'
import { effectivePolicy, readConfig } from '../infrastructure/configuration/read-config.ts'
import type { Values } from '../infrastructure/configuration/variables.ts'
import { loadMasterKey } from '../infrastructure/sealing/keys/master-key.ts'
import { sealingFailureText } from '../infrastructure/sealing/sealing-failure-text.ts'
import { type Cell, fields } from './operator/columns.ts'
import { exits } from './operator/exit-codes.ts'

type Findings = {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly policy: Readonly<Record<string, unknown>> | null
}

const warningsOf = (values: Values) => {
  const warnings: string[] = []
  logWarnings({ warn: ((text: string) => warnings.push(text)) as never }, values)
  return warnings
}

/** Only a key that is given: without one, the start makes one or finds it beside the log. */
const keyErrors = ({ MASTER_KEY, MASTER_KEY_FILE, DATA_DIR: dataDir }: Values) => {
  if (MASTER_KEY === undefined && MASTER_KEY_FILE === undefined) return []
  const key = loadMasterKey({ MASTER_KEY, MASTER_KEY_FILE, dataDir, logIsNew: false })
  return isLeft(key) ? [sealingFailureText(key.left)] : []
}

const findings = async (): Promise<Findings> => {
  const names = misspelled(process.env)
  const config = readConfig(process.env)
  if (isLeft(config)) {
    return { errors: config.left.map(({ variable, expected }) => `${variable}: expected ${expected}`), warnings: names, policy: null }
  }
  const values = config.right
  const files = await readConfiguredFiles(values)
  const errors = [...(isLeft(files) ? [startFailureText(files.left)] : []), ...keyErrors(values)]
  return { errors, warnings: [...names, ...warningsOf(values)], policy: effectivePolicy(values) }
}

const cell = (value: unknown): Cell => (typeof value === 'number' || typeof value === 'boolean' ? value : String(value))

const print = ({ errors, warnings, policy }: Findings) => {
  if (policy !== null) console.log(fields(Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, cell(value)]))))
  for (const warning of warnings) console.error(`warning: ${warning}`)
  for (const error of errors) console.error(`error: ${error}`)
  if (errors.length === 0) console.error(`The configuration is valid, with ${warnings.length} warnings.`)
}

/** What `serve` would read, without opening anything. A secret is shown as `set`. */
export async function checkConfiguration({ json = false }: { readonly json?: boolean }) {
  const found = await findings()
  if (json) console.log(JSON.stringify(found))
  else print(found)
  process.exitCode = found.errors.length > 0 ? exits.wrongArguments : 0
}
