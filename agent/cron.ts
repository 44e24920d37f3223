/** What is used of the library, which is loaded late. */
export { schedule } from 'node-cron';
