import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { customizations, relationship, solution, table, temporaryFolder, writeFiles, writeZip } from '../../support/made-files.ts'

const folder = temporaryFolder()
const ship = relationship('abc_ship_Tasks', 'abc_Ship', 'Task', 'RegardingObjectId', { Delete: 'Cascade', Assign: 'Cascade' })

const workflow = (name: string, more: string, id = '1') =>
  `<Workflow WorkflowId="{0A1B2C3D-0000-4000-8000-00000000000${id}}" Name="${name}"><Category>0</Category><PrimaryEntity>abc_Ship</PrimaryEntity><StateCode>1</StateCode>${more}</Workflow>`
const onDelete = '<Mode>1</Mode><TriggerOnDelete>1</TriggerOnDelete><DeleteStage>20</DeleteStage>'
const flow = `<Workflow WorkflowId="{0A1B2C3D-0000-4000-8000-0000000000F1}" Name="Tell the owner"><Category>5</Category><StateCode>1</StateCode><JsonFileName>/Workflows/Tell-0A.json</JsonFileName></Workflow>`
const flowJson = (message: number, filter = '') =>
  JSON.stringify({
    properties: {
      definition: {
        triggers: {
          row: {
            inputs: {
              parameters: {
                'subscriptionRequest/message': message,
                'subscriptionRequest/entityname': 'abc_ship',
                ...(filter === '' ? {} : { 'subscriptionRequest/filteringattributes': filter }),
              },
            },
          },
          daily: { recurrence: { frequency: 'Day' } },
        },
      },
    },
  })
const step = (more: string, name = 'Abc.Log: Update of task') =>
  `<SdkMessageProcessingStep Name="${name}" SdkMessageProcessingStepId="{0A1B2C3D-0000-4000-8000-0000000000E1}">${more}<PrimaryEntity>task</PrimaryEntity><Stage>40</Stage><Mode>0</Mode><Rank>3</Rank>
   <SdkMessageProcessingStepImages><SdkMessageProcessingStepImage><Attributes>subject,ownerid</Attributes><ImageType>2</ImageType></SdkMessageProcessingStepImage></SdkMessageProcessingStepImages></SdkMessageProcessingStep>`
const whole = (workflows: string, steps = '') =>
  customizations(table('abc_Ship'), ship).replace(
    '</ImportExportXml>',
    `<Workflows>${workflows}</Workflows><SdkMessageProcessingSteps>${steps}</SdkMessageProcessingSteps></ImportExportXml>`,
  )

test('workflows, flows and steps are read from a zip, a folder and a packed source alike [MO9]', async () => {
  const content = {
    workflows: workflow('Keep ships', onDelete) + flow,
    steps: step(
      '<SdkMessageId>{20bebb1b-ea3e-db11-86a7-000a3a5473e8}</SdkMessageId><FilteringAttributes>ownerid,subject</FilteringAttributes>',
    ),
  }
  const zip = await writeZip(join(folder, 'one.zip'), {
    'customizations.xml': whole(content.workflows, content.steps),
    'solution.xml': solution('One'),
    'Workflows/Tell-0A.json': flowJson(6, 'ownerid'),
  })
  const unzipped = writeFiles(join(folder, 'two'), {
    'customizations.xml': whole(content.workflows, content.steps),
    'solution.xml': solution('One'),
    'Workflows/Tell-0A.json': flowJson(6, 'ownerid'),
  })
  const packed = writeFiles(join(folder, 'three'), {
    'Other/Solution.xml': solution('One'),
    'Other/Customizations.xml': '<ImportExportXml><Workflows /></ImportExportXml>',
    'Entities/abc_Ship/Entity.xml': table('abc_Ship'),
    'Workflows/Keepships-0A.xaml.data.xml': workflow('Keep ships', onDelete),
    'Workflows/Tell-0A.json.data.xml': flow,
    'Workflows/Tell-0A.json': flowJson(6, 'ownerid'),
    'SdkMessageProcessingSteps/{0a}.xml': content.steps,
  })

  for (const path of [zip, unzipped, packed]) {
    const environment = newEnvironment()
    await importSource(path, {}, environment)
    expect(
      environment
        .processes()
        .map(({ kind, message, table: on, stage, mode, columns, rank }) => [kind, message, on, stage, mode, columns, rank]),
    ).toEqual(
      expect.arrayContaining([
        ['workflow', 'Delete', 'abc_ship', 'PreOperation', 'Sync', null, 1],
        ['flow', 'Delete', 'abc_ship', 'PostOperation', 'Async', null, 1],
        ['flow', 'Update', 'abc_ship', 'PostOperation', 'Async', ['ownerid'], 1],
        ['step', 'Update', 'task', 'PostOperation', 'Sync', ['ownerid', 'subject'], 3],
      ]),
    )
    expect(environment.processes()).toHaveLength(4)
    expect(environment.processes().find(({ kind }) => kind === 'step')).toMatchObject({
      preImage: ['subject', 'ownerid'],
      postImage: ['subject', 'ownerid'],
      solution: 'One 1.2.3.4',
    })
  }
})

