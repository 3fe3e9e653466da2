import { defineTexts, messagesOf } from '#text/message'

export const overviewTexts = defineTexts('overview', {
  title: 'Overview',
  goTo: 'Go to Overview',
  sentence: 'One file, {size}, created <time></time>. Everything here can be broken without harm.',
  import: 'Import a solution',
  generate: 'Generate records',
  notRead: 'The model could not be read',
  tryAgain: 'Try again',
  /** Each stands below a number. */
  number: { tables: 'Tables', relationships: 'Relationships', records: 'Records', jobs: 'System jobs' },
  fullest: {
    heading: 'Tables with the most records',
    loading: 'Loading tables',
    none: 'No records yet. Generate some, or import data.',
  },
  try: {
    heading: 'What to try first',
    delete: {
      title: 'Delete an account and see what goes with it',
      explanation: 'Open a record, press Delete: the preview lists every record that would go, and what blocks it.',
    },
    assign: {
      title: 'Assign an account to someone else',
      explanation: 'Contacts, tasks and orders follow their account where Assign cascades.',
    },
    merge: {
      title: 'Merge two records, with and without the parenting check',
      explanation: 'Tick two rows in a list and press Merge.',
    },
    cascade: {
      title: 'Change how a relationship cascades',
      explanation: 'Turn a Cascade All into a Restrict and preview the same delete again.',
    },
    plugin: {
      title: 'Install a plug-in and watch it run',
      explanation: 'The examples audit owners, refuse by rule, count children or fail on purpose, in each record’s own transaction.',
    },
    generate: {
      title: 'Generate enough records for a system job',
      explanation: 'From 1,000 records on an assign runs in batches as a system job.',
    },
  },
})

export const overviewText = messagesOf(overviewTexts)
