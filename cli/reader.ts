let hasLeft = false

const onError = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  hasLeft = true
}

/** A reader that goes away (`| head`) is no failure: the command does its work, and what it writes goes nowhere. */
export function endQuietlyWithoutReader() {
  process.stdout.on('error', onError)
  process.stderr.on('error', onError)
}

/** Then there is no use in looking for more to print. */
export function readerHasLeft() {
  return hasLeft
}
