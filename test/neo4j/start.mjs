// One Neo4j for tests and benches: `node test/neo4j/start.mjs [PORT]` prints its URI and serves until it is killed.
import { findJava, startJavaServer } from './java-server.mjs';

const java = await findJava();
if (java === undefined) {
  console.error('No JDK 17 or newer found. Install one (21 or newer is best) together with Maven, or use docker compose up.');
  process.exit(2);
}
const port = process.argv[2] === undefined ? {} : { port: Number(process.argv[2]) };
const server = await startJavaServer({ ...port, java });
console.log(server.uri);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
