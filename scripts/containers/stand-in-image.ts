import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { GenericContainer, Wait } from 'testcontainers'
import { librariesOf } from './shared-libraries.ts'
import { standInImage } from './stand-in-name.ts'

const workDir = '/stand-in'
const main = 'test/support/event-store-stand-in/serve.ts'

/** Built from scratch: Node of the npm package, its shared libraries and the stand-in. It has no shell. */
const dockerfile = `FROM scratch
LABEL org.opencontainers.image.title="A stand-in for EventStoreDB" \\
  org.opencontainers.image.description="A test tool of Gatebook. It is not EventStoreDB and not for production"
COPY root /
WORKDIR ${workDir}
STOPSIGNAL SIGTERM
EXPOSE 2113
ENTRYPOINT ["${workDir}/node", "${main}", "/data/log", "0.0.0.0", "2113"]
`

type Lock = {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>>; readonly [key: string]: unknown }>>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

/** The folder in which Node finds the package `name` when a module in `from` imports it. */
const folderOf = (name: string, from: string): string | undefined => {
  const folder = join(from, 'node_modules', name)
  if (folder in packages) return folder
  return from === '' ? undefined : folderOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))))
}

/** The folders of a package and of all its dependencies. */
const closure = (name: string, from = '', visited = new Set<string>()): ReadonlySet<string> => {
  const folder = folderOf(name, from)
  if (folder === undefined || visited.has(folder)) return visited
  visited.add(folder)
  for (const dependency of Object.keys(packages[folder]?.dependencies ?? {})) closure(dependency, folder, visited)
  return visited
}

const fill = (root: string) => {
  const node = realpathSync(process.execPath)
  for (const library of librariesOf(node)) cpSync(realpathSync(library), join(root, library))
  const own = join(root, workDir)
  cpSync(node, join(own, 'node'))
  writeFileSync(join(own, 'package.json'), '{ "type": "module" }\n')
  const parts = [
    dirname(main),
    'node_modules/@eventstore/db-client/package.json',
    'node_modules/@eventstore/db-client/generated',
    ...closure('@grpc/grpc-js'),
    ...closure('google-protobuf'),
  ]
  for (const part of parts) cpSync(part, join(own, part), { recursive: true })
  mkdirSync(join(root, 'data'))
}

const makeImage = async () => {
  const context = mkdtempSync(join(tmpdir(), 'gatebook-image-'))
  try {
    writeFileSync(join(context, 'Dockerfile'), dockerfile)
    fill(join(context, 'root'))
    return await GenericContainer.fromDockerfile(context).build(standInImage, { deleteOnExit: false })
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

/** `npm run stand-in` builds the image, starts it once to check that it responds, and prints its name. */
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true'
if (existsSync('/.dockerenv')) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1'
const image = await makeImage()
const responding = Wait.forHttp('/health/live', 2113).forStatusCode(204)
const started = await image.withExposedPorts(2113).withWaitStrategy(responding).withStartupTimeout(60_000).start()
await started.stop()
console.log(standInImage)
