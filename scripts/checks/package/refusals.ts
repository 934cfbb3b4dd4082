import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expectEqual, outcomeOf } from './run.ts'
import { type Tools, withNode } from './tools.ts'

const masterKey = Buffer.alloc(32, 7).toString('base64')

const command = 'node_modules/gatebook/dist/cli/gatebook.js'

const refusalOf = async (folder: string, node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { code, stdout, stderr } = await outcomeOf(node, args, { cwd: folder, env: { ...withNode(node), ...env } })
  return { code, stdout, stderr }
}

/** The command and the import each say one sentence, where a module in C++ would end the process without one. */
export async function refusesOldNodes(folder: string, { nodes }: Tools): Promise<void> {
  for (const [node, version] of [
    [nodes.node18, '18.20.8'],
    [nodes.node20, '20.20.2'],
  ] as const) {
    const sentence = `Gatebook needs Node 22.19 or newer, and this is Node ${version}.`
    for (const args of [['serve'], ['--version'], ['replay', '--json']]) {
      const refused = await refusalOf(folder, node, [command, ...args])
      expectEqual(`gatebook ${args.join(' ')} on Node ${version}`, refused, { code: 78, stdout: '', stderr: `${sentence}\n` })
    }
    const program = "import('gatebook').then(() => console.log('loaded'), ({ name, message }) => console.log(name, message))"
    const imported = await refusalOf(folder, node, ['--input-type=module', '-e', program])
    expectEqual(`import 'gatebook' on Node ${version}`, imported, { code: 0, stdout: `Error ${sentence}\n`, stderr: '' })
  }
}

/** Removes packages from the project: call it last. */
export async function namesMissingPackages(folder: string, { nodes }: Tools): Promise<void> {
  const client = '@eventstore/db-client@6.2.1'
  const onCluster = {
    EVENT_STORE: 'eventstoredb',
    EVENTSTOREDB_URL: 'esdb://127.0.0.1:1?tls=false',
    NODE_ENV: 'development',
    MASTER_KEY: masterKey,
  }
  const serve = async () => {
    const { code, stderr } = await refusalOf(folder, nodes.current, [command, 'serve'], { ...onCluster, PORT: '0', LOG_LEVEL: 'error' })
    // How nobody answers depends on the load of the machine.
    return [code, stderr.replace(/(does not answer): [\w-]+\n$/, '$1\n')]
  }
  expectEqual('a cluster node without its client', await serve(), [
    1,
    `Gatebook did not start. EVENT_STORE: EventStoreDB needs the package @eventstore/db-client 6.2.1, which is not installed: npm install ${client}\n`,
  ])
  const modules = join(folder, 'node_modules')
  const place = join(modules, '@eventstore/db-client')
  mkdirSync(dirname(place))
  symlinkSync(resolve('node_modules/@eventstore/db-client'), place)
  expectEqual('a cluster node with its client', await serve(), [
    1,
    'Gatebook did not start. EVENTSTOREDB_URL: the event store does not answer\n',
  ])
  rmSync(join(modules, 'fastify'), { recursive: true })
  const missing = 'Gatebook needs the package fastify, which is not installed: npm install fastify\n'
  expectEqual('gatebook without fastify', await refusalOf(folder, nodes.current, [command, 'serve']), {
    code: 78,
    stdout: '',
    stderr: missing,
  })
}
