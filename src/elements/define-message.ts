import { define } from './define.js';
import { ConsentryMessage } from './message.js';

define('consentry-message', ConsentryMessage);
