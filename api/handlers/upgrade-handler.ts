import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LineLogger } from '../../application/line-logger.ts'
import type { SocketUpgrades } from '../sockets/socket-upgrades.ts'

/** For the `upgrade` event of a server of `node:http`. Leaves the sockets of other paths alone. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

type Needs = {
  readonly paths: readonly string[]
  /** Undefined once Gatebook is closed. */
  readonly upgrades: () => Promise<SocketUpgrades> | undefined
  readonly logger: Pick<LineLogger, 'error'>
}

export function upgradeHandler({ paths, upgrades, logger }: Needs): UpgradeHandler {
  const accept = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The client may be gone before the app is there.
    const gone = () => socket.destroy()
    socket.on('error', gone)
    const serving = await upgrades()
    socket.off('error', gone)
    if (serving === undefined || socket.destroyed) socket.destroy()
    else serving.accept(request, socket, head)
  }
  return (request, socket, head) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    if (!paths.includes(path)) return
    accept(request, socket, head).catch((error: unknown) => {
      logger.error({ error }, 'upgrade handler failed')
      socket.destroy()
    })
  }
}
