import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './tokens.css'
import './ui/ui.css'
import './app/app.css'
import './start/start.css'
import './overview/overview.css'
import './model/model.css'
import './records/records.css'
import './jobs/jobs.css'
import './faults/faults.css'
import './dialogs/dialogs.css'
import './import/import.css'
import './settings/settings.css'
import './plugins/plugins.css'
import './trace/trace.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { StoresContext } from './app/stores-context.ts'
import { connectBridge } from './bridge.ts'
import { createStores } from './stores/index.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const stores = createStores(connectBridge())
void stores.environment.getState().start()

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        <StoresContext value={stores}>
          <App />
        </StoresContext>
      </Tooltip.Provider>
    </CSPProvider>
  </StrictMode>,
)
