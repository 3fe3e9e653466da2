import type { StepRunDetails } from '#engine/contract/trace'
import { useWords } from '../../text/words.ts'
import { DiffTable, ValueTable } from './DiffTable.tsx'
import { diffOf, imageDiffOf } from './diff.ts'
import { traceText } from './texts.ts'

const isEmpty = (values: Record<string, unknown>): boolean => Object.keys(values).length === 0

/** Shows the input of a step and the changes that it made. */
export function RunInput({ details: { input, output } }: { details: StepRunDetails }) {
  const { say } = useWords()
  const variables = diffOf(input.sharedVariables, output?.sharedVariables ?? input.sharedVariables)
  return (
    <section aria-labelledby="trace-input">
      <h3 id="trace-input" className="ui-label">
        {say(traceText.data.heading)}
      </h3>
      {output === null ? (
        isEmpty(input.target) || <ValueTable label={say(traceText.data.target)} values={input.target} />
      ) : (
        <DiffTable
          label={say(traceText.data.target)}
          lines={diffOf(input.target, output.target)}
          before={say(traceText.data.targetIn)}
          after={say(traceText.data.targetOut)}
        />
      )}
      {!isEmpty(input.inputParameters) && (
        <>
          <h4 className="trace-subheading">{say(traceText.data.parameters)}</h4>
          <ValueTable label={say(traceText.data.parameters)} values={input.inputParameters} />
        </>
      )}
      {variables.length > 0 && (
        <>
          <h4 className="trace-subheading">{say(traceText.data.variables)}</h4>
          <DiffTable
            label={say(traceText.data.variables)}
            lines={variables}
            before={say(traceText.data.variablesIn)}
            after={say(traceText.data.variablesOut)}
            noun="variable"
          />
        </>
      )}
    </section>
  )
}

/** Shows pre- and post-image side by side, or a single image as a list. */
export function RunImages({ details: { preImage, postImage } }: { details: StepRunDetails }) {
  const { say } = useWords()
  if (preImage === null && postImage === null) return null
  const { images, preImage: before, postImage: after } = traceText.data
  return (
    <section aria-labelledby="trace-images">
      <h3 id="trace-images" className="ui-label">
        {say(preImage === null ? after : postImage === null ? before : images)}
      </h3>
      {preImage !== null && postImage !== null ? (
        <DiffTable label={say(images)} lines={imageDiffOf(preImage, postImage)} before={say(before)} after={say(after)} />
      ) : (
        <ValueTable label={say(preImage === null ? after : before)} values={preImage ?? postImage ?? {}} />
      )}
    </section>
  )
}
