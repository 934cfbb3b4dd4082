import { sqliteStore } from './sqlite-for-test.ts'

/** Keeps the log of its first argument open until it is killed. */
await sqliteStore(process.argv[2] ?? '', { create: false })
process.stdout.write('open\n')
