export interface ManualSample {
  /** Name of the module, which its first line says. */
  file: string
  source: string
}

/** The samples of TypeScript in a document, each a whole module: `// index.ts` and what is in it. */
export const samplesOf = (document: string): ManualSample[] =>
  [...document.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = '', source = '']) => ({ file, source }))
