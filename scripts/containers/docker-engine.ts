import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export type Engine = { readonly host: string; readonly description: string; readonly stop: () => Promise<void> }

/** Options to try in turn: a sandbox may have no packet filter and no overlay file system. */
const optionSets: readonly (readonly string[])[] = [
  ['--iptables=false', '--ip6tables=false'],
  ['--iptables=false', '--ip6tables=false', '--storage-driver=vfs'],
  [],
  ['--storage-driver=vfs'],
]

const defaultHost = 'unix:///var/run/docker.sock'
const startTimeout = 60_000

/** Whether an engine responds on a Unix socket. */
export function engineResponds(host: string) {
  return new Promise<boolean>((resolve) => {
    const ping = request({ socketPath: host.replace(/^unix:\/\//, ''), path: '/_ping', timeout: 5_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('error', () => resolve(false)).on('timeout', () => ping.destroy())
    ping.end()
  })
}

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin` }
const ip = (...args: readonly string[]) => spawnSync('ip', args, { stdio: 'ignore', env }).status === 0
const upTo = (count: number) => Math.floor(Math.random() * count)

/**
 * A bridge for this engine only: two engines on one bridge give their containers the same addresses. Without `ip` the engine uses the
 * default bridge.
 */
const makeBridge = () => {
  const name = `gb${randomBytes(4).toString('hex')}`
  const remove = () => void ip('link', 'delete', name)
  const address = `10.${200 + upTo(50)}.${upTo(250)}.1/24`
  if (ip('link', 'add', 'name', name, 'type', 'bridge') && ip('addr', 'add', address, 'dev', name) && ip('link', 'set', name, 'up'))
    return { flags: [`--bridge=${name}`], remove }
  remove()
  return { flags: [], remove: () => {} }
}

const ending = (child: ChildProcess) => new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))

const last = (file: string) => readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n')

/** Ends the engine when this process is killed. Without util-linux it is left running. */
const endedWithParent = ([program, ...args]: readonly [string, ...string[]]): [string, string[]] =>
  existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', program, ...args]] : [program, args]

/**
 * Starts an engine on a Unix socket in a temporary folder, its containers on loopback. Its log goes to a file, because its child processes
 * would keep a pipe open.
 */
const startOwn = async (flags: readonly string[]): Promise<Engine | null> => {
  const folder = mkdtempSync(join(tmpdir(), 'gb-docker-'))
  const [host, log] = [`unix://${folder}/docker.sock`, join(folder, 'log')]
  const paths = [
    '--host',
    host,
    '--data-root',
    `${folder}/data`,
    '--exec-root',
    `${folder}/exec`,
    '--pidfile',
    `${folder}/pid`,
    '--ip',
    '127.0.0.1',
  ]
  const output = openSync(log, 'a')
  const bridge = makeBridge()
  const child = spawn(...endedWithParent(['dockerd', ...paths, ...bridge.flags, ...flags]), { stdio: ['ignore', output, output], env })
  closeSync(output)
  let hasExited = false
  const ended = ending(child).then(() => {
    hasExited = true
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)

  const stop = async () => {
    kill()
    await Promise.race([ended, pause(20_000, undefined, { ref: false })])
    child.kill('SIGKILL')
    process.off('exit', kill)
    bridge.remove()
    // Fails while something is still mounted there. The folder is temporary anyway.
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {}
  }
  const end = Date.now() + startTimeout
  while (!hasExited && Date.now() < end) {
    if (await engineResponds(host)) return { host, description: `dockerd ${flags.join(' ')}`.trim(), stop }
    await pause(200)
  }
  console.log(`dockerd ${flags.join(' ')} ${hasExited ? 'ended' : 'did not respond'}:\n${last(log)}`)
  await stop()
  return null
}

/**
 * Engines to try in turn until one can start a container: the running one, then one of our own with each set of options. The caller stops
 * the engine that it uses.
 */
export async function* engines(): AsyncGenerator<Engine> {
  const running = process.env.DOCKER_HOST ?? defaultHost
  if (!running.startsWith('unix://') || (await engineResponds(running)))
    yield { host: running, description: 'the running engine', stop: async () => {} }
  for (const flags of optionSets) {
    const engine = await startOwn(flags)
    if (engine !== null) yield engine
  }
}
