import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { Step } from '../checks/steps.ts'
import { runAndKeep } from './run-and-keep.ts'

type File = { readonly name: string; readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }

type Report = { readonly success: boolean; readonly testResults: readonly File[] }

export type Count = { readonly passed: number; readonly failed: number }

const hasOne =
  (wanted: string) =>
  ({ assertionResults }: File) =>
    assertionResults.some(({ status }) => status === wanted)

const countOf = (files: readonly File[], wanted: string) =>
  files.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === wanted).length

const passedIn = (files: readonly File[], suite: string) =>
  files.filter(hasOne('passed')).some(({ name }) => name.includes(`/test/${suite}/`))

/** All threads of a process share V8's register of code pages, which sometimes misses one when a thread ends: https://github.com/nodejs/node/issues/64500 */
const isFaultOfV8 = (output: string) => output.includes('Check failed: jit_page')

const runVitest = async (step: Step, files: readonly string[] = []) => {
  const file = `reports/${step.name.replaceAll(' ', '-')}.json`
  rmSync(file, { force: true })
  const [program, ...args] = step.command
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { succeeded, output } = await runAndKeep({ ...step, command: [program, ...args, ...files, ...reporters] })
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : { success: false, testResults: [] }
  return { isGood: succeeded && report.success, files: report.testResults, output }
}

/** Files whose process died by that fault are run once more. Any other death is a failure. */
const runTests = async (step: Step) => {
  const first = await runVitest(step)
  const unfinished = first.files.filter(hasOne('pending'))
  // Vitest does not name the file whose process died.
  for (const { name } of unfinished) console.log(`== ${name}: not all of its tests ended`)
  if (unfinished.length === 0 || first.files.some(hasOne('failed')) || !isFaultOfV8(first.output)) return first
  const names = unfinished.map(({ name }) => name)
  const again = await runVitest({ ...step, name: `${step.name} again, after a fault of V8` }, names)
  return { ...again, files: [...first.files.filter(({ name }) => !names.includes(name)), ...again.files] }
}

/** Runs Vitest and counts its tests. An expected folder without a passed test counts as failed, so that a suite that was not found does not look like success. */
export async function countTests(step: Step, expectedSuites: readonly string[]): Promise<Count> {
  const { isGood, files } = await runTests(step)
  const missing = expectedSuites.filter((suite) => !passedIn(files, suite))
  for (const suite of missing) console.log(`== test/${suite}: no test passed`)
  const brokenFiles = files.filter((file) => file.status === 'failed' && !hasOne('failed')(file)).length
  const failed = countOf(files, 'failed') + brokenFiles + missing.length
  return { passed: countOf(files, 'passed'), failed: failed === 0 && !isGood ? 1 : failed }
}
