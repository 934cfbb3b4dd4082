export function stopWith(code: number, sentence: string): never {
  console.error(sentence)
  process.exit(code)
}

export function fail(sentence: string): never {
  return stopWith(1, sentence)
}
