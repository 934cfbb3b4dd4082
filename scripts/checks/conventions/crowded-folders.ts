import { dirname } from 'node:path'
import type { Convention } from './source.ts'

const mostFiles = 15
const mostInComposition = 24

/** A folder with more files needs a folder for each of its subjects. The composition root stays small as a whole. */
export const noCrowdedFolder: Convention = (sources) => {
  const folders = Map.groupBy(sources, ({ path }) => dirname(path))
  const crowded = [...folders].filter(([, files]) => files.length > mostFiles)
  const composition = sources.filter(({ path }) => path.startsWith('composition/')).length
  return [
    ...crowded.map(([folder, files]) => `${folder}/ has ${files.length} files directly in it, at most ${mostFiles} are allowed`),
    ...(composition > mostInComposition ? [`composition/ has ${composition} files in all, at most ${mostInComposition} are allowed`] : []),
  ]
}
