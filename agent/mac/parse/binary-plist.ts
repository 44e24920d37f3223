/** What is used of the library, which is loaded late: the rest of it reads and writes XML, and is 160 kB. */
export { parseBinary } from 'plist';
