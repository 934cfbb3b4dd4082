import { checks, run, tests } from './steps.ts'

/** Runs every check and stops at the first failure. */
process.exitCode = [...checks, tests].every(run) ? 0 : 1
