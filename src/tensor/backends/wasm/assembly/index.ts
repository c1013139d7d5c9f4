export { runAlone, serve } from './scheduler';
