import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pino from 'pino'
import { buildServer, type ServerOptions } from '../../../api/http/server.ts'
import { securityHeaders } from '../../../api/protection/security-headers.ts'
import type { ServiceSettings } from '../../../api/shapes/service-settings.ts'

export const script = 'console.log("the pages")\n'.repeat(200)

export const settings: ServiceSettings = {
  service: { name: 'Books & "><script>', logo: null, color: null },
  registration: 'open',
  captcha: false,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
  secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
}

/** A small copy of what the build writes, and servers that show it. */
export function builtPages() {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-pages-'))
  mkdirSync(join(folder, 'assets', 'fonts'), { recursive: true })
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html><head><meta name="gatebook-settings" content=""><title>Gatebook</title></head><body></body></html>',
  )
  writeFileSync(join(folder, 'secret.txt'), 'not an asset')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), script)
  writeFileSync(join(folder, 'assets', 'index-abc.js.gz'), gzipSync(script))
  const lines: string[] = []
  const open = ({ origin = 'http://localhost:1984', ...given }: Partial<ServerOptions> & { readonly origin?: string } = {}) =>
    buildServer({
      routes: [],
      origins: new Set([origin]),
      allowedOrigins: [],
      callerAddress: () => '192.0.2.7',
      isBlocked: () => false,
      limits: { general: 0, password: 0 },
      logger: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      headers: securityHeaders,
      pages: { folder, settings, origin },
      ...given,
    })
  return { open, lines, remove: () => rmSync(folder, { recursive: true }) }
}
