import { run, type Step } from '../checks/steps.ts'
import { engines } from '../containers/docker-engine.ts'
import { standInImage } from '../containers/stand-in-name.ts'
import { type Count, countTests } from './count-tests.ts'

const node = process.execPath
const expectedSuites = ['integration/image', 'integration/nodes', 'integration/store']

/** Builds the image, and runs the integration suites on it and on the EventStoreDB stand-in, on the first Docker engine that can start a container. */
export async function integrationInCi(): Promise<Count> {
  for await (const engine of engines()) {
    try {
      const env = {
        DOCKER_HOST: engine.host,
        TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
        EVENTSTOREDB_IMAGE: standInImage,
        EVENTSTOREDB_URL: undefined,
      }
      const packed: Step = {
        name: `the stand-in in a container (${engine.description})`,
        command: [node, 'scripts/containers/stand-in-image.ts'],
        env,
      }
      if (!run(packed)) continue
      const image: Step = { name: 'the image of Gatebook is built', command: [node, 'scripts/containers/image.ts'], env }
      const isBuilt = run(image)
      const { passed, failed } = countTests(
        { name: 'integration tests', command: [node, 'scripts/containers/integration.ts'], env },
        expectedSuites,
      )
      return { passed: passed + (isBuilt ? 1 : 0), failed: failed + (isBuilt ? 0 : 1) }
    } finally {
      await engine.stop()
    }
  }
  console.log('== integration tests: FAILED, because no Docker engine can start a container')
  return { passed: 0, failed: 1 }
}
