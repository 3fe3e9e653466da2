import { expect, test } from 'vitest'
import { textsInCode } from '../../support/texts-in-code.ts'

const textsOf = (code: string) => textsInCode({ path: 'Example.tsx', text: code }).map(({ text }) => text)

test('text between tags, in spoken attributes and in their conditions is found', () => {
  const found = textsOf(`
    const a = <p title="Late" className="ui-muted big">Hello {isOn ? 'on' : 'off'} {count} records</p>
    const b = <Select label={isOn && 'Choose'} tone="held" aria-label={\`\${name} chosen\`} placeholder={say(text.search)} />
  `)

  expect(found).toEqual(['Late', 'Hello', 'on', 'off', 'records', 'Choose', '… chosen'])
})

test('spoken fields and sentences anywhere are found', () => {
  const found = textsOf(`
    const entries = [{ screen: 'jobs', label: 'Jobs', title: \`\${count}\` }]
    announce('The users could not be read', error)
    const line = \`\${name} was not opened\`
  `)

  expect(found).toEqual(['Jobs', 'The users could not be read', '… was not opened'])
})

test('names of styles, keys and types are no texts', () => {
  const found = textsOf(`
    import x from 'a b/c d'
    type A = 'In Progress' | \`\${string} of \${string}\`
    const a = <div className="ui-row ui row-big" role="grid" style={{ gridArea: 'a b' }}>{kind === 'other kind' ? 1 : 2}</div>
    const classes = ['ui-row ui-row-header', \`ui-x-\${tone} ui-y-z\`]
  `)

  expect(found).toEqual([])
})