test('a preview names what would run on the platform, on how many records, and none of it runs [MO9]', async () => {
  const environment = newEnvironment()
  const workflows =
    workflow('Keep ships', onDelete) +
    workflow('New owner', '<Mode>0</Mode><TriggerOnUpdateAttributeList>ownerid</TriggerOnUpdateAttributeList>', '2') +
    workflow(
      'New name',
      '<Mode>1</Mode><TriggerOnUpdateAttributeList>lab_name</TriggerOnUpdateAttributeList><UpdateStage>40</UpdateStage>',
      '3',
    )
  await importSource(
    writeFiles(join(folder, 'preview'), {
      'customizations.xml': whole(
        workflows,
        step('<SdkMessageName>Update</SdkMessageName><FilteringAttributes>ownerid</FilteringAttributes>'),
      ),
    }),
    {},
    environment,
  )
  const gull = environment.createRecord('abc_ship', { lab_name: 'Gull' })
  for (const subject of ['one', 'two']) environment.createRecord('task', { subject, regardingobjectid: gull })
  const bob = environment.createRecord('systemuser', { fullname: 'bob' })
  const runsOf = ({ processes }: ReturnType<typeof environment.planCascade>) =>
    processes.map(({ process, table: on, records }) => [process.name, process.message, on, records])

  const deleting = environment.planCascade({ operation: 'Delete', record: gull }, 'Auto')
  expect(runsOf(deleting)).toEqual([['Keep ships', 'Delete', 'abc_ship', 1]])
  environment.discardPlan(deleting.planId)
  const assigning = environment.planCascade({ operation: 'Assign', record: gull, to: bob }, 'Auto')
  expect(runsOf(assigning)).toEqual([
    ['Abc.Log: Update of task', 'Update', 'task', 2],
    ['New owner', 'Update', 'abc_ship', 1],
  ])
  environment.discardPlan(assigning.planId)

  environment.changeSettings({ pluginsBlockAsync: true })
  const blocked = environment.planCascade({ operation: 'Delete', record: gull }, 'Async')
  expect(blocked.mode).toBe('Sync')
  expect(environment.executeSync(blocked.planId)).toMatchObject({ outcome: 'Completed', affected: 3 })
})

test('what is off, what runs on no cascade and what cannot be read is a line of the report', async () => {
  const environment = newEnvironment()
  const workflows =
    workflow('Off', onDelete).replace('<StateCode>1', '<StateCode>0') +
    workflow('Rule', '', '2').replace('<Category>0', '<Category>2') +
    flow
  const path = writeFiles(join(folder, 'lines'), {
    'customizations.xml': whole(workflows, step('<SdkMessageId>{00000000-0000-0000-0000-000000000000}</SdkMessageId>', 'Nameless')),
    'Workflows/Tell-0A.json': '{ "properties": ',
  })

  const report = await importSource(path, {}, environment)

  expect(environment.processes()).toEqual([])
  expect(report.lines.flatMap(({ text, examples }) => (/process|flow|step/i.test(text.key) ? [[text.key, examples]] : []))).toEqual([
    ['finding.stepMessageUnknown', ['Nameless']],
    ['finding.processOff', ['Off']],
    ['finding.processOther', ['Rule']],
    ['finding.flowNotRead', ['Tell the owner']],
  ])
})

test('a later version of a solution replaces what the earlier one would run, whichever came first [MO8, MO9]', async () => {
  const of = (version: string, name: string) =>
    writeFiles(join(folder, `versions-${version}`), {
      'customizations.xml': whole(workflow(name, onDelete)),
      'solution.xml': solution('Ships').replace('1.2.3.4', version),
    })
  const [old, recent] = [of('1.0', 'Old'), of('1.1', 'New')]

  for (const order of [
    [old, recent],
    [recent, old],
  ]) {
    const environment = newEnvironment()
    for (const path of order) await importSource(path, {}, environment)
    expect(environment.processes().map(({ name }) => name)).toEqual(['New'])
  }
})
