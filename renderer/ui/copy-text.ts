/** Copies text to the clipboard. */
export const copyText = (text: string): Promise<void> => window.navigator.clipboard.writeText(text)
