import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { getContainerRuntimeClient } from 'testcontainers'
import { catalogue } from '../../domain/catalogue.ts'
import { openEventStoreDb } from '../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'

/** `npm run test:integration` runs the suites that need EventStoreDB, against the server of EVENTSTOREDB_URL or in containers. */
const { EVENTSTOREDB_URL: url, EVENTSTOREDB_IMAGE: image, CI } = process.env
const label = 'gatebook.integration'
const run = randomUUID()

/** The suites and this script remove their containers themselves. The resource reaper of testcontainers would be one more image to pull. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
/** Inside a container, testcontainers looks for published ports on the gateway by default. */
if (existsSync('/.dockerenv')) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1'
process.env.GATEBOOK_INTEGRATION = run

const runSuites = async (): Promise<number> => {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.integration.config.ts', ...process.argv.slice(2)]
  const [status] = await once(spawn(process.execPath, vitest, { stdio: ['ignore', 'inherit', 'inherit'] }), 'close')
  return status ?? 1
}

const engine = async () => {
  try {
    return (await getContainerRuntimeClient()).container.dockerode
  } catch {
    return null
  }
}

const inContainers = async () => {
  const docker = await engine()
  if (docker === null) {
    console.error('The integration suites DID NOT RUN: no Docker engine responds, and EVENTSTOREDB_URL is not set.')
    return CI === undefined || CI === 'false' ? 0 : 1
  }
  console.error(`The integration suites start ${image ?? 'the public image of EventStoreDB'} in containers.`)
  const status = await runSuites()
  const leftOver = await docker.listContainers({ all: true, filters: { label: [`${label}=${run}`] } })
  for (const { Id } of leftOver) await docker.getContainer(Id).remove({ force: true, v: true })
  return status
}

const knownTypes = new Set(
  Object.values(catalogue)
    .flat()
    .map(({ type }) => type as string),
)

/** Why a server cannot be used by the suites, or null. */
const reasonToReject = async (url: string) => {
  const opened = await openEventStoreDb({ url, development: true })()
  if (isLeft(opened)) return opened.left.detail
  const store = opened.right
  try {
    for (let position = 0; ; ) {
      const page = await store.readAll(position, 4_000)()
      if (isLeft(page)) return 'detail' in page.left ? page.left.detail : page.left.type
      if (page.right.some(({ type }) => !knownTypes.has(type)))
        return 'its log has events that Gatebook does not write, for example of an earlier run; use a new server'
      const last = page.right.at(-1)
      if (last === undefined || page.right.length < 4_000) return null
      position = last.position
    }
  } finally {
    await store.close()
  }
}

const onServer = async (url: string) => {
  const reason = await reasonToReject(url)
  if (reason === null) {
    console.error('The integration suites run against the server of EVENTSTOREDB_URL.')
    return runSuites()
  }
  console.error(`The integration suites DID NOT RUN: the server of EVENTSTOREDB_URL cannot be used: ${reason}.`)
  return 1
}

process.exitCode = url === undefined ? await inContainers() : await onServer(url)
