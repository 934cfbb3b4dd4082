import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getContainerRuntimeClient } from 'testcontainers'
import { fillBase, fillBuildBase } from './image-bases.ts'
import { testImage } from './image-name.ts'

/** `npm run image` builds the Dockerfile where no image can be pulled: on bases that it makes from this machine. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
const docker = (await getContainerRuntimeClient()).container.dockerode

const archiveOf = (folder: string, ...parts: readonly string[]) => {
  const tar = spawn('tar', ['--create', '--directory', folder, ...parts], { stdio: ['ignore', 'pipe', 'inherit'] })
  return tar.stdout
}

type Progress = { readonly stream?: string; readonly error?: string }

/** Rejects with what went wrong: the engine says it in the stream, with status 200. */
const finished = (stream: NodeJS.ReadableStream) =>
  new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error: Error | null) => (error === null ? resolve() : reject(error)),
      ({ stream: text, error }: Progress) => process.stdout.write(text ?? error ?? ''),
    )
  })

const makeBase = async (name: string, fill: (root: string) => void) => {
  const root = mkdtempSync(join(tmpdir(), 'gatebook-base-'))
  try {
    fill(root)
    await finished(await docker.importImage(archiveOf(root, '--owner=0', '--group=0', '--mode=a+rX', '.'), { repo: name, tag: 'latest' }))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  return name
}

/** What .dockerignore lets in. It excludes everything, and then names each part. */
const context = readFileSync('.dockerignore', 'utf8').match(/(?<=^!).+$/gm) ?? []

const args = {
  BASE: await makeBase('gatebook-base', fillBase),
  BUILD_BASE: await makeBase('gatebook-build-base', fillBuildBase),
}
await finished(await docker.buildImage(archiveOf('.', 'Dockerfile', ...context), { t: testImage, buildargs: args, forcerm: true }))
const { Size: size } = await docker.getImage(testImage).inspect()
const { Size: base } = await docker.getImage(args.BASE).inspect()
console.log(`${testImage}: ${(size / 1e6).toFixed(0)} MB, ${(base / 1e6).toFixed(0)} MB of them its base`)
