import { globSync, readFileSync } from 'node:fs'
import { fewComments } from './conventions/comment-share.ts'
import { noCrowdedFolder } from './conventions/crowded-folders.ts'
import { examplesImportThePackage } from './conventions/example-imports.ts'
import { exportedFunctionsAreDeclarations } from './conventions/exported-functions.ts'
import { noNameExportedTwice } from './conventions/exported-names.ts'
import { logTablesStayInTheStore } from './conventions/log-tables.ts'
import type { Source } from './conventions/source.ts'

const product = 'domain application infrastructure projections api library composition cli web'.split(' ')

const sourcesIn = (folders: readonly string[]): readonly Source[] =>
  globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { exclude: ['**/node_modules/**'] },
  )
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en'))

/** Checks the conventions that no linter rule covers, and prints each place that breaks one. */
const sources = sourcesIn(product)
if (sources.length < 100) throw new Error('Too few files were found: the conventions cannot be judged.')
const examples = sourcesIn(['examples'])
if (examples.length === 0) throw new Error('No example was found.')

const faults = [
  ...exportedFunctionsAreDeclarations(sources),
  ...noNameExportedTwice(sources),
  ...noCrowdedFolder(sources),
  ...logTablesStayInTheStore(sources),
  ...examplesImportThePackage(examples),
  ...fewComments(sources),
]
for (const fault of faults) console.error(fault)
console.log(`${sources.length} files read, ${faults.length} conventions broken`)
process.exitCode = faults.length === 0 ? 0 : 1
