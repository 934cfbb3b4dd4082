import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expectEqual, outcomeOf } from './run.ts'
import { type Tools, withNode } from './tools.ts'

const masterKey = Buffer.alloc(32, 7).toString('base64')

const command = 'node_modules/gatebook/dist/cli/gatebook.js'

const runIn = (folder: string, node: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  outcomeOf(node, args, { cwd: folder, env: { ...withNode(node), ...env } })

const refused = (stderr: string, code = 78) => ({ code, stdout: '', stderr })

/** The command and the import each say one sentence, where a module in C++ would end the process without one. */
export async function refusesOldNodes(folder: string, { nodes }: Tools): Promise<void> {
  for (const [node, version] of [
    [nodes.node18, '18.20.8'],
    [nodes.node20, '20.20.2'],
  ] as const) {
    const sentence = `Gatebook needs Node 22.19 or newer, and this is Node ${version}.`
    for (const args of [['serve'], ['--version'], ['replay', '--json']]) {
      expectEqual(`gatebook ${args.join(' ')} on Node ${version}`, await runIn(folder, node, [command, ...args]), refused(`${sentence}\n`))
    }
    const program = "import('gatebook').then(() => console.log('loaded'), ({ name, message }) => console.log(name, message))"
    const imported = await runIn(folder, node, ['--input-type=module', '-e', program])
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
    PORT: '0',
    LOG_LEVEL: 'error',
  }
  const serve = async () => {
    const { code, stdout, stderr } = await runIn(folder, nodes.current, [command, 'serve'], onCluster)
    // How nobody answers depends on the load of the machine.
    return { code, stdout, stderr: stderr.replace(/(does not answer): [\w-]+\n$/, '$1\n') }
  }
  const withoutClient = `EVENT_STORE: EventStoreDB needs the package @eventstore/db-client 6.2.1, which is not installed: npm install ${client}`
  expectEqual('a cluster node without its client', await serve(), refused(`Gatebook did not start. ${withoutClient}\n`, 1))
  const modules = join(folder, 'node_modules')
  const place = join(modules, '@eventstore/db-client')
  mkdirSync(dirname(place))
  symlinkSync(resolve('node_modules/@eventstore/db-client'), place)
  const alone = 'Gatebook did not start. EVENTSTOREDB_URL: the event store does not answer\n'
  expectEqual('a cluster node with its client', await serve(), refused(alone, 1))
  rmSync(join(modules, 'fastify'), { recursive: true })
  const missing = 'Gatebook needs the package fastify, which is not installed: npm install fastify\n'
  expectEqual('gatebook without fastify', await runIn(folder, nodes.current, [command, 'serve']), refused(missing))
}
