#!/usr/bin/env node
if (process.platform === 'win32') {
  console.error('Gatebook does not run on Windows: it needs POSIX file modes and fsync of folders. Use WSL or a container.')
  process.exit(1)
}

// As PID 1 the kernel drops a signal without a handler, so these come before anything else is loaded. A stop of `serve` is no failure.
const isServer = process.argv[2] === 'serve'
const handlers = Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }).map(([signal, number]) => {
  const end = () => process.exit(isServer ? 0 : 128 + number)
  process.on(signal, end)
  return () => process.off(signal, end)
})

const { run } = await import('./program.ts')
await run(() => {
  for (const remove of handlers) remove()
})
