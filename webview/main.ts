/** Entry of the profile view and of the job log view: everything they show arrives by message after `ready`. */
import './view.css';
import './flame.css';
import './side.css';
import './tables.css';
import './jobs.css';
import { startApp } from './app';
import { registerControls } from './controls';
import { startJobLog } from './jobLogView';

registerControls();
if (document.body.dataset.view === 'jobs') startJobLog(document.body, acquireVsCodeApi(), window);
else startApp(document.body, acquireVsCodeApi(), window);
