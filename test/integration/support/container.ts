import { createServer } from 'node:net'
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers'

/** The default of `EVENTSTOREDB_IMAGE`. */
const publicImage = 'eventstore/eventstore:23.10.1-bookworm-slim'

/** One node without TLS, whose log is on the container's own disk. */
const environment = {
  EVENTSTORE_CLUSTER_SIZE: '1',
  EVENTSTORE_INSECURE: 'true',
  EVENTSTORE_RUN_PROJECTIONS: 'None',
  EVENTSTORE_TELEMETRY_OPTOUT: 'true',
}

/** A fixed port: the engine would publish a new one at each start. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

const startOn = async (port: number) =>
  new GenericContainer(process.env.EVENTSTOREDB_IMAGE ?? publicImage)
    .withEnvironment(environment)
    .withExposedPorts({ container: 2113, host: port })
    .withLabels({ 'gatebook.integration': process.env.GATEBOOK_INTEGRATION ?? 'by hand' })
    // The default wait strategy needs a shell, which the stand-in's image does not have.
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .withStartupTimeout(120_000)
    .start()

const attempts = 3

/** Retries, because the port may have been taken meanwhile. */
const start = async () => {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return { port, container: await startOn(port) }
    } catch (error) {
      if (attempt === attempts) throw error
    }
  }
}

/** A server in a container of its own, from the image of `EVENTSTOREDB_IMAGE`. */
export const startContainer = async () => {
  const { port, container } = await start()
  const { container: engine } = await getContainerRuntimeClient()
  const own = engine.getById(container.getId())
  return {
    url: `esdb://${container.getHost()}:${port}?tls=false`,
    kill: async () => void (await own.kill({ signal: 'SIGKILL' })),
    start: async () => void (await own.start()),
    stop: async () => void (await container.stop({ timeout: 10 })),
  }
}
