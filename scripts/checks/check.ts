import { groundSteps, run, tests } from './steps.ts'

/** The front door: everything that a change must hold up to, until the first thing that it does not. */
process.exitCode = [...groundSteps, tests].every(run) ? 0 : 1
