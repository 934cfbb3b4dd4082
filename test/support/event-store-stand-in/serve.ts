import { openFileLog } from './file-log.ts'
import { startStandIn } from './stand-in.ts'

/** `node serve.ts FILE HOST PORT` runs the stand-in until SIGTERM, with its log in FILE. Not for production. */
const [file, host = '127.0.0.1', port = '2113'] = process.argv.slice(2)
if (file === undefined) throw new Error('expected a file for the log')
const { log, close } = openFileLog(file)
const standIn = await startStandIn({ log, host, port: Number(port) })
process.stdout.write(`a stand-in for EventStoreDB, for tests only, listens on ${host}:${standIn.port}\n`)

/** Process 1 of a container has no default signal handlers. */
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    standIn.kill()
    close()
    process.exit(0)
  })
