/** Entry of the profile view: everything it shows arrives by message after `ready`. */
import './view.css';
import './flame.css';
import './side.css';
import './tables.css';
import { startApp } from './app';
import { registerControls } from './controls';

registerControls();
startApp(document.body, acquireVsCodeApi(), window);
