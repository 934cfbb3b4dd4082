import { isLeft } from 'fp-ts/lib/Either.js'
import { openEventStoreDb } from '../../../../infrastructure/event-store/eventstoredb/open-event-store-db.ts'
import { createLog } from '../../../support/event-store-stand-in/log.ts'
import { startStandIn } from '../../../support/event-store-stand-in/stand-in.ts'
import { startFaultProxy } from '../../../support/fault-proxy.ts'

const serverUrl = process.env.EVENTSTOREDB_URL

/** What the tests of EventStoreDB run against: the server of `EVENTSTOREDB_URL`, or the stand-in. */
export const serverName = serverUrl === undefined ? 'the stand-in' : 'a server'

/** Long timeouts: the server may share its disk, and speed is not what is tested. */
export const openStore = async (url: string, patience = { callMs: 60_000, attemptMs: 10_000 }) => {
  const opened = await openEventStoreDb({ url, development: true, patience })()
  if (isLeft(opened)) throw new Error(`the store cannot be opened: ${opened.left.detail}`)
  return opened.right
}

/** A server for one test. The stand-in's log is empty; a real server's is shared with other tests. */
export const serverForTest = async () => {
  if (serverUrl !== undefined) return { url: serverUrl, close: () => {} }
  const standIn = await startStandIn()
  return { url: standIn.url, close: standIn.kill }
}

const hostIn = /(?<=:\/\/(?:[^@/?]*@)?)(?![^@/?]*@)(?<host>[^:@,/?]+)(?::(?<port>\d+))?/

/** A URL through a fault proxy, a direct one, and a way to stop the server and start it again with its log. */
export const faultyServer = async () => {
  const log = createLog()
  let standIn = serverUrl === undefined ? await startStandIn({ log }) : null
  const direct = standIn?.url ?? serverUrl ?? ''
  const { host = '127.0.0.1', port = '2113' } = hostIn.exec(direct)?.groups ?? {}
  const proxy = await startFaultProxy({ host, port: Number(port) })
  const proxied = direct.replace(hostIn, `127.0.0.1:${proxy.port}`)

  const goAway = () => {
    standIn?.kill()
    proxy.play('refuse')
  }
  const comeBack = async () => {
    if (standIn !== null) standIn = await startStandIn({ log, port: standIn.port })
    proxy.play('pass')
  }
  const close = async () => {
    await proxy.close()
    standIn?.kill()
  }
  return { proxied, direct, proxy, goAway, comeBack, close }
}
