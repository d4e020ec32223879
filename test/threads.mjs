// @ts-check
/** Lets the threads that our sources start run from TypeScript, as the test runner does for the main thread only. */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) register('./typescript-hooks.mjs', import.meta.url);
