export { runWebApp } from './run-web-app.js';
export type { WebApp } from './web-app.js';
