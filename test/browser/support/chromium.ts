import { chromium } from 'playwright-core'
import { isInstalled } from '../../support/installed.ts'

/** Debian's package. Playwright would bring one of its own, which a build machine without the network cannot load. */
const executablePath = '/usr/bin/chromium'

/** In CI the tests are never skipped. */
export const hasChromium = isInstalled(executablePath)

/** `ignored`: switches of Playwright that are left out. */
export function openChromium(args: readonly string[] = [], ignored: readonly string[] = []) {
  // The sandbox refuses to run as root, which build machines do. Nothing here leaves the loopback interface.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', ...args], ignoreDefaultArgs: [...ignored] })
}
