import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export type Engine = { readonly host: string; readonly how: string; readonly stop: () => Promise<void> }

/** What may be missing in a sandbox: a file system to lay over another; then, with a packet filter to be asked for as well. */
const ways: readonly (readonly string[])[] = [
  ['--iptables=false', '--ip6tables=false'],
  ['--iptables=false', '--ip6tables=false', '--storage-driver=vfs'],
  [],
  ['--storage-driver=vfs'],
]

const usual = 'unix:///var/run/docker.sock'
const patience = 60_000

/** Whether an engine answers on a Unix socket. */
export function engineAnswers(host: string) {
  return new Promise<boolean>((resolve) => {
    const asked = request({ socketPath: host.replace(/^unix:\/\//, ''), path: '/_ping', timeout: 5_000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.on('error', () => resolve(false)).on('timeout', () => asked.destroy())
    asked.end()
  })
}

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin` }
const ip = (...args: readonly string[]) => spawnSync('ip', args, { stdio: 'ignore', env }).status === 0
const upTo = (count: number) => Math.floor(Math.random() * count)

/**
 * A network of its own: two engines on one bridge give their containers the same addresses, and a test then talks to the other's. Without `ip` the
 * engine takes the usual one.
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

/** A kill of this process must not leave an engine behind; where util-linux is not at hand it would. */
const andEndWithUs = ([program, ...args]: readonly [string, ...string[]]): [string, string[]] =>
  existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', program, ...args]] : [program, args]

/** An engine of its own, heard on a Unix socket in a folder of its own and nowhere else, its containers on loopback. Its log goes to a file: a pipe would be left open by what it starts. */
const startOwn = async (flags: readonly string[]): Promise<Engine | null> => {
  const folder = mkdtempSync(join(tmpdir(), 'gb-docker-'))
  const [host, log] = [`unix://${folder}/docker.sock`, join(folder, 'log')]
  const places = [
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
  const child = spawn(...andEndWithUs(['dockerd', ...places, ...bridge.flags, ...flags]), { stdio: ['ignore', output, output], env })
  closeSync(output)
  let hasEnded = false
  const ended = ending(child).then(() => {
    hasEnded = true
  })
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)

  const stop = async () => {
    kill()
    await Promise.race([ended, pause(20_000, undefined, { ref: false })])
    child.kill('SIGKILL')
    process.off('exit', kill)
    bridge.remove()
    // What is still mounted there stays; it is in the folder for temporary files.
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {}
  }
  const end = Date.now() + patience
  while (!hasEnded && Date.now() < end) {
    if (await engineAnswers(host)) return { host, how: `dockerd ${flags.join(' ')}`.trim(), stop }
    await pause(200)
  }
  console.log(`dockerd ${flags.join(' ')} ${hasEnded ? 'ended' : 'did not answer'}:\n${last(log)}`)
  await stop()
  return null
}

/**
 * Engines to try, the next one when the one before turns out to be of no use: the one that runs, or else one of our own started with ever fewer demands on
 * the machine. The caller stops the one that it keeps.
 */
export async function* engines(): AsyncGenerator<Engine> {
  const running = process.env.DOCKER_HOST ?? usual
  if (!running.startsWith('unix://') || (await engineAnswers(running)))
    yield { host: running, how: 'the engine that runs', stop: async () => {} }
  for (const flags of ways) {
    const engine = await startOwn(flags)
    if (engine !== null) yield engine
  }
}
