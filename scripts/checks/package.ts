import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newProject, runPrograms, typeCheck, versionOf, type Wanted } from './package/project.ts'
import { namesMissingPackages, refusesOldNodes } from './package/refusals.ts'
import { checkContent, checkPublishing, pack } from './package/tarball.ts'
import { installTools } from './package/tools.ts'

/** MB, without the types that a TypeScript project adds. The goal is 70; the rest is room for what dependencies grow by. */
const largest = 75

const report = (sentence: string) => console.log(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${sentence}`)

const typesOnly = ['@types', 'undici-types', 'csstype', 'react'].map((name) => `--exclude=${name}`)
const sizeOf = (folder: string) =>
  Number(execFileSync('du', ['-sm', '--apparent-size', ...typesOnly, folder], { encoding: 'utf8' }).split('\t')[0])

/** Packs the build, installs it in new projects as others would, and runs it there. */
const folder = mkdtempSync(join(tmpdir(), 'gatebook-package-'))
try {
  const tarball = await pack(folder)
  await checkPublishing(tarball)
  report('the package can be published')
  const tools = await installTools(join(folder, 'tools'))
  report(`installed pnpm, and Node ${Object.keys(tools.nodes).join(', ')}`)

  const works = async (wanted: Omit<Wanted, 'tarball'>) => {
    const project = join(folder, wanted.manager)
    await newProject(project, { ...wanted, tarball }, tools)
    report(`${wanted.manager} installed it without a warning, with fastify ${versionOf(project, 'fastify')}`)
    await typeCheck(project, wanted)
    report(`${wanted.manager}: the types hold with ${wanted.resolution}`)
    for (const node of [tools.nodes.oldest, tools.nodes.current]) await runPrograms(project, node)
    report(`${wanted.manager}: the example of the README and examples/ run on the oldest and on the current Node`)
    return project
  }
  const [project] = await Promise.all([
    works({ manager: 'npm', resolution: 'nodenext' }),
    works({ manager: 'pnpm', resolution: 'bundler', fastify: '5.0.0' }),
  ])
  checkContent(join(project, 'node_modules/gatebook'))
  report('every source map finds its sources')
  const size = sizeOf(join(project, 'node_modules'))
  report(`${size} MB are installed`)
  if (size > largest) throw new Error(`${size} MB are installed; ${largest} are allowed`)
  await refusesOldNodes(project, tools)
  report('an older Node is refused with one sentence')
  await namesMissingPackages(project, tools)
  report('a package that is missing is named')
  console.log(`the package ${versionOf(project, 'gatebook')} works where it is installed`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
