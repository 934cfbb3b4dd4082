#!/usr/bin/env node
// Nothing here is newer than what a very old Node can read, and nothing else is loaded before its version is known.
import { missingPackage } from '../infrastructure/runtime/missing-package.ts'
import { nodeProblem } from '../infrastructure/runtime/node-problem.ts'

/** A restart does not help: EX_CONFIG of sysexits.h. */
const wrongInstallation = 78

const refuse = (sentence: string, code: number): never => {
  console.error(sentence)
  process.exit(code)
}

const problem = nodeProblem(process.versions.node)
if (problem !== undefined) refuse(problem, wrongInstallation)
if (process.platform === 'win32') {
  refuse('Gatebook does not run on Windows: it needs POSIX file modes and fsync of folders. Use WSL or a container.', 1)
}

// As PID 1 the kernel drops a signal without a handler, so these come before anything else is loaded. A stop of `serve` is no failure.
const isServer = process.argv[2] === 'serve'
const handlers = Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }).map(([signal, number]) => {
  const end = () => process.exit(isServer ? 0 : 128 + number)
  process.on(signal, end)
  return () => process.off(signal, end)
})

const load = () =>
  import('./program.ts').catch((error: unknown) => {
    const name = missingPackage(error)
    if (name === undefined) throw error
    return refuse(`Gatebook needs the package ${name}, which is not installed: npm install ${name}`, wrongInstallation)
  })

void load().then(({ run }) =>
  run(() => {
    for (const remove of handlers) remove()
  }),
)
