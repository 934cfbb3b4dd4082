import { setTimeout as pause } from 'node:timers/promises'
import { getContainerRuntimeClient } from 'testcontainers'
import { testImage } from '../../../scripts/containers/image-name.ts'
import { overHttp } from '../../support/server/over-http.ts'

process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
const engine = async () => (await getContainerRuntimeClient()).container.dockerode

/** Undefined if `npm run image` did not build it, or if there is no engine. */
export const builtImage = async () => {
  try {
    return await (await engine()).getImage(testImage).inspect()
  } catch {
    return undefined
  }
}

type Options = {
  readonly volume: string
  readonly secretFile: string
  readonly environment: readonly string[]
  readonly isReadOnly: boolean
}

/** A container as docs/container.md runs it. */
export const startGatebook = async ({ volume, secretFile, environment, isReadOnly }: Options) => {
  const docker = await engine()
  const container = await docker.createContainer({
    Image: testImage,
    Labels: { 'gatebook.integration': process.env.GATEBOOK_INTEGRATION ?? 'by hand' },
    Env: [...environment],
    HostConfig: {
      ReadonlyRootfs: isReadOnly,
      Tmpfs: { '/tmp': '' },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Binds: [`${secretFile}:/run/secrets/master_key:ro`],
      Mounts: [{ Type: 'volume', Source: volume, Target: '/data' }],
      PortBindings: { '1984/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
    },
  })
  await container.start()

  const log = async () => (await container.logs({ stdout: true, stderr: true })).toString('utf8')
  const healthy = async () => {
    for (let end = Date.now() + 180_000; Date.now() < end; await pause(250)) {
      const { State: state } = await container.inspect()
      if (state.Health?.Status === 'healthy') return
      if (!state.Running) break
    }
    throw new Error(`the container did not become healthy: ${await log()}`)
  }
  const command = async (...Cmd: readonly string[]) => {
    const started = await container.exec({ Cmd: [...Cmd], AttachStdout: true, AttachStderr: true, Tty: true })
    let output = ''
    for await (const chunk of await started.start({ Tty: true })) output += chunk
    return { code: (await started.inspect()).ExitCode, output }
  }
  const { NetworkSettings: network } = await container.inspect()
  const url = `http://127.0.0.1:${network.Ports['1984/tcp']?.[0]?.HostPort}`
  return {
    ...overHttp(url),
    url,
    healthy,
    command,
    /** Files of its own file system that were added or changed. */
    changes: async () => ((await container.changes()) as readonly { readonly Path: string }[] | null) ?? [],
    /** As `docker stop` does. */
    stop: async () => {
      const started = performance.now()
      await container.stop({ t: 15 })
      return { code: (await container.inspect()).State.ExitCode, seconds: (performance.now() - started) / 1_000 }
    },
    remove: () => container.remove({ force: true }),
  }
}

export const removeVolume = async (name: string) => (await engine()).getVolume(name).remove({ force: true })
