import { isLocalOrigin } from '../../api/protection/local-origin.ts'
import type { IsOwnOrigin } from '../../api/protection/origin.ts'
import type { LineLogger } from '../../application/line-logger.ts'
import { warnOnce } from '../../application/warn-once.ts'

type Needs = {
  readonly setOrigin: (origin: string) => void
  readonly publicOrigin: string | undefined
  readonly prefix: string
  readonly logger: LineLogger
}

const isNamed =
  (named: string): IsOwnOrigin =>
  (asked) =>
    asked === named

const onlyHere = 'publicOrigin is not set: only browsers on this machine are let in, under localhost or a loopback address'

/** What mailed links and access tokens begin with, and which browsers are the app's own. */
export function ownOrigin({ setOrigin, publicOrigin, prefix, logger }: Needs) {
  let origin = publicOrigin ?? 'http://localhost'
  let path = prefix
  const warn = warnOnce((text) => logger.warn(text))
  const baseUrl = () => origin + path
  const isLocal: IsOwnOrigin = (asked, request) => {
    if (isLocalOrigin(asked, request)) return true
    warn(onlyHere)
    return false
  }
  setOrigin(baseUrl())
  return {
    baseUrl,
    isOwnOrigin: publicOrigin === undefined ? isLocal : isNamed(publicOrigin),
    onMounted: (mounted: string) => {
      path = mounted
      setOrigin(baseUrl())
    },
    onListening: (listening: string) => {
      origin = publicOrigin ?? listening
      setOrigin(baseUrl())
    },
  }
}
