import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const path = `${process.env.PATH}:/usr/sbin`

export const freePort = async () => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

const isOpen = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.unref().once('connect', () => socket.destroy())
  })

const read = (name: string) => readFileSync(new URL(`../../../deploy/${name}`, import.meta.url), 'utf8')

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/** Once, and only where it stands once: a file that has changed must not be tested with another meaning. */
const replaced = (text: string, from: string, to: string) => {
  if (text.split(from).length !== 2) throw new Error(`deploy/nginx.conf no longer has one ${from}`)
  return text.replace(from, to)
}

/** Debian's nginx with the files of deploy/, and nothing of them changed but the three addresses. */
export const startNginx = async (port: number, gatebook: string, backend: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-nginx-'))
  mkdirSync(join(folder, 'conf'))
  const addresses: [string, string][] = [
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['server 127.0.0.1:1984;', `server ${gatebook};`],
    ['server 127.0.0.1:8080;', `server ${backend};`],
  ]
  const site = addresses.reduce((text, [from, to]) => replaced(text, from, to), read('nginx.conf'))
  writeFileSync(join(folder, 'conf/site.conf'), site)
  for (const name of ['gatebook-verify.conf', 'gatebook-protected.conf']) writeFileSync(join(folder, 'conf', name), read(name))
  const own = temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')
  writeFileSync(
    join(folder, 'conf/nginx.conf'),
    `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${own}\ninclude site.conf;\n}\n`,
  )
  const process_: ChildProcess = spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'conf/nginx.conf')], {
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  process_.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const failed = once(process_, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const listening = async () => {
    while (!(await isOpen(port))) {
      if (process_.exitCode !== null) throw new Error(`nginx ended: ${errors}`)
      await new Promise((done) => setTimeout(done, 20))
    }
  }
  await Promise.race([listening(), failed])
  const stop = async () => {
    const ended = once(process_, 'exit')
    process_.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true })
  }
  return { stop, errors: () => errors }
}
