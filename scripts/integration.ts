import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { getContainerRuntimeClient } from 'testcontainers'

/** `npm run test:integration`: the suites that need EventStoreDB, against a server that is given or in containers. */
const { EVENTSTOREDB_URL: url, EVENTSTOREDB_IMAGE: image, CI } = process.env
const label = 'gatebook.integration'
const run = randomUUID()

/** The suites stop what they start, and this script what is left over: testcontainers' own watchman would be one more image to pull. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
/** In a container testcontainers takes the engine for the host's, and looks for the ports at the gateway. */
if (existsSync('/.dockerenv')) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1'
process.env.GATEBOOK_INTEGRATION = run

const engine = async () => {
  try {
    return (await getContainerRuntimeClient()).container.dockerode
  } catch {
    return null
  }
}

const runSuites = () => {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.integration.config.ts', ...process.argv.slice(2)]
  return spawnSync(process.execPath, vitest, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1
}

const inContainers = async () => {
  const docker = await engine()
  if (docker === null) {
    console.error('The integration suites DID NOT RUN: no Docker engine answers, and EVENTSTOREDB_URL is not given.')
    return CI === undefined || CI === 'false' ? 0 : 1
  }
  console.error(`The integration suites start ${image ?? 'the public image of EventStoreDB'} in containers.`)
  const status = runSuites()
  const leftOver = await docker.listContainers({ all: true, filters: { label: [`${label}=${run}`] } })
  for (const { Id } of leftOver) await docker.getContainer(Id).remove({ force: true, v: true })
  return status
}

if (url !== undefined) console.error('The integration suites run against the server of EVENTSTOREDB_URL.')
process.exitCode = url === undefined ? await inContainers() : runSuites()
