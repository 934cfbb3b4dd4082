import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { clientCalls } from './client-calls.ts'
import { configurationPage } from './configuration-page.ts'
import { eventsPage } from './events-page.ts'
import { publicEventsPage } from './public-events-page.ts'
import { refusalsPage } from './refusals-page.ts'
import { socketMessages } from './socket-messages.ts'

const biome = (command: readonly string[], source: string, file: string) =>
  execFileSync('node_modules/.bin/biome', [...command, `--stdin-file-path=${file}`], { input: source, encoding: 'utf8' })

const formatted = (source: string, file: string) => biome(['format'], source, file)

/** Its imports are in the order of the generator. */
const tidied = (source: string, file: string) => biome(['check', '--write'], source, file)

const pages = {
  'api/sockets/gatebook_pb.ts': tidied(socketMessages(), 'api/sockets/gatebook_pb.ts'),
  'docs/configuration.md': configurationPage(),
  'docs/events.md': eventsPage(),
  'docs/public-events.md': publicEventsPage(),
  'docs/refusals.md': refusalsPage(),
  'web/client/calls.ts': formatted(await clientCalls(), 'web/client/calls.ts'),
}

if (process.argv.includes('--check')) {
  const stale = Object.entries(pages).filter(([file, page]) => readFileSync(file, 'utf8') !== page)
  for (const [file] of stale) console.error(`${file} is out of date: run \`npm run docs\` and commit it`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const [file, page] of Object.entries(pages)) writeFileSync(file, page)
}
