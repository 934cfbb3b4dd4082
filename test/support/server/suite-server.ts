import { afterAll } from 'vitest'
import { secondFactorIn } from './second-factor.ts'
import { startTestServer, type TestServerOptions } from './start-test-server.ts'

/** Starts one server for all tests of the enclosing `describe`, and stops it after them. */
export const suiteServer = async (options: TestServerOptions = {}) => {
  const app = await startTestServer(options)
  afterAll(() => app.stop())
  return { app, steps: secondFactorIn(app) }
}
