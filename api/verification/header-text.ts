/** Percent-encodes what a header field cannot carry (UTF-8), and the percent sign. Plain addresses stay as they are. */
export function headerText(text: string): string {
  return text.toWellFormed().replaceAll(/[^\x21-\x24\x26-\x7e]+/g, encodeURIComponent)
}
